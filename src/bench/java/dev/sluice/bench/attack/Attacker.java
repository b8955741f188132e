package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * The attacker's process. It attacks from the first line of its standard input until its end, and
 * answers each line there with its {@link Tally}.
 */
public final class Attacker {

  private volatile Tally tally = Tally.NOTHING;
  private volatile boolean over;
  private final CountDownLatch asked = new CountDownLatch(1);

  private Attacker() {}

  /**
   * Attacks.
   *
   * @param args the {@link Attack}, {@code once} or {@code endless}, the port on 127.0.0.1 and,
   *     where that is a gateway's, the path with its query
   */
  public static void main(String... args) throws InterruptedException {
    Attack attack = Attack.valueOf(args[0]);
    int port = Integer.parseInt(args[2]);
    Address address = args.length > 3 ? Address.webSocket(port, args[3], "") : Address.tcp(port);
    new Attacker().run(args[1].equals("once") ? attack.once(address) : attack.endless(address));
  }

  private void run(Assault attack) throws InterruptedException {
    Thread answers = new Thread(this::answer, "answers");
    answers.setDaemon(true);
    answers.start();
    asked.await();
    try (Assault assault = attack) {
      while (!over) {
        assault.turn();
        tally = assault.tally();
      }
    }
  }

  private void answer() {
    try {
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      while (questions.readLine() != null) {
        asked.countDown();
        System.out.println(tally.line());
      }
      over = true;
      asked.countDown();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
