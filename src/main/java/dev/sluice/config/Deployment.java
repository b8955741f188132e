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

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      ServletContext context = event.getServletContext();
      gateway.start(ConfigLoader.ofProcess(), threads(), ServletServer.of(context).isProven());
      LOG.log(
          Level.INFO, "Sluice {0} ready below {1}", Version.current(), context.getContextPath());
    } catch (ConfigurationException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("the I/O loops cannot be opened", e);
    }
  }

  /** An undeploy does not wait for open tunnels: the server's own drain has come before. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    gateway.stop(0);
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
