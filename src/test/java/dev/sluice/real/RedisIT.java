package dev.sluice.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.WsBridge;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Redis through the gateway, its clients on a local bridge. */
@ExtendWith(Gateways.class)
class RedisIT {

  private static final int PIPELINED = 100_000;
  private static final int BIG_MEBIBYTES = 64;

  @TempDir static Path dir;
  private static Redis redis;

  @BeforeAll
  static void startRedis() throws Exception {
    redis = new Redis(dir);
  }

  @AfterAll
  static void stopRedis() {
    if (redis != null) {
      redis.close();
    }
  }

  private static WsBridge bridge(Place place) throws Exception {
    return new WsBridge(Gateways.of(place).tunnel(redis.port()));
  }

  private static Program.Ended cli(WsBridge bridge, String... arguments) throws Exception {
    return Program.run(dir, redis.cli(bridge.port(), arguments)).succeeded();
  }

  @AtEachPlace
  void aBigBinaryValueIsStoredAndReadUnchanged(Place place) throws Exception {
    try (WsBridge bridge = bridge(place)) {
      Path value = Payload.file(dir, BIG_MEBIBYTES);
      String key = "big-" + place;

      Program.Ended set =
          Program.run(dir, redis.cli(bridge.port(), "-x", "SET", key), value).succeeded();
      assertThat(set.text()).isEqualTo("OK");
      // the command line adds a line feed to what it prints
      Path read = cli(bridge, "GET", key).output();

      assertThat(Files.size(read)).isEqualTo(Files.size(value) + 1);
      assertThat(Payload.sha256(read, Files.size(value))).isEqualTo(Payload.sha256(value));
      cli(bridge, "DEL", key);
      assertThat(bridge.failures()).isEmpty();
    }
  }

  @AtEachPlace
  void aLongPipelineOfCommandsIsAnsweredInFull(Place place) throws Exception {
    try (WsBridge bridge = bridge(place)) {
      String key = "count-" + place;
      Path commands = dir.resolve("pipeline-" + place);
      try (BufferedWriter writer = Files.newBufferedWriter(commands)) {
        for (int i = 0; i < PIPELINED; i++) {
          writer.write("*2\r\n$4\r\nINCR\r\n$" + key.length() + "\r\n" + key + "\r\n");
        }
      }

      Program.Ended ended =
          Program.run(dir, redis.cli(bridge.port(), "--pipe"), commands).succeeded();

      assertThat(ended.text()).endsWith("errors: 0, replies: " + PIPELINED);
      assertThat(cli(bridge, "GET", key).text()).isEqualTo(String.valueOf(PIPELINED));
      assertThat(bridge.failures()).isEmpty();
    }
  }

  @AtEachPlace
  void aPublishedMessageReachesASubscriberThatWaits(Place place) throws Exception {
    try (WsBridge bridge = bridge(place)) {
      Path heard = dir.resolve("heard-" + place);
      Process subscriber =
          new ProcessBuilder(redis.cli(bridge.port(), "SUBSCRIBE", "news"))
              .redirectErrorStream(true)
              .redirectOutput(heard.toFile())
              .start();
      try {
        // its word that it subscribed came through the tunnel, before there is anything to hear
        Await.until("subscribed", () -> Files.readString(heard).startsWith("subscribe\nnews\n1\n"));
        assertThat(cli(bridge, "PUBLISH", "news", "the gate is open").text()).isEqualTo("1");
        Await.until("heard", () -> Files.readString(heard).contains("\nthe gate is open\n"));
      } finally {
        Program.stop(subscriber);
      }
    }
  }

  @AtEachPlace
  void theBenchmarkRunsThroughWithoutAnError(Place place) throws Exception {
    try (WsBridge bridge = bridge(place)) {
      List<String> load =
          redis.benchmark(
              bridge.port(), "-t", "set,get,lrange", "-n", "20000", "-c", "20", "-P", "8", "--csv");

      Program.Ended ended = Program.run(dir, load).succeeded();

      assertThat(ended.error()).isEmpty();
      for (String name :
          List.of("SET", "GET", "LRANGE_100", "LRANGE_300", "LRANGE_500", "LRANGE_600")) {
        assertThat(ended.text()).containsPattern("\n\"" + name + "[ \"].*\",\"");
      }
      assertThat(bridge.carried()).isGreaterThanOrEqualTo(6 * 20);
      assertThat(bridge.failures()).isEmpty();
    }
  }
}
