package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules on parameters and headers (OpenAPI 3.1.1 sections 4.8.12 and 4.8.21). */
final class ParameterRules {
  private static final Map<String, List<String>> STYLES =
      Map.of(
          "path", List.of("simple", "label", "matrix"),
          "query", List.of("form", "spaceDelimited", "pipeDelimited", "deepObject"),
          "header", List.of("simple"),
          "cookie", List.of("form", "cookie"));
  private static final List<String> NOT_WITH_CONTENT = List.of("style", "explode", "allowReserved");
  private static final List<String> EXAMPLES = List.of("example", "examples");

  private final Session session;
  private final Findings findings;

  ParameterRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void parameter(LocatedNode parameter) {
    String in = Nodes.text(parameter, "in", "");
    String name = Nodes.text(parameter, "name", "");
    Version version = session.version(parameter);
    name(parameter, in, name);
    if (in.equals("path")) {
      required(parameter, name);
    }
    if (in.equals("querystring")) {
      session.report.add(Feature.QUERYSTRING, parameter.location());
      querystring(parameter);
    } else {
      schemaOrContent(parameter, Kind.PARAMETER);
    }
    style(parameter, in);
    allowEmptyValue(parameter, in, version);
    allowReserved(parameter, in, version);
    Exclusive.check(parameter, findings, "example", "examples");
    report(parameter, in, name);
  }

  private void name(LocatedNode parameter, String in, String name) {
    LocatedNode text = parameter.member("name");
    if (text == null || !text.node().isString()) {
      return;
    }
    boolean wrong =
        switch (in) {
          case "header" -> !Names.isToken(name);
          case "path" -> name.isEmpty() || name.indexOf('{') >= 0 || name.indexOf('}') >= 0;
          default -> false;
        };
    if (wrong) {
      findings.error(
          "malformed-name",
          text.location(),
          "\"" + name + "\" is not the name of a " + in + " parameter",
          in.equals("header")
              ? "use letters, digits and !#$%&'*+-.^_`|~ only"
              : "write the name without braces");
    }
  }

  private void required(LocatedNode parameter, String name) {
    LocatedNode required = parameter.member("required");
    boolean holds = required != null && Nodes.flag(parameter, "required");
    if (!holds) {
      findings.error(
          "path-parameter-optional",
          required == null ? parameter.location() : required.location(),
          "path parameter \"" + name + "\" is not required",
          "write required: true");
    }
  }

  private void querystring(LocatedNode parameter) {
    LocatedNode schema = parameter.member("schema");
    if (schema != null) {
      findings.error(
          "querystring-schema",
          schema.nameLocation(),
          "a parameter in querystring cannot have \"schema\"",
          "put the schema into \"content\" under a media type");
    } else if (!Nodes.has(parameter, "content")) {
      findings.error(
          "missing-field",
          parameter.location(),
          "a parameter in querystring needs \"content\"",
          "add \"content\" with one media type");
    }
    content(parameter);
  }

  private void schemaOrContent(LocatedNode object, Kind kind) {
    if (!Nodes.has(object, "schema") && !Nodes.has(object, "content")) {
      findings.error(
          "missing-field",
          kind == Kind.HEADER ? object.nameLocation() : object.location(),
          "the " + kind.title() + " has neither \"schema\" nor \"content\"",
          "add one of them");
      return;
    }
    Exclusive.check(object, findings, "schema", "content");
    content(object);
  }

  private void content(LocatedNode object) {
    LocatedNode content = object.member("content");
    if (content == null || !content.node().isObject()) {
      return;
    }
    if (content.node().size() != 1) {
      findings.error(
          "content-entries",
          content.nameLocation(),
          "\"content\" has " + content.node().size() + " media types",
          "keep exactly one");
    }
    content.members().forEach(type -> ContentRules.items(session, type, ContentRules.Use.VALUE));
    boolean examplesToo = !session.version(object).atLeast(Version.V3_2);
    NOT_WITH_CONTENT.forEach(field -> notWithContent(object, field));
    if (examplesToo) {
      EXAMPLES.forEach(field -> notWithContent(object, field));
    }
  }

  private void notWithContent(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    if (member != null) {
      findings.error(
          "exclusive-fields",
          member.nameLocation(),
          "\"content\" and \"" + field + "\" exclude each other",
          EXAMPLES.contains(field)
              ? "move \"" + field + "\" to the media type"
              : "remove \"" + field + "\", the media type decides the serialisation");
    }
  }

  private void style(LocatedNode parameter, String in) {
    LocatedNode style = parameter.member("style");
    List<String> allowed = STYLES.get(in);
    if (style == null || allowed == null || !style.node().isString()) {
      return;
    }
    String word = style.node().stringValue();
    boolean known = STYLES.values().stream().anyMatch(styles -> styles.contains(word));
    if (known && !allowed.contains(word)) {
      List<String> usable =
          session.version(parameter).atLeast(Version.V3_2)
              ? allowed
              : allowed.stream().filter(each -> !each.equals("cookie")).toList();
      findings.error(
          "style-not-allowed",
          style.location(),
          "style " + word + " does not exist in " + in,
          "use " + String.join(", ", usable));
    }
  }

  private void allowEmptyValue(LocatedNode parameter, String in, Version version) {
    LocatedNode flag = parameter.member("allowEmptyValue");
    if (flag == null) {
      return;
    }
    if (in.equals("query")) {
      session.report.add(Feature.ALLOW_EMPTY_VALUE, flag.nameLocation());
    } else {
      onlyFor(flag, "in query", version);
    }
  }

  private void allowReserved(LocatedNode parameter, String in, Version version) {
    LocatedNode flag = parameter.member("allowReserved");
    if (flag == null) {
      return;
    }
    String style = Nodes.text(parameter, "style", "form");
    boolean encoded =
        in.equals("path") || in.equals("query") || (in.equals("cookie") && style.equals("form"));
    boolean allowed = version.atLeast(Version.V3_2) ? encoded : in.equals("query");
    if (allowed) {
      session.report.add(Feature.ALLOW_RESERVED, flag.nameLocation());
    } else if (!Nodes.has(parameter, "content")) {
      onlyFor(
          flag,
          version.atLeast(Version.V3_2)
              ? "in path, in query and in cookie with style form"
              : "in query",
          version);
    }
  }

  /** In 3.0 the field has no effect elsewhere, since 3.1 it is not defined there. */
  private void onlyFor(LocatedNode flag, String where, Version version) {
    String message = "\"" + flag.key() + "\" is for parameters " + where + " only";
    if (version.atLeast(Version.V3_1)) {
      findings.error("field-not-applicable", flag.nameLocation(), message, "remove it");
    } else {
      findings.warning("field-not-applicable", flag.nameLocation(), message, "remove it");
    }
  }

  private void report(LocatedNode parameter, String in, String name) {
    if (Nodes.flag(parameter, "deprecated")) {
      session.report.add(
          Feature.DEPRECATED, "parameter", Nodes.required(parameter, "deprecated").nameLocation());
    }
    if (in.equals("header")
        && List.of("accept", "content-type", "authorization")
            .contains(name.toLowerCase(Locale.ROOT))) {
      session.report.add(Feature.PARAMETER_IGNORED, name, parameter.location());
      return;
    }
    List<LocatedNode> content = Nodes.members(parameter, "content");
    if (!content.isEmpty()) {
      String type = content.getFirst().key();
      session.report.add(
          ContentRules.isJson(type) || type.startsWith("text/") || in.equals("querystring")
              ? Feature.PARAMETER_CONTENT
              : Feature.PARAMETER_CONTENT_RAW,
          type,
          parameter.location());
    } else if (STYLES.containsKey(in)) {
      String style = Nodes.text(parameter, "style", STYLES.get(in).getFirst());
      boolean explode =
          Nodes.optionalFlag(parameter, "explode")
              .orElse(style.equals("form") || style.equals("cookie"));
      session.report.add(
          Feature.PARAMETER,
          "in " + in + ", style " + style + (explode ? ", explode" : ""),
          parameter.location());
    }
  }

  void header(LocatedNode header) {
    schemaOrContent(header, Kind.HEADER);
    Exclusive.check(header, findings, "example", "examples");
  }
}
