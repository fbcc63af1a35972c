package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Construct.Treatment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the load report says about the constructs of a document. */
class LoadReportTest {
  private static final Path VALID = Path.of("src/test/resources/valid");

  private static List<String> report(Path document) {
    return OpenApiLoader.load(document, LoadOptions.defaults()).report().stream()
        .map(construct ->
            construct.name()
                + " x"
                + construct.places().size()
                + " "
                + construct.treatment()
                + (construct.note().isEmpty() ? "" : ": " + construct.note()))
        .toList();
  }

  @Test
  void names_every_construct_once() {
    assertThat(report(VALID.resolve("pets-3.1.yaml")))
        .doesNotHaveDuplicates()
        .contains(
            "operation GET x2 HONOURED",
            "path item by reference x1 HONOURED",
            "parameter in query, style deepObject, explode x1 HONOURED",
            "parameter in path, style simple x1 HONOURED",
            "parameter with content application/json x1 HONOURED",
            "request body multipart/form-data x1 HONOURED",
            "response range 4XX x1 HONOURED",
            "default response x1 HONOURED",
            "encoding of a form field or part x2 HONOURED",
            "example with externalValue x1 CAVEAT: documented; the value is not fetched",
            "link x1 CAVEAT: documented; links are for clients to follow",
            "callback x1 CAVEAT: documented; sent by code of the part senders",
            "webhook x1 CAVEAT: documented; sent by code of the part senders",
            "server x4 HONOURED",
            "servers of a path or operation x2 HONOURED",
            "security scheme http Bearer x1 CAVEAT: needs a provider; without one a"
                + " document whose operations take it is not served",
            "deprecated operation x1 HONOURED",
            "deprecated parameter x1 HONOURED",
            "extension x-handler x1 HONOURED",
            "schema dialect https://spec.openapis.org/oas/3.1/dialect/base x1 HONOURED",
            "schema keyword $ref x3 HONOURED");
  }

  @Test
  void names_the_limits_of_what_is_new_in_3_2() {
    assertThat(report(VALID.resolve("pets-3.2.yaml")))
        .contains(
            "operation QUERY x1 HONOURED",
            "additional operation COPY x1 HONOURED",
            "parameter in querystring x1 HONOURED",
            "parameter in cookie, style cookie, explode x1 HONOURED",
            "allowReserved x1 HONOURED",
            "prefixEncoding and itemEncoding x2 HONOURED",
            "nested encoding x1 CAVEAT: documented; a nested multipart is handed over as bytes",
            "itemSchema application/jsonl x1 HONOURED",
            "response application/jsonl x1 HONOURED",
            "$self x1 HONOURED",
            "schema keyword xml x1 CAVEAT: documented; XML is handed over as bytes and not"
                + " validated");
  }

  @Test
  void names_messages_of_WebSockets() {
    assertThat(report(VALID.resolve("live.yaml")))
        .contains(
            "extension x-websocket x2 HONOURED",
            "message of a WebSocket application/vnd.said+json; v=1 x1 HONOURED",
            "message of a WebSocket text/plain x1 HONOURED",
            "message of a WebSocket image/png x1 CAVEAT: a binary message; the content is not checked"
                + " against its schema",
            "extension x-sse x3 HONOURED");
  }

  @Test
  void names_items_where_there_are_some_and_where_there_are_none(@TempDir Path directory)
      throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.0.4
            info: {title: T, version: "1"}
            paths:
              /a:
                post:
                  parameters:
                    - name: x
                      in: query
                      content: {application/jsonl: {x-brrtrouter-item-schema: {type: object}}}
                  requestBody:
                    content:
                      application/x-ndjson: {x-brrtrouter-item-schema: {type: object, nullable: true}}
                      text/event-stream: {x-brrtrouter-item-schema: {type: object}}
                      application/jsonl: {}
                  responses:
                    "200":
                      description: ok
                      content:
                        text/event-stream: {x-brrtrouter-item-schema: {type: object}}
                        application/json: {x-brrtrouter-item-schema: {type: object}}
            """);
    assertThat(report(document))
        .contains(
            "itemSchema application/x-ndjson x1 HONOURED",
            "itemSchema text/event-stream x1 HONOURED",
            "itemSchema text/event-stream x1 CAVEAT: documented; handlers get the bytes of the"
                + " events",
            "itemSchema application/json x1 CAVEAT: documented; only sequential media types have"
                + " items",
            "itemSchema application/jsonl x1 CAVEAT: documented; only sequential media types have"
                + " items",
            "request body application/x-ndjson x1 HONOURED",
            "request body application/jsonl x1 CAVEAT: handlers get the bytes; the content is not"
                + " validated against its schema",
            "response text/event-stream x1 HONOURED");
  }

  @Test
  void names_what_is_read_but_without_effect(@TempDir Path directory) throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("api.yaml"),
            """
            openapi: 3.1.1
            info: {title: T, version: "1"}
            jsonSchemaDialect: https://example.com/dialect
            paths:
              /a:
                get:
                  parameters:
                    - {name: Accept, in: header, schema: {}}
                    - {name: x, in: query, content: {application/xml: {}}}
                    - {name: e, in: query, allowEmptyValue: true, schema: {}}
                  requestBody:
                    content:
                      application/xml: {schema: {contentEncoding: base64, own: 1}, encoding: {}}
                  responses:
                    "200":
                      description: ok
                      headers: {content-type: {schema: {format: fancy}}}
                      content: {text/csv: {}}
            """);
    assertThat(report(document))
        .contains(
            "request body of GET x1 CAVEAT: HTTP gives it no meaning there; it is read and"
                + " validated like any other",
            "parameter with content application/xml x1 CAVEAT: only JSON and text are decoded and"
                + " validated; handlers get other content as text",
            "header parameter Accept x1 CAVEAT: ignored, as the specification demands",
            "allowEmptyValue x1 HONOURED",
            "request body application/xml x1 CAVEAT: handlers get the bytes; the content is not"
                + " validated against its schema",
            "encoding x1 CAVEAT: applies to form and multipart content only; ignored elsewhere",
            "response text/csv x1 CAVEAT: the content is not checked against its schema",
            "response header Content-Type x1 CAVEAT: ignored, as the specification demands",
            "schema dialect https://example.com/dialect x1 REFUSED: unknown; known are those"
                + " of OpenAPI 3.1 and 3.2 and JSON Schema 2020-12",
            "schema keyword contentEncoding x1 CAVEAT: an annotation, but for JSON in the data of"
                + " events; other strings are not decoded",
            "schema keyword own x1 CAVEAT: unknown; kept, without effect",
            "format fancy x1 CAVEAT: unknown; an annotation unless registered");
  }

  @Test
  void refuses_nothing_standard() {
    for (String name : List.of("pets-3.0.yaml", "pets-3.1.yaml", "pets-3.2.yaml")) {
      assertThat(OpenApiLoader.load(VALID.resolve(name), LoadOptions.defaults()).report())
          .noneMatch(construct -> construct.treatment() == Treatment.REFUSED);
    }
  }
}
