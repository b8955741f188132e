package dev.sluice.http;

import dev.sluice.target.Decision;
import dev.sluice.target.Explanation;
import dev.sluice.target.HostPort;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * An explanation for a program and for a person. For administrators only: it tells all that
 * refusals keep to themselves.
 */
public final class ExplanationText {

  private ExplanationText() {}

  /**
   * {@code {"allowed","requested","target"?,"because","reason"?,"addresses":[{"address","class"}],
   * "aliases","lookupFailure"?,"rules":[{"rule","matches","why"?}],"shadow":[…]}}.
   */
  public static JsonObject json(Explanation explanation) {
    Decision decision = explanation.decision();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("allowed", explanation.isAllowed())
            .add("requested", decision.requested().text());
    HostPort target = explanation.target();
    if (target != null) {
      json.add("target", target.text());
    }
    json.add("because", explanation.because());
    if (decision instanceof Decision.Denied denied) {
      json.add("reason", denied.reason().word());
    }
    JsonArrayBuilder addresses = Json.createArrayBuilder();
    explanation
        .answers()
        .forEach(
            answer ->
                addresses.add(
                    Json.createObjectBuilder()
                        .add("address", answer.address().toString())
                        .add("class", answer.addressClass().word())));
    json.add("addresses", addresses).add("aliases", Json.createArrayBuilder(explanation.aliases()));
    String failure = explanation.lookupFailure();
    if (failure != null) {
      json.add("lookupFailure", failure);
    }
    return json.add("rules", rules(explanation.rules()))
        .add("shadow", Json.createArrayBuilder(decision.shadow()))
        .build();
  }

  private static JsonArrayBuilder rules(List<Explanation.Considered> considered) {
    JsonArrayBuilder rules = Json.createArrayBuilder();
    for (Explanation.Considered one : considered) {
      JsonObjectBuilder rule =
          Json.createObjectBuilder().add("rule", one.rule()).add("matches", one.matches());
      rules.add(one.matches() ? rule : rule.add("why", one.why()));
    }
    return rules;
  }

  /** Lines for a person, each with its end. */
  public static String text(Explanation explanation) {
    Decision decision = explanation.decision();
    HostPort target = explanation.target();
    String asked = decision.requested().text();
    StringBuilder text = new StringBuilder(asked);
    if (target != null && !target.text().equals(asked)) {
      text.append(", which is ").append(target.text());
    }
    text.append(explanation.isAllowed() ? ": would be opened\n" : ": would be refused\n");
    text.append("  because: ").append(explanation.because()).append('\n');
    decision.shadow().forEach(line -> text.append("  shadow: ").append(line).append('\n'));
    explanation.aliases().forEach(name -> text.append("alias ").append(name).append('\n'));
    explanation.answers().forEach(answer -> text.append("address ").append(answer).append('\n'));
    String failure = explanation.lookupFailure();
    if (failure != null) {
      text.append("no address: ").append(failure).append('\n');
    }
    for (Explanation.Considered one : explanation.rules()) {
      text.append(one.rule())
          .append(one.matches() ? "\n  matches\n" : "\n  does not match: " + one.why() + "\n");
    }
    return text.toString();
  }
}
