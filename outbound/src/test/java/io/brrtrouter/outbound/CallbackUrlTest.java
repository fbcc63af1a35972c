package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Hooks, version: "1"}
      paths:
        /shops/{shop}/hooks:
          post:
            operationId: hook
            parameters:
              - {name: shop, in: path, required: true, schema: {type: string}}
              - {name: back, in: query, schema: {type: string}}
              - {name: count, in: query, schema: {type: integer, default: 7}}
            requestBody: {content: {application/json: {schema: {type: object}}}}
            responses: {"201": {description: Hooked.}}
      """;

  private static final String BODY =
      """
      {"url": "https://example.com/hooks?a=b", "id": "a/b c&d", "none": null, "number": 12,
       "list": [{"url": "https://two.example/"}], "a/b": {"m~n": "https://odd.example"},
       "relative": "/hooks", "file": "file:///etc/passwd", "words": "no url", "umlaut": "ü",
       "up": "..", "here": ".", "slash": "../x", "twice": "%2e%2e", "semicolon": "..;a=b",
       "back": "..\\\\x", "percent": "100%", "bare": "https://hooks.example", "empty": ""}
      """;

  @TempDir private Path directory;
  private Request request;

  @BeforeEach
  void receive() throws Exception {
    List<Request> received = new ArrayList<>();
    Path document = Files.writeString(directory.resolve("api.yaml"), DOCUMENT);
    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .handler(
                "hook",
                hook -> {
                  received.add(hook);
                  return HttpResponse.of(201);
                })
            .startInProcess()) {
      HttpRequest head =
          new HttpRequest(
              Method.POST,
              "/shops/a%20b/hooks?back=https%3A%2F%2Fq.example%2Fx&plain=one+two&evil=.evil.example&none=",
              "HTTP/1.1",
              Headers.of(
                  "Host", "shop.example:8080",
                  "Content-Type", "application/json",
                  "X-Back", "https://h.example/y"),
              Peer.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711)));
      server.exchange(head, BODY.getBytes(StandardCharsets.UTF_8));
    }
    request = received.getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{$request.body#/url} | https://example.com/hooks?a=b",
        "$request.body#/url | https://example.com/hooks?a=b",
        "{$request.body#/list/0/url} | https://two.example/",
        "{$request.body#/a~1b/m~0n} | https://odd.example",
        "{$request.query.back} | https://q.example/x",
        "{$request.query.back}/more | https://q.example/x/more",
        "{$request.header.X-Back} | https://h.example/y",
        "{$request.header.x-back} | https://h.example/y",
        "{$request.body#/url}&id={$request.body#/id} |"
            + " https://example.com/hooks?a=b&id=a%2Fb%20c%26d",
        "https://fixed.example/{$request.path.shop} | https://fixed.example/a%20b",
        "https://fixed.example/?q={$request.query.plain} | https://fixed.example/?q=one%20two",
        "https://fixed.example/?n={$request.query.count} | https://fixed.example/?n=7",
        "https://fixed.example/?n={$request.body#/number} | https://fixed.example/?n=12",
        "https://fixed.example/?u={$request.body#/umlaut} | https://fixed.example/?u=%C3%BC",
        "https://fixed.example/{$method} | https://fixed.example/POST",
        "https://fixed.example/?u={$url} | https://fixed.example/?u=http%3A%2F%2Fshop.example%3A8080"
            + "%2Fshops%2Fa%2520b%2Fhooks%3Fback%3Dhttps%253A%252F%252Fq.example%252Fx%26plain%3D"
            + "one%2Btwo%26evil%3D.evil.example%26none%3D",
        "https://fixed.example | https://fixed.example"
      })
  void what_a_request_has_makes_the_url(String template, String url) {
    assertThat(CallbackUrl.of(template).from(request)).contains(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{$request.body#/missing}",
        "{$request.body#/none}",
        "{$request.body#/url/deeper}",
        "{$request.query.missing}",
        "{$request.header.Missing}",
        "https://fixed.example/{$request.path.missing}"
      })
  void without_a_value_there_is_no_callback(String template) {
    assertThat(CallbackUrl.of(template).from(request)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{$request.body#/relative} | what \"{$request.body#/relative}\" names is no absolute URL;"
            + " it must be like https://example.com/hook",
        "{$request.body#/file} | what \"{$request.body#/file}\" names is no absolute URL; it must"
            + " be like https://example.com/hook",
        "{$request.body#/words} | what \"{$request.body#/words}\" names is no absolute URL; it must"
            + " be like https://example.com/hook",
        "{$request.body#/number} | what \"{$request.body#/number}\" names is no absolute URL; it"
            + " must be like https://example.com/hook",
        "{$request.body#/list} | $request.body#/list is an array, which is no part of a URL",
        "{$request.body} | $request.body is an object, which is no part of a URL"
      })
  void what_is_no_url_is_refused_without_repeating_it(String template, String message) {
    CallbackUrl url = CallbackUrl.of(template);

    assertThatThrownBy(() -> url.from(request))
        .isInstanceOf(RefusedReceiverException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{$request.body#/id}.example/",
        "https://hooks.example{$request.query.evil}",
        "https://hooks.example:44{$request.query.evil}/",
        "{$request.query.none}https://{$request.query.evil}",
        "http{$request.query.evil}://hooks.example/"
      })
  void no_value_is_a_part_of_a_host(String template) {
    assertThatThrownBy(() -> CallbackUrl.of(template).from(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(template);
  }

  @Test
  void a_value_that_the_request_gives_first_is_followed_by_none_of_its_host() {
    assertThatThrownBy(
            () -> CallbackUrl.of("{$request.body#/bare}{$request.query.evil}").from(request))
        .isInstanceOf(RefusedReceiverException.class);
    assertThatThrownBy(
            () -> CallbackUrl.of("{$request.body#/empty}{$request.query.back}").from(request))
        .as("one that stands behind an empty one")
        .isInstanceOf(RefusedReceiverException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fixed.example/tenants/{$request.body#/up}/hook",
        "https://fixed.example/tenants/{$request.body#/here}/hook",
        "https://fixed.example/tenants/.{$request.body#/here}",
        "https://fixed.example/tenants/{$request.body#/slash}",
        "https://fixed.example/tenants/{$request.body#/twice}/hook",
        "https://fixed.example/tenants/{$request.body#/semicolon}/hook",
        "https://fixed.example/tenants/{$request.body#/back}/hook"
      })
  void no_value_leads_to_another_path(String template) {
    assertThatThrownBy(() -> CallbackUrl.of(template).from(request))
        .isInstanceOf(RefusedReceiverException.class);
  }

  @Test
  void dots_elsewhere_are_just_dots() {
    assertThat(CallbackUrl.of("https://fixed.example/v1.{$request.body#/up}.x").from(request))
        .contains(URI.create("https://fixed.example/v1....x"));
    assertThat(CallbackUrl.of("https://fixed.example/?id={$request.body#/up}").from(request))
        .contains(URI.create("https://fixed.example/?id=.."));
    assertThat(CallbackUrl.of("https://fixed.example/{$request.body#/percent}").from(request))
        .contains(URI.create("https://fixed.example/100%25"));
  }

  @Test
  void a_response_is_asked_too() {
    HttpResponse created =
        HttpResponse.json(201, Map.of("self", "https://r.example/1", "id", 5))
            .withHeader("Location", "https://l.example/2");

    assertThat(CallbackUrl.of("{$response.body#/self}").from(request, created))
        .contains(URI.create("https://r.example/1"));
    assertThat(CallbackUrl.of("{$response.header.Location}").from(request, created))
        .contains(URI.create("https://l.example/2"));
    assertThat(
            CallbackUrl.of("{$request.body#/url}&s={$statusCode}&i={$response.body#/id}")
                .from(request, created))
        .contains(URI.create("https://example.com/hooks?a=b&s=201&i=5"));
    assertThat(CallbackUrl.of("{$response.query.x}").from(request, created)).isEmpty();
    assertThat(CallbackUrl.of("{$response.body#/self}").from(request, HttpResponse.of(204)))
        .isEmpty();
    assertThat(
            CallbackUrl.of("{$response.body#/self}")
                .from(
                    request,
                    HttpResponse.bytes(
                        200,
                        "application/json",
                        "{\"self\": \"https://b.example\"}".getBytes(StandardCharsets.UTF_8))))
        .contains(URI.create("https://b.example"));
  }

  @Test
  void what_only_a_response_tells_needs_one() {
    CallbackUrl url = CallbackUrl.of("{$response.header.Location}");
    CallbackUrl ofStreamed = CallbackUrl.of("{$response.body#/self}");
    HttpResponse streamed = HttpResponse.streamed(200, "application/json", _ -> {});

    assertThatThrownBy(() -> url.from(request))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "\"{$response.header.Location}\" names something of the response; call from(request,"
                + " response)");
    assertThatThrownBy(() -> ofStreamed.from(request, streamed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "$response.body#/self names a place in a body that is not there before it is sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "a}b{c",
        "{$request.body#/a",
        "{request.body}",
        "{$request.cookie.a}",
        "$request",
        "{$request.header.}",
        "{$request.header.a b}",
        "{$request.body#/a~2}",
        "{$request.body#a}",
        "{$statuscode}",
        "{}"
      })
  void what_is_no_template_is_refused(String template) {
    assertThatThrownBy(() -> CallbackUrl.of(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + template
                + "\" is not a text with runtime expressions; write for example"
                + " {$request.body#/callbackUrl}");
  }
}
