package dev.sluice.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds properties and variables that bear our prefix and mean nothing. */
final class ProcessNames {

  /** Names the file; no key, because the file cannot give it. */
  static final String FILE_PROPERTY = Key.PROPERTY_PREFIX + "config";

  static final String FILE_VARIABLE = Key.VARIABLE_PREFIX + "CONFIG";

  private static final List<String> PROPERTIES =
      Stream.concat(Stream.of(FILE_PROPERTY), Keys.ALL.stream().map(Key::property)).toList();
  private static final List<String> VARIABLES =
      Stream.concat(Stream.of(FILE_VARIABLE), Keys.ALL.stream().map(Key::variable)).toList();

  /** What Kubernetes puts into every pod beside a Service whose name begins with ours. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "SLUICE(_\\w+)?_(SERVICE_(HOST|PORT(_\\w+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

  private static final Pattern SERVICE_PORT = Pattern.compile("SLUICE(_\\w+)?_PORT");

  private ProcessNames() {}

  /** Reports what is unknown, in the order of the names. */
  static void check(
      Map<String, String> properties, Map<String, String> environment, Problems problems) {
    new TreeMap<>(properties)
        .forEach(
            (name, value) -> {
              if (name.startsWith(Key.PROPERTY_PREFIX) && !PROPERTIES.contains(name)) {
                report("property " + name, name, Key.PROPERTY_PREFIX, PROPERTIES, problems);
              }
            });
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(Key.VARIABLE_PREFIX)
                  && !VARIABLES.contains(name)
                  && !isServiceLink(name, value)) {
                report("environment " + name, name, Key.VARIABLE_PREFIX, VARIABLES, problems);
              }
            });
  }

  private static void report(
      String where, String name, String prefix, List<String> known, Problems problems) {
    String section = name.substring(prefix.length()).split("[._]", 2)[0];
    if (Keys.STRUCTURES.contains(section.toLowerCase(Locale.ROOT))) {
      problems.add(
          Problems.printable(where),
          "is not a single value",
          "write "
              + section.toLowerCase(Locale.ROOT)
              + " in the file that "
              + FILE_PROPERTY
              + " names");
    } else {
      problems.add(
          Problems.printable(where),
          "is not a known key",
          Advice.forUnknownName(name, prefix, known));
    }
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (SERVICE_PORT.matcher(name).matches() && value.matches("(tcp|udp|sctp)://.*"));
  }
}
