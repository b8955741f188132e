package dev.sluice.frames.tls;

import dev.sluice.frames.stream.ByteStream;
import dev.sluice.relay.IoLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose bytes cross another one as TLS records. The handshake is over; what can still come
 * of one is a renewal of keys (RFC 8446 §4.6.3), which is answered, and TLS 1.2's renegotiation,
 * which is refused.
 *
 * <p>Everything happens on the loop's thread, but for {@link #close} and {@link #abort}. Records
 * are made and read in the loop's own room; kept are only the beginning of a record whose rest is
 * still to come, and records that the wire has not taken, at most one batch. So a connection at
 * rest holds no buffer.
 */
public final class TlsStream implements ByteStream, ByteStream.Listener {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Plain bytes after which no further record is made before the wire is asked to take them. */
  private static final int BATCH = 65_536;

  /** Records without a byte for us that one read may meet: each costs us more than the client. */
  private static final int MOST_EMPTY = 16;

  private final ByteStream wire;
  private final SSLEngine engine;
  private final IoLoop loop;
  private @Nullable Listener listener;

  /** What has been deciphered and not asked for yet. */
  private ByteBuffer plain;

  /** The beginning of a record. */
  private ByteBuffer partial = NOTHING;

  /** Records that the wire has not taken. */
  private ByteBuffer unsent = NOTHING;

  /** The wire will say when it takes more. */
  private boolean blocked;

  /** Our owner waits to hear that it may write. */
  private boolean awaited = true;

  private boolean suspended;

  /** Nothing is read before the client has taken what the engine answers it. */
  private boolean owing;

  /** The client has ended its half by close_notify. */
  private boolean ended;

  /** The wire's half is to be ended once it has taken what is left. */
  private boolean shutting;

  /**
   * A stream after its TLS handshake, all of whose answers have left.
   *
   * @param wire what the records cross; of this loop, too
   * @param plain what has been deciphered beyond the opening handshake
   */
  public TlsStream(ByteStream wire, SSLEngine engine, IoLoop loop, ByteBuffer plain) {
    this.wire = wire;
    this.engine = engine;
    this.loop = loop;
    this.plain = plain;
  }

  @Override
  public void start(Listener owner) {
    listener = owner;
    wire.start(this);
  }

  // What the wire tells.

  @Override
  public void readable() {
    owner().readable();
  }

  @Override
  public void writable() {
    blocked = false;
    try {
      if (!answer()) {
        return;
      }
      if (shutting) {
        shutting = false;
        wire.shutdownOutput();
      }
    } catch (IOException e) {
      lost(e);
      return;
    }
    if (owing) {
      owing = false;
      resumeWire();
    }
    if (awaited) {
      awaited = false;
      owner().writable();
    }
    if (plain.hasRemaining()) {
      owner().readable();
    }
  }

  @Override
  public void lost(Throwable why) {
    owner().lost(why);
  }

  // The way in.

  @Override
  public ByteBuffer takeRoom() {
    return wire.takeRoom();
  }

  @Override
  public void giveBack(ByteBuffer room) {
    wire.giveBack(room);
  }

  @Override
  public int read(ByteBuffer room) throws IOException {
    if (plain.hasRemaining()) {
      return takePlain(room);
    }
    if (ended) {
      return -1;
    }
    if (owes() && !answer()) {
      owing = true;
      wire.suspendReads();
      return 0;
    }
    ByteBuffer records = loop.heapPassage();
    int record = engine.getSession().getPacketBufferSize(); // a longer one is refused by its header
    records.limit(Math.max(room.remaining(), record)).put(partial.duplicate());
    int n = wire.read(records);
    if (n <= 0) {
      return n;
    }
    int before = room.position();
    decipher(records.flip(), room);
    if (owes()) {
      answer();
    }
    return plain.hasRemaining() ? takePlain(room) : countOrEnd(room.position() - before);
  }

  private int countOrEnd(int n) {
    return n == 0 && ended ? -1 : n;
  }

  private int takePlain(ByteBuffer room) {
    int n = Math.min(room.remaining(), plain.remaining());
    room.put(plain.slice(plain.position(), n));
    plain.position(plain.position() + n);
    if (!plain.hasRemaining()) {
      plain = NOTHING;
    }
    return n;
  }

  /** Records are longer than what they carry: room for these is room for that. */
  private void decipher(ByteBuffer records, ByteBuffer room) throws IOException {
    if (records.remaining() <= room.remaining()) {
      unwrap(records, room);
    } else {
      ByteBuffer own = ByteBuffer.allocate(records.remaining());
      unwrap(records, own);
      plain = own.flip();
    }
    partial = ended ? NOTHING : kept(records);
  }

  private void unwrap(ByteBuffer records, ByteBuffer room) throws IOException {
    int empty = 0;
    try {
      while (records.hasRemaining()) {
        SSLEngineResult result = engine.unwrap(records, room);
        if (result.getStatus() == Status.CLOSED) {
          ended = true;
          return;
        }
        if (result.getStatus() != Status.OK) {
          return; // the rest of it is still to come, whether the engine misses that or room for it
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
          throw new SSLException("the client asks for another handshake");
        }
        if (result.bytesProduced() == 0 && ++empty > MOST_EMPTY) {
          throw new SSLException("too many records without data");
        }
      }
    } catch (SSLException e) {
      alert();
      throw e;
    }
  }

  /** Tells the client what it has done wrong, if the wire takes it. */
  private void alert() {
    try {
      answer();
    } catch (IOException e) {
      // it hears nothing, then
    }
  }

  @Override
  public int readsInARow() {
    return plain.hasRemaining() ? Integer.MAX_VALUE : wire.readsInARow();
  }

  @Override
  public void suspendReads() {
    suspended = true;
    wire.suspendReads();
  }

  @Override
  public void resumeReads() {
    suspended = false;
    resumeWire();
    if (plain.hasRemaining()) {
      loop.execute(() -> owner().readable());
    }
  }

  private void resumeWire() {
    if (!suspended && !owing) {
      wire.resumeReads();
    }
  }

  // The way out.

  @Override
  public boolean write(ByteBuffer head, ByteBuffer body) throws IOException {
    boolean left = flush();
    while (left && (head.hasRemaining() || body.hasRemaining())) {
      left = send(head, body);
    }
    awaited = !left;
    return left;
  }

  /** Makes one batch of records, and has the wire take it. */
  private boolean send(ByteBuffer... data) throws IOException {
    ByteBuffer records = loop.heapPassage();
    int sealed = 0;
    boolean more = true;
    while (more && sealed < BATCH) {
      SSLEngineResult result = engine.wrap(data, records);
      if (result.bytesProduced() == 0) {
        throw new ClosedChannelException(); // close_notify has been sent
      }
      sealed += result.bytesConsumed();
      more = result.getStatus() == Status.OK && (owes(result) || hasRemaining(data));
    }
    records.flip();
    blocked = records.hasRemaining() && !wire.write(NOTHING, records);
    unsent = kept(records);
    return !blocked;
  }

  /** Whether nothing waits for the wire any more. */
  private boolean flush() throws IOException {
    if (!blocked && unsent.hasRemaining()) {
      blocked = !wire.write(NOTHING, unsent);
    }
    if (!unsent.hasRemaining()) {
      unsent = NOTHING;
    }
    return !blocked;
  }

  /** Sends what the engine has to say by itself; false when it has to wait for the wire. */
  private boolean answer() throws IOException {
    boolean left = flush();
    while (left && owes()) {
      left = send(NOTHING);
    }
    return left;
  }

  private boolean owes() {
    return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private static boolean owes(SSLEngineResult result) {
    return result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
  }

  private static boolean hasRemaining(ByteBuffer[] data) {
    for (ByteBuffer part : data) {
      if (part.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  // The end.

  /** By close_notify, then for the wire. */
  @Override
  public void shutdownOutput() throws IOException {
    engine.closeOutbound();
    shutting = !answer();
    if (!shutting) {
      wire.shutdownOutput();
    }
  }

  @Override
  public void close() {
    if (loop.inLoop()) {
      sayGoodbye();
    } else {
      loop.execute(this::sayGoodbye);
    }
  }

  private void sayGoodbye() {
    engine.closeOutbound();
    alert();
    wire.close();
  }

  @Override
  public void abort() {
    wire.abort();
  }

  /** A copy, as what is left lies in the loop's room. */
  private static ByteBuffer kept(ByteBuffer left) {
    return left.hasRemaining() ? ByteBuffer.allocate(left.remaining()).put(left).flip() : NOTHING;
  }

  private Listener owner() {
    Listener owner = listener;
    if (owner == null) {
      throw new IllegalStateException("not started");
    }
    return owner;
  }
}
