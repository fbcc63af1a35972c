package io.brrtrouter.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SetCookie;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of other origins in a real browser: what their scripts can read, and what the server saw.
 * The API is at {@code localhost}: a page at {@code 127.0.0.1} is of another site, one at another
 * port of {@code localhost} of the same site, and has its cookies.
 */
class OriginsInBrowserTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Items, version: "1"}
      components:
        securitySchemes:
          session: {type: apiKey, in: cookie, name: session}
      paths:
        /items:
          get: {operationId: list, responses: {"200": {description: ok}}}
          put:
            operationId: put
            x-brrtrouter-body-limit: 100
            requestBody: {content: {application/json: {schema: {type: object}}}}
            responses: {"200": {description: ok}}
          delete: {operationId: remove, responses: {"200": {description: ok}}}
        /off:
          get: {operationId: off, x-cors: false, responses: {"200": {description: ok}}}
        /boom:
          get: {operationId: boom, responses: {"200": {description: ok}}}
        /login:
          get: {operationId: login, responses: {"200": {description: ok}}}
        /pay:
          post: {operationId: pay, security: [session: []], responses: {"200": {description: ok}}}
      """;

  private static final String ELSEWHERE = "127.0.0.1";
  private static final String SAME_SITE = "localhost";

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final int pagePort = freePort();
  private BrrtServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void needs_a_browser() {
    Chromium.require();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The origin of the page has to be known before the page is there. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String origin(String host) {
    return "http://" + host + ":" + pagePort;
  }

  private void serve(Map<String, String> settings) throws IOException {
    server =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
            .config(ServerConfig.defaults().with("port", "0").with(settings))
            .handler(
                "list",
                _ -> HttpResponse.of(200).withHeader("X-Total", "7").withHeader("X-Inner", "8"))
            .handler("put", _ -> HttpResponse.of(200))
            .handler("remove", _ -> HttpResponse.of(200))
            .handler("off", _ -> HttpResponse.of(200))
            .handler(
                "boom",
                _ -> {
                  throw new IllegalStateException("thrown by a test");
                })
            .handler(
                "login",
                _ ->
                    HttpResponse.of(200)
                        .withHeader(
                            "Set-Cookie", SetCookie.of("session", "1").withSecure(false).render()))
            .mock(true)
            .security("session", (_, _) -> Verification.accepted("anybody"))
            .listener(this::see)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void see(CompletedExchange exchange) {
    seen.add(exchange.head().method() + " " + exchange.head().target() + " " + exchange.status());
  }

  /** {@return what a page can tell about its requests, a line for each} */
  private String page(String host, String requests) throws Exception {
    return Chromium.run(
        host,
        pagePort,
        """
        const lines = [];
        async function ask(path, options) {
          try {
            const answer = await fetch('http://localhost:%d' + path, options);
            lines.push(path + ' ' + answer.status + ' ' + answer.headers.get('X-Total')
                + ' ' + answer.headers.get('X-Inner'));
          } catch (failure) {
            lines.push(path + ' ' + failure.name);
          }
        }
        %s
        return lines.join('\\n');
        """
            .formatted(server.port(), requests));
  }

  @Test
  void a_page_of_a_listed_origin_reads_what_the_policy_exposes_and_every_refusal()
      throws Exception {
    serve(
        Map.of(
            "cors.origins", origin(ELSEWHERE),
            "cors.expose_headers", "X-Total",
            "cors.allowed_methods", "GET, PUT"));

    assertThat(
            page(
                ELSEWHERE,
                """
                const json = {'Content-Type': 'application/json', 'Authorization': 'Bearer t'};
                await ask('/items');
                await ask('/items', {method: 'PUT', headers: json, body: '{}'});
                await ask('/items', {method: 'PUT', headers: json, body: '[]'});
                await ask('/items', {method: 'PUT', headers: json, body: ' '.repeat(101)});
                await ask('/items', {method: 'PUT', body: 'text'});
                await ask('/nowhere', {headers: {'Authorization': 'Bearer t'}});
                await ask('/boom');
                await ask('/pay', {method: 'POST'});
                await ask('/items', {method: 'DELETE'});
                await ask('/items', {headers: {'X-Other': '1'}});
                await ask('/off');
                """))
        .isEqualTo(
            """
            /items 200 7 null
            /items 200 null null
            /items 400 null null
            /items 413 null null
            /items 415 null null
            /nowhere TypeError
            /boom 500 null null
            /pay 401 null null
            /items TypeError
            /items TypeError
            /off TypeError\
            """);
    assertThat(seen)
        .contains(
            "OPTIONS /items 204", "OPTIONS /items 403", "OPTIONS /nowhere 404", "GET /off 200")
        .doesNotContain("DELETE /items 200");
  }

  @Test
  void a_page_of_any_other_origin_reads_and_changes_nothing() throws Exception {
    serve(Map.of("cors.origins", "https://app.example.com"));

    assertThat(
            page(
                ELSEWHERE,
                """
                await ask('/items');
                await ask('/items', {method: 'DELETE'});
                await ask('/pay', {method: 'POST'});
                """))
        .isEqualTo("/items TypeError\n/items TypeError\n/pay TypeError");
    assertThat(seen)
        .containsExactlyInAnyOrder("GET /items 403", "OPTIONS /items 403", "POST /pay 403");
  }

  @Test
  void cookies_come_along_where_the_policy_allows_credentials() throws Exception {
    serve(Map.of("cors.origins", origin(SAME_SITE), "cors.allow_credentials", "true"));

    assertThat(
            page(
                SAME_SITE,
                """
                await ask('/login', {credentials: 'include'});
                await ask('/pay', {method: 'POST', credentials: 'include'});
                await ask('/pay', {method: 'POST'});
                """))
        .isEqualTo("/login 200 null null\n/pay 200 null null\n/pay 401 null null");
  }

  @Test
  void a_forged_request_with_a_cookie_is_refused_without_any_policy() throws Exception {
    serve(Map.of());

    page(
        SAME_SITE,
        """
        await ask('/login', {mode: 'no-cors', credentials: 'include'});
        await ask('/pay', {method: 'POST', mode: 'no-cors', credentials: 'include'});
        await ask('/pay', {method: 'POST', mode: 'no-cors', credentials: 'omit'});
        """);

    assertThat(seen).containsExactly("GET /login 200", "POST /pay 403", "POST /pay 401");
  }
}
