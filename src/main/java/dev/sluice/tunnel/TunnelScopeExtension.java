package dev.sluice.tunnel;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/** Makes {@link TunnelScoped} known to CDI. */
public class TunnelScopeExtension implements Extension {

  private final TunnelContext context = new TunnelContext();

  void addContext(@Observes AfterBeanDiscovery event) {
    event.addContext(context);
  }

  TunnelContext context() {
    return context;
  }
}
