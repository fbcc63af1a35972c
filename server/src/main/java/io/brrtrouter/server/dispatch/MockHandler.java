package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers an operation from its document. The decisions, in order:
 *
 * <ol>
 *   <li>The response: the one {@code Prefer: code=} names (exact, then its range such as {@code
 *       4XX}, then {@code default}); else the lowest declared 2XX, a {@code 2XX} range as 200; else
 *       {@code default} as 200; else the lowest declared.
 *   <li>The media type: by {@code Accept}, the first declared of equals, of those that a mock can
 *       write; the first declared when none is acceptable, which can only happen to errors.
 *   <li>The content: the example {@code Prefer: example=} names; else, unless {@code dynamic=true},
 *       the first example; else a value generated from the schema.
 *   <li>Declared headers, each with its example or a generated value.
 * </ol>
 *
 * A body that is streamed is read to its end before, so that what is wrong with it is the answer.
 *
 * <p>The answers are prepared by the first request to the operation and then kept: most operations
 * of a large document are never asked, and looking for values that satisfy their schemas would
 * double the time to start. The schemas themselves have been compiled before. A preference that
 * cannot be met is refused with what there is.
 */
final class MockHandler implements Handler {
  private final Operation operation;
  private final SchemaPrograms schemas;
  private final ProblemRenderer problems;

  /** Set by whoever asks first; two who ask at once prepare the same. */
  private volatile @Nullable Prepared prepared;

  /**
   * What there is to answer with.
   *
   * @param responses in document order
   * @param usual the one sent when nobody asks for another, null without any
   */
  private record Prepared(List<MockResponse> responses, @Nullable MockResponse usual) {

    static Prepared of(Operation operation, SchemaPrograms schemas) {
      List<MockResponse> responses = new ArrayList<>();
      for (Map.Entry<String, Response> entry : operation.responses().entrySet()) {
        responses.add(MockResponse.compile(entry.getKey(), entry.getValue(), schemas));
      }
      return new Prepared(List.copyOf(responses), MockHandler.usual(responses));
    }
  }

  /**
   * Takes what preparing needs.
   *
   * @param operation the operation
   * @param schemas its schemas, which compile
   * @param problems writes refusals
   */
  MockHandler(Operation operation, SchemaPrograms schemas, ProblemRenderer problems) {
    this.operation = operation;
    this.schemas = schemas;
    this.problems = problems;
  }

  private Prepared prepared() {
    Prepared present = prepared;
    if (present == null) {
      present = Prepared.of(operation, schemas);
      prepared = present;
    }
    return present;
  }

  private static @Nullable MockResponse usual(List<MockResponse> responses) {
    MockResponse best = null;
    for (MockResponse response : responses) {
      if (best == null || response.rank() < best.rank()) {
        best = response;
      }
    }
    return best;
  }

  @Override
  public HttpResponse handle(Request request) throws IOException {
    request.readToEnd();
    Preferences preferences = Preferences.of(request.headers());
    String code = preferences.code();
    Prepared answers = prepared();
    MockResponse chosen = code == null ? answers.usual() : declared(code, answers.responses());
    if (chosen == null && code == null) {
      return HttpResponse.of(204);
    }
    if (chosen == null) {
      return refuse(request, "code", answers.responses().stream().map(MockResponse::key).toList());
    }
    int status = code == null ? chosen.status() : Integer.parseInt(code);
    MockContent content = chosen.content(Accept.of(request.headers()));
    if (content != null && !content.isSendable()) {
      return problems.render(
          new Rejection.Unmockable(content.contentType(), chosen.sendable()), request.requestId());
    }
    MockBody body = content == null ? MockBody.NONE : content.body(preferences);
    if (body == null) {
      return refuse(request, "example", content == null ? List.of() : content.names());
    }
    HttpResponse response =
        new HttpResponse(status, chosen.headers(content, body), body.of(status).body());
    String applied = preferences.applied();
    return applied.isEmpty() ? response : response.withHeader("Preference-Applied", applied);
  }

  private static @Nullable MockResponse declared(String code, List<MockResponse> responses) {
    if (!isStatus(code)) {
      return null;
    }
    MockResponse exact = withKey(code, responses);
    MockResponse range = exact != null ? exact : withKey(code.charAt(0) + "XX", responses);
    return range != null ? range : withKey("default", responses);
  }

  private static @Nullable MockResponse withKey(String key, List<MockResponse> responses) {
    for (MockResponse response : responses) {
      if (response.key().equalsIgnoreCase(key)) {
        return response;
      }
    }
    return null;
  }

  /** 200 to 599: what a response can have. */
  private static boolean isStatus(String code) {
    return code.length() == 3
        && code.chars().allMatch(c -> c >= '0' && c <= '9')
        && code.charAt(0) >= '2'
        && code.charAt(0) <= '5';
  }

  private HttpResponse refuse(Request request, String preference, List<String> available) {
    return problems.render(
        new Rejection.UnknownPreference(preference, available), request.requestId());
  }
}
