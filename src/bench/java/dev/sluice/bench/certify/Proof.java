package dev.sluice.bench.certify;

import dev.sluice.testkit.ServerKind;
import java.util.List;

/**
 * Tests that prove something.
 *
 * @param report the class that a build's report is named after, below {@code dev.sluice}; {@code *}
 *     stands for a server's name
 * @param methods of that class or one nested in it; none: all of them
 */
record Proof(String report, List<String> methods) {

  /** Tests of one class, which know no server or start all of them. */
  static Proof by(String report, String... methods) {
    return new Proof(report, List.of(methods));
  }

  /** Questions of the contract, which each server is asked on its fast lane. */
  static Proof asked(String... methods) {
    return new Proof("contract.*FastIT", List.of(methods));
  }

  /** The full name of the class for a server. */
  String className(ServerKind server) {
    String name =
        switch (server) {
          case EMBEDDED -> "Embedded";
          case WILDFLY -> "WildFly";
          case PAYARA -> "Payara";
        };
    return "dev.sluice." + report.replace("*", name);
  }

  /** As the page names it. */
  String text() {
    String name = report.substring(report.indexOf('.') + 1).replace("*", "…");
    return methods.isEmpty() ? "`" + name + "`" : "`" + name + "` " + String.join(", ", methods);
  }
}
