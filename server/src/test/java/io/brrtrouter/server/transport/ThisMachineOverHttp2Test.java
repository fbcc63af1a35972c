package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In HTTP/2 it is {@code :authority} that says whom a request is for, or {@code Host} alone. */
class ThisMachineOverHttp2Test {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Local, version: "1"}
      paths:
        /secret:
          get:
            operationId: secret
            security: [{key: []}]
            responses: {"204": {description: ok}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  @ParameterizedTest
  @CsvSource({
    ":authority, localhost:8080, 204",
    ":authority, 127.0.0.1, 204",
    ":authority, evil.test, 403",
    ":authority, [::ffff:127.0.0.1], 403",
    "host, [::1], 204",
    "host, evil.test, 403"
  })
  void only_a_name_of_this_machine_lets_in(String name, String value, String status)
      throws Exception {
    try (BrrtServer server =
            BrrtServer.builder()
                .document(TestServer.file(DOCUMENT))
                .mock(true)
                .config(TestServer.config("security.development", "true"))
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        H2Client client = new H2Client(new RawClient(server.port()))) {
      client.headers(
          1,
          true,
          ":method",
          "GET",
          ":scheme",
          "http",
          ":path",
          "/secret",
          name,
          value,
          "x-key",
          "development-only");
      assertThat(client.outcome(1)).startsWith(status + " ");
    }
  }
}
