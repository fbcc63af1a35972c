package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.read.Shape.Field;
import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Checks the fields of objects against {@link Grammar}: names, types, versions, words. */
final class FieldCheck {
  private final Session session;
  private final Findings findings;
  private final BiConsumer<LocatedNode, Kind> children;

  /**
   * Builds the check.
   *
   * @param session the document being loaded
   * @param children takes the objects found in fields
   */
  FieldCheck(Session session, BiConsumer<LocatedNode, Kind> children) {
    this.session = session;
    this.findings = session.findings;
    this.children = children;
  }

  /** Checks the fields of an object, not what only {@link Rules} can tell. */
  void check(LocatedNode object, Kind kind) {
    Shape shape = Grammar.of(kind);
    Version version = session.version(object);
    for (LocatedNode member : object.members()) {
      Field field = shape.fields().get(member.key());
      if (field != null) {
        field(member, field, version, kind);
      } else if (shape.extensible(version) && member.key().startsWith("x-")) {
        session.report.add(Feature.EXTENSION, member.key(), member.nameLocation());
      } else if (shape.patterned() != null && !isReference(member)) {
        value(member, shape.patterned(), version);
      } else {
        unknown(object, member, kind, shape, version);
      }
    }
    if (object.node().has("$ref") && !shape.fields().containsKey("$ref")) {
      // What is missing here stands where the reference points.
      return;
    }
    for (Field field : shape.fields().values()) {
      if (field.required(version) && !object.node().has(field.name())) {
        findings.error(
            "missing-field",
            object.nameLocation(),
            "the " + kind.title() + " has no \"" + field.name() + "\"",
            "add \"" + field.name() + "\" (" + field.form().noun() + ")");
      }
    }
  }

  private void field(LocatedNode member, Field field, Version version, Kind kind) {
    if (!version.atLeast(field.since())) {
      findings.error(
          "newer-version",
          member.nameLocation(),
          "\""
              + field.name()
              + "\" of the "
              + kind.title()
              + " exists since OpenAPI "
              + field.since().number()
              + ", this document is "
              + version.number(),
          "remove it, or raise the version in \"openapi\"");
    } else if (!field.until().atLeast(version)) {
      findings.error(
          "unknown-field",
          member.nameLocation(),
          "\"" + field.name() + "\" must not be used in " + kind.aTitle(),
          "remove it");
    } else {
      value(member, field.form(), version);
    }
  }

  private void unknown(
      LocatedNode object, LocatedNode member, Kind kind, Shape shape, Version version) {
    String name = member.key();
    if (name.equals("$ref")) {
      findings.error(
          "reference-not-allowed",
          member.nameLocation(),
          kind.aTitle() + " cannot be a reference in OpenAPI " + version.number(),
          "write the object here");
      return;
    }
    List<String> known =
        shape.fields().values().stream()
            .filter(field -> version.atLeast(field.since()) && field.until().atLeast(version))
            .map(Field::name)
            .toList();
    String remove = shape.extensible(version) ? "remove it, or prefix it with x-" : "remove it";
    findings.error(
        "unknown-field",
        member.nameLocation(),
        "\"" + name + "\" is not a field of the " + kind.title(),
        findings
            .nearest(name, known)
            .filter(near -> !object.node().has(near))
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse(remove));
  }

  private void value(LocatedNode value, Form form, Version version) {
    switch (form) {
      case Form.Any any -> {}
      case Form.Flag flag -> expect(value.node().isBoolean(), value, form);
      case Form.Text text -> {
        if (expect(value.node().isString(), value, form)) {
          text(value, text.rule());
        }
      }
      case Form.Word word -> {
        if (expect(value.node().isString(), value, form)) {
          word(value, word, version);
        }
      }
      case Form.Obj object -> children.accept(value, object.kind());
      case Form.ListOf list -> {
        if (isWritten(value) && expect(value.node().isArray(), value, form)) {
          value.items().forEach(item -> value(item, list.item(), version));
        }
      }
      case Form.MapOf map -> {
        boolean entries = !(map.value() instanceof Form.Obj) || isWritten(value);
        if (entries && expect(value.node().isObject(), value, form)) {
          for (LocatedNode member : value.members()) {
            Names.check(member, map.names(), findings);
            value(member, map.value(), version);
          }
        }
      }
    }
  }

  private static boolean isReference(LocatedNode member) {
    return member.key().equals("$ref") && member.node().isString();
  }

  /** Lists and maps are no objects of the specification, and only these can be references. */
  private boolean isWritten(LocatedNode value) {
    LocatedNode reference = value.member("$ref");
    if (reference == null || !isReference(reference)) {
      return true;
    }
    findings.error(
        "reference-not-allowed",
        reference.nameLocation(),
        "\"" + value.key() + "\" cannot be a reference",
        "write the entries here");
    return false;
  }

  private boolean expect(boolean holds, LocatedNode value, Form form) {
    if (!holds) {
      wrongType(value, form.noun());
    }
    return holds;
  }

  private void wrongType(LocatedNode value, String wanted) {
    Types.wrong(value, wanted, findings);
  }

  private void text(LocatedNode value, Form.TextRule rule) {
    String text = value.node().stringValue();
    URI uri = Uris.parse(text);
    switch (rule) {
      case ANY -> {}
      case URI_REFERENCE -> {
        if (uri == null) {
          malformed("malformed-uri", value, "a URI", "percent-encode what a URI cannot contain");
        }
      }
      case ABSOLUTE_URI -> {
        if (uri == null || !uri.isAbsolute()) {
          malformed(
              "malformed-uri", value, "an absolute URI", "begin with a scheme, such as https:");
        }
      }
      case EMAIL -> {
        int at = text.indexOf('@');
        if (at < 1 || at == text.length() - 1 || text.chars().anyMatch(c -> c <= ' ')) {
          malformed("malformed-email", value, "an e-mail address", "write name@domain");
        }
      }
    }
  }

  private void malformed(String rule, LocatedNode value, String what, String fix) {
    findings.error(
        rule, value.location(), "\"" + value.node().stringValue() + "\" is not " + what, fix);
  }

  private void word(LocatedNode value, Form.Word word, Version version) {
    String text = value.node().stringValue();
    Version since = word.words().get(text);
    if (since != null && version.atLeast(since)) {
      return;
    }
    List<String> allowed =
        word.words().entrySet().stream()
            .filter(entry -> version.atLeast(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (since != null) {
      findings.error(
          "newer-version",
          value.location(),
          word.what()
              + " \""
              + text
              + "\" exists since OpenAPI "
              + since.number()
              + ", this document is "
              + version.number(),
          "use " + Words.oneOf(allowed) + ", or raise the version in \"openapi\"");
      return;
    }
    findings.error(
        "unknown-value",
        value.location(),
        "\"" + text + "\" is not " + Words.an(word.what()),
        findings
            .nearest(text, allowed)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("use " + Words.oneOf(allowed)));
  }
}
