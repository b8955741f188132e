package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.ClientFrames;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import java.nio.ByteBuffer;
import java.util.Locale;

/** The ways to misbehave, each {@linkplain #once once}, or {@linkplain #endless without end}. */
public enum Attack {
  /** Pings of 125 bytes whose pongs are never read. */
  PINGS(454_000) {
    @Override
    Assault assault(Address address, long most) {
      ByteBuffer ping = ClientFrames.control(ClientFrames.PING, ByteBuffer.allocate(125));
      return new Flood(address, ping, ping, most);
    }
  },

  /** One message that goes on in empty frames. */
  EMPTY(1_000_000) {
    @Override
    Assault assault(Address address, long most) {
      return new Flood(
          address,
          ClientFrames.unfinished(ClientFrames.BINARY, ByteBuffer.allocate(1)),
          ClientFrames.unfinished(ClientFrames.CONTINUATION, ByteBuffer.allocate(0)),
          most);
    }
  },

  /** Frames of a gibibyte, one byte a second; without end, a hundred a second. */
  HALVES(Long.MAX_VALUE) {
    @Override
    Assault assault(Address address, long most) {
      return new Drips(address, 1_000_000_000);
    }

    @Override
    Assault endless(Address address) {
      return new Drips(address, 10_000_000);
    }
  },

  /** Opening handshakes that are never finished. */
  HANDSHAKES(HalfHandshakes.CLIENTS) {
    @Override
    Assault assault(Address address, long most) {
      return new HalfHandshakes(address, most);
    }

    @Override
    public boolean means(Address address) {
      return address.webSocket();
    }
  },

  /** Messages of one byte. */
  BYTES(200_000) {
    @Override
    Assault assault(Address address, long most) {
      ByteBuffer message = ClientFrames.control(ClientFrames.BINARY, ByteBuffer.allocate(1));
      return new Flood(address, message, message, most);
    }
  },

  /** Clients that are gone while they are written to. */
  VANISH(1_000) {
    @Override
    Assault assault(Address address, long most) {
      return new Vanishers(address, most);
    }

    @Override
    public Target.Behaviour target() {
      return SourceConnection.exactly(MORE_THAN_A_WINDOW);
    }
  };

  /** Bytes; not without end, for the target has the neighbour to answer too. */
  private static final long MORE_THAN_A_WINDOW = 1 << 20;

  private final long amount;

  Attack(long amount) {
    this.amount = amount;
  }

  /** An attack that does so much in all. */
  abstract Assault assault(Address address, long most);

  /** Whether it is over once it has done so much; otherwise its clients stay and go on. */
  public boolean ends() {
    return amount < Long.MAX_VALUE;
  }

  /** As much as somebody would who tries what happens. */
  final Assault once(Address address) {
    return assault(address, amount);
  }

  /** One that goes on for as long as it is let. */
  Assault endless(Address address) {
    return assault(address, Long.MAX_VALUE);
  }

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
