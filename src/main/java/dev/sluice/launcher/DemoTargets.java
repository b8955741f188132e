package dev.sluice.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Three TCP services on loopback to try the gateway against: {@code echo} gives back what it gets,
 * {@code source} sends as fast as it is read, {@code lines} answers each line.
 */
final class DemoTargets implements AutoCloseable {

  private static final int CHUNK = 65_536;

  private interface Service {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  private final List<ServerSocket> listeners = new ArrayList<>();

  private DemoTargets() {}

  /** Starts all three on their usual ports, or, where one is taken, on one that the system has. */
  static DemoTargets start() throws IOException {
    DemoTargets targets = new DemoTargets();
    targets.listen("echo", 18_007, DemoTargets::echo);
    targets.listen("source", 18_019, DemoTargets::source);
    targets.listen("lines", 18_023, DemoTargets::lines);
    return targets;
  }

  /**
   * A configuration that allows these three by name and by address, and nothing else; to whoever
   * sits at this machine without limits.
   */
  String configuration() {
    String[] names = {"echo", "source", "lines"};
    StringBuilder yaml = new StringBuilder("origins: [self]\n");
    yaml.append("limits: {per-address: 0, per-target: 0, handshakes-per-minute: 0,")
        .append(" probes-per-minute: 0, targets-per-minute: 0}\n");
    yaml.append("targets:\n");
    for (int i = 0; i < names.length; i++) {
      int port = listeners.get(i).getLocalPort();
      yaml.append("  %s: {address: \"127.0.0.1:%d\"}%n".formatted(names[i], port));
    }
    yaml.append("rules:\n");
    for (ServerSocket listener : listeners) {
      yaml.append(
          "  - {allow: true, networks: [127.0.0.1/32], ports: [%d]}%n"
              .formatted(listener.getLocalPort()));
    }
    return yaml.toString();
  }

  private void listen(String name, int usualPort, Service service) throws IOException {
    ServerSocket listener = open(usualPort);
    listeners.add(listener);
    daemon(name, () -> accept(name, listener, service));
  }

  private static ServerSocket open(int usualPort) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      return new ServerSocket(usualPort, 50, loopback);
    } catch (BindException taken) {
      return new ServerSocket(0, 50, loopback);
    }
  }

  private static void accept(String name, ServerSocket listener, Service service) {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        daemon(name, () -> serve(client, service));
      } catch (IOException e) {
        // closed, or one client that was gone again: the next round tells
      }
    }
  }

  private static void serve(Socket client, Service service) {
    try (client) {
      service.serve(client.getInputStream(), client.getOutputStream());
    } catch (IOException e) {
      // the client went away: that is how a demo session ends
    }
  }

  private static void echo(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  private static void source(InputStream in, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int i = 0; i < chunk.length; i++) {
      chunk[i] = (byte) ('a' + i % 26);
    }
    while (true) {
      out.write(chunk);
    }
  }

  private static void lines(InputStream in, OutputStream out) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1024);
    write(out, "Sluice demo. Every line is answered; an empty one ends.\r\n");
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      write(out, "you said: " + line + "\r\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, "sluice-demo-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket listener : listeners) {
      listener.close();
    }
  }
}
