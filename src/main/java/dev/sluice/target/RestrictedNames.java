package dev.sluice.target;

import java.util.Set;

/**
 * Names that mean something here and nothing on the internet: a rule for everything public does not
 * mean them, whatever their answer.
 */
final class RestrictedNames {
  // Special-use names (RFC 6761 and the registry it began), what RFC 6762 appendix G and ICANN's
  // collision findings call private, and the zones that common infrastructure makes up.
  private static final Set<String> SUFFIXES =
      Set.of(
          "alt",
          "arpa",
          "example",
          "invalid",
          "local",
          "localhost",
          "onion",
          "test", //
          "internal",
          "corp",
          "home",
          "intranet",
          "lan",
          "mail",
          "private", //
          "cluster",
          "consul",
          "docker",
          "intra",
          "k8s",
          "localdomain",
          "localdomain6",
          "localnet",
          "svc",
          "workgroup");

  // Clouds serve instance data under these; some answer with a public address.
  private static final Set<String> METADATA =
      Set.of(
          "metadata.goog",
          "metadata.packet.net",
          "metadata.platformequinix.com",
          "metadata.oraclecloud.com",
          "metadata.tencentyun.com",
          "api.metadata.cloud.ibm.com");

  private RestrictedNames() {}

  /**
   * Whether the name is a single label, lies at or under a special-use or private suffix, or is a
   * cloud's metadata name.
   *
   * @param name lower case, without trailing dot
   */
  static boolean contains(String name) {
    int lastDot = name.lastIndexOf('.');
    return lastDot < 0
        || SUFFIXES.contains(name.substring(lastDot + 1))
        || METADATA.stream().anyMatch(known -> name.equals(known) || name.endsWith("." + known));
  }
}
