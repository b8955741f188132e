package dev.sluice.config;

import dev.sluice.frames.servlet.ServletServer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Starts the node when an app server deploys the WAR, and stops it when it is undeployed. */
@WebListener
public class Deployment implements ServletContextListener {

  private static final Logger LOG = System.getLogger(Deployment.class.getName());
  private static final String THREADS = "java:comp/DefaultManagedThreadFactory";

  @Inject private Gateway gateway;

  private Duration drainTime = Duration.ZERO;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      ServletContext context = event.getServletContext();
      boolean fastIsProven = ServletServer.of(context).isProven();
      Configuration started = gateway.start(ConfigLoader.ofProcess(), threads(), fastIsProven);
      drainTime = started.node().drainTime();
      LOG.log(
          Level.INFO, "Sluice {0} ready below {1}", Version.current(), context.getContextPath());
    } catch (ConfigurationException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("the I/O loops cannot be opened", e);
    }
  }

  /**
   * Holds the server's undeploy until no tunnel is open, at most for {@code drain.time} and some
   * seconds: the server has stopped to send requests here, but what a tunnel runs on is still
   * there.
   */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    gateway.stop(drainTime.toNanos());
  }

  @SuppressWarnings("BanJNDI") // a constant name of the server's own, nothing a user wrote
  private static ThreadFactory threads() {
    try {
      return (ThreadFactory) new InitialContext().lookup(THREADS);
    } catch (NamingException e) {
      LOG.log(Level.WARNING, "no managed threads here ({0}): using plain ones", e.getMessage());
      return Executors.defaultThreadFactory();
    }
  }
}
