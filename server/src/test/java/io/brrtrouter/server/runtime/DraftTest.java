package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What drafts take from those before: providers that were made of the same. */
class DraftTest {
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

  private static final String CONFIG =
      """
      security:
        tickets:
          ticket: {last: 12, stamp: x, guests: {guest: {scopes: [watch]}}}
      """;

  private final Fixtures fixtures =
      Fixtures.of(new ReadyEndpoint(() -> Readiness.READY), ServerConfig.defaults());

  @AfterEach
  void closes() {
    fixtures.close();
  }

  private Draft draft(String document, String config) {
    return draft(document, config, Map.of());
  }

  private Draft draft(String document, String config, Map<String, Handler> handlers) {
    Path file = TestServer.file(document);
    return new Drafter(given(file), fixtures)
        .draft(
            ServerConfig.read(Optional.of(TestServer.file(config)), Map.of(), Map.of()),
            Drafter.Documents.of(new LintedDocument(file, LoadOptions.defaults())),
            new Drafter.Handlers(handlers, Map.of()),
            List.of());
  }

  private static GivenParts given(Path file) {
    return new GivenParts(
        file,
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Optional.of(Fallback.MOCK),
        Optional.empty(),
        List.of(),
        System::nanoTime,
        true);
  }

  private SecurityProvider provider(String document, String config) {
    Draft draft = draft(document, config);
    drafts.add(draft);
    assertThat(draft.compilation()).isInstanceOf(Compilation.Compiled.class);
    return draft.security().providers().get("ticket");
  }

  private final List<Draft> drafts = new ArrayList<>();

  private final SecurityProvider first = provider(DOCUMENT, CONFIG);

  @Test
  void it_does_not_matter_where_something_stands_or_how_it_is_described() {
    String moved =
        "# a line more\n" + DOCUMENT.replace("type: apiKey", "description: new, type: apiKey");

    assertThat(provider(moved, "\nmock: true\n" + CONFIG)).isSameAs(first);
  }

  @Test
  void other_settings_make_another() {
    assertThat(provider(DOCUMENT, CONFIG.replace("stamp: x", "stamp: y"))).isNotSameAs(first);
    assertThat(provider(DOCUMENT, CONFIG.replace("[watch]", "[listen]"))).isNotSameAs(first);
  }

  @Test
  void another_scheme_makes_another() {
    assertThat(provider(DOCUMENT.replace("X-Ticket", "X-Entry"), CONFIG)).isNotSameAs(first);
  }

  /** Cannot be compiled, and nobody has thought of why. */
  private static final Handler BROKEN =
      new Handler() {
        @Override
        public HttpResponse handle(Request request) {
          return HttpResponse.of(204);
        }

        @Override
        public boolean neverBlocks() {
          throw new IllegalStateException("of a test");
        }
      };

  @Test
  void a_draft_that_fails_claims_nothing() {
    String other = CONFIG.replace("stamp: x", "stamp: y");
    Draft serving = draft(DOCUMENT, other);

    assertThatThrownBy(() -> draft(DOCUMENT, other, Map.of("show", BROKEN)))
        .hasMessage("of a test");

    assertMadeAgain(serving, other);
  }

  @Test
  void a_document_whose_registration_fails_claims_nothing() {
    String other = CONFIG.replace("stamp: x", "stamp: y");
    Draft serving = draft(DOCUMENT, other);
    Generations generations =
        new Generations(
            new Drafter(given(TestServer.file(DOCUMENT)), fixtures), serving, List.of());
    Path more = TestServer.file(DOCUMENT.replace("show", "more"));

    assertThatThrownBy(() -> generations.registerFrom(more, Map.of("more", BROKEN)))
        .hasMessage("of a test");

    assertMadeAgain(serving, other);
  }

  /** Once the generation that serves claims nothing any more, nobody does. */
  private void assertMadeAgain(Draft serving, String config) {
    SecurityProvider made = serving.security().providers().get("ticket");
    assertThat(provider(DOCUMENT, config)).isSameAs(made);
    serving.claim().release();
    drafts.forEach(each -> each.claim().release());
    assertThat(provider(DOCUMENT, config)).isNotSameAs(made);
  }

  @Test
  void what_a_refused_draft_has_made_is_made_again() {
    String other = CONFIG.replace("stamp: x", "stamp: y");
    String broken = DOCUMENT.replace("[{ticket: [watch]}]", "[{tickets: []}]");
    Draft refused = draft(broken, other);
    SecurityProvider made = refused.security().providers().get("ticket");
    assertThat(refused.compilation()).isInstanceOf(Compilation.Refused.class);
    refused.claim().release();

    assertThat(provider(DOCUMENT, other)).isNotSameAs(made);
    assertThat(provider(DOCUMENT, CONFIG)).isSameAs(first);
  }
}
