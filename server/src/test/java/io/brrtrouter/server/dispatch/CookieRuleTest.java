package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads cookies reads the same ones: two rules are a way past one of them. */
class CookieRuleTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Cookies, version: "1"}
      components:
        securitySchemes: {key: {type: apiKey, in: cookie, name: sid}}
      paths:
        /open:
          get:
            operationId: open
            parameters: [{name: sid, in: cookie, style: cookie, schema: {type: array, items: {type: string}}}]
            responses: {"204": {description: ok}}
        /closed:
          get:
            operationId: closed
            security: [{key: []}]
            responses: {"204": {description: ok}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sid=1",
        "sid = 1 ; x=2",
        "sid",
        "sid; sid=1",
        "sid;=1",
        "=sid=1",
        "; =1; sid=1",
        "x=1;sid=\t1",
        "sid=a=b",
        "sid=\"1\"",
        "SID=1",
        "xsid=1",
        "sid=1; sid=2"
      })
  void all_find_the_same(String field) {
    List<String> values = new ArrayList<>();
    Map<String, String> first = new LinkedHashMap<>();
    for (Cookie cookie : Cookie.parse(field)) {
      first.putIfAbsent(cookie.name(), cookie.value());
      if (cookie.name().equals("sid")) {
        values.add(cookie.value());
      }
    }
    AtomicReference<Request> seen = new AtomicReference<>();
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .mock(true)
                    .security("key", (_, _) -> Verification.accepted("anybody"))
                    .handler(
                        "open",
                        request -> {
                          seen.set(request);
                          return HttpResponse.of(204);
                        }));

    server.get("/open", "Cookie", field);
    int closed = server.get("/closed", "Cookie", field).status();

    assertThat(seen.get().cookies()).isEqualTo(first);
    assertThat(seen.get().cookieParameters().raw("sid")).isEqualTo(values);
    assertThat(closed)
        .as("of two keys nobody knows which counts")
        .isEqualTo(values.size() == 1 ? 204 : 401);
  }
}
