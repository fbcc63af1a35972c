package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules on paths, path items and operations. */
final class PathRules {
  /** Fields of a path item that hold an operation. */
  static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

  private final Session session;
  private final Findings findings;
  private final WebSocketRules webSockets;
  private final EventStreamRules eventStreams;

  PathRules(Session session) {
    this.session = session;
    this.findings = session.findings;
    this.webSockets = new WebSocketRules(session);
    this.eventStreams = new EventStreamRules(session);
  }

  void paths(LocatedNode paths) {
    for (LocatedNode path : paths.members()) {
      String template = path.key();
      if (template.startsWith("x-") || template.equals("$ref")) {
        continue;
      }
      if (!template.startsWith("/")) {
        findings.error(
            "malformed-path",
            path.nameLocation(),
            "the path \"" + template + "\" does not begin with a slash",
            "write \"/" + template + "\"");
      } else if (template.indexOf('?') >= 0 || template.indexOf('#') >= 0) {
        findings.error(
            "malformed-path",
            path.nameLocation(),
            "the path \"" + template + "\" has a query or a fragment",
            "describe query parameters under \"parameters\" with in: query");
      } else {
        Templates.names(template, Templates.Repeats.REFUSED, path.nameLocation(), findings);
      }
    }
  }

  void pathItem(LocatedNode item) {
    parameters(item);
    for (LocatedNode additional : Nodes.members(item, "additionalOperations")) {
      session.report.add(Feature.ADDITIONAL_OPERATION, additional.key(), additional.nameLocation());
      streams(additional, additional.key());
    }
    for (String method : METHODS) {
      LocatedNode operation = Nodes.object(item, method);
      if (operation != null) {
        method(operation, method, item);
      }
    }
    Nodes.members(item, "additionalOperations").forEach(op -> merged(op, item));
    overrides(item);
  }

  private void method(LocatedNode operation, String method, LocatedNode item) {
    String name = method.toUpperCase(Locale.ROOT);
    session.report.add(Feature.OPERATION, name, operation.nameLocation());
    LocatedNode body = operation.member("requestBody");
    boolean unusual = List.of("get", "head", "delete", "trace").contains(method);
    if (body != null && unusual) {
      session.report.add(Feature.REQUEST_BODY_UNUSUAL, name, body.nameLocation());
    }
    streams(operation, name);
    merged(operation, item);
  }

  private void streams(LocatedNode operation, String method) {
    webSockets.method(operation, method);
    eventStreams.method(operation, method);
  }

  private void overrides(LocatedNode object) {
    if (!Nodes.items(object, "servers").isEmpty()) {
      session.report.add(Feature.SERVER_OVERRIDE, Nodes.required(object, "servers").nameLocation());
    }
  }

  void operation(LocatedNode operation) {
    parameters(operation);
    extensions(operation);
    overrides(operation);
    webSockets.operation(operation);
    eventStreams.operation(operation);
    if (Nodes.flag(operation, "deprecated")) {
      session.report.add(
          Feature.DEPRECATED, "operation", Nodes.required(operation, "deprecated").nameLocation());
    }
    for (LocatedNode callback : Nodes.members(operation, "callbacks")) {
      session.report.add(Feature.CALLBACK, callback.nameLocation());
    }
  }

  /** A value that a server would refuse is an error where it is written. */
  private void extensions(LocatedNode operation) {
    for (OperationExtension extension : OperationExtension.values()) {
      LocatedNode value = operation.member(extension.field());
      if (value != null
          && !extension.allows(value.node())
          && !hasMembersToBlame(extension, value)) {
        findings.error(
            "extension-value",
            value.location(),
            extension.field() + " cannot be " + Types.shown(value.node()),
            "write " + extension.wanted());
      }
    }
    LocatedNode stepUp = operation.member(OperationExtension.STEP_UP.field());
    if (stepUp != null && hasMembersToBlame(OperationExtension.STEP_UP, stepUp)) {
      new StepUpRules(findings).check(stepUp);
    }
    LocatedNode cors = operation.member(OperationExtension.CORS.field());
    if (cors != null && cors.node().isObject()) {
      new CorsRules(findings).check(cors);
    }
    LocatedNode rateLimit = operation.member(OperationExtension.RATE_LIMIT.field());
    if (rateLimit != null && rateLimit.node().isObject()) {
      new RateLimitRules(findings).check(rateLimit);
    }
    LocatedNode concurrency = operation.member(OperationExtension.CONCURRENCY.field());
    if (concurrency != null && OperationExtension.CONCURRENCY.allows(concurrency.node())) {
      new ConcurrencyRules(findings).check(operation, concurrency);
    }
  }

  /** Each wrong member of an object is an error of its own, see {@link StepUpRules}. */
  private static boolean hasMembersToBlame(OperationExtension extension, LocatedNode value) {
    return extension == OperationExtension.STEP_UP && value.node().isObject();
  }

  /** Parameters of the path item that the operation does not override count for it too. */
  private void merged(LocatedNode operation, LocatedNode item) {
    List<Listed> own = listed(operation);
    Set<String> overridden = own.stream().map(Listed::key).collect(Collectors.toSet());
    List<Listed> effective =
        new ArrayList<>(
            listed(item).stream().filter(shared -> !overridden.contains(shared.key())).toList());
    if (!own.isEmpty() && !effective.isEmpty()) {
      effective.addAll(own);
      querystring(effective);
    }
  }

  /** An entry of a parameter list: where it is listed, and the parameter after references. */
  private record Listed(LocatedNode place, LocatedNode parameter) {

    String in() {
      return Nodes.text(parameter, "in", "");
    }

    /** Name and location identify a parameter; header names do not depend on case. */
    String key() {
      String name = Nodes.text(parameter, "name", "");
      return in() + " " + (in().equals("header") ? name.toLowerCase(Locale.ROOT) : name);
    }
  }

  private List<Listed> listed(LocatedNode object) {
    List<Listed> parameters = new ArrayList<>();
    for (LocatedNode place : Nodes.items(object, "parameters")) {
      LocatedNode parameter =
          place.node().isObject() ? session.resolver.follow(place, Kind.PARAMETER) : null;
      if (parameter != null && Nodes.text(parameter, "in") != null) {
        parameters.add(new Listed(place, parameter));
      }
    }
    return parameters;
  }

  private void parameters(LocatedNode object) {
    List<Listed> parameters = listed(object);
    Map<String, LocatedNode> seen = new HashMap<>();
    for (Listed listed : parameters) {
      LocatedNode first = seen.putIfAbsent(listed.key(), listed.place());
      if (first != null) {
        duplicate(listed.parameter(), listed.place(), first);
      }
    }
    querystring(parameters);
  }

  /** The whole query is one parameter or several, never both (OpenAPI 3.2.0 section 4.12.1). */
  private void querystring(List<Listed> parameters) {
    List<Listed> whole = parameters.stream().filter(p -> p.in().equals("querystring")).toList();
    for (Listed second : whole.subList(Math.min(1, whole.size()), whole.size())) {
      findings.error(
          "querystring-conflict",
          second.place().location(),
          "there is a second parameter in querystring",
          "describe the whole query with one parameter");
    }
    if (!whole.isEmpty() && parameters.stream().anyMatch(p -> p.in().equals("query"))) {
      findings.error(
          "querystring-conflict",
          whole.getFirst().place().location(),
          "a parameter in querystring and parameters in query exclude each other",
          "describe the whole query with one parameter, or every part with in: query");
    }
  }

  private void duplicate(LocatedNode parameter, LocatedNode place, LocatedNode first) {
    findings.error(
        "duplicate-parameter",
        place.location(),
        "parameter \""
            + Nodes.text(parameter, "name", "")
            + "\" in "
            + Nodes.text(parameter, "in", "")
            + " is already in the list, in line "
            + first.location().line(),
        "keep one of the two");
  }
}
