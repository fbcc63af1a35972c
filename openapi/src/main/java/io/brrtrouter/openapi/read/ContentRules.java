package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.Locale;
import java.util.Optional;

/** Rules on bodies, media types, encodings and examples. */
final class ContentRules {
  private final Session session;
  private final Findings findings;

  /** What a media type is the content of. */
  enum Use {
    REQUEST,
    RESPONSE,
    /** A parameter, a header field, a message: one value. */
    VALUE
  }

  ContentRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  /** {@return whether a media type carries JSON (RFC 6839 section 3.1 included)} */
  static boolean isJson(String mediaType) {
    String essence = essence(mediaType);
    return essence.equals("application/json") || essence.endsWith("+json");
  }

  static boolean isForm(String mediaType) {
    String essence = essence(mediaType);
    return essence.equals("application/x-www-form-urlencoded") || essence.startsWith("multipart/");
  }

  /** {@return whether content of this type is decoded and validated against its schema} */
  static boolean isDecoded(String mediaType) {
    return isJson(mediaType) || isForm(mediaType) || essence(mediaType).startsWith("text/plain");
  }

  /** {@return a media type or range without parameters, in lower case} */
  static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    String essence = end < 0 ? mediaType : mediaType.substring(0, end);
    return essence.strip().toLowerCase(Locale.ROOT);
  }

  void requestBody(LocatedNode body) {
    LocatedNode content = body.member("content");
    if (content != null && content.node().isObject() && content.node().isEmpty()) {
      findings.warning(
          "empty-content",
          content.nameLocation(),
          "\"content\" has no media types, so no body is acceptable",
          "add a media type such as application/json");
    }
    for (LocatedNode type : Nodes.members(body, "content")) {
      boolean items = items(session, type, Use.REQUEST);
      session.report.add(
          items || isDecoded(type.key()) ? Feature.REQUEST_BODY : Feature.REQUEST_BODY_RAW,
          type.key(),
          type.nameLocation());
    }
  }

  /**
   * Notes what the items of a media type are said to be.
   *
   * @param use what it is the content of
   * @return whether each of its items is checked
   */
  static boolean items(Session session, LocatedNode type, Use use) {
    LocatedNode written =
        type.node().isObject() ? session.resolver.follow(type, Kind.MEDIA_TYPE) : null;
    if (written == null || !written.node().isObject()) {
      return false; // Said already.
    }
    LocatedNode standard = written.member("itemSchema");
    LocatedNode item = standard == null ? written.member(SequentialMediaType.FIELD) : standard;
    if (item == null) {
      return false;
    }
    Feature feature = feature(type.key(), use);
    session.report.add(feature, type.key(), item.nameLocation());
    return feature == Feature.ITEM_SCHEMA && SequentialMediaType.of(type.key()).isPresent();
  }

  private static Feature feature(String type, Use use) {
    if (use == Use.VALUE || !SequentialMediaType.covers(type)) {
      return Feature.ITEM_SCHEMA_WITHOUT_EFFECT;
    }
    boolean events = SequentialMediaType.of(type).equals(Optional.of(SequentialMediaType.EVENTS));
    return use == Use.REQUEST && events ? Feature.ITEM_SCHEMA_OF_SENT_EVENTS : Feature.ITEM_SCHEMA;
  }

  void mediaType(LocatedNode type) {
    Exclusive.check(type, findings, "example", "examples");
    encodings(type);
    Exclusive.check(type, findings, "itemSchema", SequentialMediaType.FIELD);
    if (Nodes.has(type, "example")) {
      session.report.add(Feature.EXAMPLE, Nodes.required(type, "example").nameLocation());
    }
    LocatedNode encoding = type.member("encoding");
    LocatedNode parent = type.parent();
    boolean filed = parent != null && parent.key().equals("content");
    if (encoding != null && filed && !isForm(type.key())) {
      session.report.add(Feature.ENCODING_WITHOUT_EFFECT, encoding.nameLocation());
    }
  }

  void encoding(LocatedNode encoding) {
    encodings(encoding);
    session.report.add(Feature.ENCODING, encoding.nameLocation());
    if (Nodes.has(encoding, "encoding")) {
      session.report.add(
          Feature.NESTED_ENCODING, Nodes.required(encoding, "encoding").nameLocation());
    }
  }

  private void encodings(LocatedNode object) {
    if (Nodes.has(object, "encoding")) {
      Exclusive.check(object, findings, "encoding", "prefixEncoding");
      Exclusive.check(object, findings, "encoding", "itemEncoding");
    }
    for (String byPosition : new String[] {"prefixEncoding", "itemEncoding"}) {
      LocatedNode member = object.member(byPosition);
      if (member != null) {
        session.report.add(Feature.ENCODING_BY_POSITION, member.nameLocation());
      }
    }
  }

  void example(LocatedNode example) {
    Exclusive.check(example, findings, "value", "externalValue");
    Exclusive.check(example, findings, "value", "dataValue");
    Exclusive.check(example, findings, "value", "serializedValue");
    Exclusive.check(example, findings, "serializedValue", "externalValue");
    session.report.add(
        Nodes.has(example, "externalValue") ? Feature.EXAMPLE_EXTERNAL : Feature.EXAMPLE,
        example.nameLocation());
  }
}
