package dev.sluice.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which form a text address answers. */
enum AnswerFormat {
  TEXT,
  JSON;

  private static final String JSON_TYPE = "application/json";
  private static final String TEXT_TYPE = "text/plain";

  /**
   * {@code ?format=} decides, then {@code Accept} (RFC 9110 §12.5.1): JSON where it is named and
   * not liked less than plain text is, so that a browser and a bare command line get text.
   *
   * @throws RefusalException for a format that there is not
   */
  static AnswerFormat of(Query query, @Nullable String accept) {
    return query.value("format").map(AnswerFormat::named).orElseGet(() -> accepted(accept));
  }

  private static AnswerFormat named(String name) {
    return switch (name) {
      case "json" -> JSON;
      case "text" -> TEXT;
      default -> throw RefusalException.badRequest("\"format\" must be json or text");
    };
  }

  private static AnswerFormat accepted(@Nullable String accept) {
    double json = quality(accept, JSON_TYPE);
    return json > 0 && json >= quality(accept, TEXT_TYPE) ? JSON : TEXT;
  }

  /** Zero where the type is not named. */
  private static double quality(@Nullable String accept, String type) {
    if (accept == null) {
      return 0;
    }
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      if (parts[0].strip().equals(type)) {
        for (String parameter : parts) {
          if (parameter.strip().startsWith("q=")) {
            return number(parameter.strip().substring(2));
          }
        }
        return 1;
      }
    }
    return 0;
  }

  private static double number(String text) {
    return text.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(text) : 0;
  }
}
