package io.brrtrouter.openapi.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Composes one YAML 1.2 document from parse events: values, places, caps. Aliases share the nodes
 * they repeat; what they would cost expanded is counted, so a bomb is refused while it is small.
 */
final class YamlComposer {
  private static final String TAG_PREFIX = "tag:yaml.org,2002:";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final DocumentLimits limits;
  private final Problems problems;
  private final Parser events;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int aliases;
  private long expanded;
  private int deepest;

  /** A node an alias may repeat: its size in nodes and its height in levels. */
  private record Anchored(Composed composed, long size, int height) {}

  /** A value and its place. */
  record Composed(JsonNode node, Place place) {}

  private YamlComposer(String text, DocumentLimits limits, Problems problems) {
    LoadSettings settings =
        LoadSettings.builder()
            .setUseMarks(true)
            .setParseComments(false)
            .setCodePointLimit(Integer.MAX_VALUE)
            // The whole text at once: a part that ends within a scalar is copied with every further
            // part, which takes a minute for a scalar as long as a document may be.
            .setBufferSize(text.length() + 2)
            .build();
    this.limits = limits;
    this.problems = problems;
    this.events = new ParserImpl(settings, new StreamReader(settings, text));
  }

  /**
   * Composes the only document of a text.
   *
   * @throws Problems.Unreadable after adding the reason
   */
  static Composed compose(String text, DocumentLimits limits, Problems problems) {
    try {
      return new YamlComposer(text, limits, problems).document();
    } catch (MarkedYamlEngineException syntax) {
      throw YamlSyntax.explain(syntax, problems);
    } catch (ReaderException unprintable) {
      throw YamlSyntax.explain(unprintable, text, problems);
    } catch (YamlEngineException other) {
      String reason = String.valueOf(other.getMessage()).lines().findFirst().orElse("no reason");
      throw problems.fatal(
          "yaml-syntax", 1, 1, "the text is not YAML 1.2: " + reason, "correct the text");
    }
  }

  private Composed document() {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      throw problems.fatal(
          "document-empty", 1, 1, "the file has no content", "write an OpenAPI document into it");
    }
    Composed root = node(events.next(), 1);
    if (root == null) {
      throw new Problems.Unreadable();
    }
    events.next();
    Event next = events.next();
    if (next.getEventId() != Event.ID.StreamEnd) {
      Mark mark = start(next);
      problems.add(
          "yaml-multiple-documents",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "the file holds a second YAML document",
          "keep one document per file");
    }
    return root;
  }

  /** Composes a node; null, with a finding, when it is an alias of nothing and is left out. */
  private @Nullable Composed node(Event event, int depth) {
    Mark mark = start(event);
    if (event instanceof AliasEvent alias) {
      return alias(alias, mark, depth);
    }
    if (depth > limits.depth()) {
      throw problems.fatal(
          "nesting-too-deep",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "values are nested deeper than " + limits.depth() + " levels",
          "flatten the document or move parts of it behind a $ref");
    }
    count(1, mark);
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    if (anchor.isEmpty()) {
      deepest = Math.max(deepest, depth);
      return content(event, mark, depth);
    }
    return anchored(anchor.get(), event, mark, depth);
  }

  private Composed anchored(Anchor anchor, Event event, Mark mark, int depth) {
    long before = expanded;
    int deepestBefore = deepest;
    deepest = depth;
    anchors.remove(anchor);
    Composed composed = content(event, mark, depth);
    anchors.put(anchor, new Anchored(composed, expanded - before + 1, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return composed;
  }

  private Composed content(Event event, Mark mark, int depth) {
    return switch (event) {
      case ScalarEvent scalar -> scalar(scalar, mark);
      case MappingStartEvent mapping -> {
        checkTag(mapping.getTag(), "map", mark);
        yield mapping(mark, depth);
      }
      case SequenceStartEvent sequence -> {
        checkTag(sequence.getTag(), "seq", mark);
        yield sequence(mark, depth);
      }
      default -> throw new IllegalStateException("no node begins with " + event.getEventId());
    };
  }

  /** What an alias repeats; null, with a finding, when there is nothing to repeat. */
  private @Nullable Composed alias(AliasEvent alias, Mark mark, int depth) {
    String name = alias.getAlias().getValue();
    if (++aliases > limits.aliases()) {
      throw problems.fatal(
          "too-many-aliases",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "the file has more than "
              + String.format(Locale.ROOT, "%,d", limits.aliases())
              + " YAML aliases",
          "use $ref instead of aliases");
    }
    Anchored target = anchors.get(alias.getAlias());
    if (target == null) {
      problems.add(
          "yaml-alias",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "alias *" + name + " names no anchor that is complete before it",
          "define &" + name + " earlier in the file and outside of its own value");
      return null;
    }
    count(target.size(), mark);
    if (depth + target.height() > limits.depth()) {
      throw problems.fatal(
          "nesting-too-deep",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "alias *" + name + " nests values deeper than " + limits.depth() + " levels",
          "flatten the document or move parts of it behind a $ref");
    }
    deepest = Math.max(deepest, depth + target.height());
    return target.composed();
  }

  private void count(long nodes, Mark mark) {
    expanded += nodes;
    if (expanded > limits.nodes()) {
      throw problems.fatal(
          "too-many-nodes",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "the file holds more than "
              + String.format(Locale.ROOT, "%,d", limits.nodes())
              + " values once its aliases are expanded",
          "split the document into files or use $ref instead of aliases");
    }
  }

  private Composed sequence(Mark mark, int depth) {
    ArrayNode array = NODES.arrayNode();
    List<Place> places = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      Composed item = node(event, depth + 1);
      if (item != null) {
        array.add(item.node());
        places.add(item.place());
      }
      event = events.next();
    }
    return new Composed(array, place(mark, places.toArray(Place[]::new)));
  }

  private Composed mapping(Mark mark, int depth) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    Map<String, Place> places = new HashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      Mark at = start(event);
      String name = name(event, at, depth);
      Composed value = node(events.next(), depth + 1);
      if (name != null && value != null) {
        Place first = places.get(name);
        if (first == null) {
          members.put(name, value.node());
          places.put(name, value.place().named(at.getLine() + 1, at.getColumn() + 1));
        } else {
          problems.add(
              "duplicate-key",
              at.getLine() + 1,
              at.getColumn() + 1,
              "\"" + name + "\" is already defined in line " + first.nameLine,
              "keep one of the two");
        }
      }
      event = events.next();
    }
    return new Composed(new ObjectNode(NODES, members), place(mark, places));
  }

  /** The text of a key; null, with a finding, when the member cannot be kept. */
  private @Nullable String name(Event event, Mark mark, int depth) {
    if (event instanceof ScalarEvent scalar) {
      checkTag(scalar.getTag(), "str", mark);
      scalar.getAnchor().ifPresent(anchor -> anchorKey(anchor, scalar, mark));
      if (scalar.isPlain() && scalar.getValue().equals("<<")) {
        problems.add(
            "yaml-merge-key",
            mark.getLine() + 1,
            mark.getColumn() + 1,
            "the merge key << is not part of YAML 1.2",
            "write the members out, or share them with $ref");
        return null;
      }
      if (scalar.isPlain() && scalar.getValue().isEmpty()) {
        return refuseKey("a member has no name", mark);
      }
      return scalar.getValue();
    }
    Composed key = node(event, depth + 1);
    return key != null && key.node().isString()
        ? key.node().stringValue()
        : refuseKey("a member's name must be text, not a mapping, sequence or null", mark);
  }

  private void anchorKey(Anchor anchor, ScalarEvent scalar, Mark mark) {
    Composed text = new Composed(NODES.stringNode(scalar.getValue()), place(mark, null));
    anchors.put(anchor, new Anchored(text, 1, 0));
  }

  private @Nullable String refuseKey(String message, Mark mark) {
    problems.add(
        "yaml-key", mark.getLine() + 1, mark.getColumn() + 1, message, "write name: value");
    return null;
  }

  private Composed scalar(ScalarEvent scalar, Mark mark) {
    String text = scalar.getValue();
    Optional<String> tag = scalar.getTag();
    YamlScalars.Kind plain = YamlScalars.kind(text);
    YamlScalars.Kind kind;
    if (tag.isEmpty()) {
      kind = scalar.isPlain() ? plain : YamlScalars.Kind.STR;
    } else {
      kind = tagged(tag.get(), plain, text, mark);
    }
    JsonNode value = YamlScalars.value(kind, text);
    if (value == null) {
      problems.add(
          "number-not-json",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          kind == YamlScalars.Kind.NOT_JSON
              ? text + " has no counterpart in JSON"
              : "the number is longer or larger than anything this reader holds",
          "write a finite number, or quote the text");
      value = NODES.nullNode();
    }
    return new Composed(value, place(mark, null));
  }

  private YamlScalars.Kind tagged(String tag, YamlScalars.Kind plain, String text, Mark mark) {
    YamlScalars.Kind wanted =
        switch (tag) {
          case "!", TAG_PREFIX + "str" -> YamlScalars.Kind.STR;
          case TAG_PREFIX + "null" -> YamlScalars.Kind.NULL;
          case TAG_PREFIX + "bool" -> YamlScalars.Kind.BOOL;
          case TAG_PREFIX + "int" -> YamlScalars.Kind.INT;
          case TAG_PREFIX + "float" -> YamlScalars.Kind.FLOAT;
          default -> null;
        };
    if (wanted == null) {
      refuseTag(tag, mark);
      return YamlScalars.Kind.STR;
    }
    boolean fits =
        wanted == YamlScalars.Kind.STR
            || wanted == plain
            || (wanted == YamlScalars.Kind.FLOAT
                && (plain == YamlScalars.Kind.INT || plain == YamlScalars.Kind.NOT_JSON));
    if (!fits) {
      problems.add(
          "yaml-tag",
          mark.getLine() + 1,
          mark.getColumn() + 1,
          "\"" + text + "\" is not what its tag " + shorthand(tag) + " says",
          "remove the tag or correct the value");
      return YamlScalars.Kind.STR;
    }
    return wanted == YamlScalars.Kind.FLOAT ? plain : wanted;
  }

  private void checkTag(Optional<String> tag, String core, Mark mark) {
    if (tag.isPresent() && !tag.get().equals(TAG_PREFIX + core) && !tag.get().equals("!")) {
      refuseTag(tag.get(), mark);
    }
  }

  private void refuseTag(String tag, Mark mark) {
    problems.add(
        "yaml-tag",
        mark.getLine() + 1,
        mark.getColumn() + 1,
        "tag " + shorthand(tag) + " is not allowed here",
        "remove it; OpenAPI documents use the types of JSON only");
  }

  private static String shorthand(String tag) {
    return tag.startsWith(TAG_PREFIX) ? "!!" + tag.substring(TAG_PREFIX.length()) : tag;
  }

  private static Place place(Mark mark, @Nullable Object children) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1, children);
  }

  private static Mark start(Event event) {
    return event.getStartMark().orElseThrow();
  }
}
