package dev.sluice.audit;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Optional;

/** What a line says about its place in the chain. */
record Link(long number, String previous) {

  /** Empty where the line is no line of a chain. */
  static Optional<Link> of(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      JsonObject object = reader.readObject();
      return object.get(Chain.NUMBER) instanceof JsonNumber number
              && number.isIntegral()
              && object.get(Chain.PREVIOUS) instanceof JsonString previous
          ? Optional.of(new Link(number.longValueExact(), previous.getString()))
          : Optional.empty();
    } catch (JsonException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
