package dev.sluice.launcher.tls;

import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/**
 * Makes the engine of each new connection from the context that is current: TLS 1.3 and 1.2 with
 * the JDK's suites, no client certificates, no ALPN and therefore HTTP/1.1.
 */
final class TlsEngines extends SSLEngineConfigurator {

  TlsEngines(SSLContext context) {
    super(context, false, false, false);
    setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
  }

  /** Serves new connections by {@code context}; those that are open keep their engines. */
  void use(SSLContext context) {
    sslContext = context;
  }
}
