package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of bodies over HTTP/2, where a client need not say how long one is (RFC 9113 section
 * 8.1).
 */
@Timeout(60)
class BodiesOverHttp2Test {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Bodies, version: "1"}
      paths:
        /json:
          post:
            operationId: json
            requestBody: {content: {application/json: {schema: {type: object}}}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /octets:
          post:
            operationId: octets
            x-brrtrouter-stream-body: true
            requestBody: {required: true, content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  @ParameterizedTest
  @CsvSource({
    "/json, application/json, , {}, 200 {}",
    "/json, application/json, , [], 400 {",
    "/json, text/xml, , <a/>, 415 {",
    "/json, , , {}, 415 {",
    "/json, application/json, gzip, {}, 415 {",
    "/json, , , , 200 none",
    "/octets, , , abc, 200 3",
    "/octets, text/xml, , <a/>, 415 {",
    "/octets, , gzip, abc, 415 {"
  })
  void without_a_length_is_what_it_is_with_one(
      String path, String type, String coding, String body, String answer) throws Exception {
    try (BrrtServer server =
            BrrtServer.builder()
                .document(io.brrtrouter.server.runtime.TestServer.file(DOCUMENT))
                .config(io.brrtrouter.server.runtime.TestServer.config())
                .handler(
                    "json",
                    request ->
                        HttpResponse.text(200, request.body().map(String::valueOf).orElse("none")))
                .handler(
                    "octets",
                    request -> HttpResponse.text(200, "" + request.content().readAllBytes().length))
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        H2Client client = new H2Client(new RawClient(server.port()))) {
      String content = body == null ? "" : body;
      String[] fields = fields(type, coding);
      client.request(1, false, "POST", path, fields).data(1, true, content);
      assertThat(client.whole(1)).startsWith(answer);
      String[] measured = new String[fields.length + 2];
      System.arraycopy(fields, 0, measured, 2, fields.length);
      measured[0] = "content-length";
      measured[1] = "" + content.length();
      client.request(3, false, "POST", path, measured).data(3, true, content);
      // A body that is announced as none is none, whatever it would have to be.
      assertThat(client.whole(3)).startsWith(content.isEmpty() ? "200 none" : answer);
    }
  }

  private static String[] fields(String type, String coding) {
    if (type == null) {
      return coding == null ? new String[0] : new String[] {"content-encoding", coding};
    }
    return coding == null
        ? new String[] {"content-type", type}
        : new String[] {"content-type", type, "content-encoding", coding};
  }
}
