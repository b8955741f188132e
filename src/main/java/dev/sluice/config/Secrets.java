package dev.sluice.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows by a key's name whether its value must not be shown. */
final class Secrets {

  /** Stands where a secret's value would. */
  static final String MASK = "***";

  private static final Pattern SECRET =
      Pattern.compile(
          "(.*[._-])?(password|passphrase|passwd|secret|token|credentials?|private-key|api-key)s?"
              + "(\\[\\d+])?");

  private Secrets() {}

  /** Whether the last part of a key, a property's or a variable's name names a secret. */
  static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }
}
