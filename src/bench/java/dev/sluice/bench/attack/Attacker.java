package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The attacker's process. It attacks from its start until its standard input ends, and answers each
 * line there with its {@link Tally}.
 */
public final class Attacker {

  private volatile Tally tally = new Tally(0, 0, "");
  private volatile boolean over;

  private Attacker() {}

  /**
   * Attacks.
   *
   * @param args the {@link Attack}, the port on 127.0.0.1 and, where that is a gateway's, the path
   *     with its query
   */
  public static void main(String... args) {
    int port = Integer.parseInt(args[1]);
    Address address = args.length > 2 ? Address.webSocket(port, args[2], "") : Address.tcp(port);
    new Attacker().run(Attack.valueOf(args[0]), address);
  }

  private void run(Attack attack, Address address) {
    Thread answers = new Thread(this::answer, "answers");
    answers.setDaemon(true);
    answers.start();
    try (Assault assault = attack.assault(address)) {
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
        System.out.println(tally.line());
      }
      over = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
