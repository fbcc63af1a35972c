package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.runtime.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DispatchOptionsTest {
  private static final String SECURED =
      """
      openapi: 3.1.1
      info: {title: Secured, version: "1"}
      components: {securitySchemes: {key: {type: http, scheme: bearer}}}
      paths:
        /a: {get: {operationId: a, security: [key: []], responses: {"204": {description: ok}}}}
      """;

  private static Compilation compiled(DispatchOptions.Builder options) {
    return ApiCompiler.compile(
        OpenApiLoader.load(TestServer.file(SECURED), LoadOptions.defaults()),
        options.fallback(Fallback.MOCK).build(),
        Map.of(),
        Map.of());
  }

  /** Whoever forgets who verifies must not open the server to everybody. */
  @Test
  void a_scheme_that_nobody_verifies_refuses_the_document() {
    assertThat(compiled(DispatchOptions.builder().security(SecurityOptions.UNREQUIRED)))
        .isInstanceOf(Compilation.Compiled.class);
    assertThat(compiled(DispatchOptions.builder()))
        .isInstanceOfSatisfying(
            Compilation.Refused.class,
            refused ->
                assertThat(refused.findings())
                    .extracting(Finding::message)
                    .contains(
                        "nothing verifies the credentials of security scheme \"key\", which"
                            + " operation \"a\" takes"));
  }
}
