package io.brrtrouter.conformance.guide;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

final class Todos {
  private final Map<Long, ObjectNode> todos = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  void configure(BrrtServer.Builder server) {
    server.handler("get_todo", this::get).handler("add_todo", this::add);
  }

  private HttpResponse get(Request request) {
    long id = request.pathParameters().integer("todoId").orElseThrow();
    ObjectNode todo = todos.get(id);
    return todo == null ? HttpResponse.of(404) : HttpResponse.json(200, todo);
  }

  private HttpResponse add(Request request) {
    long id = lastId.incrementAndGet();
    ObjectNode todo = ((ObjectNode) request.body().orElseThrow().deepCopy()).put("id", id);
    todos.put(id, todo);
    return HttpResponse.json(201, todo);
  }
}
