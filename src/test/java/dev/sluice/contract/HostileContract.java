package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frames.ClientFrames;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What clients do that mean harm, to a server with little memory which dies when that is used up:
 * it goes on, comes to rest, and somebody else's tunnel carries all the while.
 */
abstract class HostileContract extends GatewayContract {

  private static final int PINGS = 454_000;
  private static final int EMPTY_FRAMES = 1_000_000;
  private static final int ONE_BYTE_MESSAGES = 200_000;
  private static final int AT_ONCE = 1_000;
  private static final int HALF_FRAMES = 100;
  private static final int VANISHING = 1_000;
  private static final int LEAVING_AT_ONCE = 4;

  /** Of one core: what a server at rest stays under, with room for its timers. */
  private static final double REST = 0.25;

  private Neighbour neighbour;

  /** A server of {@code kind} with 256 MB of heap that ends when that is not enough. */
  static SharedGateway scarce(ServerKind kind, Lane lane) {
    return new SharedGateway(
        lane,
        yaml -> GatewayServer.start(kind, yaml, List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")),
        usual -> usual.tunnel("ping", "30s"));
  }

  @BeforeEach
  void moveInNextDoor() throws Exception {
    TcpTarget echo = keep(Targets.echo());
    neighbour = keep(new Neighbour(open(echo)));
    neighbour.countOnlyFromNow();
  }

  @AfterEach
  void theNeighbourWasServedAndNothingSpins(TestInfo test) {
    neighbour.assertServed(test.getTestMethod().orElseThrow().getName());
    GatewayServer server = (GatewayServer) gateway();
    Await.until("the server comes to rest", () -> load(server.pid()) < REST);
  }

  /** The share of one core that a process takes in a second. */
  private static double load(long pid) throws InterruptedException {
    Duration before = cpu(pid);
    Thread.sleep(1_000);
    return cpu(pid).minus(before).toMillis() / 1e3;
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  @Test
  void pingsWhosePongsAreNeverReadEndTheTunnel_1008() throws Exception {
    byte[] flood = repeated(new ClientFrames().ping(new byte[125]).bytes(), AT_ONCE);
    WsClient client = openTight(keep(Targets.silent()));
    flood(client, flood, PINGS / AT_ONCE);
    // its window is full of pongs: the close frame may not fit before it is cut off
    assertThat(client.awaitClose().code()).isIn(1008, LOST);
  }

  @Test
  void emptyContinuationsWithoutEndEndTheTunnel_1008() throws Exception {
    WsClient client = openTight(keep(Targets.echo()));
    client.sendFrame(false, WsFrame.BINARY, new byte[1]);
    byte[] flood = repeated(new ClientFrames().frame(0, new byte[0]).bytes(), AT_ONCE);
    flood(client, flood, EMPTY_FRAMES / AT_ONCE);
    assertEnd(client.awaitClose(), 1008, LOST);
  }

  @Test
  void aFrameThatIsNotMaskedEndsTheTunnel_1002() throws Exception {
    WsClient client = open(keep(Targets.echo()));
    client.sendRaw(new byte[] {(byte) 0x82, 1, 'x'});
    assertEnd(client.awaitClose(), 1002, LOST);
  }

  @Test
  void twoHundredThousandMessagesOfOneByteArrive() throws Exception {
    BytePattern pattern = new BytePattern(5);
    PatternCheck check = new PatternCheck(pattern);
    TcpTarget sink = keep(Targets.sink(check));
    WsClient client = open(sink);
    for (int done = 0; done < ONE_BYTE_MESSAGES; done += AT_ONCE) {
      ClientFrames frames = new ClientFrames();
      for (byte b : pattern.bytes(done, AT_ONCE)) {
        frames.binary(new byte[] {b});
      }
      client.sendRaw(frames.bytes());
    }
    Await.until("all arrive", () -> check.count() == ONE_BYTE_MESSAGES);
  }

  @Test
  void framesThatNeverEndHoldNothing() throws Exception {
    TcpTarget silent = keep(Targets.silent());
    byte[] gigabyte = ClientFrames.hex("82 ff 0000000040000000 01020304 00");
    List<WsClient> dripping = new ArrayList<>();
    for (int i = 0; i < HALF_FRAMES; i++) {
      dripping.add(open(silent));
    }
    for (int at = 0; at < gigabyte.length; at++) {
      for (WsClient client : dripping) {
        client.sendRaw(new byte[] {gigabyte[at]});
      }
      Thread.sleep(200);
    }
    assertThat(gateway().metrics().sum("sluice_tunnels_open")).isEqualTo(1 + HALF_FRAMES);
    assertThat(gateway().metrics().sum("sluice_blocked_threads")).isZero();
    Await.until("nothing is held", () -> gateway().metrics().sum("sluice_buffered_bytes") == 0);
    for (WsClient client : dripping) {
      client.vanish();
    }
  }

  @Test
  void clientsThatVanishInThePartOfAWriteLeaveNothingBehind() throws Exception {
    BytePattern pattern = new BytePattern(7);
    TcpTarget source = keep(Targets.source(pattern, 1L << 40));
    List<Future<?>> leaving = new ArrayList<>();
    for (int i = 0; i < LEAVING_AT_ONCE; i++) {
      leaving.add(Background.call(() -> vanishInTheMiddle(source)));
    }
    leaving.forEach(Background::join);
  }

  private Object vanishInTheMiddle(TcpTarget source) throws IOException {
    for (int i = 0; i < VANISHING / LEAVING_AT_ONCE; i++) {
      WsHandshake tight = WsHandshake.to(gateway().tunnel(source.port())).receiveBuffer(32 * KIB);
      WsClient client = tight.connect();
      client.read();
      client.vanish();
    }
    return null;
  }

  /** Sends until the server has had enough. */
  private static void flood(WsClient client, byte[] bytes, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.sendRaw(bytes);
      }
    } catch (IOException cutOff) {
      // how it ended is read from the other direction
    }
  }

  private static byte[] repeated(byte[] frame, int times) {
    byte[] all = new byte[frame.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(frame, 0, all, i * frame.length, frame.length);
    }
    return all;
  }
}
