package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decisions of a mock, one row each. */
class MockTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Mocks, version: "1"}
      paths:
        /pet:
          get:
            responses:
              "404": {description: none, content: {application/problem+json: {example: {title: gone}}}}
              "201":
                description: later
                content: {text/plain: {example: created}}
              "200":
                description: ok
                headers:
                  X-Rate: {schema: {type: integer, minimum: 7}}
                  X-Ids: {schema: {type: array, items: {type: string}}, example: [a, b]}
                  X-Where: {explode: true, schema: {type: object}, examples: {one: {value: {x: 1, y: n}}}}
                  X-Where-Flat: {schema: {type: object}, example: {x: 1, y: n}}
                  X-Json: {content: {application/json: {schema: {type: object}, example: {a: 1}}}}
                  X-Json-Generated: {content: {application/json: {schema: {const: [1]}}}}
                  X-Beyond-Latin: {schema: {type: string}, example: "\\u20ac"}
                  Content-Type: {schema: {type: string}, example: ignored/ignored}
                content:
                  application/json:
                    schema: {type: object, required: [name], properties: {name: {type: string, const: generated}}}
                    examples:
                      cat: {value: {name: Tom}}
                      dog: {dataValue: {name: Rex}}
                      raw: {serializedValue: "{ }"}
                      far: {externalValue: "https://example.com/far.json"}
                  text/csv: {example: "name\\nTom"}
                  application/xml: {schema: {type: string}}
              "4XX": {description: client}
              default: {description: other, content: {application/json: {example: {any: thing}}}}
        /range: {get: {responses: {"3XX": {description: r}, "2XX": {description: ok, content: {text/plain: {example: two}}}}}}
        /default: {get: {responses: {"404": {description: n}, default: {description: d, content: {text/plain: {example: def}}}}}}
        /error: {get: {responses: {"503": {description: n}, "404": {description: n, content: {text/plain: {example: none}}}}}}
        /nothing: {get: {responses: {"204": {description: done}, "404": {description: n}}}}
        /types:
          get:
            responses:
              "200":
                description: generated
                content:
                  application/json: {}
                  text/plain: {}
                  image/png: {}
                  text/*: {schema: {type: string, const: text}}
                  image/*: {}
                  audio/*: {}
                  video/*: {}
                  application/*: {}
                  "*/*": {}
        /events:
          get:
            responses:
              "200":
                description: streams
                content:
                  text/event-stream: {itemSchema: {const: {event: tick, data: "a\\nb", id: 1}}}
                  application/jsonl: {itemSchema: {const: {n: 1}}}
                  application/json-seq: {itemSchema: {const: {n: 1}}}
        /written:
          get:
            responses:
              "200":
                description: in syntaxes of their own
                content:
                  application/xml: {schema: {type: object, properties: {a: {type: string}}}}
                  application/atom+xml: {schema: {type: object}, example: <feed/>}
                  application/x-www-form-urlencoded: {schema: {type: object}, example: a=1}
                  text/csv: {schema: {type: array, items: {type: string}}, example: [a]}
                  image/png: {schema: {type: string, const: hello}}
                  application/octet-stream: {schema: {type: string, const: hello}}
                  application/yaml: {example: {a: 1}}
                  text/plain: {example: {a: 1}}
        /xml:
          get:
            responses:
              "200":
                description: nothing else
                content: {application/xml: {schema: {type: string}}, multipart/mixed: {}}
        /unsatisfiable:
          get:
            responses: {"200": {description: no, content: {application/json: {schema: {allOf: [{type: string}, {type: integer}]}}}}}
      """;

  private final TestServer server = TestServer.mocking(DOCUMENT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /pet           |                  |                       | 200 | application/json         | {"name":"Tom"}
          /pet           | text/csv         |                       | 200 | text/csv                 | name~Tom
          /pet           | text/csv;q=0.5, application/json;q=0.4 |  | 200 | text/csv                | name~Tom
          /pet           |                  | example=dog           | 200 | application/json         | {"name":"Rex"}
          /pet           |                  | example="dog"         | 200 | application/json         | {"name":"Rex"}
          /pet           |                  | example=raw           | 200 | application/json         | { }
          /pet           |                  | dynamic=true          | 200 | application/json         | {"name":"generated"}
          /pet           |                  | dynamic=false         | 200 | application/json         | {"name":"Tom"}
          /pet           |                  | code=404              | 404 | application/problem+json | {"title":"gone"}
          /pet           | application/json | code=404              | 404 | application/problem+json | {"title":"gone"}
          /pet           |                  | code=201              | 201 | text/plain               | created
          /pet           |                  | code=418              | 418 |                          |
          /pet           |                  | code=500              | 500 | application/json         | {"any":"thing"}
          /pet           |                  | code=200, example=dog | 200 | application/json         | {"name":"Rex"}
          /pet           |                  | code=200; example=dog | 200 | application/json         | {"name":"Rex"}
          /pet           |                  | respond-async         | 200 | application/json         | {"name":"Tom"}
          /range         |                  |                       | 200 | text/plain               | two
          /range         |                  | code=207              | 207 | text/plain               | two
          /range         |                  | code=302              | 302 |                          |
          /default       |                  |                       | 200 | text/plain               | def
          /default       |                  | code=201              | 201 | text/plain               | def
          /error         |                  |                       | 404 | text/plain               | none
          /nothing       |                  |                       | 204 |                          |
          /types         |                  |                       | 200 | application/json         | null
          /types         | text/plain       |                       | 200 | text/plain               | text
          /types         | text/markdown    |                       | 200 | text/plain               | text
          /events        | application/jsonl |                      | 200 | application/jsonl        | {"n":1}~
          /events        | application/json-seq |                   | 200 | application/json-seq     | ^{"n":1}~
          /events        | text/event-stream |                      | 200 | text/event-stream        | event: tick~data: a~data: b~id: 1~~
          /written       |                  |                       | 200 | application/atom+xml     | <feed/>
          /written       | application/xml, application/yaml;q=0.1 | | 200 | application/yaml       | {"a":1}
          /written       | application/x-www-form-urlencoded |     | 200 | application/x-www-form-urlencoded | a=1
          /written       | application/atom+xml | dynamic=true      | 200 | application/atom+xml     | <feed/>
          /written       | application/octet-stream |              | 200 | application/octet-stream | hello
          /written       | text/plain       |                       | 200 | text/plain               | {"a":1}
          /unsatisfiable |                  |                       | 200 | application/json         | null
          """)
  void a_mock_answers(
      String path, String accept, String prefer, int status, String type, String content) {
    HttpResponse response =
        server.get(
            path,
            "Accept",
            accept == null ? "*/*" : accept,
            "Prefer",
            prefer == null ? "" : prefer);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("Content-Type")).isEqualTo(type);
    assertThat(TestServer.text(response))
        .isEqualTo(content == null ? "" : content.replace('~', '\n').replace('^', '\u001e'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image/png | image/png
          image/gif | image/png
          audio/ogg | audio/mpeg
          video/ogg | video/mp4
          application/pdf | application/octet-stream
          font/woff | application/json
          """)
  void a_range_becomes_a_type_with_some_content(String accept, String type) {
    HttpResponse response = server.get("/types", "Accept", accept);

    assertThat(response.headers().get("Content-Type")).isEqualTo(type);
    assertThat(TestServer.text(response)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /pet   | example=bird            | example | "available":["cat","dog","raw"]
          /pet   | example=far             | example | "available":["cat","dog","raw"]
          /pet   | code=404, example=cat   | example | "available":[]
          /range | code=404                | code    | "available":["3XX","2XX"]
          /range | code=abc                | code    | "available":["3XX","2XX"]
          /range | code=100                | code    | "available":["3XX","2XX"]
          /range | code=                   | code    | "available":["3XX","2XX"]
          """)
  void what_does_not_exist_is_refused_with_what_does(
      String path, String prefer, String preference, String available) {
    HttpResponse response = server.get(path, "Prefer", prefer);

    assertThat(response.status()).isEqualTo(400);
    assertThat(TestServer.text(response))
        .contains("unknown-preference", "\"preference\":\"" + preference + "\"", available);
  }

  @Nested
  class Headers {

    @Test
    void have_their_examples_or_generated_values_in_simple_style() {
      HttpResponse response = server.get("/pet");

      assertThat(TestServer.wire(response))
          .isEqualTo(
              """
              200
              X-Rate: 7
              X-Ids: a,b
              X-Where: x=1,y=n
              X-Where-Flat: x,1,y,n
              X-Json: {"a":1}
              X-Json-Generated: [1]
              Content-Type: application/json

              {"name":"Tom"}\
              """);
    }

    @Test
    void tell_which_preferences_were_applied() {
      assertThat(
              server
                  .get("/pet", "Prefer", "example=dog, code=200")
                  .headers()
                  .get("Preference-Applied"))
          .isEqualTo("code, example");
      assertThat(server.get("/pet", "Prefer", "dynamic=true").headers().get("Preference-Applied"))
          .isEqualTo("dynamic");
      assertThat(server.get("/pet", "Prefer", "wait=5").headers().contains("Preference-Applied"))
          .isFalse();
    }
  }

  @Test
  void a_mock_validates_like_any_handler() {
    TestServer mock =
        TestServer.mocking(
            """
            openapi: 3.1.1
            info: {title: V, version: "1"}
            paths:
              /x:
                get:
                  parameters: [{name: n, in: query, required: true, schema: {type: integer}}]
                  responses: {"200": {description: ok}}
            """);

    assertThat(mock.get("/x").status()).isEqualTo(400);
    assertThat(mock.get("/x?n=1").status()).isEqualTo(200);
  }

  /** As long as the schema lets it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | {"status":404}
          409 | {"status":100}
          418 | {"state":100}
          451 | {"status":451}
          503 | {"status":503}
          """)
  void a_problem_has_the_status_of_its_response(String status, String body) {
    TestServer mock =
        TestServer.mocking(
            """
            openapi: 3.1.1
            info: {title: V, version: "1"}
            paths:
              /x:
                get:
                  responses:
                    "404":
                      description: none
                      content:
                        application/problem+json:
                          schema: {type: object, required: [status], properties: {status: {type: integer, minimum: 100}}}
                    "409":
                      description: none
                      content:
                        application/problem+json:
                          schema: {type: object, required: [status], properties: {status: {type: integer, enum: [100]}}}
                    "418":
                      description: none
                      content:
                        application/problem+json:
                          schema: {type: object, required: [state], properties: {state: {type: integer, enum: [100]}}}
                    4XX:
                      description: none
                      content:
                        application/problem+json; charset=utf-8:
                          schema: {type: object, required: [status], properties: {status: {type: integer, minimum: 100}}}
                    default:
                      description: none
                      content:
                        application/problem+json:
                          schema: {type: object, required: [status], properties: {status: {type: integer, minimum: 100}}}
            """);

    HttpResponse response = mock.get("/x", "Prefer", "code=" + status);

    assertThat(response.status()).isEqualTo(Integer.parseInt(status));
    assertThat(TestServer.text(response)).isEqualTo(body);
  }

  @Test
  void head_gets_the_headers_of_get() {
    HttpResponse response = server.ask("HEAD", "/pet", "");

    assertThat(response.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(TestServer.text(response)).isEmpty();
  }

  @Test
  void the_echo_says_what_was_received() {
    TestServer echo =
        TestServer.of(
            """
            openapi: 3.1.1
            info: {title: Echo, version: "1"}
            paths:
              /e/{id}:
                post:
                  operationId: say
                  parameters:
                  - {name: id, in: path, required: true, schema: {type: integer}}
                  - {name: q, in: query, schema: {type: array, items: {type: string}}}
                  - {name: X-H, in: header, schema: {type: string}}
                  - {name: c, in: cookie, schema: {type: boolean}}
                  requestBody: {content: {application/json: {}, multipart/form-data: {}}}
                  responses: {"200": {description: ok}}
            """,
            builder -> builder.echo(true));

    assertThat(
            TestServer.text(
                echo.ask(
                    "POST",
                    "/e/5?q=a&q=b",
                    "[1]",
                    "Content-Type",
                    "application/json",
                    "X-H",
                    "h",
                    "Cookie",
                    "c=true")))
        .isEqualTo(
            """
            {"handler":"say","method":"POST","path":"/e/{id}","params":[["id",5]],\
            "query":[["q",["a","b"]]],"headers":[["X-H","h"]],"cookies":[["c",true]],"body":[1]}\
            """);
    assertThat(
            TestServer.text(
                echo.ask(
                    "POST",
                    "/e/5",
                    "--b\r\nContent-Disposition: form-data; name=\"n\"; filename=\"f\"\r\n\r\nvv\r\n--b--\r\n",
                    "Content-Type",
                    "multipart/form-data; boundary=b")))
        .contains(
            "\"parts\":[{\"name\":\"n\",\"fileName\":\"f\",\"contentType\":\"text/plain\",\"size\":2}]");
  }

  @ParameterizedTest
  @CsvSource({
    "/written, application/xml",
    "/written, text/csv",
    "/xml, application/xml",
    "/xml, multipart/mixed"
  })
  void json_is_never_sent_as_what_it_is_not(String path, String type) {
    HttpResponse response = server.get(path, "Accept", type);

    assertThat(response.status()).isEqualTo(406);
    assertThat(TestServer.text(response))
        .contains(
            "not-acceptable",
            "\"detail\":\"A mock cannot make "
                + type
                + " from a schema; add an example to the document, as text.\"",
            path.equals("/xml")
                ? "\"available\":[]"
                : "\"available\":[\"application/atom+xml\",\"application/x-www-form-urlencoded\","
                    + "\"image/png\",\"application/octet-stream\",\"application/yaml\","
                    + "\"text/plain\"]");
  }

  @Test
  void a_text_is_no_image() {
    assertThat(TestServer.text(server.get("/written", "Accept", "image/png")))
        .contains("MOCK\r\n")
        .doesNotContain("hello");
  }

  @Test
  void what_cannot_be_written_is_told_once_with_its_place() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.mock")) {
      TestServer mock = TestServer.mocking(DOCUMENT);
      mock.get("/xml");
      mock.get("/xml");

      assertThat(log.about("application/xml"))
          .singleElement()
          .satisfies(event ->
              assertThat(event.getFormattedMessage())
                  .matches(
                      ".*:[0-9]+:[0-9]+: mocks cannot make application/xml from a schema, so they"
                          + " answer with another media type, or with 406 where none is acceptable;"
                          + " add an example, as text"));
    }
  }

  private static final String CHARSETS =
      """
      openapi: 3.2.0
      info: {title: C, version: "1"}
      paths:
        /latin:
          get:
            responses:
              "200":
                description: Latin
                content:
                  text/plain; charset=iso-8859-1:
                    schema: {type: string, const: "\\u00fc"}
                    examples:
                      value: {value: "caf\\u00e9"}
                      raw: {serializedValue: "\\u00e9"}
                      euro: {serializedValue: "1 \\u20ac"}
        /json:
          get:
            responses:
              "200": {description: j, content: {application/json; charset=iso-8859-1: {example: ["\\u00e9"]}}}
        /nonsense:
          get:
            responses:
              "200": {description: n, content: {text/plain; charset=nonsense: {example: a}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /latin    |              | 200 | 636166e9
          /latin    | example=raw  | 200 | e9
          /latin    | dynamic=true | 200 | fc
          /json     |              | 200 | 5b22c3a9225d
          """)
  void text_is_written_in_the_charset_that_is_announced_and_json_in_utf_8(
      String path, String prefer, int status, String octets) {
    HttpResponse response =
        TestServer.mocking(CHARSETS).get(path, "Prefer", prefer == null ? "" : prefer);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().get("Content-Type")).endsWith("; charset=iso-8859-1");
    assertThat(HexFormat.of().formatHex(((Body.Bytes) response.body()).bytes())).isEqualTo(octets);
  }

  @Test
  void what_a_charset_does_not_have_is_left_out_and_told() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.mock")) {
      TestServer mock = TestServer.mocking(CHARSETS);

      assertThat(TestServer.text(mock.get("/latin", "Prefer", "example=euro")))
          .contains("\"available\":[\"value\",\"raw\"]");
      assertThat(mock.get("/nonsense").status()).isEqualTo(406);
      for (String type : List.of("iso-8859-1", "nonsense")) {
        assertThat(log.about("text/plain; charset=" + type))
            .singleElement()
            .satisfies(event ->
                assertThat(event.getFormattedMessage())
                    .matches(
                        ".*:[0-9]+:[0-9]+: mocks cannot write all content of text/plain; charset="
                            + type
                            + " in its charset and leave out what they cannot; say utf-8, or use"
                            + " characters that the charset has"));
      }
    }
  }

  @Test
  void what_has_no_value_is_told_once_when_it_is_first_asked_for() {
    String document =
        """
        openapi: 3.1.1
        info: {title: Mocks, version: "1"}
        paths:
          /huge:
            get:
              responses:
                "200":
                  description: huge
                  content: {application/json: {schema: {type: string, minLength: 50000000}}}
          /nothing-fits:
            get:
              responses:
                "200":
                  description: impossible
                  content: {application/json: {schema: {allOf: [{const: 1}, {const: 2}]}}}
        """;
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.mock")) {
      TestServer mock = TestServer.mocking(document);
      assertThat(log.about(":15:48: no value")).isEmpty();

      assertThat(mock.get("/nothing-fits").status()).isEqualTo(200);
      assertThat(mock.get("/nothing-fits").status()).isEqualTo(200);

      assertThat(mock.get("/huge").status()).isEqualTo(200);
      assertThat(log.about(":9:48: no value was found")).hasSize(1);
      assertThat(log.about(":15:48: no value was found"))
          .singleElement()
          .satisfies(event ->
              assertThat(event.getFormattedMessage())
                  .endsWith(
                      ":15:48: no value was found that satisfies this schema, so mocks answer with"
                          + " one that does not; add an example"));
    }
  }
}
