package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Divisor;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;
import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.ParameterBinding;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far generated code may judge by itself, for documents that changed since it was generated.
 */
class TypedHandlerTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Things, version: "1"}
      paths:
        /things:
          post:
            operationId: add
            parameters:
              - {name: dry, in: query, schema: {type: boolean, default: false}}
            requestBody:
              required: true
              content:
                application/json: {schema: {$ref: "#/components/schemas/Thing"}}
                application/x-www-form-urlencoded: {schema: {$ref: "#/components/schemas/Thing"}}
            responses:
              "201":
                description: added
                content:
                  application/json: {schema: {$ref: "#/components/schemas/Thing"}}
      components:
        schemas:
          Thing:
            type: object
            required: [size]
            properties:
              size: {type: integer, format: int64, maximum: 9}
      """;

  private record Thing(long size) {}

  /** As generated for the document; remembers what it was asked to judge. */
  private static final class ThingCodec implements JsonCodec<Thing> {
    private static final TextTable FIELDS = TextTable.of("size");
    private static final JsonFragment SIZE = JsonFragment.name("size");
    private final long greatest;
    private final List<Checks> reads = new ArrayList<>();
    private final List<Checks> writes = new ArrayList<>();

    ThingCodec(long greatest) {
      this.greatest = greatest;
    }

    @Override
    public Thing read(JsonInput in) {
      reads.add(in.checking() ? Checks.ALL : Checks.SYNTAX);
      boolean seen = false;
      long size = 0;
      in.beginObject();
      for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
        if (field == 0) {
          seen = true;
          size = in.readLong();
        } else {
          in.skip();
        }
      }
      if (!seen || (in.checking() && size > greatest)) {
        throw in.refuse();
      }
      return new Thing(size);
    }

    @Override
    public void write(Thing thing, JsonOutput out) {
      writes.add(out.checking() ? Checks.ALL : Checks.SYNTAX);
      if (out.checking() && thing.size() > greatest) {
        out.violation();
      }
      out.beginObject();
      out.name(SIZE);
      out.writeLong(thing.size());
      out.endObject();
    }
  }

  /** As generated for a number that is a multiple of three; keeps how large it is. */
  private static final class MultipleCodec implements JsonCodec<Thing> {
    private static final Divisor THREE = Divisor.of("3");

    @Override
    public Thing read(JsonInput in) {
      BigDecimal size = BigDecimal.ZERO;
      in.beginObject();
      while (in.nextField(ThingCodec.FIELDS) != JsonInput.END) {
        size = in.readDecimal();
      }
      if (in.checking() && !THREE.divides(size)) {
        throw in.refuse();
      }
      return new Thing(-size.scale());
    }

    @Override
    public void write(Thing thing, JsonOutput out) {
      out.beginObject();
      out.name(ThingCodec.SIZE);
      out.writeLong(thing.size());
      out.endObject();
    }
  }

  /** As generated for the document; answers what it received, one larger. */
  private static class AddThing implements TypedHandler {
    private final BodyBinding.Value<Thing> json;
    private final BodyBinding.Value<Thing> form;
    private final ContentBinding<Thing> created;
    private final List<ParameterBinding> parameters;

    AddThing(JsonCodec<Thing> codec, String generatedFrom) {
      Loaded document = OpenApiLoader.load(TestServer.file(generatedFrom), LoadOptions.defaults());
      SchemaCompiler.Builder schemas = SchemaCompiler.builder().assertFormats(true);
      document.resources().forEach(schemas::resource);
      SchemaCompiler compiler = schemas.build();
      Operation add = document.api().orElseThrow().operations().getFirst();
      MediaType body = add.requestBody().orElseThrow().content().get("application/json");
      MediaType content = add.responses().get("201").content().get("application/json");
      Optional<Fingerprint> request = Optional.of(print(compiler, body.schema(), View.REQUEST));
      json = new BodyBinding.Value<>("application/json", codec, true, request);
      form = new BodyBinding.Value<>("application/x-www-form-urlencoded", codec, true, request);
      created =
          new ContentBinding.JsonContent<>(
              "201",
              "application/json",
              codec,
              true,
              Optional.of(print(compiler, content.schema(), View.RESPONSE)));
      parameters =
          List.of(
              new ParameterBinding(
                  ParameterLocation.QUERY,
                  "dry",
                  false,
                  Optional.of(
                      print(compiler, add.parameters().getFirst().schema(), View.REQUEST))));
    }

    private static Fingerprint print(SchemaCompiler compiler, Optional<Schema> schema, View view) {
      Schema at = schema.orElseThrow();
      String target = at.node().path("$ref").asString("");
      return Fingerprint.of(
          compiler, at.resource(), target.isEmpty() ? at.pointer() : target.substring(1), view);
    }

    @Override
    public Bindings bindings() {
      return new Bindings(
          "shop.api.AddRequest",
          new Bindings.OperationName("add", "POST", "/things"),
          parameters,
          true,
          List.of(json, form),
          List.of(created));
    }

    @Override
    public TypedResponse<?> answer(Request request) throws ServiceException {
      assertThat(Request.current()).isSameAs(request);
      Thing thing = request.hasBody(json) ? request.body(json) : request.body(form);
      return TypedResponse.of(201, Headers.empty(), created, new Thing(thing.size() + 1));
    }
  }

  private final ThingCodec codec = new ThingCodec(9);

  private TestServer server(String document) {
    return TestServer.of(
        document,
        builder ->
            builder
                .config(TestServer.config("responses.check", "enforce"))
                .handler("add", new AddThing(codec, DOCUMENT)));
  }

  private static JsonNode problem(HttpResponse response) {
    return JsonMapper.shared().readTree(TestServer.text(response));
  }

  @Nested
  class For_the_document_it_was_generated_from {
    private final TestServer server = server(DOCUMENT);

    @Test
    void the_code_judges_what_it_reads_and_writes_and_nobody_else_does() {
      HttpResponse response = server.post("/things", "{\"size\": 4}");

      assertThat(TestServer.wire(response))
          .isEqualTo("201\nContent-Type: application/json\n\n{\"size\":5}");
      assertThat(codec.reads).containsExactly(Checks.ALL);
      assertThat(codec.writes).containsExactly(Checks.ALL);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {"size": 10} | /size | maximum
            {"size": ""} | /size | type
            {}           | ''    | required
            """)
    void what_it_refuses_the_schema_explains(String body, String pointer, String keyword) {
      HttpResponse response = server.post("/things", body);

      assertThat(response.status()).isEqualTo(400);
      JsonNode error = problem(response).path("errors").path(0);
      assertThat(error.path("pointer").stringValue()).isEqualTo(pointer);
      assertThat(error.path("keyword").stringValue()).isEqualTo(keyword);
    }

    @Test
    void a_service_that_does_not_answer_is_told() {
      AddThing waiting =
          new AddThing(codec, DOCUMENT) {
            @Override
            public TypedResponse<?> answer(Request request) throws ServiceException {
              throw new ServiceException(ServiceException.Kind.TIMEOUT, "It is late.", null);
            }
          };
      Filter asking =
          (_, _) -> {
            throw new ServiceException(ServiceException.Kind.FAILED, "It is gone.", null);
          };
      TestServer ofHandler = TestServer.of(DOCUMENT, builder -> builder.handler("add", waiting));
      TestServer ofFilter =
          TestServer.of(
              DOCUMENT,
              builder -> builder.filter(asking).handler("add", new AddThing(codec, DOCUMENT)));

      HttpResponse late = ofHandler.post("/things", "{\"size\": 4}");
      assertThat(late.status()).isEqualTo(504);
      assertThat(problem(late).path("detail").stringValue()).isEqualTo("It is late.");
      HttpResponse gone = ofFilter.post("/things", "{\"size\": 4}");
      assertThat(gone.status()).isEqualTo(502);
      assertThat(problem(gone).path("detail").stringValue()).isEqualTo("It is gone.");
    }

    @Test
    void what_is_not_json_has_its_line() {
      assertThat(problem(server.post("/things", "{\"size\": 4,}")).path("type").stringValue())
          .endsWith("malformed-json");
    }

    @Test
    void a_form_is_judged_by_the_schema_and_bound() {
      HttpResponse response =
          server.ask(
              "POST", "/things", "size=4", "Content-Type", "application/x-www-form-urlencoded");

      assertThat(TestServer.text(response)).isEqualTo("{\"size\":5}");
      assertThat(codec.reads).containsExactly(Checks.SYNTAX);
    }

    @Test
    void a_response_that_breaks_the_document_is_withheld_with_the_schemas_reason() {
      try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
        String id = RequestIds.next();
        HttpResponse response =
            server.ask(
                "POST",
                "/things",
                "{\"size\": 9}",
                "Content-Type",
                "application/json",
                "X-Request-ID",
                id);

        assertThat(response.status()).isEqualTo(500);
        assertThat(log.about(id).getFirst().getFormattedMessage())
            .contains("body /size: must be at most 9");
      }
    }

    @Test
    void an_integer_beyond_64_bits_cannot_be_taken() {
      String unbounded = DOCUMENT.replace(", maximum: 9", "");
      TestServer server =
          TestServer.of(
              unbounded,
              builder ->
                  builder.handler("add", new AddThing(new ThingCodec(Long.MAX_VALUE), unbounded)));

      HttpResponse response = server.post("/things", "{\"size\": 9223372036854775808}");

      assertThat(response.status()).isEqualTo(400);
    }
  }

  @Nested
  class With_numbers_that_are_computed_with {
    private static final String MULTIPLES =
        DOCUMENT.replace("type: integer, format: int64, maximum: 9", "type: number, multipleOf: 3");

    @ParameterizedTest
    @CsvSource({
      "10, 3e10, 201",
      "10, 3e11, 400",
      "10, 4e10, 400",
      "10, 4e11, 400",
      "10, 0e11, 201",
      "1000, 3e1000, 201",
      "1000, 3e1001, 400",
      "5000, 3e5000, 201",
      "5000, 4e5000, 400",
      "5000, 3e5001, 400"
    })
    void the_setting_decides_up_to_which_exponent(int exponent, String size, int status) {
      TestServer server =
          TestServer.of(
              MULTIPLES,
              builder ->
                  builder
                      .config(
                          TestServer.config(
                              "json.max_exponent",
                              String.valueOf(exponent),
                              "responses.check",
                              "off"))
                      .handler("add", new AddThing(new MultipleCodec(), MULTIPLES)));

      HttpResponse response = server.post("/things", "{\"size\": " + size + "}");

      assertThat(response.status()).isEqualTo(status);
      if (status == 400) {
        assertThat(problem(response).path("errors").path(0).path("keyword").stringValue())
            .isEqualTo("multipleOf");
      }
    }

    @Test
    void a_number_that_is_not_computed_with_has_any_exponent() {
      String plain = MULTIPLES.replace(", multipleOf: 3", "");
      TestServer server =
          TestServer.of(
              plain,
              builder ->
                  builder
                      .config(TestServer.config("responses.check", "off"))
                      .handler("add", new AddThing(new MultipleCodec(), plain)));

      assertThat(TestServer.text(server.post("/things", "{\"size\": 4e5000}")))
          .isEqualTo("{\"size\":5001}");
    }
  }

  @Nested
  class For_a_document_of_the_same_shape {

    @Test
    void the_schema_judges_and_the_code_binds() {
      TestServer server = server(DOCUMENT.replace("maximum: 9", "maximum: 99"));

      assertThat(TestServer.text(server.post("/things", "{\"size\": 50}")))
          .isEqualTo("{\"size\":51}");
      assertThat(server.post("/things", "{\"size\": 100}").status()).isEqualTo(400);
      assertThat(server.post("/things", "{\"size\": 99}").status()).isEqualTo(500);
      assertThat(codec.reads).containsOnly(Checks.SYNTAX);
      assertThat(codec.writes).containsOnly(Checks.SYNTAX);
    }
  }

  @Nested
  class For_a_document_of_another_shape {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            required: [size]                 | required: []             | 12:38  | the request body in application/json has another shape
            type: integer, format: int64     | type: string             | 12:38  | the request body in application/json has another shape
            dry, in: query                   | dry, in: header          | 6:7    | query parameter "dry" is no longer in the document
            dry, in: query                   | dry, in: header          | 8:11   | header parameter "dry" is new
            , default: false                 | ''                       | 8:11   | query parameter "dry" has another shape
            required: true                   | required: false          | 10:9   | the request body is no longer required
            application/x-www-form-urlencoded| text/plain               | 10:9   | the request body in application/x-www-form-urlencoded is no longer there
            application/x-www-form-urlencoded| text/plain               | 13:23  | the request body in text/plain is new
            "201"                            | "200"                    | 6:7    | the content of 201 in application/json is no longer there
            """)
    void the_document_is_refused_with_its_line_and_the_java_type(
        String before, String after, String place, String what) {
      String changed = DOCUMENT.replace(before, after);

      assertThatThrownBy(() -> server(changed))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused ->
                  assertThat(refused.findings())
                      .anySatisfy(finding -> {
                        assertThat(finding.message())
                            .isEqualTo(
                                "operation \"add\": "
                                    + what
                                    + "; shop.api.AddRequest was generated from another document");
                        assertThat(finding.location().toString()).endsWith(":" + place);
                        assertThat(finding.rule()).isEqualTo("types-outdated");
                      }));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            operationId: add | operationId: add, x-handler: plus | "plus" (POST /things)
            post:            | put:                              | "add" (PUT /things)
            /things:         | /other:                           | "add" (POST /other)
            """)
    void the_code_of_another_operation_is_refused_however_much_alike(
        String before, String after, String operation) {
      String changed = DOCUMENT.replace(before, after.replace(", ", "\n      "));
      String name = operation.substring(1, operation.indexOf('"', 1));
      AddThing handler = new AddThing(codec, DOCUMENT);

      assertThatThrownBy(() -> TestServer.of(changed, builder -> builder.handler(name, handler)))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused ->
                  assertThat(refused.findings())
                      .filteredOn(finding -> finding.rule().equals("types-outdated"))
                      .singleElement()
                      .satisfies(finding -> {
                        assertThat(finding.message())
                            .isEqualTo(
                                "operation "
                                    + operation
                                    + ": the handler takes shop.api.AddRequest, which was generated"
                                    + " for \"add\" (POST /things)");
                        assertThat(finding.fix())
                            .isEqualTo(
                                "register the handler of this operation, or generate the code again"
                                    + " where the document has changed");
                        assertThat(finding.location().toString()).endsWith(":6:7");
                      }));
    }

    @Test
    void a_handler_that_does_not_fit_replaces_no_other() {
      TestServer server = TestServer.mocking(DOCUMENT.replace("required: [size]", "required: []"));

      assertThatThrownBy(() -> server.server().replaceHandler("add", new AddThing(codec, DOCUMENT)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the request body in application/json has another shape");
    }
  }

  /** As generated for an operation that streams its body, or for one that does not. */
  private record PutFilm(BodyBinding<?> binding) implements TypedHandler {
    private static final BodyBinding.Streamed STREAMED = new BodyBinding.Streamed("video/*");
    private static final String DOCUMENT =
        """
        openapi: 3.1.1
        info: {title: Films, version: "1"}
        paths:
          /films:
            put:
              operationId: put
              x-brrtrouter-stream-body: true
              requestBody:
                required: true
                content:
                  video/*: {}
              responses:
                "204": {description: kept}
        """;

    @Override
    public Bindings bindings() {
      return new Bindings(
          "films.api.PutRequest",
          new Bindings.OperationName("put", "PUT", "/films"),
          List.of(),
          true,
          List.of(binding),
          List.of());
    }

    @Override
    public TypedResponse<?> answer(Request request) throws IOException {
      assertThat(request.hasBody(STREAMED)).isTrue();
      ContentSource body = request.body(STREAMED);
      assertThat(body).isSameAs(request.content());
      String read = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return TypedResponse.empty(204, Headers.of("X-Read", read));
    }

    static TestServer server(String document, BodyBinding<?> binding) {
      return TestServer.of(document, builder -> builder.handler("put", new PutFilm(binding)));
    }
  }

  @Nested
  class Of_an_operation_that_streams_its_body {

    @Test
    void the_code_reads_what_comes() {
      HttpResponse response =
          PutFilm.server(PutFilm.DOCUMENT, PutFilm.STREAMED)
              .ask("PUT", "/films", "a film", "Content-Type", "video/mp4");

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.headers().get("X-Read")).isEqualTo("a film");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            true  | octets
            true  | value
            false | streamed
            ''    | streamed
            """)
    void code_of_a_document_in_which_it_was_otherwise_is_refused(String streams, String generated) {
      String mark = "      x-brrtrouter-stream-body: ";
      String document =
          PutFilm.DOCUMENT.replace(mark + "true\n", streams.isEmpty() ? "" : mark + streams + "\n");
      assertThat(document.contains("body: true")).isEqualTo(streams.equals("true"));
      BodyBinding<?> binding =
          switch (generated) {
            case "octets" -> new BodyBinding.Octets("video/*");
            case "value" -> new BodyBinding.Value<>("video/*", codec, true, Optional.empty());
            default -> PutFilm.STREAMED;
          };

      assertThatThrownBy(() -> PutFilm.server(document, binding))
          .isInstanceOfSatisfying(
              StartupException.class,
              refused ->
                  assertThat(refused.findings())
                      .filteredOn(finding -> finding.rule().equals("types-outdated"))
                      .singleElement()
                      .satisfies(finding -> {
                        assertThat(finding.message())
                            .isEqualTo(
                                "operation \"put\": the request body in video/* has another shape;"
                                    + " films.api.PutRequest was generated from another document");
                        assertThat(finding.location().toString())
                            .endsWith(streams.isEmpty() ? ":10:20" : ":11:20");
                      }));
    }

    @Test
    void an_untyped_handler_that_reads_it_can_replace_the_code() {
      TestServer server = PutFilm.server(PutFilm.DOCUMENT, PutFilm.STREAMED);
      server
          .server()
          .replaceHandler(
              "put",
              request ->
                  HttpResponse.of(204)
                      .withHeader("X-Length", "" + request.content().readAllBytes().length));

      assertThat(
              server
                  .ask("PUT", "/films", "a film", "Content-Type", "video/mp4")
                  .headers()
                  .get("X-Length"))
          .isEqualTo("6");
    }
  }

  /** As generated for a size within a text. */
  private static final class TextCodec implements JsonCodec<Thing> {
    @Override
    public Thing read(JsonInput in) {
      long size = 0;
      in.beginObject();
      while (in.nextField(ThingCodec.FIELDS) != JsonInput.END) {
        size = in.readJsonText(JsonInput::readLong);
      }
      return new Thing(size);
    }

    @Override
    public void write(Thing thing, JsonOutput out) {
      out.beginObject();
      out.name(ThingCodec.SIZE);
      out.writeString(Long.toString(thing.size()));
      out.endObject();
    }
  }

  @Nested
  class Where_code_and_schema_disagree {
    /**
     * JSON Schema takes what is said of the text for an annotation, and Java has no type for it.
     */
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            4   | 201 | {"size":"5"}
            4,  | 400 | "pointer":"/size","keyword":"contentMediaType","message":"is not JSON: line 1, column 2: expected the end
            four| 400 | "pointer":"/size","keyword":"contentMediaType","message":"is not JSON: line 1, column 1: expected a value
            []  | 400 | "pointer":"/size","keyword":"contentSchema","message":"is JSON of another schema
            """)
    void a_string_that_is_not_the_JSON_it_should_be_is_refused_with_its_place(
        String sent, int status, String answer) {
      String document =
          DOCUMENT.replace(
              "{type: integer, format: int64, maximum: 9}",
              "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}");
      TestServer texts =
          TestServer.of(
              document, builder -> builder.handler("add", new AddThing(new TextCodec(), document)));

      HttpResponse response = texts.post("/things", "{\"size\": \"" + sent + "\"}");

      assertThat(response.status()).isEqualTo(status);
      assertThat(TestServer.text(response)).contains(answer);
    }

    private final TestServer server =
        TestServer.of(
            DOCUMENT, builder -> builder.handler("add", new AddThing(new ThingCodec(3), DOCUMENT)));

    @Test
    void a_body_that_only_the_code_refuses_is_our_failure_and_counted() {
      try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
        String id = RequestIds.next();
        HttpResponse response =
            server.ask(
                "POST",
                "/things",
                "{\"size\": 4}",
                "Content-Type",
                "application/json",
                "X-Request-ID",
                id);

        assertThat(response.status()).isEqualTo(500);
        assertThat(TestServer.text(server.get("/metrics")))
            .contains(
                "brrtrouter_codec_drifts_total{method=\"POST\",operation=\"add\",path=\"/things\"}"
                    + " 1.0");
        assertThat(log.about(id).getFirst().getFormattedMessage())
            .contains("the generated code of add refused a body that the document accepts");
      }
    }

    @Test
    void a_response_that_only_the_code_refuses_is_sent() {
      assertThat(server.post("/things", "{\"size\": 3}").status()).isEqualTo(201);
    }
  }

  @Test
  void it_can_replace_a_mock() {
    TestServer server = TestServer.mocking(DOCUMENT);
    server.server().replaceHandler("add", new AddThing(codec, DOCUMENT));

    assertThat(TestServer.text(server.post("/things", "{\"size\": 4}"))).isEqualTo("{\"size\":5}");
    assertThat(codec.reads).containsExactly(Checks.ALL);
  }

  @Test
  void an_untyped_handler_can_replace_it_and_still_gets_the_tree() {
    TestServer server = server(DOCUMENT);
    server
        .server()
        .replaceHandler("add", request -> HttpResponse.json(201, request.body().orElseThrow()));

    assertThat(TestServer.text(server.post("/things", "{\"size\": 4}"))).isEqualTo("{\"size\":4}");
  }
}
