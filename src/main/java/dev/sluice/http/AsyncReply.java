package dev.sluice.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One answer that comes later: no thread waits for it, and it is written by a thread of the
 * container, since writing may block and what completes the answer is a loop. Answers once; a
 * client that leaves ends the work for it.
 */
final class AsyncReply<T> implements AsyncListener {

  private static final System.Logger LOG = System.getLogger(AsyncReply.class.getName());

  private final AsyncContext context;
  private final HttpServletResponse response;
  private final CompletableFuture<T> work;
  private final Function<T, Reply> render;
  private final AtomicBoolean answered = new AtomicBoolean();

  private AsyncReply(
      AsyncContext context,
      HttpServletResponse response,
      CompletableFuture<T> work,
      Function<T, Reply> render) {
    this.context = context;
    this.response = response;
    this.work = work;
    this.render = render;
  }

  /**
   * Answers {@code request} when {@code work} completes.
   *
   * @param atMost how long that can take; what takes longer is a defect, and is cancelled
   * @param render makes the answer, on a thread of the container
   */
  static <T> void send(
      HttpServletRequest request,
      HttpServletResponse response,
      Duration atMost,
      CompletableFuture<T> work,
      Function<T, Reply> render) {
    AsyncContext context = request.startAsync(request, response);
    context.setTimeout(atMost.toMillis());
    AsyncReply<T> async = new AsyncReply<>(context, response, work, render);
    context.addListener(async);
    var unused = work.whenComplete(async::completed);
  }

  private void completed(@Nullable T result, @Nullable Throwable failure) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    try {
      context.start(() -> write(result, failure));
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the request ended before its answer", e);
    }
  }

  private void write(@Nullable T result, @Nullable Throwable failure) {
    try {
      reply(result, failure).send(response);
      context.complete();
    } catch (IOException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client left before its answer", e);
    }
  }

  private Reply reply(@Nullable T result, @Nullable Throwable failure) {
    Throwable defect = failure;
    if (result != null) {
      try {
        return render.apply(result);
      } catch (RuntimeException e) {
        defect = e;
      }
    }
    return StrictServlet.internal(LOG, Objects.requireNonNull(defect)).toReply();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    if (answered.compareAndSet(false, true)) {
      write(null, new TimeoutException("no answer in the time that it can take"));
      work.cancel(false);
    }
  }

  @Override
  public void onError(AsyncEvent event) {
    answered.set(true);
    work.cancel(false);
  }

  @Override
  public void onComplete(AsyncEvent event) {
    answered.set(true);
    work.cancel(false);
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // nothing starts a second time
  }
}
