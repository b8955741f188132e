package dev.sluice.http;

import jakarta.json.JsonObject;

/**
 * What a probe of an allowed target found. Both forms go out with status 200, also when the target
 * refused, was silent or is something else: the probe itself did what it was asked, and {@code
 * success} and {@code message} say what it saw. Problem bodies are for what was not done.
 */
interface ProbeAnswer {

  /** The word for metrics: {@code success}, or why not. */
  String outcome();

  /** The answer for programs. */
  JsonObject toJson();

  /** The answer for a person at a shell: lines, each with its end. */
  String toText();
}
