package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Prepared content of a mock.
 *
 * @param name the example's name, {@code ""} for one without
 * @param body the content
 * @param problem the content, if it is a problem with a status that no example says
 */
record MockBody(String name, Body body, @Nullable ObjectNode problem) {
  /** The content of a response that has none. */
  static final MockBody NONE = new MockBody("", Body.EMPTY);

  MockBody(String name, Body body) {
    this(name, body, null);
  }

  static MockBody ofProblem(ObjectNode problem) {
    return new MockBody("", new Body.Json(problem), problem);
  }

  /** {@return the content of a response of a status} */
  MockBody of(int status) {
    return problem == null || problem.path("status").asInt() == status
        ? this
        : ofProblem(problem.deepCopy().put("status", status));
  }
}
