package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.model.EventStreamExtension;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.ServiceExtension;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Extensions with a meaning are known by name; a misspelt one would silently do nothing. */
final class ExtensionRules {
  private static final String PREFIX = "x-brrtrouter-";

  /** All but the schema of items, which is of media types, are written on operations. */
  static final List<String> KNOWN =
      Stream.concat(OperationExtension.fields().stream(), Stream.of(SequentialMediaType.FIELD))
          .toList();

  private static final List<String> INCOMING =
      List.of(
          EventStreamExtension.FIELD,
          WebSocketExtension.FIELD,
          OperationExtension.STREAM_BODY.field(),
          ServiceExtension.FIELD,
          ServiceExtension.PATH,
          ServiceExtension.BASE_PATH);

  /** Those that a misspelt name with our prefix can mean. */
  private static final List<String> PREFIXED =
      KNOWN.stream().filter(name -> name.startsWith(PREFIX)).toList();

  /** Values in which anything may stand. */
  private static final Set<String> DATA =
      Set.of("example", "examples", "default", "enum", "const", "value", "dataValue");

  private final Report report;

  /** Operations by identity. */
  private final Set<JsonNode> operations = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Media types by identity. */
  private final Set<JsonNode> mediaTypes = Collections.newSetFromMap(new IdentityHashMap<>());

  ExtensionRules(Report report, Walk walk) {
    this.report = report;
    walk.contents.stream()
        .filter(content -> !content.mediaType().isEmpty())
        .forEach(content -> mediaTypes.add(content.node().node()));
    for (Site site : walk.sites) {
      if (operations.add(site.node().node())) {
        operation(site.node());
      }
      if (site.origin() != Site.Origin.PATH) {
        outgoing(site);
      } else {
        handedOn(site);
      }
    }
  }

  /** The server calls webhooks and callbacks, and these are for those who call it. */
  private void outgoing(Site site) {
    for (String name : INCOMING) {
      LocatedNode extension = site.node().member(name);
      if (extension != null) {
        report.add(
            Rule.MISPLACED_EXTENSION,
            extension.nameLocation(),
            "extension \"" + name + "\" has no effect on webhooks and callbacks",
            "remove it, or move it to an operation below \"paths\"");
      }
    }
  }

  /** What a client says by a path parameter is lost where the path of the service has it not. */
  private void handedOn(Site site) {
    LocatedNode path = site.node().member(ServiceExtension.PATH);
    if (path == null
        || site.node().member(ServiceExtension.FIELD) == null
        || !OperationExtension.DOWNSTREAM_PATH.allows(path.node())) {
      return;
    }
    List<String> used = ServiceExtension.parameters(path.node().stringValue());
    for (String name : ServiceExtension.parameters(site.template())) {
      if (!used.contains(name)) {
        report.add(
            Rule.SERVICE_PARAMETER_UNUSED,
            path.location(),
            "the service is not told the parameter {%s} of %s".formatted(name, site.name()),
            "write {" + name + "} in " + ServiceExtension.PATH + ", or take it out of the path");
      }
    }
  }

  private void operation(LocatedNode operation) {
    for (LocatedNode member : operation.members()) {
      if (member.key().startsWith(OperationExtension.HANDLER_PREFIX)
          && !OperationExtension.namesHandler(member.node())) {
        report.add(
            Rule.HANDLER_NAME_IGNORED,
            member.location(),
            "\"" + member.key() + "\" is not the name of a handler and is passed over",
            "write the name of a handler, or call an extension of your own otherwise");
      }
    }
    LocatedNode limit = operation.member(OperationExtension.BODY_LIMIT.field());
    LocatedNode streamed = operation.member(OperationExtension.STREAM_BODY.field());
    boolean streams = streamed != null && streamed.node().asBoolean(false);
    if (limit != null
        && !streams
        && OperationExtension.BODY_LIMIT.allows(limit.node())
        && limit.node().longValue() > OperationExtension.DEFAULT_BODY_CEILING) {
      report.add(
          Rule.BODY_LIMIT_ABOVE_CEILING,
          limit.location(),
          limit.node()
              + " bytes are above the ceiling of "
              + OperationExtension.DEFAULT_BODY_CEILING
              + " that servers have unless configured otherwise",
          "lower it, or raise body.ceiling_bytes in the configuration");
    }
  }

  void check(LocatedDocument document) {
    walk(document, document.root(), new ArrayDeque<>());
  }

  /** Walks plain values; places are looked up only where there is something to say. */
  private void walk(LocatedDocument document, JsonNode node, Deque<String> path) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String name = member.getKey();
        path.addLast(name);
        if (name.startsWith(PREFIX) || KNOWN.contains(name)) {
          extension(document, name, node, path);
        } else if (operations.contains(node)) {
          MisspeltExtension.meant(name, node)
              .ifPresent(meant -> misspelt(document, name, meant, path));
        }
        boolean data = DATA.contains(name) || name.startsWith("x-");
        if (!data || name.equals(WebSocketExtension.FIELD)) {
          walk(document, member.getValue(), path);
        }
        path.removeLast();
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        path.addLast(String.valueOf(i));
        walk(document, node.get(i), path);
        path.removeLast();
      }
    }
  }

  private void misspelt(LocatedDocument document, String name, String meant, Deque<String> path) {
    report.add(
        Rule.UNKNOWN_EXTENSION,
        place(document, path),
        "extension \"" + name + "\" is not known and has no effect",
        "did you mean \"" + meant + "\"?");
  }

  private static SourceLocation place(LocatedDocument document, Deque<String> path) {
    StringBuilder pointer = new StringBuilder();
    path.forEach(token -> pointer.append('/').append(Pointers.escape(token)));
    return document.locateName(pointer.toString());
  }

  private void extension(
      LocatedDocument document, String name, JsonNode holder, Deque<String> path) {
    SourceLocation at = place(document, path);
    if (!KNOWN.contains(name)) {
      report.add(
          Rule.UNKNOWN_EXTENSION,
          at,
          "extension \"" + name + "\" is not known and has no effect",
          report.didYouMean(
              name, PREFIXED, "use one of " + String.join(", ", PREFIXED) + ", or another prefix"));
    } else if (name.equals(SequentialMediaType.FIELD)) {
      if (!mediaTypes.contains(holder)) {
        report.add(
            Rule.MISPLACED_EXTENSION,
            at,
            "extension \"" + name + "\" has an effect on media types only",
            "move it to the media type whose items it describes");
      }
    } else if (!operations.contains(holder)) {
      report.add(
          Rule.MISPLACED_EXTENSION,
          at,
          "extension \"" + name + "\" has an effect on operations only",
          "move it to each operation it is meant for");
    }
  }
}
