package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rules on paths, path items and operations. */
final class PathRules {
  /** Fields of a path item that hold an operation. */
  static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");

  private final Session session;
  private final Findings findings;

  PathRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void paths(LocatedNode paths) {
    for (LocatedNode path : paths.members()) {
      String template = path.key();
      if (template.startsWith("x-")) {
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
        Templates.names(template, path.nameLocation(), findings);
      }
    }
  }

  void pathItem(LocatedNode item) {
    parameters(item, List.of());
    for (LocatedNode additional : Nodes.members(item, "additionalOperations")) {
      session.report.add(Feature.ADDITIONAL_OPERATION, additional.key(), additional.nameLocation());
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
    merged(operation, item);
  }

  private void overrides(LocatedNode object) {
    if (!Nodes.items(object, "servers").isEmpty()) {
      session.report.add(Feature.SERVER_OVERRIDE, Nodes.required(object, "servers").nameLocation());
    }
  }

  void operation(LocatedNode operation) {
    parameters(operation, List.of());
    overrides(operation);
    if (Nodes.flag(operation, "deprecated")) {
      session.report.add(
          Feature.DEPRECATED, "operation", Nodes.required(operation, "deprecated").nameLocation());
    }
    for (LocatedNode callback : Nodes.members(operation, "callbacks")) {
      session.report.add(Feature.CALLBACK, callback.nameLocation());
    }
  }

  /** Parameters of the path item that the operation does not override count for it too. */
  private void merged(LocatedNode operation, LocatedNode item) {
    List<LocatedNode> own = resolved(operation);
    List<LocatedNode> inherited =
        resolved(item).stream()
            .filter(shared -> own.stream().noneMatch(mine -> key(mine).equals(key(shared))))
            .toList();
    if (!own.isEmpty() && !inherited.isEmpty()) {
      parameters(operation, inherited);
    }
  }

  private List<LocatedNode> resolved(LocatedNode object) {
    List<LocatedNode> parameters = new ArrayList<>();
    for (LocatedNode item : Nodes.items(object, "parameters")) {
      LocatedNode parameter =
          item.node().isObject() ? session.resolver.follow(item, Kind.PARAMETER) : null;
      if (parameter != null && Nodes.text(parameter, "in") != null) {
        parameters.add(parameter);
      }
    }
    return parameters;
  }

  /** Name and location identify a parameter; header names do not depend on case. */
  private static String key(LocatedNode parameter) {
    String in = Nodes.text(parameter, "in", "");
    String name = Nodes.text(parameter, "name", "");
    return in + " " + (in.equals("header") ? name.toLowerCase(Locale.ROOT) : name);
  }

  private void parameters(LocatedNode object, List<LocatedNode> inherited) {
    Map<String, LocatedNode> seen = new HashMap<>();
    LocatedNode querystring = null;
    LocatedNode query = null;
    List<LocatedNode> effective = new ArrayList<>(inherited);
    List<LocatedNode> places = new ArrayList<>(inherited);
    for (LocatedNode item : Nodes.items(object, "parameters")) {
      LocatedNode parameter =
          item.node().isObject() ? session.resolver.follow(item, Kind.PARAMETER) : null;
      if (parameter != null && Nodes.text(parameter, "in") != null) {
        effective.add(parameter);
        places.add(item);
      }
    }
    for (int i = 0; i < effective.size(); i++) {
      LocatedNode parameter = effective.get(i);
      LocatedNode place = places.get(i);
      LocatedNode first = seen.putIfAbsent(key(parameter), place);
      if (first != null) {
        duplicate(parameter, place, first);
      }
      String in = Nodes.text(parameter, "in", "");
      if (in.equals("querystring") && querystring != null && first == null) {
        findings.error(
            "querystring-conflict",
            place.location(),
            "there is a second parameter in querystring",
            "describe the whole query with one parameter");
      }
      querystring = in.equals("querystring") ? place : querystring;
      query = in.equals("query") ? place : query;
    }
    if (querystring != null && query != null) {
      findings.error(
          "querystring-conflict",
          querystring.location(),
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
