package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.server.runtime.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of the document that go into header fields. */
class SentNamesTest {
  private static final String SECURED =
      """
      openapi: 3.1.1
      info: {title: Secured, version: "1"}
      components: {securitySchemes: {key: %s}}
      paths:
        /a: {get: {operationId: a, security: [{key: []}], responses: {"204": {description: ok}}}}
      """;

  private static final String MEDIA =
      """
      openapi: 3.1.1
      info: {title: Media, version: "1"}
      paths:
        /a:
          post:
            operationId: a
            requestBody: {content: {'%s': {}}}
            responses: {"200": {description: ok, content: {'%s': {}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {type: apiKey, in: query, name: ключ}   | ApiKey realm="Secured", in="query"
          {type: apiKey, in: query, name: 'a"b\\c'} | ApiKey realm="Secured", in="query", name="a\\"b\\\\c"
          {type: apiKey, in: query, name: "a\\n"}    | ApiKey realm="Secured", in="query"
          {type: http, scheme: Digest}            | digest realm="Secured"
          """)
  void are_left_out_of_challenges_where_they_do_not_fit(String scheme, String challenge) {
    TestServer server =
        TestServer.of(
            SECURED.formatted(scheme), builder -> builder.mock(true).developmentSecurity(true));

    assertThat(server.get("/a").status()).isEqualTo(401);
    assertThat(server.get("/a").headers().all("WWW-Authenticate")).containsExactly(challenge);
  }

  @Test
  void are_refused_where_nothing_is_left_to_say() {
    Path file = TestServer.file(SECURED.formatted("{type: http, scheme: 'My scheme'}"));
    assertThatThrownBy(() -> BrrtServer.builder().document(file).mock(true).startInProcess())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "error[security-challenge]: \"my scheme\" is no HTTP authentication scheme: it is not a"
                + " token");
  }

  @ParameterizedTest
  @CsvSource({"request, 7:52", "response, 8:75"})
  void of_media_types_are_refused_when_no_field_can_have_them(String where, String place) {
    String odd = "text/plain; p=\"п\"";
    Path file =
        TestServer.file(
            where.equals("request")
                ? MEDIA.formatted(odd, "text/plain")
                : MEDIA.formatted("text/plain", odd));
    assertThatThrownBy(() -> BrrtServer.builder().document(file).mock(true).startInProcess())
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "api.yaml:"
                + place
                + ": error[media-type-unsendable]: media type \""
                + odd
                + "\" has characters that no header field can have");
  }

  @Test
  void of_media_types_may_be_latin_1() {
    TestServer server =
        TestServer.mocking(MEDIA.formatted("text/plain; p=\"é\"", "text/plain; p=\"é\""));

    assertThat(server.ask("POST", "/a", "x", "Content-Type", "a/b").headers().get("Accept"))
        .isEqualTo("text/plain; p=\"é\"");
    assertThat(server.ask("POST", "/a", "").headers().get("Content-Type"))
        .isEqualTo("text/plain; p=\"é\"");
  }
}
