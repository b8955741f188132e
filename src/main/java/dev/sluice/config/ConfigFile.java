package dev.sluice.config;

import java.nio.file.Path;

/**
 * The file that a configuration was read from.
 *
 * @param path as it was named
 * @param sha256 of its content, in hex: two files with the same content say the same
 */
public record ConfigFile(Path path, String sha256) {}
