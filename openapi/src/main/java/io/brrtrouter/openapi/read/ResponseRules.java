package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.model.ExpressionTemplate;
import io.brrtrouter.openapi.model.RuntimeExpression;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.Locale;

/** Rules on responses, links and callbacks. */
final class ResponseRules {
  private final Session session;
  private final Findings findings;

  ResponseRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void responses(LocatedNode responses) {
    int codes = 0;
    for (LocatedNode response : responses.members()) {
      String code = response.key();
      if (code.startsWith("x-")) {
        continue;
      }
      codes++;
      if (code.equals("$ref")) {
        // Said already: this object cannot be a reference.
        continue;
      }
      if (code.equals("default")) {
        session.report.add(Feature.RESPONSE_DEFAULT, response.nameLocation());
      } else if (code.matches("[1-5]XX")) {
        session.report.add(Feature.RESPONSE_RANGE, code, response.nameLocation());
      } else if (!code.matches("[1-5][0-9][0-9]")) {
        malformed(response, code);
      }
    }
    if (codes == 0) {
      findings.error(
          "empty-responses",
          responses.nameLocation(),
          "\"responses\" has no response",
          "add at least one status code or \"default\"");
    }
  }

  private void malformed(LocatedNode response, String code) {
    boolean range = code.matches("[1-5][xX][xX]");
    findings.error(
        "malformed-status",
        response.nameLocation(),
        "\"" + code + "\" is not a response code",
        range
            ? "write " + code.toUpperCase(Locale.ROOT)
            : "use a status code such as 200, a range such as 2XX, or default");
  }

  void response(LocatedNode response) {
    for (LocatedNode type : Nodes.members(response, "content")) {
      boolean items = ContentRules.items(session, type, ContentRules.Use.RESPONSE);
      session.report.add(
          items || ContentRules.isJson(type.key()) ? Feature.RESPONSE : Feature.RESPONSE_RAW,
          type.key(),
          type.nameLocation());
    }
    for (LocatedNode header : Nodes.members(response, "headers")) {
      session.report.add(
          header.key().equalsIgnoreCase("Content-Type")
              ? Feature.RESPONSE_HEADER_IGNORED
              : Feature.RESPONSE_HEADER,
          header.nameLocation());
    }
  }

  void link(LocatedNode link) {
    session.report.add(Feature.LINK, link.nameLocation());
    if (!Nodes.has(link, "operationRef") && !Nodes.has(link, "operationId")) {
      findings.error(
          "missing-field",
          link.nameLocation(),
          "the Link Object has neither \"operationRef\" nor \"operationId\"",
          "add one of them");
    }
    Exclusive.check(link, findings, "operationRef", "operationId");
    for (LocatedNode parameter : Nodes.members(link, "parameters")) {
      expression(parameter);
    }
  }

  /** A text that begins like a runtime expression should be one. */
  private void expression(LocatedNode value) {
    if (value.node().isString()
        && value.node().stringValue().startsWith("$")
        && RuntimeExpression.parse(value.node().stringValue()).isEmpty()) {
      findings.warning(
          "malformed-expression",
          value.location(),
          "\"" + value.node().stringValue() + "\" is not a runtime expression",
          "write for example $request.path.id or $response.body#/id");
    }
  }

  void callback(LocatedNode callback) {
    for (LocatedNode item : callback.members()) {
      if (!item.key().startsWith("x-") && ExpressionTemplate.parse(item.key()).isEmpty()) {
        findings.error(
            "malformed-expression",
            item.nameLocation(),
            "\"" + item.key() + "\" is not a runtime expression",
            "write for example '{$request.body#/callbackUrl}'");
      }
    }
  }
}
