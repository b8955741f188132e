package dev.sluice.target;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What does the strict parser of hosts and ports cost a handshake? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HostPortBenchmark {

  @Param({"10.20.1.5:22", "[2001:db8::1:2]:5432", "db-1.eu.corp.example:5432"})
  String text;

  @Benchmark
  public HostPort parse() {
    return HostPort.parse(text);
  }
}
