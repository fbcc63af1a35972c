package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules on single keywords of schemas, and on the objects that stand in them. */
final class SchemaObjects {
  private static final Set<String> NUMERIC_FORMATS =
      Set.of("int32", "int64", "float", "double", "decimal");
  private final Session session;
  private final Findings findings;
  private final FieldCheck fields;

  /** Patterns known to compile; documents repeat them. */
  private final Set<String> patterns = new HashSet<>();

  SchemaObjects(Session session) {
    this.session = session;
    this.findings = session.findings;
    this.fields =
        new FieldCheck(
            session,
            (node, kind) -> {
              throw new IllegalStateException(kind + " does not stand in " + node);
            });
  }

  /** Checks a Discriminator, XML or External Documentation Object. */
  void fields(LocatedNode value, Kind kind) {
    if (!value.node().isObject()) {
      Types.wrong(value, "an object", findings);
      return;
    }
    fields.check(value, kind);
    if (kind == Kind.XML) {
      for (String old : List.of("attribute", "wrapped")) {
        Exclusive.check(value, findings, "nodeType", old);
      }
    }
  }

  /** Rules that look at several keywords. */
  void check(LocatedNode schema, Version version) {
    boolean arrayOf30 = version == Version.V3_0 && "array".equals(Nodes.text(schema, "type"));
    if (arrayOf30 && !schema.node().has("items")) {
      findings.error(
          "missing-field",
          schema.nameLocation(),
          "the Schema Object has type array but no \"items\"",
          "add \"items\", {} allows anything");
    }
    if (Nodes.flag(schema, "readOnly") && Nodes.flag(schema, "writeOnly")) {
      neverSent(Nodes.required(schema, "writeOnly").nameLocation(), version);
    }
  }

  /** 3.0 forbids both (section 4.7.24); since 3.1 it is allowed and useless. */
  private void neverSent(SourceLocation at, Version version) {
    String message = "\"readOnly\" and \"writeOnly\" are both true, so the value is never sent";
    if (version == Version.V3_0) {
      findings.error("exclusive-fields", at, message, "keep one of them");
    } else {
      findings.warning("exclusive-fields", at, message, "keep one of them");
    }
  }

  /** A keyword the version does not define: an error in 3.0, kept without effect since 3.1. */
  void unknown(LocatedNode schema, LocatedNode member, Version version) {
    String name = member.key();
    if (name.startsWith("x-")) {
      session.report.add(Feature.EXTENSION, name, member.nameLocation());
      return;
    }
    if (version == Version.V3_0) {
      unknownIn30(schema, member);
      return;
    }
    session.report.add(Feature.SCHEMA_UNKNOWN, name, member.nameLocation());
    if (name.equals("nullable")) {
      findings.warning(
          "keyword-without-effect",
          member.nameLocation(),
          "\"nullable\" has no effect since OpenAPI 3.1",
          "add \"null\" to \"type\"");
      return;
    }
    near(schema, name, version)
        .ifPresent(near ->
            findings.warning(
                "keyword-without-effect",
                member.nameLocation(),
                "\"" + name + "\" is not a keyword and has no effect",
                "did you mean \"" + near + "\"?"));
  }

  private Optional<String> near(LocatedNode schema, String name, Version version) {
    if (name.length() < 3) {
      return Optional.empty();
    }
    return findings
        .nearest(name, Keyword.of(version).keySet())
        .filter(near -> !schema.node().has(near));
  }

  private void unknownIn30(LocatedNode schema, LocatedNode member) {
    String name = member.key();
    if (Keyword.of(Version.V3_1).containsKey(name)) {
      findings.error(
          "newer-version",
          member.nameLocation(),
          "\"" + name + "\" of the Schema Object exists since OpenAPI 3.1, this document is 3.0",
          "remove it, or raise the version in \"openapi\"");
    } else {
      findings.error(
          "unknown-field",
          member.nameLocation(),
          "\"" + name + "\" is not a field of the Schema Object",
          near(schema, name, Version.V3_0)
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("remove it, or prefix it with x-"));
    }
  }

  void format(LocatedNode value) {
    String name = value.node().stringValue();
    boolean known = NUMERIC_FORMATS.contains(name) || Formats.named(name).isPresent();
    session.report.add(known ? Feature.FORMAT : Feature.FORMAT_UNKNOWN, name, value.location());
  }

  void pattern(String pattern, SourceLocation at) {
    if (!patterns.add(pattern)) {
      return;
    }
    try {
      EcmaPattern.compile(pattern, session.documents.options().backtrackingPatterns());
    } catch (PatternRefused refused) {
      patterns.remove(pattern);
      boolean standard = EcmaPattern.isRegularExpression(pattern);
      if (standard) {
        session.report.add(Feature.PATTERN_REFUSED, pattern, at);
      }
      findings.error(
          standard ? "pattern-refused" : "malformed-pattern",
          at,
          standard
              ? "the pattern cannot be used: " + refused.getMessage()
              : "the pattern is not a regular expression: " + refused.getMessage(),
          standard ? "" : "correct it, the syntax is that of ECMA-262");
    }
  }

  void anchor(LocatedNode value) {
    if (!value.node().isString()) {
      Types.wrong(value, "text", findings);
    } else if (!value.node().stringValue().matches("[A-Za-z_][-A-Za-z0-9._]*")) {
      findings.error(
          "malformed-name",
          value.location(),
          "\"" + value.node().stringValue() + "\" is not an anchor",
          "begin with a letter, then use letters, digits, \".\", \"-\" and \"_\" only");
    }
  }

  void id(LocatedNode value) {
    if (!value.node().isString()) {
      Types.wrong(value, "text", findings);
      return;
    }
    String id = value.node().stringValue();
    if (Uris.parse(id) == null || !Uris.fragment(id).isEmpty()) {
      findings.error(
          "malformed-uri",
          value.location(),
          "\"" + id + "\" is not a URI without fragment",
          "use $anchor to name a part of a schema");
    }
  }

  /**
   * Finds the schema a discriminator mapping means: a component's name first, else a URI reference
   * (OpenAPI 3.1.1 section 4.8.25.3).
   *
   * @return the schema, or null after a finding
   */
  @Nullable LocatedNode mappingTarget(LocatedNode text, URI base) {
    String name = text.node().stringValue();
    LocatedNode component = component(text.document().located(), name);
    if (component == null) {
      component = component(session.documents.main(), name);
    }
    if (component != null) {
      session.resolver.remember(text, Kind.SCHEMA, component);
      return component;
    }
    if (Names.isComponentName(name) && name.indexOf('.') < 0) {
      findings.warning(
          "mapping-unresolved",
          text.location(),
          "\"" + name + "\" names no schema of the components",
          "define it, or write a URI reference such as \"./" + name + "\"");
      return null;
    }
    return session.resolver.resolve(text, base, Kind.SCHEMA);
  }

  private static @Nullable LocatedNode component(LocatedNode root, String name) {
    LocatedNode components = root.member("components");
    LocatedNode schemas = components == null ? null : components.member("schemas");
    return schemas == null ? null : schemas.member(name);
  }
}
