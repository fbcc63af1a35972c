package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.HttpResponse;
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
 *   <li>The media type: by {@code Accept}, the first declared of equals; the first declared when
 *       none is acceptable, which can only happen to errors.
 *   <li>The content: the example {@code Prefer: example=} names; else, unless {@code dynamic=true},
 *       the first example; else a value generated from the schema.
 *   <li>Declared headers, each with its example or a generated value.
 * </ol>
 *
 * Everything is prepared when the document is compiled. A preference that cannot be met is refused
 * with what there is.
 */
final class MockHandler implements Handler {
  private final List<MockResponse> responses;
  private final @Nullable MockResponse usual;
  private final ProblemRenderer problems;

  private MockHandler(List<MockResponse> responses, ProblemRenderer problems) {
    this.responses = responses;
    this.usual = usual(responses);
    this.problems = problems;
  }

  static MockHandler compile(
      Operation operation, SchemaPrograms schemas, ProblemRenderer problems) {
    List<MockResponse> responses = new ArrayList<>();
    for (Map.Entry<String, Response> entry : operation.responses().entrySet()) {
      responses.add(MockResponse.compile(entry.getKey(), entry.getValue(), schemas));
    }
    return new MockHandler(List.copyOf(responses), problems);
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
  public HttpResponse handle(Request request) {
    Preferences preferences = Preferences.of(request.headers());
    String code = preferences.code();
    MockResponse chosen = code == null ? usual : declared(code);
    if (chosen == null && code == null) {
      return HttpResponse.of(204);
    }
    if (chosen == null) {
      return refuse(request, "code", responses.stream().map(MockResponse::key).toList());
    }
    int status = code == null ? chosen.status() : Integer.parseInt(code);
    MockContent content = chosen.content(Accept.of(request.headers()));
    MockBody body = content == null ? MockBody.NONE : content.body(preferences);
    if (body == null) {
      return refuse(request, "example", content == null ? List.of() : content.names());
    }
    HttpResponse response = new HttpResponse(status, chosen.headers(content, body), body.body());
    String applied = preferences.applied();
    return applied.isEmpty() ? response : response.withHeader("Preference-Applied", applied);
  }

  private @Nullable MockResponse declared(String code) {
    if (!isStatus(code)) {
      return null;
    }
    MockResponse exact = withKey(code);
    MockResponse range = exact != null ? exact : withKey(code.charAt(0) + "XX");
    return range != null ? range : withKey("default");
  }

  private @Nullable MockResponse withKey(String key) {
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
