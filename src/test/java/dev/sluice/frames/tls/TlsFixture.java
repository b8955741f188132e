package dev.sluice.frames.tls;

import dev.sluice.frames.stream.ByteStream;
import dev.sluice.relay.IoLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** A stream between a client in memory and an owner that notes what it is told. */
final class TlsFixture implements ByteStream.Listener {

  /** Has ended: what it is given to do it does at once, on the thread that asks. */
  private static final IoLoop LOOP = endedLoop();

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  final TlsPeer peer;
  final Wire wire = new Wire();
  final TlsStream stream;
  int writables;
  int readables;
  Throwable lost;

  TlsFixture(String protocol) {
    this(protocol, new byte[0]);
  }

  /** One whose server has deciphered {@code early} already. */
  TlsFixture(String protocol, byte[] early) {
    peer = new TlsPeer(protocol);
    stream = new TlsStream(wire, peer.server, LOOP, ByteBuffer.wrap(early));
    stream.start(this);
  }

  private static IoLoop endedLoop() {
    try {
      IoLoop loop = new IoLoop();
      loop.stop();
      loop.run();
      return loop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void readable() {
    readables++;
  }

  @Override
  public void writable() {
    writables++;
  }

  @Override
  public void lost(Throwable why) {
    lost = why;
  }

  static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** One read into {@code room} bytes: what came, or null at the end. */
  byte[] read(int room) throws IOException {
    ByteBuffer into = ByteBuffer.allocate(room);
    int n = stream.read(into);
    if (n < 0) {
      return null;
    }
    if (n != into.position()) {
      throw new AssertionError(n + " read, " + into.position() + " there");
    }
    byte[] bytes = new byte[n];
    into.flip().get(bytes);
    return bytes;
  }

  /** Reads all that there is. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (!wire.isDrained() || stream.readsInARow() > 1) {
      byte[] some = read(65_536);
      if (some != null) {
        all.writeBytes(some);
      }
    }
    return all.toByteArray();
  }

  /** Writes; true when all has left. */
  boolean write(byte[] bytes) throws IOException {
    return stream.write(NOTHING, ByteBuffer.wrap(bytes));
  }

  /** The client reads what has been written. */
  void deliverToClient() throws IOException {
    peer.receive(wire.takeWritten());
  }
}
