package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.TestServer;
import org.junit.jupiter.api.Test;

class MissingBodyTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Bodies, version: "1"}
      paths:
        /pets:
          post:
            requestBody:
              required: true
              content:
                application/json: {schema: {type: object}}
                application/xml: {}
            responses: {"204": {description: ok}}
      """;

  @Test
  void the_violation_says_which_media_types_are_expected() {
    TestServer server = TestServer.mocking(DOCUMENT);

    assertThat(TestServer.text(server.ask("POST", "/pets", "", "X-Request-ID", "id-1")))
        .isEqualTo(
            """
            {"type":"urn:brrtrouter:problem:validation",\
            "title":"Request does not match the API description","status":400,\
            "detail":"1 violation; see errors.","requestId":"id-1","errors":[\
            {"in":"body","name":"","pointer":"","keyword":"required",\
            "message":"a body is required, as one of application/json, application/xml",\
            "expected":["application/json","application/xml"],"schema":"api.yaml:7:9"}]}\
            """);
  }
}
