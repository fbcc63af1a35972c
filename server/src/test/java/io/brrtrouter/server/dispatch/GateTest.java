package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the head of a request decides. */
class GateTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Gate, version: "1"}
      paths:
        /pets:
          get:
            operationId: list
            responses:
              "200": {description: ok, content: {application/json: {}, text/csv: {}}}
              "404": {description: none, content: {text/html: {}}}
          post:
            operationId: add
            x-brrtrouter-body-limit: 10
            requestBody:
              content: {application/json: {}, "text/*": {}}
            responses: {"201": {description: ok}}
          patch:
            operationId: change
            requestBody: {content: {application/merge-patch+json: {}}}
            responses: {"204": {description: ok}}
          query:
            operationId: find
            requestBody: {content: {text/plain: {}}}
            responses: {"200": {description: ok, content: {"image/*": {}}}}
        /pets/{petId}:
          parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
          delete:
            operationId: remove
            responses: {"204": {description: ok}}
        /taken:
          post:
            operationId: take
            requestBody:
              content:
                application/json: {}
                "text/*": {schema: {type: string}}
                multipart/form-data: {schema: {type: object}}
            responses: {"200": {description: ok}}
        /locks:
          additionalOperations:
            LOCK:
              operationId: lock
              responses: {"200": {description: ok}}
        /declared:
          head:
            operationId: head
            responses: {"200": {description: ok}}
          get:
            operationId: get
            responses: {default: {description: ok, content: {application/xml: {}}}}
          options:
            operationId: options
            responses: {"200": {description: ok}}
      """;

  private final TestServer server =
      TestServer.of(
          DOCUMENT,
          builder -> {
            for (String name :
                new String[] {
                  "list", "add", "change", "find", "remove", "head", "get", "options", "lock",
                  "take"
                }) {
              builder.handler(name, _ -> HttpResponse.text(200, name));
            }
            builder.config(TestServer.config("responses.check", "off"));
          });

  /** What a length says counts, not how it is written; chunks say nothing before their end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          Content-Length    | 0       | -                | ''  | 200
          Content-Length    | 00      | -                | ''  | 200
          Content-Length    | 000     | text/nothing     | ''  | 200
          Content-Length    | 002     | application/json | {}  | 200
          Content-Length    | 010     | application/json | {}  | 200
          Content-Length    | 011     | application/json | {}  | 413
          Content-Length    | 99999999999999999999 | application/json | {} | 413
          Content-Length    | 2       | -                | {}  | 415
          Transfer-Encoding | chunked | -                | ''  | 200
          Transfer-Encoding | chunked | -                | {}  | 415
          Transfer-Encoding | chunked | application/json | {}  | 200
          Transfer-Encoding | chunked | image/png        | ''  | 415
          """)
  void an_empty_body_needs_no_media_type(
      String name, String value, String type, String body, int status) {
    String[] headers =
        type == null
            ? new String[] {name, value}
            : new String[] {name, value, "Content-Type", type};
    assertThat(server.ask("POST", "/pets", body, headers).status()).isEqualTo(status);
  }

  @Test
  void a_chunked_body_without_media_type_is_refused_like_any_other() {
    HttpResponse chunked =
        server.ask("POST", "/pets", "{}", "Transfer-Encoding", "chunked", "X-Request-ID", "1");
    HttpResponse counted = server.ask("POST", "/pets", "{}", "X-Request-ID", "1");
    assertThat(TestServer.wire(chunked)).isEqualTo(TestServer.wire(counted)).startsWith("415");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET     | /pets            | 200 | list
          HEAD    | /pets            | 200 |
          POST    | /pets            | 200 | add
          QUERY   | /pets            | 200 | find
          DELETE  | /pets/1          | 200 | remove
          DELETE  | /pets/a%2Fb      | 200 | remove
          DELETE  | /pets/1?x=%zz    | 200 | remove
          GET     | /declared        | 200 | get
          HEAD    | /declared        | 200 |
          OPTIONS | /declared        | 200 | options
          GET     | /                | 404 |
          GET     | /pet             | 404 |
          GET     | /pets/           | 404 |
          GET     | //pets           | 404 |
          GET     | /pets/1/2        | 404 |
          GET     | /PETS            | 404 |
          GET     | /pets/%zz        | 400 |
          GET     | /%               | 400 |
          GET     | /pets/%C0%80     | 400 |
          GET     | /pets/1          | 405 |
          HEAD    | /pets/1          | 405 |
          PUT     | /pets            | 405 |
          TRACE   | /pets            | 405 |
          PATCH   | /pets/1          | 405 |
          LOCK    | /pets            | 405 |
          GET     | *                | 405 |
          get     | /pets            | 501 |
          PURGE   | /pets/1          | 501 |
          PURGE   | /nothing         | 501 |
          PURGE   | /%               | 501 |
          PURGE   | *                | 501 |
          PURGE   | /health          | 501 |
          PROPFIND | /pets           | 501 |
          LOCK    | /nothing         | 404 |
          LOCK    | /locks           | 200 | lock
          OPTIONS | /nothing         | 404 |
          """)
  void method_and_path_lead_to(String method, String target, int status, String content) {
    HttpResponse response = server.ask(method, target, "");

    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(TestServer.text(response)).isEqualTo(content == null ? "" : content);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPTIONS | /pets     | 204 | GET, HEAD, OPTIONS, PATCH, POST, QUERY
          OPTIONS | /pets/1   | 204 | DELETE, OPTIONS
          OPTIONS | *         | 204 | DELETE, GET, HEAD, LOCK, OPTIONS, PATCH, POST, QUERY
          OPTIONS | /locks    | 204 | LOCK, OPTIONS
          GET     | /locks    | 405 | LOCK, OPTIONS
          LOCK    | /pets     | 405 | GET, HEAD, OPTIONS, PATCH, POST, QUERY
          TRACE   | /pets     | 405 | GET, HEAD, OPTIONS, PATCH, POST, QUERY
          PURGE   | /pets     | 501 |
          PURGE   | /health   | 501 |
          PUT     | /pets     | 405 | GET, HEAD, OPTIONS, PATCH, POST, QUERY
          POST    | /declared | 405 | GET, HEAD, OPTIONS
          PUT     | *         | 405 | OPTIONS
          OPTIONS | /health   | 204 | GET, HEAD, OPTIONS
          POST    | /health   | 405 | GET, HEAD, OPTIONS
          """)
  void allow_lists_the_methods(String method, String target, int status, String allow) {
    HttpResponse response = server.ask(method, target, "");

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("Allow")).isEqualTo(allow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET   | /pets     |                                     | 200
          GET   | /pets     | */*                                 | 200
          GET   | /pets     | application/json                    | 200
          GET   | /pets     | application/json; charset=utf-8     | 200
          GET   | /pets     | APPLICATION/JSON                    | 200
          GET   | /pets     | text/html, application/*;q=0.1      | 200
          GET   | /pets     | text/csv                            | 200
          GET   | /pets     | not a media range                   | 200
          GET   | /pets     | text/html                           | 406
          GET   | /pets     | application/json;q=0                | 406
          GET   | /pets     | application/json;q=0, text/csv;q=0  | 406
          GET   | /pets     | image/png                           | 406
          HEAD  | /pets     | image/png                           | 406
          GET   | /declared | application/xml                     | 200
          GET   | /declared | application/json                    | 406
          POST  | /pets     | image/png                           | 200
          QUERY | /pets     | image/png                           | 200
          QUERY | /pets     | image/*;q=0.5                       | 200
          QUERY | /pets     | text/plain                          | 406
          """)
  void accept_is_compared_with_the_successes(
      String method, String target, String accept, int status) {
    HttpResponse response =
        accept == null
            ? server.ask(method, target, "")
            : server.ask(method, target, "", "Accept", accept);

    assertThat(response.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /pets   | application/json               | 1           | 200
          POST   | /pets   | application/json;charset=utf-8 | 1           | 200
          POST   | /pets   | text/markdown                  | 1           | 200
          POST   | /pets   | application/xml                | 1           | 415
          POST   | /pets   | nonsense                       | 1           | 415
          POST   | /pets   |                                | 1           | 415
          POST   | /pets   | application/json               | 12345678901 | 413
          PATCH  | /pets   | application/json               | {}          | 415
          PATCH  | /pets   | application/merge-patch+json   | {}          | 200
          DELETE | /pets/1 | application/xml                | <a/>        | 200
          """)
  void a_body_is_judged_by_its_head(
      String method, String target, String type, String body, int status) {
    HttpResponse response =
        type == null
            ? server.ask(method, target, body)
            : server.ask(method, target, body, "Content-Type", type);

    assertThat(response.status()).isEqualTo(status);
  }

  @Nested
  class A_body_beyond_its_limit {

    @Test
    void is_refused_by_its_announced_length_alone() {
      HttpResponse response =
          server.ask(
              "POST",
              "/pets",
              "",
              "Content-Type",
              "application/json",
              "Content-Length",
              "99999999999999999999");

      assertThat(response.status()).isEqualTo(413);
    }

    @Test
    void is_refused_while_reading_when_no_length_was_announced() {
      HttpResponse response =
          server.ask(
              "POST",
              "/pets",
              "12345678901",
              "Content-Type",
              "application/json",
              "Transfer-Encoding",
              "chunked");

      assertThat(response.status()).isEqualTo(413);
    }
  }

  /** What is wrong is said, not only what is taken. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/xml                          | The body must be one of: application/json, text/*, multipart/form-data.
                                                   | The body has no Content-Type; it must be one of: application/json, text/*, multipart/form-data.
          json                                     | Content-Type is one media type with each of its parameters once; the body must be one of: application/json, text/*, multipart/form-data.
          application/json, text/plain             | Content-Type is one media type with each of its parameters once; the body must be one of: application/json, text/*, multipart/form-data.
          application/json;charset=utf-8;charset=a | Content-Type is one media type with each of its parameters once; the body must be one of: application/json, text/*, multipart/form-data.
          application/json;charset=utf-8,text/html | Content-Type is one media type with each of its parameters once; the body must be one of: application/json, text/*, multipart/form-data.
          application/json;charset=latin1          | The charset of JSON and forms is UTF-8: say charset=utf-8 or leave it out.
          application/json;charset=nonsense        | The charset of JSON and forms is UTF-8: say charset=utf-8 or leave it out.
          text/html;charset=nonsense               | The charset of the body is none that the server knows; utf-8 is.
          multipart/form-data                      | The Content-Type of a multipart body has a boundary parameter of 1 to 70 characters that RFC 2046 allows.
          multipart/form-data;boundary="a@"        | The Content-Type of a multipart body has a boundary parameter of 1 to 70 characters that RFC 2046 allows.
          """)
  void a_415_says_what_is_wrong(String type, String detail) {
    HttpResponse response =
        type == null
            ? server.ask("POST", "/taken", "x")
            : server.ask("POST", "/taken", "x", "Content-Type", type);

    assertThat(response.status()).isEqualTo(415);
    assertThat(TestServer.text(response)).contains("\"detail\":\"" + detail + "\",");
  }

  @Test
  void two_media_types_are_none() {
    HttpResponse response =
        server.ask("POST", "/pets", "1", "Content-Type", "text/plain", "Content-Type", "text/csv");

    assertThat(response.status()).isEqualTo(415);
  }

  @Test
  void a_coding_in_a_second_field_counts() {
    HttpResponse response =
        server.ask(
            "POST",
            "/pets",
            "x",
            "Content-Type",
            "text/plain",
            "Content-Encoding",
            "identity",
            "Content-Encoding",
            "gzip");

    assertThat(response.status()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "Identity", "identity, identity", ", identity ,"})
  void no_coding_is_said_in_many_ways(String coding) {
    HttpResponse response =
        server.ask("POST", "/pets", "x", "Content-Type", "text/plain", "Content-Encoding", coding);

    assertThat(response.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "gzip, identity"})
  void a_coded_body_is_refused(String coding) {
    HttpResponse response =
        server.ask("POST", "/pets", "x", "Content-Type", "text/plain", "Content-Encoding", coding);

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.headers().get("Accept-Encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @CsvSource({"POST, Accept-Post", "PATCH, Accept-Patch"})
  void a_415_says_what_is_taken(String method, String field) {
    HttpResponse response =
        server.ask(method, "/pets", "x", "Content-Type", "application/x-unknown");

    assertThat(response.status()).isEqualTo(415);
    assertThat(response.headers().get("Accept"))
        .isNotNull()
        .isEqualTo(response.headers().get(field));
  }

  @Test
  void without_a_body_the_media_type_does_not_matter() {
    assertThat(server.ask("POST", "/pets", "", "Content-Type", "application/xml").status())
        .isEqualTo(200);
  }

  @Test
  void an_operation_whose_method_never_arrives_is_refused_at_the_start() {
    Path file =
        TestServer.file(
            """
            openapi: 3.2.0
            info: {title: Methods, version: "1"}
            paths:
              /pets:
                additionalOperations:
                  CONNECT:
                    responses: {"200": {description: ok}}
                  ABCDEFGHIJKLMNOPQRSTUVWXYZ-3456789:
                    responses: {"200": {description: ok}}
                  ABCDEFGHIJKLMNOPQRSTUVWXYZ-34567:
                    responses: {"200": {description: ok}}
            """);

    assertThatThrownBy(BrrtServer.builder().document(file).mock(true)::startInProcess)
        .hasMessage(
            """
            DIR/api.yaml:7:9: error[method-unreachable]: CONNECT is answered with 501: the server is no proxy
                7 |         responses: {"200": {description: ok}}
                  |         ^
              fix: give the operation another method
            DIR/api.yaml:9:9: error[method-unreachable]: a method of more than 32 characters is answered with 501
                9 |         responses: {"200": {description: ok}}
                  |         ^
              fix: give the operation a shorter one
            2 errors\
            """
                .replace("DIR", String.valueOf(file.getParent())));
  }

  @Nested
  class A_built_in_endpoint {

    @Test
    void answers_head_without_content() {
      assertThat(server.get("/health").status()).isEqualTo(200);
      assertThat(TestServer.text(server.ask("HEAD", "/health", ""))).isEmpty();
    }

    @Test
    void never_shadows_a_path_of_the_document() {
      TestServer own =
          TestServer.mocking(
              """
              openapi: 3.1.1
              info: {title: Own, version: "1"}
              paths:
                /health:
                  get:
                    responses: {"200": {description: ok, content: {text/plain: {example: mine}}}}
              """);

      assertThat(TestServer.text(own.get("/health"))).isEqualTo("mine");
    }
  }

  @Nested
  class The_request_id {

    @ParameterizedTest
    @ValueSource(strings = {"a", "01K9ZJ4M0C8Y2S7QF3T5W6X9AB", "4bf92f35:00f0-67aa_0b.a9/+=@~"})
    void of_the_client_is_kept(String id) {
      assertThat(server.get("/pets", "X-Request-ID", id).headers().all("X-Request-ID"))
          .containsExactly(id);
      assertThat(server.get("/nothing", "X-Request-ID", id).headers().all("X-Request-ID"))
          .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "<script>", "a\"b", "caf\u00e9"})
    void of_the_client_is_replaced_when_it_could_do_harm(String id) {
      assertThat(server.get("/pets", "X-Request-ID", id).headers().get("X-Request-ID"))
          .matches("[0-9A-HJKMNP-TV-Z]{26}");
    }

    @Test
    void of_the_client_is_replaced_when_it_is_too_long() {
      assertThat(server.get("/pets", "X-Request-ID", "x".repeat(128)).headers().get("X-Request-ID"))
          .hasSize(128);
      assertThat(server.get("/pets", "X-Request-ID", "x".repeat(129)).headers().get("X-Request-ID"))
          .hasSize(26);
    }

    @Test
    void of_the_client_is_replaced_when_there_are_two() {
      assertThat(
              server
                  .get("/pets", "X-Request-ID", "a", "X-Request-ID", "a")
                  .headers()
                  .get("X-Request-ID"))
          .hasSize(26);
    }

    @Test
    void is_new_for_each_request() {
      assertThat(server.get("/pets").headers().get("X-Request-ID"))
          .isNotEqualTo(server.get("/pets").headers().get("X-Request-ID"));
    }
  }
}
