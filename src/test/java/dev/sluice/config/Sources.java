package dev.sluice.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hand-made sources for a loader; the file is called {@code sluice.yaml}. */
final class Sources {

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private byte[] content = new byte[0];
  private IOException failure = null;

  static Sources none() {
    return new Sources();
  }

  static Sources file(String yaml) {
    return bytes(yaml.getBytes(StandardCharsets.UTF_8));
  }

  static Sources bytes(byte[] content) {
    Sources sources = new Sources().property("sluice.config", "sluice.yaml");
    sources.content = content;
    return sources;
  }

  static Sources unreadable(IOException failure) {
    Sources sources = bytes(new byte[0]);
    sources.failure = failure;
    return sources;
  }

  Sources property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  Sources variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ConfigLoader loader() {
    return new ConfigLoader(
        properties,
        environment,
        path -> {
          if (failure != null) {
            throw failure;
          }
          return new ByteArrayInputStream(content);
        });
  }

  Configuration load() {
    try {
      return loader().load();
    } catch (ConfigurationException e) {
      throw new AssertionError("not valid:\n" + e.getMessage(), e);
    }
  }

  /** Every problem as its line; empty when the configuration is valid. */
  List<String> problems() {
    try {
      loader().load();
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
