package dev.sluice.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One YAML 1.2 document as a {@link Tree}. Built from parser events, because these know their lines
 * and construct nothing: tags are refused, depth and aliases are bounded, a key given twice is a
 * problem.
 */
final class YamlReader {

  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 50;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

  private final Iterator<Event> events;
  private final Map<Anchor, Tree> anchors = new HashMap<>();
  private int aliases;

  private YamlReader(Iterator<Event> events) {
    this.events = events;
  }

  /**
   * Reads {@code text}; a document without content is an empty mapping.
   *
   * @return empty when it is no YAML, which has then been reported at {@code root}
   */
  static Optional<Tree> read(String text, Place root) {
    try {
      return Optional.of(
          new YamlReader(new Parse(SETTINGS).parseString(text).iterator()).document(root));
    } catch (Unusable e) {
      root.report(e.line, e.what, e.advice);
    } catch (MarkedYamlEngineException e) {
      String what = e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
      root.report(
          line(e.getProblemMark()),
          "is not YAML: " + Problems.printable(what),
          "correct it; indent by spaces, and quote a text that has : # or * in it");
    } catch (ReaderException e) {
      root.report(
          1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count(),
          "has a control character, U+%04X".formatted(e.getCodePoint()),
          "remove it");
    } catch (YamlEngineException e) {
      root.report(
          0, "is not YAML: " + Problems.printable(String.valueOf(e.getMessage())), "correct it");
    }
    return Optional.empty();
  }

  private Tree document(Place root) {
    Tree content = new Tree.Mapping(List.of(), 0);
    boolean seen = false;
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (seen) {
            throw new Unusable(event, "begins a second document", "keep one document in the file");
          }
          seen = true;
        }
        default -> content = node(event, root, 0);
      }
    }
    return content instanceof Tree.Scalar scalar && scalar.isNull()
        ? new Tree.Mapping(List.of(), scalar.line())
        : content;
  }

  private Tree node(Event event, Place place, int depth) {
    if (depth > DEEPEST) {
      throw new Unusable(event, "is nested too deeply", "no key needs this depth; flatten it");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    Tree tree;
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      tree = new Tree.Scalar(scalar.getValue(), !scalar.isPlain(), line(event.getStartMark()));
    } else {
      refuseTag(event, ((CollectionStartEvent) event).getTag());
      tree =
          event.getEventId() == Event.ID.MappingStart
              ? mapping(event, place, depth)
              : sequence(event, place, depth);
    }
    ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, tree));
    return tree;
  }

  private Tree sequence(Event start, Place place, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, place.item(items.size()), depth + 1));
    }
    return new Tree.Sequence(items, line(start.getStartMark()));
  }

  private Tree mapping(Event start, Place place, int depth) {
    Map<String, Tree.Entry> entries = new LinkedHashMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      int line = line(e.getStartMark());
      if (!(node(e, place, depth + 1) instanceof Tree.Scalar key)) {
        throw new Unusable(e, "has a key that is not a name", "write name: value");
      }
      Place child = place.child(Problems.printable(key.text()));
      Tree value = node(events.next(), child, depth + 1);
      Tree.Entry first = entries.putIfAbsent(key.text(), new Tree.Entry(key.text(), line, value));
      if (first != null) {
        child.report(line, "is given twice, first in line " + first.line(), "keep one of the two");
      }
    }
    return new Tree.Mapping(List.copyOf(entries.values()), line(start.getStartMark()));
  }

  private Tree aliased(AliasEvent alias) {
    Tree target = anchors.get(alias.getAlias());
    if (target == null) {
      throw new Unusable(
          alias,
          "names an anchor that no finished value has",
          "set it with & before, outside of itself");
    }
    aliases++;
    if (aliases > MOST_ALIASES) {
      throw new Unusable(alias, "is one alias too many", "use at most " + MOST_ALIASES);
    }
    return target;
  }

  private static void refuseTag(Event event, Optional<String> tag) {
    if (tag.isPresent()) {
      throw new Unusable(
          event,
          "has the tag " + Problems.printable(tag.get()),
          "leave it out: the key decides the type");
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }

  /** YAML, but nothing that can be gone on with. */
  private static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final String what;
    private final String advice;

    Unusable(Event event, String what, String advice) {
      super(what);
      this.line = line(event.getStartMark());
      this.what = what;
      this.advice = advice;
    }
  }
}
