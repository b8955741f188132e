package dev.sluice.tunnel;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context of {@link TunnelScoped}. It is active only while a tunnel is being put together, on
 * the thread that does it: afterwards the tunnel holds its objects directly.
 */
final class TunnelContext implements Context {

  @SuppressWarnings("ThreadLocalUsage") // one context for each application, and it goes with it
  private final ThreadLocal<Instances> current = new ThreadLocal<>();

  /** Runs {@code assembly} with a fresh set of instances, which the caller is to destroy. */
  <T> T with(Instances fresh, Supplier<T> assembly) {
    current.set(fresh);
    try {
      return assembly.get();
    } finally {
      current.remove();
    }
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return TunnelScoped.class;
  }

  @Override
  public <T> T get(Contextual<T> bean, CreationalContext<T> creation) {
    return active().getOrCreate(bean, creation);
  }

  @Override
  public <T> @Nullable T get(Contextual<T> bean) {
    return active().find(bean);
  }

  @Override
  public boolean isActive() {
    return current.get() != null;
  }

  private Instances active() {
    Instances instances = current.get();
    if (instances == null) {
      throw new ContextNotActiveException("no tunnel is being put together on this thread");
    }
    return instances;
  }

  /** One tunnel's instances. Filled by one thread, destroyed once by any. */
  static final class Instances {
    private final Map<Contextual<?>, Entry<?>> entries = new LinkedHashMap<>();

    private <T> T getOrCreate(Contextual<T> bean, CreationalContext<T> creation) {
      T found = find(bean);
      if (found != null) {
        return found;
      }
      T created = bean.create(creation);
      entries.put(bean, new Entry<>(bean, creation, created));
      return created;
    }

    @SuppressWarnings("unchecked") // an entry is only ever put under its own bean
    private <T> @Nullable T find(Contextual<T> bean) {
      Entry<T> entry = (Entry<T>) entries.get(bean);
      return entry == null ? null : entry.instance;
    }

    /** Destroys every instance, calling its disposer. */
    synchronized void destroy() {
      entries.values().forEach(Entry::destroy);
      entries.clear();
    }
  }

  private record Entry<T>(Contextual<T> bean, CreationalContext<T> creation, T instance) {
    void destroy() {
      bean.destroy(instance, creation);
    }
  }
}
