package dev.sluice.launcher;

import java.lang.reflect.Proxy;

/** What a process manager is told when it has asked the server to end. */
final class ExitStatus {

  private static final System.Logger LOG = System.getLogger(ExitStatus.class.getName());

  private ExitStatus() {}

  /**
   * SIGTERM and Ctrl-C end in status 0 instead of 128 and the signal's number, after every shutdown
   * hook: others than ours have work too, such as Flight Recorder with its file. Nothing changes
   * where the JVM was told to leave signals alone ({@code -Xrs}).
   */
  static void zeroOnSignals() {
    try {
      zeroOn("TERM");
      zeroOn("INT");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "the JVM keeps its signals to itself", e);
    }
  }

  /** By name, as the compiler allows no mention of jdk.unsupported: nothing else hears signals. */
  private static void zeroOn(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object exit =
        Proxy.newProxyInstance(
            ExitStatus.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) -> {
              if (method.getName().equals("handle")) { // not asked to describe itself
                System.exit(0);
              }
              throw new UnsupportedOperationException(method.getName());
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
  }
}
