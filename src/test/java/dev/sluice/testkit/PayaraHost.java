package dev.sluice.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Payara Micro, which looks for new applications only when it starts, with a hand on it: {@code
 * undeploy NAME} and {@code deploy FILE} come as lines of standard input. By reflection, so that
 * the tests need no 90 MB on their class path.
 */
public final class PayaraHost {

  private PayaraHost() {}

  /** Starts with Payara Micro's own arguments and serves until the input ends. */
  public static void main(String... args) throws Exception {
    Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
    micro.getMethod("main", String[].class).invoke(null, (Object) args);
    Object instance = micro.getMethod("getInstance").invoke(null);
    Object runtime = micro.getMethod("getRuntime").invoke(instance);
    Class<?> type = Class.forName("fish.payara.micro.PayaraMicroRuntime");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("undeploy")) {
        type.getMethod("undeploy", String.class).invoke(runtime, words[1]);
      } else {
        type.getMethod("deploy", File.class).invoke(runtime, new File(words[1]));
      }
      System.out.println("done: " + line);
    }
  }
}
