package dev.sluice.target;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/**
 * A name server on one loopback port, UDP and TCP, that says what its script has in the words of
 * the vectors. Steps of a script follow each other query by query, each record type for itself.
 */
final class ScriptedNameServer implements AutoCloseable {
  private static final int UDP_SIZE = 1280;

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Map<String, List<String>> scripts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> queries = new ConcurrentHashMap<>();

  ScriptedNameServer() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    tcp = new ServerSocket(0, 50, loopback);
    udp = new DatagramSocket(tcp.getLocalPort(), loopback);
    start(this::serveUdp, "udp");
    start(this::serveTcp, "tcp");
  }

  private static void start(Runnable loop, String name) {
    Thread thread = new Thread(loop, "scripted name server " + name);
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
  }

  /** What to say to successive queries for the name; the last step stays. */
  void script(String name, String... steps) {
    scripts.put(name, List.of(steps));
  }

  /** What to say to successive queries for one record type of the name, whatever else is said. */
  void script(String name, int type, String... steps) {
    scripts.put(key(name, type), List.of(steps));
  }

  /** How many UDP queries for the name and type have come. */
  int queries(String name, int type) {
    return counter(name, type).get();
  }

  /** How many UDP queries have come. */
  int queries() {
    return queries.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  private AtomicInteger counter(String name, int type) {
    return queries.computeIfAbsent(key(name, type), key -> new AtomicInteger());
  }

  private static String key(String name, int type) {
    return name + " " + Type.string(type);
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    try {
      while (!udp.isClosed()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        String name = name(query);
        int turn = counter(name, query.getQuestion().getType()).getAndIncrement();
        byte[] reply = reply(query, name, turn, UDP_SIZE);
        if (reply.length > 0) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      failUnless(udp.isClosed(), e);
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket client = tcp.accept()) {
        DataInputStream in = new DataInputStream(client.getInputStream());
        Message query = new Message(in.readNBytes(in.readUnsignedShort()));
        String name = name(query);
        int turn = counter(name, query.getQuestion().getType()).get() - 1;
        byte[] reply = reply(query, name, turn, Message.MAXLENGTH);
        ByteBuffer framed = ByteBuffer.allocate(2 + reply.length);
        framed.putShort((short) reply.length).put(reply);
        new DataOutputStream(client.getOutputStream()).write(framed.array());
        client.shutdownOutput();
        in.read();
      } catch (IOException e) {
        failUnless(tcp.isClosed(), e);
      }
    }
  }

  private static void failUnless(boolean closed, IOException e) {
    if (!closed) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] reply(Message query, String name, int turn, int size) {
    List<String> ofName = scripts.getOrDefault(name, List.of("NXDOMAIN"));
    String key = key(name, query.getQuestion().getType());
    List<String> steps = scripts.getOrDefault(key, ofName);
    return ScriptedReply.of(query, steps.get(Math.min(turn, steps.size() - 1)), size);
  }

  private static String name(Message query) {
    return query.getQuestion().getName().toString(true);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
