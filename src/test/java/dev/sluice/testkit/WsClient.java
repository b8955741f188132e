package dev.sluice.testkit;

import dev.sluice.testkit.WsFrame.Close;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A WebSocket client (RFC 6455) that reads only when told to, and breaks what it is told to break.
 *
 * <p>One thread may read while another writes. Pings are answered while reading.
 */
public final class WsClient implements AutoCloseable {

  private final Socket wire;
  private final Socket socket;
  private final HttpReply handshake;
  private final DataInputStream in;
  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private final Queue<byte[]> pongsDue = new ConcurrentLinkedQueue<>();
  private volatile boolean answering = true;
  private final List<byte[]> pongs = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private int messageLength;
  private volatile int longestMessage;
  private final AtomicInteger emptyMessages = new AtomicInteger();
  private final AtomicInteger pingsSeen = new AtomicInteger();
  private volatile boolean closeSent;

  /**
   * A client on an open WebSocket.
   *
   * @param wire the TCP connection
   * @param socket the same, or TLS on it
   * @param in what {@code socket} receives, after the handshake
   */
  WsClient(Socket wire, Socket socket, BufferedInputStream in, HttpReply handshake)
      throws IOException {
    this.wire = wire;
    this.socket = socket;
    this.in = new DataInputStream(in);
    this.out = socket.getOutputStream();
    this.handshake = handshake;
  }

  /** What the server answered to the handshake, status 101. */
  public HttpReply handshake() {
    return handshake;
  }

  /** The port that it has taken for itself. */
  public int localPort() {
    return wire.getLocalPort();
  }

  /** Payload bytes of binary and text messages that the kernel took so far. */
  public long sent() {
    return sent.get();
  }

  /** The longest data message received, in bytes. */
  public int longestMessage() {
    return longestMessage;
  }

  /** How many data messages came without a byte. */
  public int emptyMessages() {
    return emptyMessages.get();
  }

  /** How many pings came (and were answered). */
  public int pingsSeen() {
    return pingsSeen.get();
  }

  /** Leaves pings without an answer from now on. */
  public void answerNoPings() {
    answering = false;
  }

  /** The payloads of the pongs received. */
  public List<byte[]> pongs() {
    return pongs;
  }

  /** Sends one binary message. */
  public void send(byte[] message) throws IOException {
    sendFrame(true, WsFrame.BINARY, message);
  }

  /** Sends one text message. */
  public void sendText(String message) throws IOException {
    sendFrame(true, WsFrame.TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends the pattern's first {@code total} bytes, cut and fragmented as {@code chunking} says. */
  public void send(BytePattern pattern, long total, Chunking chunking) throws IOException {
    long done = 0;
    while (done < total) {
      boolean first = true;
      boolean last;
      do {
        int n = (int) Math.min(chunking.next(), total - done);
        last = done + n >= total || !chunking.fragment();
        int opcode = first ? WsFrame.BINARY : WsFrame.CONTINUATION;
        sendFrame(last, opcode, pattern.bytes(done, n));
        done += n;
        first = false;
      } while (!last);
    }
  }

  /** Sends one frame as it is told, masked. */
  public void sendFrame(boolean fin, int opcode, byte[] payload) throws IOException {
    byte[] frame = frame(fin, opcode, payload);
    writing.lock();
    try {
      write(frame);
    } finally {
      writing.unlock();
    }
    if (opcode <= WsFrame.BINARY) {
      sent.addAndGet(payload.length);
    }
    sendDuePongs();
  }

  /** Sends bytes as they are, frames or not. */
  public void sendRaw(byte[] bytes) throws IOException {
    writing.lock();
    try {
      write(bytes);
    } finally {
      writing.unlock();
    }
  }

  /** Sends a ping. */
  public void ping(byte[] payload) throws IOException {
    sendFrame(true, WsFrame.PING, payload);
  }

  /** Sends a close frame; {@link #awaitClose} reads the answer. */
  public void sendClose(int code) throws IOException {
    closeSent = true;
    sendFrame(true, WsFrame.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** One frame, masked. */
  static byte[] frame(boolean fin, int opcode, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
    int length = payload.length;
    frame.write((fin ? 0x80 : 0) | opcode);
    if (length < 126) {
      frame.write(0x80 | length);
    } else if (length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(length >> 8);
      frame.write(length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) length >> shift));
      }
    }
    byte[] key = new byte[4];
    ThreadLocalRandom.current().nextBytes(key);
    frame.writeBytes(key);
    byte[] masked = new byte[length];
    for (int i = 0; i < length; i++) {
      masked[i] = (byte) (payload[i] ^ key[i & 3]);
    }
    frame.writeBytes(masked);
    return frame.toByteArray();
  }

  /** Reads one frame, whatever it is; answers it when it is a ping. */
  public WsFrame read() throws IOException {
    WsFrame frame = WsFrame.read(in);
    if (frame.reserved() != 0) {
      throw new IOException("reserved bits without an extension: " + frame.reserved());
    }
    if (frame.opcode() == WsFrame.PING) {
      pingsSeen.incrementAndGet();
      if (answering) {
        pongsDue.add(frame.payload());
        answer();
      }
    } else if (frame.opcode() == WsFrame.PONG) {
      pongs.add(frame.payload());
    } else if (frame.isData()) {
      measure(frame);
    }
    return frame;
  }

  private void measure(WsFrame frame) {
    messageLength += frame.payload().length;
    if (frame.fin()) {
      longestMessage = Math.max(longestMessage, messageLength);
      if (messageLength == 0) {
        emptyMessages.incrementAndGet();
      }
      messageLength = 0;
    }
  }

  /** Who answers our close may be gone before our pong; its close frame is still there to read. */
  private void answer() throws IOException {
    try {
      sendDuePongs();
    } catch (SocketException e) {
      if (!closeSent) {
        throw e;
      }
    }
  }

  /** A sender that is blocked must not block the reader too: whoever gets the lock sends them. */
  private void sendDuePongs() throws IOException {
    while (!pongsDue.isEmpty() && writing.tryLock()) {
      try {
        for (byte[] pong = pongsDue.poll(); pong != null; pong = pongsDue.poll()) {
          write(frame(true, WsFrame.PONG, pong));
        }
      } finally {
        writing.unlock();
      }
    }
  }

  /** Reads until {@code check} has {@code total} bytes; a close before that fails the test. */
  public void receive(PatternCheck check, long total) throws IOException {
    while (check.count() < total) {
      WsFrame frame = read();
      if (frame.opcode() == WsFrame.CLOSE) {
        throw new AssertionError(frame.close() + " after " + check.count() + " of " + total);
      }
      if (frame.isData()) {
        check.accept(frame.payload(), 0, frame.payload().length);
      }
    }
  }

  /** Reads exactly {@code length} data bytes, which must be how the messages are cut. */
  public byte[] receive(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < length) {
      WsFrame frame = read();
      if (frame.opcode() == WsFrame.CLOSE) {
        throw new AssertionError(frame.close() + " after " + bytes.size() + " of " + length);
      }
      if (frame.isData()) {
        bytes.writeBytes(frame.payload());
      }
    }
    return bytes.toByteArray();
  }

  /** Reads into {@code check} until the WebSocket ends. */
  public Close receiveAll(PatternCheck check) {
    try {
      while (true) {
        WsFrame frame = read();
        if (frame.opcode() == WsFrame.CLOSE) {
          return frame.close();
        }
        if (frame.isData()) {
          check.accept(frame.payload(), 0, frame.payload().length);
        }
      }
    } catch (EOFException e) {
      return new Close(1006, "end of stream");
    } catch (SocketException e) {
      return new Close(1006, "reset: " + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("while waiting for the close: " + e, e);
    }
  }

  /** Reads and drops data until the WebSocket ends. */
  public Close awaitClose() {
    return receiveAll(new PatternCheck(new BytePattern(0)));
  }

  /** Waits until the server has ended the TCP connection, dropping what still comes. */
  public void awaitEnd() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException | SocketException end) {
      // it has
    }
  }

  /** Ends this side's half of the TCP connection without a close frame. */
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  /** Drops the TCP connection: the server sees a reset. */
  public void vanish() throws IOException {
    wire.setSoLinger(true, 0);
    wire.close();
  }

  /**
   * Ends it, in order where nobody is writing: TLS would wait for whoever is, possibly for ever.
   */
  @Override
  public void close() throws IOException {
    if (!writing.tryLock()) {
      wire.close();
      return;
    }
    try {
      socket.close();
    } finally {
      writing.unlock();
    }
  }
}
