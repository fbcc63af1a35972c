package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.model.EventStreamExtension;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SourceLocation;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules on what requests and responses are made of: parameters, bodies, content, encodings. */
final class MessageRules {
  /** RFC 9110 sections 9.3.1, 9.3.2, 9.3.5 and 9.3.8. */
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE", "TRACE");

  /** Section 4.8.12.2: parameters of these names are ignored. */
  private static final Set<String> DESCRIBED_ELSEWHERE =
      Set.of("accept", "content-type", "authorization");

  /** With one of these a schema has properties that are not listed beside it. */
  private static final List<String> FURTHER_PROPERTIES =
      List.of("$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "patternProperties");

  private final Tree tree;
  private final Report report;

  MessageRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  /** Looks at an operation. */
  void check(Site site) {
    LocatedNode body = site.node().member("requestBody");
    if (body != null && WITHOUT_BODY.contains(site.method())) {
      report.add(
          Rule.BODY_WITHOUT_MEANING,
          body.nameLocation(),
          site.name() + " has a request body, which HTTP gives no meaning there",
          "take another method, or parameters; OpenAPI 3.2 has the method query");
    }
    upload(site);
    webSocket(site);
    for (LocatedNode entry : Tree.entries(site.node(), "responses")) {
      LocatedNode content = tree.resolve(entry).member("content");
      boolean empty = entry.key().equals("204") || entry.key().equals("304");
      if (empty && content != null && !content.node().isEmpty()) {
        report.add(
            Rule.CONTENT_NEVER_SENT,
            content.nameLocation(),
            "a response with status " + entry.key() + " has no content, so this is never sent",
            "remove it, or describe it for another status");
      }
    }
  }

  /** Files of forms that are taken apart while they come go to the disk, however large they are. */
  private void upload(Site site) {
    LocatedNode streamed = site.node().member(OperationExtension.STREAM_BODY.field());
    LocatedNode body = site.node().member("requestBody");
    if (streamed == null
        || body == null
        || !streamed.node().asBoolean(false)
        || site.node().member(OperationExtension.BODY_LIMIT.field()) != null) {
      return;
    }
    boolean stores =
        Tree.entries(tree.resolve(body), "content").stream()
            .anyMatch(
                type -> OperationExtension.storesFiles(type.key(), type.member("schema") != null));
    if (stores) {
      report.add(
          Rule.UPLOAD_WITHOUT_LIMIT,
          streamed.nameLocation(),
          "the files of the form that "
              + site.name()
              + " takes go to the disk, and nothing bounds them",
          "add "
              + OperationExtension.BODY_LIMIT.field()
              + ", the bytes that a whole form may have");
    }
  }

  /** What the handshake of a WebSocket is answered with (RFC 6455 section 4.2.2). */
  private void webSocket(Site site) {
    LocatedNode socket = site.node().member(WebSocketExtension.FIELD);
    LocatedNode responses = site.node().member("responses");
    if (socket == null || responses == null || responses.node().has("$ref")) {
      return;
    }
    if (!responses.node().has("101") && !responses.node().has("1XX")) {
      report.add(
          Rule.WEBSOCKET_WITHOUT_101,
          responses.nameLocation(),
          "the response that begins the WebSocket of " + site.name() + " is not declared",
          "add the response \"101\"");
    }
    for (LocatedNode response : Tree.entries(site.node(), "responses")) {
      for (LocatedNode type : Tree.entries(tree.resolve(response), "content")) {
        if (EventStreamExtension.isEventStream(type.key())) {
          report.add(
              Rule.WEBSOCKET_BESIDE_EVENTS,
              type.nameLocation(),
              site.name() + " begins a WebSocket, and no stream of events beside it",
              "give the stream an operation of its own, or remove " + WebSocketExtension.FIELD);
        }
      }
    }
  }

  /** Looks at a parameter, a header or a media type. */
  void check(Walk.Content content) {
    LocatedNode node = content.node();
    if (!content.mediaType().isEmpty()) {
      encodings(node);
      items(content);
      return;
    }
    if (Report.text(node, "in").equals("header")
        && DESCRIBED_ELSEWHERE.contains(Report.text(node, "name").toLowerCase(Locale.ROOT))) {
      header(node);
    }
    if (Report.text(node, "style").equals("deepObject")) {
      deepObject(node);
    }
  }

  private void header(LocatedNode parameter) {
    String name = Report.text(parameter, "name");
    String where =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "authorization" -> "a security scheme describes it";
          case "accept" -> "the media types of the responses describe it";
          default -> "the media types of the request body describe it";
        };
    report.add(
        Rule.IGNORED_HEADER_PARAMETER,
        parameter.location(),
        "header parameter \"" + name + "\" is ignored, as the specification demands",
        "remove it; " + where);
  }

  private void deepObject(LocatedNode parameter) {
    LocatedNode schema = schemaOf(parameter);
    if (schema == null) {
      return;
    }
    List<String> types = SchemaRules.types(schema);
    if (!types.isEmpty() && !types.contains("object")) {
      report.add(
          Rule.DEEP_OBJECT_WITHOUT_OBJECT,
          place(parameter, "style"),
          "style deepObject writes objects, but the schema's type is " + String.join(" or ", types),
          "write type: object, or remove the style");
    }
  }

  private void encodings(LocatedNode mediaType) {
    List<LocatedNode> encodings = Tree.entries(mediaType, "encoding");
    LocatedNode schema = encodings.isEmpty() ? null : schemaOf(mediaType);
    LocatedNode properties = schema == null ? null : schema.member("properties");
    if (schema == null
        || properties == null
        || FURTHER_PROPERTIES.stream().anyMatch(schema.node()::has)) {
      return;
    }
    Collection<String> declared = properties.node().propertyNames();
    for (LocatedNode encoding : encodings) {
      if (!declared.contains(encoding.key())) {
        report.add(
            Rule.ENCODING_WITHOUT_PROPERTY,
            encoding.nameLocation(),
            "the schema has no property \"" + encoding.key() + "\", so this encodes nothing",
            report.didYouMean(encoding.key(), declared, "remove it or declare the property"));
      }
    }
  }

  /** What says something about items where there are none, or where nobody looks at them. */
  private void items(Walk.Content content) {
    LocatedNode node = content.node();
    String type = content.mediaType();
    LocatedNode schema = node.member("itemSchema");
    LocatedNode item = schema == null ? node.member(SequentialMediaType.FIELD) : schema;
    boolean events = SequentialMediaType.of(type).equals(Optional.of(SequentialMediaType.EVENTS));
    if (item != null && !SequentialMediaType.covers(type)) {
      report.add(
          Rule.ITEM_SCHEMA_WITHOUT_EFFECT,
          item.nameLocation(),
          type + " has no items, so \"" + item.key() + "\" describes nothing",
          "write \"schema\", or a sequential media type such as application/jsonl");
    } else if (item != null && events && content.side() == Walk.Side.REQUEST) {
      report.add(
          Rule.ITEM_SCHEMA_WITHOUT_EFFECT,
          item.nameLocation(),
          "events that a client sends are not read, so \"" + item.key() + "\" is not applied",
          "take application/jsonl, or read the octets in the handler");
    }
    boolean parts = type.toLowerCase(Locale.ROOT).startsWith("multipart/") || type.equals("*/*");
    for (String field : List.of("prefixEncoding", "itemEncoding")) {
      LocatedNode encoding = node.member(field);
      if (encoding != null && !parts) {
        withoutEffect(encoding, type + " has no parts", "remove it");
      } else if (encoding != null && item == null && node.member("schema") == null) {
        withoutEffect(encoding, "no schema says what the parts are", "add \"itemSchema\"");
      }
    }
    LocatedNode named = node.member("encoding");
    if (named != null && item != null && node.member("schema") == null) {
      withoutEffect(named, "parts that are items have no names", "write \"itemEncoding\"");
    }
  }

  private void withoutEffect(LocatedNode encoding, String why, String fix) {
    report.add(
        Rule.ENCODING_WITHOUT_EFFECT,
        encoding.nameLocation(),
        why + ", so \"" + encoding.key() + "\" encodes nothing",
        fix);
  }

  private @Nullable LocatedNode schemaOf(LocatedNode holder) {
    LocatedNode schema = holder.member("schema");
    return schema == null ? null : tree.resolve(schema);
  }

  private static SourceLocation place(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    return member == null ? object.location() : member.location();
  }
}
