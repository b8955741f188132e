package dev.sluice.bench.attack;

import java.util.List;

/**
 * What an attacker has done so far.
 *
 * @param done pings, frames, bytes or whatever it is about
 * @param connections that were opened for it
 * @param problem that was met first; being cut off is one
 */
public record Tally(long done, long connections, String problem) {

  /** Before it has begun. */
  public static final Tally NOTHING = new Tally(0, 0, "");

  /** As one line. */
  String line() {
    return done + " " + connections + " " + problem.replaceAll("\\R", " ");
  }

  /** Reads a line. */
  static Tally parse(String line) {
    List<String> words = List.of(line.split(" ", 3));
    return new Tally(Long.parseLong(words.get(0)), Long.parseLong(words.get(1)), words.get(2));
  }

  /** What was done since {@code before}. */
  public Tally since(Tally before) {
    return new Tally(done - before.done, connections - before.connections, problem);
  }
}
