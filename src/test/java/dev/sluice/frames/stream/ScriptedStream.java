package dev.sluice.frames.stream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** A connection that gives and takes what the test says. */
class ScriptedStream implements ByteStream {

  private static final byte[] END = {};

  final ByteArrayOutputStream written = new ByteArrayOutputStream();
  final ArrayDeque<byte[]> incoming = new ArrayDeque<>();

  /** Bytes that the connection takes before it is full. */
  int room = Integer.MAX_VALUE;

  IOException failure;
  int reads;
  int largestRoom;
  boolean outputShut;
  boolean canEndHalf = true;
  boolean closed;
  int aborts;
  Listener listener;
  private boolean suspended;

  @Override
  public void start(Listener owner) {
    listener = owner;
    owner.writable();
  }

  /** The client sends {@code bytes}. */
  void deliver(byte[] bytes) {
    incoming.add(bytes);
    if (!suspended) {
      listener.readable();
    }
  }

  /** The client ends its stream. */
  void end() {
    deliver(END);
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
  public int read(ByteBuffer into) throws IOException {
    reads++;
    largestRoom = Math.max(largestRoom, into.remaining());
    if (failure != null) {
      throw failure;
    }
    byte[] next = incoming.poll();
    if (next == null) {
      return 0;
    }
    if (next == END) {
      return -1;
    }
    into.put(next);
    return next.length;
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
    if (!incoming.isEmpty()) {
      listener.readable();
    }
  }

  @Override
  public boolean write(ByteBuffer head, ByteBuffer body) throws IOException {
    if (failure != null) {
      throw failure;
    }
    take(head);
    take(body);
    return !head.hasRemaining() && !body.hasRemaining();
  }

  private void take(ByteBuffer part) {
    while (part.hasRemaining() && room > 0) {
      written.write(part.get());
      room--;
    }
  }

  @Override
  public boolean canEndHalf() {
    return canEndHalf;
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
    aborts++;
  }

  byte[] takeWritten() {
    byte[] bytes = written.toByteArray();
    written.reset();
    return bytes;
  }
}
