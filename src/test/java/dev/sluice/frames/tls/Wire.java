package dev.sluice.frames.tls;

import dev.sluice.frames.stream.ByteStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** A connection that gives and takes what the test says. */
final class Wire implements ByteStream {

  private static final byte[] END = {};

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();

  /** Bytes that it takes before it is full. */
  int room = Integer.MAX_VALUE;

  int reads;
  boolean suspended;
  boolean outputShut;
  boolean closed;
  boolean aborted;
  private Listener listener;

  @Override
  public void start(Listener owner) {
    listener = owner;
    owner.writable();
  }

  /** The client sends {@code bytes}; one read gets them, or what it has room for. */
  void deliver(byte[] bytes) {
    if (bytes.length > 0) {
      incoming.add(bytes);
    }
  }

  /** The client sends {@code bytes} in pieces as long as {@code lengths} says. */
  void deliverInPieces(byte[] bytes, IntSupplier lengths) {
    for (int from = 0; from < bytes.length; ) {
      int n = Math.min(lengths.getAsInt(), bytes.length - from);
      deliver(Arrays.copyOfRange(bytes, from, from + n));
      from += n;
    }
  }

  /** What has been delivered comes as one. */
  void joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    incoming.forEach(all::writeBytes);
    incoming.clear();
    deliver(all.toByteArray());
  }

  /** The client ends its stream. */
  void end() {
    incoming.add(END);
  }

  /** The client has read: there is room again. */
  void makeRoom(int bytes) {
    room = bytes;
    listener.writable();
  }

  @Override
  public ByteBuffer takeRoom() {
    return ByteBuffer.allocate(65_536);
  }

  @Override
  public void giveBack(ByteBuffer buffer) {}

  @Override
  public int read(ByteBuffer into) {
    reads++;
    byte[] next = incoming.poll();
    if (next == null) {
      return 0;
    }
    if (next == END) {
      return -1;
    }
    int n = Math.min(next.length, into.remaining());
    into.put(next, 0, n);
    if (n < next.length) {
      incoming.addFirst(Arrays.copyOfRange(next, n, next.length));
    }
    return n;
  }

  /** Whether there is nothing to read any more. */
  boolean isDrained() {
    return incoming.isEmpty();
  }

  @Override
  public int readsInARow() {
    return 1;
  }

  @Override
  public void suspendReads() {
    suspended = true;
  }

  @Override
  public void resumeReads() {
    suspended = false;
  }

  @Override
  public boolean write(ByteBuffer head, ByteBuffer body) {
    if (head.hasRemaining()) {
      throw new AssertionError("records come as one body");
    }
    int n = Math.min(room, body.remaining());
    for (int i = 0; i < n; i++) {
      written.write(body.get());
    }
    room -= n;
    return !body.hasRemaining();
  }

  @Override
  public void shutdownOutput() {
    outputShut = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void abort() {
    aborted = true;
  }

  /** How many bytes have been written and not been taken. */
  int written() {
    return written.size();
  }

  byte[] takeWritten() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }
}
