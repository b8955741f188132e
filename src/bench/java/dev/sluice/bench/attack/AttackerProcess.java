package dev.sluice.bench.attack;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.proc.ProcessTree;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An attacker that runs, under the scheduling policy SCHED_IDLE (sched(7)): it uses what processor
 * time is left over, as if it were on a machine of its own. A processor that runs it counts as idle
 * when somebody else wakes up; with the lowest niceness it would not, and others would queue behind
 * each other on the next one.
 */
public final class AttackerProcess implements AutoCloseable {

  private static final int MOST_ENDING = 5;

  private final Process process;
  private final BufferedReader answers;
  private final OutputStream questions;

  private AttackerProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.questions = process.getOutputStream();
  }

  /**
   * Starts one, which attacks from its first {@link #tally} on. It ends with this process, whose
   * end closes its standard input.
   *
   * @param once whether it does a certain amount, or goes on until it is closed
   */
  public static AttackerProcess start(Attack attack, boolean once, Address address)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("chrt", "--idle", "0"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Attacker.class.getName(), attack.name()));
    command.add(once ? "once" : "endless");
    command.add(Integer.toString(address.socket().getPort()));
    if (address.webSocket()) {
      command.add(address.handshake().path());
    }
    return new AttackerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** What it has done so far. Waits for the answer. */
  public Tally tally() throws IOException {
    questions.write('\n');
    questions.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new EOFException("the attacker has ended");
    }
    return Tally.parse(answer);
  }

  /** For its processor time. */
  public ProcessTree tree() {
    return new ProcessTree(process.pid());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    questions.close();
    if (!process.waitFor(MOST_ENDING, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
