package io.brrtrouter.server.runtime;

import io.brrtrouter.server.auth.SchemeFinding;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of the last requests of secured operations and why, as JSON, the last one first: for
 * a developer who wonders about a 401. Of the query only {@code request=ID} counts, the request id
 * that a problem has. Safe for use by many threads.
 */
final class RecentDecisions implements ExchangeListener, Endpoint {
  /** A few screens. */
  static final int MOST = 200;

  private static final String ONE = "request=";

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Decided> decided = new ArrayDeque<>();

  private record Decided(
      Instant time,
      String requestId,
      String operation,
      String outcome,
      String why,
      List<SchemeFinding> findings) {}

  @Override
  public void judged(Judgement judgement) {
    Decided last =
        new Decided(
            Instant.now(),
            judgement.requestId(),
            judgement.operation().method() + " " + judgement.template(),
            outcome(judgement.decision()),
            why(judgement.decision()),
            judgement.findings());
    lock.lock();
    try {
      if (decided.size() == MOST) {
        decided.removeLast();
      }
      decided.addFirst(last);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void completed(CompletedExchange exchange) {
    // How it ended is in the access log.
  }

  static String outcome(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Granted _ -> "let in";
      case SecurityDecision.Challenged _ -> "refused with 401";
      case SecurityDecision.Denied _ -> "refused with 403";
      case SecurityDecision.Unavailable _ -> "refused with 503";
      case SecurityDecision.NeedsThread _ -> "not decided";
    };
  }

  static String why(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Granted(var principals) ->
          principals.isEmpty()
              ? "anybody may, and no credential was refused"
              : "satisfied: "
                  + String.join(" and ", principals.stream().map(each -> each.scheme()).toList());
      case SecurityDecision.Challenged(var _, String detail) -> detail;
      case SecurityDecision.Denied(var _, List<String> missing) ->
          "not granted: " + String.join(", ", missing);
      case SecurityDecision.Unavailable(String scheme) ->
          "whoever verifies " + scheme + " does not answer";
      case SecurityDecision.NeedsThread _ -> "it takes a thread";
    };
  }

  @Override
  public Answer answer(HttpRequest request) {
    String id = "";
    for (String pair : request.rawQuery().split("&", -1)) {
      id = pair.startsWith(ONE) ? pair.substring(ONE.length()) : id;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Decided each : copy()) {
      if (id.isEmpty() || each.requestId.equals(id)) {
        list.add(json(each));
      }
    }
    return new Now(HttpResponse.json(200, list).withHeader("Cache-Control", "no-store"));
  }

  private List<Decided> copy() {
    lock.lock();
    try {
      return new ArrayList<>(decided);
    } finally {
      lock.unlock();
    }
  }

  private static ObjectNode json(Decided each) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("time", each.time.toString());
    json.put("requestId", each.requestId);
    json.put("operation", each.operation);
    json.put("outcome", each.outcome);
    json.put("why", each.why);
    ObjectNode schemes = json.putObject("schemes");
    each.findings.forEach(finding -> schemes.put(finding.scheme(), finding.finding()));
    return json;
  }
}
