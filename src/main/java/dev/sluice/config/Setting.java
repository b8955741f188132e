package dev.sluice.config;

/**
 * One value in force and where it comes from.
 *
 * @param path its key
 * @param source for the reader: {@code default}, {@code property sluice.x}, a file; where the value
 *     knows its line, that completes it
 */
record Setting(String path, Tree value, String source) {}
