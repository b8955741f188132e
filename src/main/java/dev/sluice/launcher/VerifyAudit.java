package dev.sluice.launcher;

import dev.sluice.audit.ChainCheck;
import dev.sluice.audit.ChainCheck.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code verify-audit FILE…}: whether an audit record is as it was written. Exits 0 if so, 1 if a
 * line does not fit, 2 if a file cannot be read.
 */
@Command(
    name = "verify-audit",
    description =
        "Checks the chain of hashes of an audit record; rotated files may be given in any order.",
    mixinStandardHelpOptions = true)
final class VerifyAudit implements Callable<Integer> {

  private static final int BROKEN = 1;
  private static final int WRONG = 2;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "the record's files")
  private List<Path> files = List.of();

  @Override
  public Integer call() {
    Result result;
    try {
      result = ChainCheck.of(files);
    } catch (IOException e) {
      System.err.println("cannot be read: " + e.getMessage());
      return WRONG;
    }
    if (result instanceof Result.Broken broken) {
      System.out.printf("%s line %d %s%n", broken.file(), broken.line(), broken.how());
      return BROKEN;
    }
    Result.Whole whole = (Result.Whole) result;
    System.out.printf("ok: %d lines%s%n", whole.lines(), missingBefore(whole.first()));
    if (whole.lines() > 0) {
      System.out.printf("the last line's hash is %s%n", whole.lastHash());
    }
    return 0;
  }

  private static String missingBefore(long first) {
    return first > 1 ? ", from number %d on: those before it are not here".formatted(first) : "";
  }
}
