package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.ClientFrames;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import java.nio.ByteBuffer;
import java.util.Locale;

/** The ways to misbehave. */
public enum Attack {
  /** Pings of 125 bytes whose pongs are never read. */
  PINGS {
    @Override
    Assault assault(Address address) {
      ByteBuffer ping = ClientFrames.control(ClientFrames.PING, ByteBuffer.allocate(125));
      return new Flood(address, ping, ping);
    }
  },

  /** One message that goes on in empty frames. */
  EMPTY {
    @Override
    Assault assault(Address address) {
      return new Flood(
          address,
          ClientFrames.unfinished(ClientFrames.BINARY, ByteBuffer.allocate(1)),
          ClientFrames.unfinished(ClientFrames.CONTINUATION, ByteBuffer.allocate(0)));
    }
  },

  /** Frames of a gibibyte, a byte at a time. */
  HALVES {
    @Override
    Assault assault(Address address) {
      return new Drips(address);
    }
  },

  /** Opening handshakes that are never finished. */
  HANDSHAKES {
    @Override
    Assault assault(Address address) {
      return new HalfHandshakes(address);
    }

    @Override
    public boolean means(Address address) {
      return address.webSocket();
    }
  },

  /** Messages of one byte. */
  BYTES {
    @Override
    Assault assault(Address address) {
      ByteBuffer message = ClientFrames.control(ClientFrames.BINARY, ByteBuffer.allocate(1));
      return new Flood(address, message, message);
    }
  },

  /** Clients that are gone while they are written to. */
  VANISH {
    @Override
    Assault assault(Address address) {
      return new Vanishers(address);
    }

    @Override
    public Target.Behaviour target() {
      return SourceConnection.exactly(MORE_THAN_A_WINDOW);
    }
  };

  /** Bytes; not without end, for the target has the neighbour to answer too. */
  private static final long MORE_THAN_A_WINDOW = 1 << 20;

  abstract Assault assault(Address address);

  /** What the target does with the attacker's connections. */
  public Target.Behaviour target() {
    return SinkConnection::fast;
  }

  /** Whether it is an attack on what is reached there. */
  public boolean means(Address address) {
    return true;
  }

  /** As tests and the report call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
