package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.auth.SecurityDecision;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.dispatch.ProblemType;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which of the last requests might and which might not, and why, as JSON, the last one first: for a
 * developer who wonders about a refusal. Of the query only {@code request=ID} counts, the request
 * id that a problem has. Safe for use by many threads.
 */
final class RecentDecisions implements ExchangeListener, Endpoint {
  /** A few screens. */
  static final int MOST = 200;

  private static final String ONE = "request=";
  private static final String ID = "requestId";

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** None of them changes once it is here. */
  private final Deque<ObjectNode> decided = new ArrayDeque<>();

  RecentDecisions(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean isForThisMachine() {
    return true;
  }

  @Override
  public void judged(Judgement judgement) {
    ObjectNode last = json(judgement);
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

  private ObjectNode json(Judgement judgement) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("time", clock.instant().toString());
    json.put(ID, judgement.requestId());
    json.put("method", judgement.method().token());
    judgement.template().ifPresent(path -> json.put("path", path));
    judgement
        .operation()
        .flatMap(Operation::operationId)
        .ifPresent(operation -> json.put("operationId", operation));
    json.put("outcome", judgement.refusal().map(ProblemType::slug).orElse("allowed"));
    judgement.refusal().ifPresent(refusal -> json.put("status", refusal.status()));
    json.put("reason", judgement.reason());
    judgement.decision().ifPresent(decision -> principals(decision, json));
    ObjectNode schemes = json.putObject("schemes");
    judgement.findings().forEach(finding -> schemes.put(finding.scheme(), finding.finding()));
    return json;
  }

  private static void principals(SecurityDecision decision, ObjectNode json) {
    if (decision instanceof SecurityDecision.Granted(List<Principal> principals)) {
      ArrayNode array = json.putArray("principals");
      principals.forEach(principal ->
          array.addObject().put("scheme", principal.scheme()).put("subject", principal.subject()));
    }
  }

  @Override
  public Answer answer(HttpRequest request) {
    String id = "";
    for (String pair : request.rawQuery().split("&", -1)) {
      id = pair.startsWith(ONE) ? pair.substring(ONE.length()) : id;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ObjectNode each : copy()) {
      if (id.isEmpty() || each.path(ID).stringValue().equals(id)) {
        list.add(each);
      }
    }
    return new Now(HttpResponse.json(200, list).withHeader("Cache-Control", "no-store"));
  }

  private List<ObjectNode> copy() {
    lock.lock();
    try {
      return new ArrayList<>(decided);
    } finally {
      lock.unlock();
    }
  }
}
