package dev.sluice.launcher;

import dev.sluice.frames.FrameLimits;
import dev.sluice.frames.FrameWatch;
import dev.sluice.frames.FrameWriter;
import dev.sluice.frames.ProtocolViolation;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.ByteBufferArray;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Stands between one client and Tyrus, which takes unmasked frames, answers any number of pings
 * whose pongs are never read until memory is full (Tyrus issue 954), and counts no fragments. What
 * is out of order ends the connection here. One thread at a time, as Grizzly reads.
 */
final class FrameGuard {

  private final NIOConnection connection;
  private final ArrivalDeadlines deadlines;
  private final FrameWatch watch = new FrameWatch(FrameLimits.DEFAULTS, System::nanoTime);
  private boolean failed;

  /** A guard from the first byte after the opening handshake. */
  FrameGuard(NIOConnection connection, ArrivalDeadlines deadlines) {
    this.connection = connection;
    this.deadlines = deadlines;
  }

  /** Whether these bytes may go on to Tyrus; it has to see them as they are. */
  boolean passes(Buffer bytes) {
    if (failed) {
      return false;
    }
    ByteBufferArray views = bytes.toByteBufferArray();
    try {
      for (int i = 0; i < views.size(); i++) {
        watch.look(views.getArray()[i].duplicate());
      }
    } catch (ProtocolViolation e) {
      fail(e);
    } finally {
      views.restore();
      views.recycle();
    }
    return !failed;
  }

  /** The close frame goes behind what is being sent already; who does not read it is cut off. */
  private void fail(ProtocolViolation violation) {
    failed = true;
    ByteBuffer frame = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);
    FrameWriter.close(frame, violation.closeCode(), violation.reason());
    deadlines.arm(connection);
    connection.write(
        Buffers.wrap(connection.getMemoryManager(), frame.flip()),
        new CloseWhenWritten<>(connection));
  }
}
