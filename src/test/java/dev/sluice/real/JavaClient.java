package dev.sluice.real;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One WebSocket of a client library in this JVM, and what it has received so far. */
abstract class JavaClient {

  private static final int MIB = 1 << 20;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final CompletableFuture<String> pong = new CompletableFuture<>();

  /** Opens a WebSocket of the library under test. */
  @FunctionalInterface
  interface Opener {
    JavaClient open(URI uri) throws Exception;
  }

  /** Sends one binary message, a frame for each piece; waits until the library has taken it. */
  abstract void send(List<byte[]> pieces) throws Exception;

  abstract void send(String text) throws Exception;

  abstract void ping(byte[] payload) throws Exception;

  abstract void close(int code) throws Exception;

  /** To be called by the library: data came. */
  final synchronized void arrived(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    received.writeBytes(bytes);
  }

  /** To be called by the library: a pong came. */
  final void ponged(ByteBuffer payload) {
    pong.complete(StandardCharsets.UTF_8.decode(payload).toString());
  }

  /** To be called by the library: the WebSocket has ended. */
  final void closedWith(int code) {
    closed.complete(code);
  }

  private synchronized byte[] takeAll() {
    byte[] all = received.toByteArray();
    received.reset();
    return all;
  }

  private synchronized int length() {
    return received.size();
  }

  private String compare(byte[] sent) {
    Await.until("the echo is complete", () -> length() >= sent.length);
    return Arrays.equals(takeAll(), sent) ? "same" : "differs";
  }

  /** Does what {@link ClientContract} asks, with the sockets that {@code opener} opens. */
  static List<String> report(Opener opener, URI echo, URI bye, URI nobody) throws Exception {
    List<String> seen = new ArrayList<>();
    JavaClient client = opener.open(echo);
    List<byte[]> messages = messages();
    for (byte[] message : messages) {
      client.send(List.of(message));
    }
    seen.add("binary: " + client.compare(joined(messages)));
    String text = "grüße, 水門, \uD83C\uDF0A";
    client.send(text);
    seen.add("text: " + client.compare(text.getBytes(StandardCharsets.UTF_8)));
    List<byte[]> pieces = List.of(random(70_000), random(0), random(100), random(1));
    client.send(pieces);
    seen.add("fragments: " + client.compare(joined(pieces)));
    client.ping("are you there".getBytes(StandardCharsets.US_ASCII));
    seen.add("ping: " + Background.join(client.pong));
    client.close(1000);
    seen.add("closed by the client: " + Background.join(client.closed));
    JavaClient farewell = opener.open(bye);
    int code = Background.join(farewell.closed);
    String said = new String(farewell.takeAll(), StandardCharsets.US_ASCII);
    seen.add("closed by the target: " + said + " " + code);
    seen.add("nobody listens: " + Background.join(opener.open(nobody).closed));
    return seen;
  }

  private static List<byte[]> messages() {
    List<byte[]> messages = new ArrayList<>();
    for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, MIB, MIB, MIB}) {
      messages.add(random(size));
    }
    for (int i = 0; i < 20; i++) {
      messages.add(random(new Random().nextInt(300_000)));
    }
    return messages;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return bytes;
  }

  private static byte[] joined(List<byte[]> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
