package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.tunnel.Admission.Refused;
import dev.sluice.tunnel.Outcome;
import java.util.Optional;

/** A request is refused before anything is dialled. The message is fit for the client. */
final class RefusalException extends RuntimeException {

  private static final int LONGEST = 40;

  private final transient Problem problem;
  private final long startedAt;

  RefusalException(Problem problem) {
    this(problem, 0);
  }

  private RefusalException(Problem problem, long startedAt) {
    super(problem.detail());
    this.problem = problem;
    this.startedAt = startedAt;
  }

  /**
   * Policy denies the target.
   *
   * @param startedAt when it was asked, on {@link System#nanoTime}
   */
  static RefusalException denied(long startedAt) {
    return new RefusalException(Problem.of(Refused.denied(startedAt)), startedAt);
  }

  /** Refuses as a handshake would be refused, if there is reason to. */
  static void throwIf(Optional<Refused> refused) {
    if (refused.isPresent()) {
      throw new RefusalException(Problem.of(refused.get()));
    }
  }

  /** The caller is known, and this is for others. */
  static RefusalException forbidden() {
    return new RefusalException(
        new Problem(403, "forbidden", "this is for the role " + ClientIdentity.ADMIN));
  }

  /** There is nothing here, or nothing that the caller may know of. */
  static RefusalException notFound(String detail) {
    return new RefusalException(new Problem(404, "not_found", detail));
  }

  /** The request breaks the grammar of its address. */
  static RefusalException badRequest(String detail) {
    return new RefusalException(Problem.of(Outcome.BAD_REQUEST, detail));
  }

  /** What the client is told. */
  Problem problem() {
    return problem;
  }

  /** When policy was asked; zero where it was not. */
  long startedAt() {
    return startedAt;
  }

  /** What a client sent, short and printable enough to be said back. */
  static String quoted(String text) {
    StringBuilder shown = new StringBuilder("\"");
    for (char c : text.substring(0, Math.min(text.length(), LONGEST)).toCharArray()) {
      shown.append(c < 0x20 || c > 0x7e ? '?' : c);
    }
    return shown.append(text.length() > LONGEST ? "...\"" : "\"").toString();
  }
}
