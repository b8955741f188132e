package dev.sluice.config;

import java.util.List;
import java.util.stream.Collectors;

/** The operator's page about the configuration, made from the table of keys. */
final class ConfigurationPage {

  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Made from the table of keys in the code. To make it anew:
           mvn test -Dtest=ConfigurationPageTest -Dwrite-configuration-page=true -->

      Sluice starts without any configuration, and then refuses every target. What it may reach is
      written into one YAML file, which the property `sluice.config` or the variable `SLUICE_CONFIG`
      names:

      ```yaml
      targets:
        pg-main: {address: "10.20.1.5:5432"}
      rules:
        - {allow: true, hosts: ["*.db.example.com"], networks: [10.20.0.0/16], ports: [22, 5432]}
        - {deny: true, networks: [10.66.0.0/16]}
      ```

      Every other key can be given in three places. The first that has it wins:

      1. the system property `sluice.<key>`, such as `-Dsluice.tunnel.ping=10s`;
      2. the environment variable `SLUICE_<KEY>`, in capitals, with `_` for dots and hyphens, such as
         `SLUICE_TUNNEL_PING=10s`;
      3. the file, such as `tunnel: {ping: 10s}`.

      In a property or variable a list is one text with commas, and the empty text is the empty list.

      An unknown key, property or variable and a wrong value stop the start, also where another source
      overrides it; all problems are listed at once, each with its line and what to write instead. Two
      names are passed over: what Kubernetes puts into a pod beside a Service called `sluice…`
      (`SLUICE_SERVICE_HOST`, `SLUICE_PORT=tcp://…` and the like), and what begins otherwise.
      `java -jar sluice.war --check` prints every value in force with its source, secrets masked.

      - A **size** is `64KiB`, `1MiB`, `1GiB` or plain bytes. `kB` and `MB` are rejected: people disagree
        about what they mean.
      - A **duration** is one whole number and a unit: `250ms`, `5s`, `25m`, `1h`, `2d`. A bare number is
        rejected.
      - The file is UTF-8, one YAML 1.2 document of at most 1 MiB, without tags; a key given twice is a
        problem. A section may be left empty.

      The file is watched, also behind symbolic links. A valid change takes effect for new tunnels and ends
      those that it no longer allows; an invalid one is logged and what was in force stays. Keys marked
      *restart* keep the value of the start, and the log says so.
      """;

  private ConfigurationPage() {}

  static String markdown() {
    return INTRODUCTION
        + "\n## Keys\n\n| key | type | default | change | meaning |\n|---|---|---|---|---|\n"
        + Keys.ALL.stream().map(ConfigurationPage::row).collect(Collectors.joining())
        + "\n## Who is let in, `auth`\n\nOnly in the file. Without the section: whoever the server itself"
        + " has logged in, and anybody else as\nsomebody without roles. With it only what it names."
        + " [How to set each up](identity.md).\n\n"
        + members(AuthReader.AUTH)
        + "\n`anonymous` has `roles`. A user, `auth.basic.users.<name>`:\n\n"
        + members(AuthReader.USER_MEMBERS)
        + "\n`auth.bearer`:\n\n"
        + members(AuthReader.BEARER_MEMBERS)
        + "\n## A named target, `targets.<name>`\n\nOnly in the file. Permission to reach exactly this"
        + " host and port.\n\n"
        + members(PolicyReader.TARGET)
        + "\n## A rule, `rules[]`\n\nOnly in the file. All that a rule gives must match. What a rule"
        + " denies is refused whatever\nelse allows it; what no rule allows is refused.\n\n"
        + members(PolicyReader.RULE);
  }

  private static <T> String row(Key<T> key) {
    String standard = YamlWriter.flow(key.path(), key.type().toTree(key.standard()));
    return "| `%s` | %s | `%s` | %s | %s |\n"
        .formatted(
            key.path(),
            key.type().describe(),
            standard,
            key.live() ? "live" : "restart",
            key.meaning());
  }

  private static String members(List<Member<?>> members) {
    return "| key | type | without it | meaning |\n|---|---|---|---|\n"
        + members.stream()
            .map(
                m ->
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(m.name(), m.type().describe(), m.standard(), m.meaning()))
            .collect(Collectors.joining());
  }
}
