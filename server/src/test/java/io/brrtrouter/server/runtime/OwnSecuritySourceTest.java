package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections of {@code security} that somebody else makes providers of: a user, another artifact. */
class OwnSecuritySourceTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Own, version: "1"}
      paths:
        /show:
          get:
            operationId: show
            security: [{ticket: [watch]}]
            responses: {"200": {description: ok, content: {text/plain: {example: s}}}}
      components:
        securitySchemes:
          ticket: {type: apiKey, in: header, name: X-Ticket}
      """;

  private static ServerConfig config(Path file, Map<String, String> environment) {
    return ServerConfig.read(Optional.of(file), environment, Map.of());
  }

  @Test
  void is_the_one_that_the_page_on_security_shows() throws IOException {
    Path root = Path.of(System.getProperty("brrt.root"));
    String page = Files.readString(root.resolve("docs/security.md"));
    String source =
        Files.readString(
            root.resolve("server/src/test/java/com/example/tickets/TicketSource.java"));
    String imports = "import static io.brrtrouter.server.config";
    int shown = page.indexOf("```java\n" + imports) + "```java\n".length();

    assertThat(source)
        .isEqualTo(
            "package com.example.tickets;\n\n" + page.substring(shown, page.indexOf("```", shown)));
  }

  @Test
  void verifies_as_its_settings_say() {
    Path file =
        TestServer.file(
            """
            security:
              tickets:
                ticket: {last: 12, guests: {guest: {scopes: [watch]}}}
            """);
    Map<String, String> stamp = Map.of("BRRTR_SECURITY_TICKETS_TICKET_STAMP", "-stamped");
    TestServer server = TestServer.of(DOCUMENT, b -> b.mock(true).config(config(file, stamp)));

    assertThat(server.get("/show", "X-Ticket", "7-stamped").status()).isEqualTo(200);
    assertThat(server.get("/show", "X-Ticket", "7").status()).isEqualTo(401);
    assertThat(config(file, stamp).settings().toString())
        .contains(
            "security.tickets.ticket.last = 12 (" + file + ":3:20)",
            "security.tickets.ticket.stamp = ****** (BRRTR_SECURITY_TICKETS_TICKET_STAMP)");
  }

  @Test
  void is_refused_with_everything_that_is_wrong() {
    Path file = TestServer.file("security: {tickets: {ticket: {last: 0}}}");
    Path document = TestServer.file(DOCUMENT);
    BrrtServer.Builder builder =
        BrrtServer.builder().document(document).mock(true).config(config(file, Map.of()));

    StartupException refused =
        catchThrowableOfType(StartupException.class, builder::startInProcess);

    assertThat(refused)
        .hasMessage(
            """
            %s:1:37: error[security-provider]: security.tickets.ticket.last is 0, so nobody has a ticket
              fix: sell some
            %s:1:22: error[security-provider]: security.tickets.ticket.stamp is missing
              fix: set it to what tickets end in
            2 errors\
            """
                .formatted(file, file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tickets: {ticket: {lsat: 1}}    | 31: error[config-unknown-key]: there is no setting security.tickets.ticket.lsat; did you mean security.tickets.ticket.last?
          tickets: {ticket: {maximum: 1}} | 31: error[config-unknown-key]: there is no setting security.tickets.ticket.maximum; did you mean security.tickets.ticket.last?
          tickets: {ticket: {last: many}} | 37: error[config-value]: security.tickets.ticket.last cannot be "many"; it takes: integer from 0 to 9999
          ticktes: {ticket: {last: 1}}    | 12: error[config-unknown-key]: there is no section security.ticktes; did you mean security.tickets?
          jwks: {ticket: {iss: i}}        | 12: error[config-artifact]: security.jwks needs the artifact brrtrouter-security, which is not on the class path; add the dependency io.brrtrouter:brrtrouter-security
          jwsk: {ticket: {iss: i}}        | 12: error[config-unknown-key]: there is no section security.jwsk; did you mean security.jwks?
          """)
  void is_read_like_every_other(String section, String message) {
    Path file = TestServer.file("security: {" + section + "}");

    assertThatThrownBy(() -> config(file, Map.of())).hasMessage(file + ":1:" + message);
  }

  @Test
  void of_another_artifact_is_missed_where_code_sets_it() {
    ServerConfig config = ServerConfig.defaults();

    assertThatThrownBy(() -> config.with("security.jwks.token.iss", "i"))
        .hasMessage(
            "code: error[config-artifact]: security.jwks needs the artifact brrtrouter-security,"
                + " which is not on the class path; add the dependency"
                + " io.brrtrouter:brrtrouter-security");
  }

  @Test
  void of_another_artifact_is_missed_where_a_variable_sets_it() {
    assertThatThrownBy(() ->
            ServerConfig.read(
                Optional.empty(), Map.of("BRRTR_SECURITY_JWKS_TOKEN_ISS", "i"), Map.of()))
        .hasMessage(
            "environment variable BRRTR_SECURITY_JWKS_TOKEN_ISS: error[config-artifact]: security.jwks"
                + " needs the artifact brrtrouter-security, which is not on the class path; add the"
                + " dependency io.brrtrouter:brrtrouter-security");
  }
}
