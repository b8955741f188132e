package dev.sluice.bench.certify;

import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What became of the tests, by the reports that the last build has left. */
final class Verdicts {

  /** Of one test. */
  enum Verdict {
    PASSED,
    FAILED,
    SKIPPED
  }

  private static final List<String> DIRECTORIES = List.of("surefire-reports", "failsafe-reports");

  /** Report's class → test's name, its parameters left out → what became of it at worst. */
  private final Map<String, Map<String, Verdict>> tests = new LinkedHashMap<>();

  private final StringBuilder output = new StringBuilder();

  private Verdicts() {}

  /** Reads what there is below a build's directory. */
  static Verdicts read(Path target) throws IOException {
    Verdicts verdicts = new Verdicts();
    for (String directory : DIRECTORIES) {
      Path reports = target.resolve(directory);
      if (Files.isDirectory(reports)) {
        try (Stream<Path> files = Files.list(reports)) {
          files
              .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
              .sorted()
              .forEach(verdicts::add);
        }
      }
    }
    return verdicts;
  }

  private void add(Path file) {
    Element suite = parsed(file).getDocumentElement();
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      String name = test.getAttribute("name").replaceFirst("[(\\[].*", "");
      verdicts.merge(name, verdict(test), Verdicts::worse);
      NodeList said = test.getElementsByTagName("system-out");
      for (int j = 0; j < said.getLength(); j++) {
        output.append(said.item(j).getTextContent());
      }
    }
    tests.put(suite.getAttribute("name"), verdicts);
  }

  private static Document parsed(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("no report: " + file, e);
    }
  }

  private static Verdict verdict(Element test) {
    if (has(test, "failure") || has(test, "error")) {
      return Verdict.FAILED;
    }
    return has(test, "skipped") ? Verdict.SKIPPED : Verdict.PASSED;
  }

  private static boolean has(Element test, String tag) {
    return test.getElementsByTagName(tag).getLength() > 0;
  }

  /** One run of a test with parameters was skipped where the others passed: that one counts. */
  private static Verdict worse(Verdict one, Verdict other) {
    return one.compareTo(other) == 0
        ? one
        : one == Verdict.FAILED || other == Verdict.FAILED ? Verdict.FAILED : Verdict.SKIPPED;
  }

  /** In words: {@code holds}, {@code not run} or what failed. */
  String of(Promise promise, ServerKind server) {
    List<String> failed = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>();
    for (Proof proof : promise.proofs()) {
      String name = proof.className(server);
      Map<String, Verdict> found = tests.getOrDefault(name, Map.of());
      Collection<String> wanted = proof.methods().isEmpty() ? found.keySet() : proof.methods();
      if (wanted.isEmpty()) {
        missing.add(shorter(name));
      }
      for (String method : wanted) {
        Verdict verdict = found.getOrDefault(method, Verdict.SKIPPED);
        if (verdict != Verdict.PASSED) {
          if (verdict == Verdict.FAILED) {
            failed.add(shorter(name) + " " + method);
          } else {
            missing.add(shorter(name));
          }
        }
      }
    }
    if (!failed.isEmpty()) {
      return "**fails**: " + String.join(", ", failed);
    }
    return missing.isEmpty() ? "holds" : "not run: " + String.join(", ", missing);
  }

  private static String shorter(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** What a test said, by a pattern with one group. */
  Optional<String> said(Pattern line) {
    Matcher found = line.matcher(output);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
