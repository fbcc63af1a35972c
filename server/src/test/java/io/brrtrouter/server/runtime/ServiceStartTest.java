package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.ServiceException;
import io.brrtrouter.server.dispatch.ServiceException.Kind;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations of other services, where nobody on the class path can ask any. */
class ServiceStartTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Shop, version: '1' }
      paths:
        /item:
          get:
            operationId: item
            x-service: catalog
            responses: { '200': { description: an item, content: { text/plain: {} } } }
      """;

  @Test
  void say_which_artifact_can() {
    assertThatThrownBy(() -> TestServer.of(DOCUMENT, builder -> {}))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "the service \"catalog\", which answers \"item\", needs the artifact brrtrouter-outbound,"
                + " which is not on the class path")
        .hasMessageContaining("add the dependency io.brrtrouter:brrtrouter-outbound")
        .hasMessageNotContaining("has no handler");
  }

  @Test
  void are_mocked_if_asked_for() {
    assertThat(TestServer.mocking(DOCUMENT).get("/item").status()).isEqualTo(200);
  }

  @Test
  void are_answered_by_code() {
    TestServer server =
        TestServer.of(
            DOCUMENT, builder -> builder.handler("item", _ -> HttpResponse.text(200, "by code")));

    assertThat(TestServer.text(server.get("/item"))).isEqualTo("by code");
  }

  @Test
  void have_settings_of_that_artifact() {
    assertThatThrownBy(() ->
            ServerConfig.read(
                Optional.of(TestServer.file("services: {catalog: {url: [\"http://a\"]}}")),
                Map.of(),
                Map.of()))
        .hasMessageContaining(
            "error[config-artifact]: services needs the artifact brrtrouter-outbound, which is not on"
                + " the class path; add the dependency io.brrtrouter:brrtrouter-outbound");
  }

  @Test
  void of_one_name_are_one_too_many() {
    assertThatThrownBy(() ->
            TestServer.of(
                DOCUMENT
                    + """
                      /other:
                        get:
                          x-handler: item
                          responses: { '204': { description: done } }
                    """,
                builder -> {}))
        .hasMessageContaining(
            "the handler \"item\" is also that of GET /item, and a service answers one of them");
  }

  @ParameterizedTest
  @CsvSource({
    "REFUSED, 400, invalid-target, ''",
    "FAILED, 502, bad-gateway, ''",
    "UNAVAILABLE, 503, service-unavailable, 3",
    "TIMEOUT, 504, gateway-timeout, ''"
  })
  void that_fail_are_problems_that_no_document_declares(
      Kind kind, int status, String slug, String retryAfter) {
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .config(TestServer.config("responses.check", "enforce"))
                    .handler(
                        "item",
                        _ -> {
                          throw new ServiceException(
                              kind, "It is so.", Duration.ofMillis(2_100), null);
                        }));

    HttpResponse response = server.get("/item");

    assertThat(response.status()).isEqualTo(status);
    assertThat(TestServer.text(response)).contains(slug).contains("It is so.");
    assertThat(response.headers().first("Retry-After").orElse("")).isEqualTo(retryAfter);
  }

  @Test
  void are_not_judged_twice_where_a_response_is_relayed() {
    Handler plain = _ -> HttpResponse.text(200, "whole").withHeader("ETag", "\"a\"");
    Handler relaying = request -> plain.handle(request).asRelayed();
    Filter changing =
        (exchange, next) ->
            next.proceed(exchange)
                .withHeader("X-Filter", "was here")
                .withCookie(SetCookie.of("a", "b"))
                .withBody(Body.EMPTY);
    Filter answering = (_, _) -> HttpResponse.text(200, "cached").withHeader("ETag", "\"a\"");

    assertThat(status(plain)).isEqualTo(304);
    assertThat(status(relaying)).isEqualTo(200);
    assertThat(status(Handler.neverBlocking(relaying))).as("wrapped").isEqualTo(200);
    assertThat(status(relaying, changing)).as("changed by a filter").isEqualTo(200);
    assertThat(status(relaying, answering)).as("the answer of a filter in front").isEqualTo(304);
  }

  private static int status(Handler handler, Filter... filters) {
    return TestServer.of(
            DOCUMENT,
            builder -> {
              builder.handler("item", handler);
              List.of(filters).forEach(builder::filter);
            })
        .get("/item", "If-None-Match", "\"a\"")
        .status();
  }

  @Test
  void can_learn_when_a_response_is_complete() throws Exception {
    CountDownLatch complete = new CountDownLatch(2);
    TestServer server =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder.handler(
                    "item",
                    request -> {
                      request.onComplete(() -> {
                        complete.countDown();
                        throw new AssertionError("and the next one is run all the same");
                      });
                      request.onComplete(complete::countDown);
                      assertThat(complete.getCount()).isEqualTo(2);
                      return HttpResponse.text(200, "item");
                    }));

    assertThat(server.get("/item").status()).isEqualTo(200);
    assertThat(complete.await(60, TimeUnit.SECONDS)).isTrue();
  }
}
