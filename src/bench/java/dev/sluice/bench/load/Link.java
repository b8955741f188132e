package dev.sluice.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * One connection of the tool to what is measured: bare TCP, or a WebSocket that it opens and closes
 * as RFC 6455 has it. All calls on the thread that polls its loop.
 */
public final class Link implements Loop.Ready, FrameSkimmer.Listener {

  /** What becomes of a link, told on the loop's thread; {@link #ended} comes exactly once. */
  public interface User {
    /** It may send. */
    default void opened(Link link) throws IOException {}

    /** So many bytes came from the target; they lie in {@code bytes} from {@code from} on. */
    default void received(Link link, ByteBuffer bytes, int from, int length) throws IOException {}

    /** All that was to be sent has been handed to the kernel; an open link may send more. */
    default void drained(Link link) throws IOException {}

    /** It is gone. */
    void ended(Link link);
  }

  /** Where a link is in its life. */
  public enum State {
    CONNECTING,
    HANDSHAKE,
    OPEN,
    CLOSING,
    ENDED
  }

  private static final int NO_CODE = 1005;
  private static final int LOST = 1006;
  private static final int GOOD = 1000;

  private final Loop loop;
  private final Address address;
  private final User user;
  private final int number;
  private final ArrayDeque<ByteBuffer> out = new ArrayDeque<>(2);
  private final FrameSkimmer frames = new FrameSkimmer(this);
  private final long startedAt = System.nanoTime();
  private SocketChannel channel;
  private SelectionKey key;
  private State state = State.CONNECTING;
  private Handshake.Answer answer;
  private boolean wasOpen;
  private boolean reading = true;
  private boolean writing;
  private boolean flushing;
  private boolean askedToEnd;
  private int closeCode;
  private String problem = "";
  private IOException late;

  private Link(Loop loop, Address address, User user, int number) {
    this.loop = loop;
    this.address = address;
    this.user = user;
    this.number = number;
  }

  /**
   * Begins to connect.
   *
   * @param receiveBuffer of the socket, in bytes; zero: the kernel's choice
   */
  static Link open(Loop loop, Address address, User user, int number, int receiveBuffer) {
    Link link = new Link(loop, address, user, number);
    try {
      link.connect(receiveBuffer);
    } catch (IOException e) {
      link.fail(e);
    }
    return link;
  }

  private void connect(int receiveBuffer) throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.INET);
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    if (receiveBuffer > 0) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    boolean connected = channel.connect(address.socket());
    key = channel.register(loop.selector(), SelectionKey.OP_CONNECT, this);
    if (connected) {
      connected();
    }
  }

  private void connected() throws IOException {
    if (address.webSocket()) {
      state = State.HANDSHAKE;
      answer = new Handshake.Answer();
      interest();
      send(address.handshake().request());
    } else {
      opened();
    }
  }

  private void opened() throws IOException {
    state = State.OPEN;
    wasOpen = true;
    answer = null;
    interest();
    user.opened(this);
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (state == State.CONNECTING) {
        channel.finishConnect();
        connected();
        return;
      }
      int operations = ready.readyOps();
      if ((operations & SelectionKey.OP_READ) != 0) {
        read(Long.MAX_VALUE);
      }
      if (state != State.ENDED && (operations & SelectionKey.OP_WRITE) != 0) {
        flush();
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** Whether to read what arrives; a link that does not is read by {@link #readAtMost} alone. */
  public void reading(boolean wanted) {
    reading = wanted;
    if (state != State.CONNECTING && state != State.ENDED) {
      interest();
    }
  }

  /** Reads at most so many bytes, of those that have arrived; how many it were. */
  public long readAtMost(long limit) {
    try {
      return read(limit);
    } catch (IOException e) {
      fail(e);
      return 0;
    }
  }

  private long read(long limit) throws IOException {
    long read = 0;
    for (int turn = 0; turn < Loop.TURNS && read < limit; turn++) {
      ByteBuffer in = loop.in(limit - read);
      int room = in.remaining();
      int n = channel.read(in);
      if (n < 0) {
        endOfStream();
        return read;
      }
      read += n;
      accept(in.flip());
      if (state == State.ENDED || n < room) {
        return read;
      }
    }
    return read;
  }

  private void accept(ByteBuffer in) throws IOException {
    if (state == State.HANDSHAKE) {
      if (!answer.accept(in)) {
        return;
      }
      opened();
    }
    if (!address.webSocket()) {
      if (in.hasRemaining()) {
        user.received(this, in, in.position(), in.remaining());
      }
      return;
    }
    frames.accept(in);
    if (late != null) {
      throw late;
    }
  }

  @Override
  public void data(ByteBuffer bytes, int from, int length) {
    try {
      user.received(this, bytes, from, length);
    } catch (IOException e) {
      late = e;
    }
  }

  @Override
  public void control(int opcode, ByteBuffer payload) {
    try {
      if (opcode == ClientFrames.PING) {
        send(ClientFrames.control(ClientFrames.PONG, payload));
      } else if (opcode == ClientFrames.CLOSE) {
        closeCode = payload.remaining() >= 2 ? payload.getShort(0) & 0xFFFF : NO_CODE;
        if (state == State.OPEN) {
          state = State.CLOSING;
          send(ClientFrames.close(closeCode == NO_CODE ? -1 : closeCode));
        }
      }
    } catch (IOException e) {
      late = e;
    }
  }

  private void endOfStream() {
    if (!address.webSocket()) {
      closeCode = GOOD;
    } else if (closeCode == 0) {
      problem = "ended without a close frame";
    }
    end();
  }

  /** Sends what remains in {@code bytes}, which is this link's until it is drained. */
  public void send(ByteBuffer bytes) throws IOException {
    out.add(bytes);
    if (out.size() == 1 && !flushing) {
      flush();
    }
  }

  private void flush() throws IOException {
    flushing = true; // what drained() sends is for the next turn
    try {
      writeInTurns();
    } finally {
      flushing = false;
    }
  }

  private void writeInTurns() throws IOException {
    for (int turn = 0; turn < Loop.TURNS; turn++) {
      ByteBuffer next = out.peek();
      if (next == null) {
        break;
      }
      channel.write(next);
      if (next.hasRemaining()) {
        writing(true);
        return;
      }
      out.remove();
      if (out.isEmpty() && state != State.HANDSHAKE) {
        user.drained(this);
      }
      if (state == State.ENDED) {
        return;
      }
    }
    writing(!out.isEmpty());
    if (out.isEmpty() && state == State.CLOSING && !address.webSocket()) {
      channel.shutdownOutput();
    }
  }

  private void writing(boolean wanted) {
    if (writing != wanted) {
      writing = wanted;
      interest();
    }
  }

  private void interest() {
    key.interestOps(
        (reading || state != State.OPEN ? SelectionKey.OP_READ : 0)
            | (writing ? SelectionKey.OP_WRITE : 0));
  }

  /** Ends it well: by a close frame, or the end of the stream, behind all that is to be sent. */
  public void close() throws IOException {
    if (state == State.OPEN) {
      askedToEnd = true;
      state = State.CLOSING;
      interest();
      if (address.webSocket()) {
        send(ClientFrames.close(GOOD));
      } else if (out.isEmpty()) {
        channel.shutdownOutput();
      }
    }
  }

  /** Ends it at once, whatever is under way. */
  public void abort() {
    if (state != State.ENDED) {
      problem = problem.isEmpty() && !wasOpen ? "never opened" : problem;
      end();
    }
  }

  private void fail(IOException e) {
    if (state != State.ENDED) {
      boolean network = !(e instanceof ProtocolException);
      problem = network && state == State.CLOSING ? problem : String.valueOf(e.getMessage());
      end();
    }
  }

  private void end() {
    state = State.ENDED;
    if (closeCode == 0) {
      closeCode = LOST;
    }
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    user.ended(this);
  }

  /** Where it is in its life. */
  public State state() {
    return state;
  }

  /** Whether it has been open, at whatever time. */
  public boolean wasOpen() {
    return wasOpen;
  }

  /** The number it was given. */
  public int number() {
    return number;
  }

  /** When it began to connect, by {@link System#nanoTime}. */
  public long startedAt() {
    return startedAt;
  }

  /** What the server's close frame said; 1000 for the end of a bare TCP stream; 1006: neither. */
  public int closeCode() {
    return closeCode;
  }

  /** Whether it ended because it was asked to, or with 1000. */
  public boolean endedWell() {
    return askedToEnd || closeCode == GOOD;
  }

  /** What went wrong; empty: nothing. */
  public String problem() {
    return problem;
  }

  /** Frames of data that came. */
  public long frames() {
    return frames.frames();
  }

  /** The port of this end. */
  public int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }
}
