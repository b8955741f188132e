package dev.sluice.launcher;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * Tyrus without a server of its own: the stock container opens a listener on every address, and
 * Sluice listens on exactly the one that is configured, together with HTTP.
 */
final class WebSocketContainer extends TyrusServerContainer {

  private final String contextPath;
  private final TyrusWebSocketEngine engine;

  WebSocketContainer(String contextPath, Iterable<Class<?>> endpoints) throws DeploymentException {
    super((Set<Class<?>>) null);
    this.contextPath = contextPath;
    this.engine = TyrusWebSocketEngine.builder(this).build();
    for (Class<?> endpoint : endpoints) {
      register(endpoint);
    }
  }

  @Override
  public void register(Class<?> endpointClass) throws DeploymentException {
    engine.register(endpointClass, contextPath);
  }

  @Override
  public void register(ServerEndpointConfig config) throws DeploymentException {
    engine.register(config, contextPath);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Map.of();
  }

  @Override
  public WebSocketEngine getWebSocketEngine() {
    return engine;
  }
}
