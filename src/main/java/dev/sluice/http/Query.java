package dev.sluice.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a raw query, as they came: none of the values that there may be needs an
 * escape, so none is decoded.
 */
record Query(Map<String, String> values) {

  Query {
    values = Map.copyOf(values);
  }

  /**
   * @param known the parameters there may be
   * @throws RefusalException for one that is unknown or there twice
   */
  static Query parse(@Nullable String raw, List<String> known) {
    Map<String, String> values = new HashMap<>();
    if (raw == null || raw.isEmpty()) {
      return new Query(values);
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!known.contains(name)) {
        throw RefusalException.badRequest(
            "parameter %s is unknown; there may be %s"
                .formatted(RefusalException.quoted(name), String.join(", ", known)));
      }
      if (values.put(name, equals < 0 ? "" : pair.substring(equals + 1)) != null) {
        throw RefusalException.badRequest("parameter \"%s\" is there twice".formatted(name));
      }
    }
    return new Query(values);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
