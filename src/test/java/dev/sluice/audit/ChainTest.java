package dev.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.ChainCheck.Result;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** One event is one line whatever a client sends, and no line can be changed unnoticed. */
class ChainTest {

  private static AuditEvent event(String text) {
    return AuditEvent.of("decision")
        .put("origin", text)
        .put("roles", List.of(text))
        .put("answers", List.of(Map.of("address", text)))
        .put("bytes", 7)
        .build();
  }

  private static JsonObject parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "\n",
            "\r\n",
            "\u2028",
            "\u2029",
            "\u0085",
            "\u0000",
            "\u001b[2J",
            "\"",
            "\\",
            "\ud800",
            "\udc00",
            "\ufeff",
            "\u202e",
            "\u007f",
            "\"}\n{\"seq\":1",
            "ü",
            "\ud83d\ude00");
    return Arbitraries.oneOf(nasty, Arbitraries.strings().all().ofMaxLength(20))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 500)
  void anEventIsOneLineOfPrintableAscii(@ForAll("texts") String text) {
    String line = new Chain(text).next(event(text));
    assertThat(line).matches("[ -~]+");
    JsonObject object = parse(line);
    assertThat(object.getString("node")).isEqualTo(text);
    assertThat(object.getString("origin")).isEqualTo(text);
    assertThat(object.getJsonArray("roles").getString(0)).isEqualTo(text);
    assertThat(object.getJsonArray("answers").getJsonObject(0).getString("address"))
        .isEqualTo(text);
    assertThat(object.getInt("bytes")).isEqualTo(7);
  }

  private static List<String> chain(List<String> texts) {
    Chain chain = new Chain("node");
    return new ArrayList<>(texts.stream().map(text -> chain.next(event(text))).toList());
  }

  private static Result check(List<String> lines) throws IOException {
    Path file = Files.createTempFile("sluice-chain", ".jsonl");
    try {
      String text = lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
      return ChainCheck.of(List.of(Files.writeString(file, text, StandardCharsets.ISO_8859_1)));
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 100)
  void aChainIsWhole(@ForAll @Size(max = 20) List<String> texts) throws IOException {
    assertThat(check(chain(texts)))
        .isInstanceOfSatisfying(
            Result.Whole.class, whole -> assertThat(whole.lines()).isEqualTo(texts.size()));
  }

  @Property(tries = 200)
  void oneChangedCharacterIsFoundAtItsLineOrTheNext(
      @ForAll @IntRange(max = 8) int which, @ForAll @IntRange(max = 10_000) int where)
      throws IOException {
    List<String> lines = chain(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "last"));
    String line = lines.get(which);
    int at = where % line.length();
    char changed = line.charAt(at) == 'x' ? 'y' : 'x';
    lines.set(which, line.substring(0, at) + changed + line.substring(at + 1));
    assertThat(check(lines))
        .isInstanceOfSatisfying(
            Result.Broken.class,
            broken -> assertThat(broken.line()).isBetween(which + 1L, which + 2L));
  }

  @Property(tries = 50)
  void aLineTakenOutOrPutInOrMovedIsFound(@ForAll @IntRange(min = 1, max = 8) int which)
      throws IOException {
    List<String> whole = chain(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "last"));
    List<String> without = new ArrayList<>(whole);
    without.remove(which);
    List<String> twice = new ArrayList<>(whole);
    twice.add(which, whole.get(which));
    List<String> moved = new ArrayList<>(whole);
    moved.add(which - 1, moved.remove(which));
    for (List<String> lines : List.of(without, twice, moved)) {
      assertThat(check(lines))
          .isInstanceOfSatisfying(
              Result.Broken.class, broken -> assertThat(broken.how()).contains("lines were"));
    }
  }
}
