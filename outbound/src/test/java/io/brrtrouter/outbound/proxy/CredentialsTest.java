package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who learns what clients prove themselves with, and which fields go where. */
class CredentialsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Shop, version: 1.0.0 }
      paths:
        /items:
          get:
            operationId: items
            x-service: catalog
            security: [ { header: [] } ]
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
        /own:
          get:
            operationId: own
            responses: { default: { description: whatever it is, content: { "*/*": {} } } }
      components:
        securitySchemes:
          header: { type: apiKey, in: header, name: X-Key }
          query: { type: apiKey, in: query, name: api key }
          foreign: { type: apiKey, in: query, name: schlüssel }
          cookie: { type: apiKey, in: cookie, name: session }
      """;

  private static final String SENT =
      "/items?a=1&api%20key=secret&b=2&api+key=secret&schl%C3%BCssel=secret";

  @TempDir Path directory;

  private Gateway gateway(RawService service, String... settings) throws IOException {
    return Gateway.start(
        directory,
        DOCUMENT,
        "security:\n  development: true\n" + Gateway.config(service.url(), settings));
  }

  private static String ask(Gateway gateway, String... more) throws IOException {
    String[] fields = new String[more.length + 4];
    fields[0] = "X-Key: development-only";
    fields[1] = "Authorization: Bearer of-the-client";
    fields[2] = "Cookie: session=secret; other=1";
    fields[3] = "Host: localhost";
    System.arraycopy(more, 0, fields, 4, more.length);
    return gateway.ask("GET", SENT, fields);
  }

  @Test
  void are_not_handed_on() throws IOException {
    try (RawService service = RawService.text("ok");
        Gateway gateway = gateway(service)) {
      assertThat(Gateway.status(ask(gateway))).isEqualTo(200);

      RawService.Received received = service.received.getLast();
      assertThat(received.line()).isEqualTo("GET /items?a=1&b=2 HTTP/1.1");
      assertThat(received.head())
          .doesNotContain("development-only")
          .doesNotContain("of-the-client")
          .doesNotContain("secret")
          .doesNotContainIgnoringCase("cookie");
    }
  }

  @Test
  void are_handed_on_if_asked_for() throws IOException {
    try (RawService service = RawService.text("ok");
        Gateway gateway = gateway(service, "credentials: forward")) {
      assertThat(Gateway.status(ask(gateway))).isEqualTo(200);

      RawService.Received received = service.received.getLast();
      assertThat(received.line()).isEqualTo("GET " + SENT + " HTTP/1.1");
      assertThat(RawService.field(received.head(), "X-Key")).isEqualTo("development-only");
      assertThat(RawService.field(received.head(), "Authorization"))
          .isEqualTo("Bearer of-the-client");
      assertThat(RawService.field(received.head(), "Cookie")).isEqualTo("session=secret; other=1");
    }
  }

  @Test
  void of_this_server_go_in_their_place() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "Bearer of-this-server\n");
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            gateway(service, "credentials: forward", "credential_file: \"" + secret + "\"")) {
      ask(gateway);

      assertThat(service.received.getLast().head())
          .containsOnlyOnce("Authorization:")
          .contains("Authorization: Bearer of-this-server\r\n");
    }
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            gateway(
                service, "credential_file: \"" + secret + "\"", "credential_header: X-Service")) {
      ask(gateway, "X-Service: forged");

      assertThat(service.received.getLast().head())
          .doesNotContain("forged")
          .contains("X-Service: Bearer of-this-server\r\n")
          .doesNotContain("Authorization:");
    }
  }

  @Test
  void lists_say_which_fields_go() throws IOException {
    try (RawService service =
            RawService.once(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-A: 1\r\nX-B: 2\r\nX-C: 3\r\n"
                    + "Content-Length: 2\r\n\r\nok");
        Gateway gateway =
            gateway(
                service,
                "request_headers: [X-A, X-B]",
                "drop_request_headers: [x-b]",
                "response_headers: [x-a, x-b]",
                "drop_response_headers: [X-B]")) {
      String answer = ask(gateway, "X-A: 1", "X-B: 2", "X-C: 3");

      String head = service.received.getLast().head();
      assertThat(head).contains("X-A: 1").doesNotContain("X-B:").doesNotContain("X-C:");
      assertThat(answer).contains("X-A: 1").doesNotContain("X-B:").doesNotContain("X-C:");
      assertThat(RawService.field(answer, "Content-Type")).isEqualTo("text/plain");
    }
  }

  @Test
  void cookies_of_the_service_go_if_asked_for() throws IOException {
    try (RawService service =
            RawService.once(
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nContent-Length: 0\r\n\r\n");
        Gateway gateway = gateway(service, "set_cookie: forward")) {
      assertThat(ask(gateway)).contains("Set-Cookie: a=b").contains("Set-Cookie: c=d");
    }
  }

  @Test
  void a_trusted_proxy_is_gone_on_with() throws IOException {
    String trusting = "http:\n  trusted_proxies: [127.0.0.0/8]\n";
    try (RawService service = RawService.text("ok")) {
      try (Gateway gateway =
          Gateway.start(
              directory,
              Gateway.DOCUMENT,
              trusting + Gateway.config(service.url(), "forwarded: both"))) {
        gateway.ask(
            "GET",
            "/api/items/7",
            "X-Forwarded-For: 9.9.9.9",
            "X-Forwarded-Host: shop.example.org",
            "X-Forwarded-Proto: https",
            "Forwarded: for=6.6.6.6");

        String head = service.received.getLast().head();
        assertThat(RawService.field(head, "X-Forwarded-For")).isEqualTo("9.9.9.9, 127.0.0.1");
        assertThat(RawService.field(head, "X-Forwarded-Host")).isEqualTo("shop.example.org");
        assertThat(RawService.field(head, "X-Forwarded-Proto")).isEqualTo("https");
        assertThat(RawService.field(head, "Forwarded"))
            .isEqualTo("for=127.0.0.1;host=\"shop.example\";proto=http");
      }
      try (Gateway gateway =
          Gateway.start(
              directory, Gateway.DOCUMENT, Gateway.config(service.url(), "forwarded: none"))) {
        gateway.ask("GET", "/api/items/7", "X-Forwarded-For: 9.9.9.9");

        assertThat(service.received.getLast().head()).doesNotContainIgnoringCase("forwarded");
      }
    }
  }

  @Test
  void a_handler_in_code_goes_before_a_service() throws IOException {
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                Gateway.config(service.url()),
                builder -> builder.handler("item", _ -> HttpResponse.text(200, "by code")))) {
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/7"))).isEqualTo("by code");
      assertThat(service.received).isEmpty();
    }
  }
}
