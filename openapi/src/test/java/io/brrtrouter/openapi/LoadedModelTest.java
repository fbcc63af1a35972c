package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.PathItem;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of three documents in which every construct occurs. */
class LoadedModelTest {
  private static final Path VALID = Path.of("src/test/resources/valid");

  private static Loaded load(String name) {
    Loaded loaded = OpenApiLoader.load(VALID.resolve(name), LoadOptions.defaults());
    assertThat(loaded.findings()).isEmpty();
    return loaded;
  }

  private static Operation operation(OpenApi api, String id) {
    return api.operations().stream()
        .filter(operation -> operation.operationId().orElse("").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Of_3_1 {
    private final OpenApi api = load("pets-3.1.yaml").api().orElseThrow();

    @Test
    void has_metadata() {
      assertThat(api.version()).isEqualTo("3.1.1");
      assertThat(api.info().title()).isEqualTo("Pets");
      assertThat(api.info().summary()).contains("All about pets");
      assertThat(api.info().description()).contains("Everything.");
      assertThat(api.info().termsOfService()).contains("https://example.com/terms");
      assertThat(api.info().contact().orElseThrow().email()).contains("us@example.com");
      assertThat(api.info().contact().orElseThrow().extensions()).containsOnlyKeys("x-desk");
      assertThat(api.info().license().orElseThrow().identifier()).contains("MIT");
      assertThat(api.info().version()).isEqualTo("1.2");
      assertThat(api.externalDocs().orElseThrow().url()).isEqualTo("https://example.com/docs");
      assertThat(api.tags().getFirst().externalDocs().orElseThrow().description()).contains("More");
      assertThat(api.self()).isEmpty();
      assertThat(api.extensions().get("x-root")).hasToString("{\"kept\":true}");
      assertThat(api.components().extensions()).containsOnlyKeys("x-components");
    }

    @Test
    void has_servers_of_root_path_and_operation() {
      Server root = api.servers().getFirst();
      assertThat(root.resolvedUrl()).isEqualTo("https://eu.example.com/v1");
      assertThat(root.variables().get("region").enumeration()).containsExactly("eu", "us");
      assertThat(root.variables().get("base").enumeration()).isEmpty();
      assertThat(operation(api, "listPets").servers())
          .extracting(Server::url)
          .containsExactly("/pets-v2");
      assertThat(operation(api, "addPet").servers())
          .extracting(Server::url)
          .containsExactly("https://write.example.com");
      assertThat(api.paths().get("/pets/{id}").operations().getFirst().servers())
          .isEqualTo(api.servers());
    }

    @Test
    void tells_inherited_security_from_none() {
      Operation list = operation(api, "listPets");
      assertThat(list.security()).isEqualTo(api.security());
      assertThat(list.securityDeclared()).isFalse();
      assertThat(api.security().get(1).schemes()).isEqualTo(Map.of("oauth", List.of("read")));
      Operation add = operation(api, "addPet");
      assertThat(add.security()).isEmpty();
      assertThat(add.securityDeclared()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "'[]',                    false, false",
      "'[{}]',                  false, false",
      "'[{key: []}]',           true,  true",
      "'[{key: []}, {b: []}]',  true,  true",
      "'[{}, {key: []}]',       false, true",
      "'[{key: []}, {}]',       false, true",
    })
    void tells_whether_credentials_are_demanded_or_only_taken(
        String security, boolean demanded, boolean taken, @TempDir Path directory)
        throws IOException {
      Path file =
          Files.writeString(
              directory.resolve("secured.yaml"),
              """
              openapi: 3.1.1
              info: {title: S, version: "1"}
              paths: {/a: {get: {operationId: a, security: %s, responses: {"204": {description: ok}}}}}
              components:
                securitySchemes:
                  key: {type: apiKey, in: header, name: X-Key}
                  b: {type: http, scheme: basic}
              """
                  .formatted(security));
      Operation operation =
          operation(OpenApiLoader.load(file, LoadOptions.defaults()).api().orElseThrow(), "a");
      assertThat(operation.demandsCredentials()).isEqualTo(demanded);
      assertThat(operation.takesCredentials()).isEqualTo(taken);
    }

    @Test
    void merges_parameters_by_name_and_place() {
      List<Parameter> parameters = operation(api, "listPets").parameters();
      assertThat(parameters)
          .extracting(Parameter::name)
          .containsExactly("limit", "x-trace", "filter");
      assertThat(parameters.get(0).required()).isTrue();
      assertThat(parameters.get(1).deprecated()).isTrue();
      assertThat(operation(api, "addPet").parameters())
          .extracting(Parameter::name)
          .containsExactly("limit", "X-Trace");
      assertThat(api.paths().get("/pets").parameters()).hasSize(2);
    }

    @Test
    void lets_a_reference_override_texts_only() {
      Parameter used = operation(api, "listPets").parameters().get(2);
      Parameter declared = api.components().parameters().get("filter");
      assertThat(used.description()).contains("Overridden here");
      assertThat(declared.description()).contains("Original");
      assertThat(used.schema().orElseThrow()).isSameAs(declared.schema().orElseThrow());
      Map<String, Response> responses = operation(api, "listPets").responses();
      assertThat(responses.get("4XX").description()).contains("Your fault");
      assertThat(responses.get("default")).isSameAs(api.components().responses().get("problem"));
      assertThat(responses.get("200").headers().get("X-Total").description()).contains("How many");
      assertThat(operation(api, "addPet").requestBody().orElseThrow().description())
          .contains("The new pet");
      assertThat(operation(api, "addPet").requestBody().orElseThrow().required()).isTrue();
    }

    @Test
    void knows_styles_and_their_defaults() {
      Map<String, Parameter> parameters = api.components().parameters();
      assertThat(parameters.get("filter").style()).isEqualTo(ParameterStyle.DEEP_OBJECT);
      assertThat(parameters.get("session").style()).isEqualTo(ParameterStyle.FORM);
      assertThat(parameters.get("session").explode()).isTrue();
      assertThat(parameters.get("session").example()).isPresent();
      assertThat(parameters.get("coordinates").schema()).isEmpty();
      assertThat(parameters.get("coordinates").content()).containsOnlyKeys("application/json");
      Parameter id = api.paths().get("/pets/{id}").parameters().getFirst();
      assertThat(id.in()).isEqualTo(ParameterLocation.PATH);
      assertThat(id.style()).isEqualTo(ParameterStyle.SIMPLE);
      assertThat(id.explode()).isFalse();
    }

    @Test
    void merges_a_path_item_with_the_one_it_refers_to() {
      PathItem item = api.paths().get("/pets/{id}");
      assertThat(item.path()).isEqualTo("/pets/{id}");
      assertThat(item.summary()).contains("One pet");
      assertThat(item.description()).contains("Shared description");
      assertThat(item.operations()).extracting(Operation::path).containsExactly("/pets/{id}");
      assertThat(item.operations().getFirst().parameters()).hasSize(1);
      assertThat(api.components().pathItems().get("pet").summary()).contains("Shared");
      assertThat(api.paths()).containsOnlyKeys("/pets", "/pets/{id}", "/mine");
    }

    @Test
    void keeps_documentation_of_operations() {
      Operation list = operation(api, "listPets");
      assertThat(list.method()).isEqualTo("GET");
      assertThat(list.tags()).containsExactly("pets");
      assertThat(list.summary()).contains("Lists");
      assertThat(list.description()).contains("Lists pets");
      assertThat(list.externalDocs().orElseThrow().url()).isEqualTo("https://example.com/list");
      assertThat(list.extensions().get("x-handler").stringValue()).isEqualTo("pets.list");
      assertThat(list.location()).hasToString(VALID.resolve("pets-3.1.yaml") + ":36:7");
      assertThat(operation(api, "addPet").deprecated()).isTrue();
      assertThat(api.paths().get("/pets").description()).contains("All of them");
    }

    @Test
    void has_content_with_examples_and_encodings() {
      MediaType json =
          operation(api, "listPets").responses().get("200").content().get("application/json");
      assertThat(json.examples().get("one").summary()).contains("Just one");
      assertThat(json.examples().get("one").description()).contains("A single pet");
      assertThat(json.examples().get("none").value()).isPresent();
      assertThat(api.components().examples().get("far").externalValue()).isPresent();
      Map<String, MediaType> body = api.components().requestBodies().get("pet").content();
      Encoding photo = body.get("multipart/form-data").encoding().get("photo");
      assertThat(photo.contentType()).contains("image/png");
      assertThat(photo.headers()).containsOnlyKeys("X-Size");
      Encoding tags = body.get("application/x-www-form-urlencoded").encoding().get("tags");
      assertThat(tags.style()).contains(ParameterStyle.PIPE_DELIMITED);
      assertThat(tags.explode()).contains(false);
      assertThat(tags.allowReserved()).isTrue();
      assertThat(
              api.components()
                  .responses()
                  .get("problem")
                  .content()
                  .get("application/problem+json")
                  .example())
          .isPresent();
    }

    @Test
    void has_links_callbacks_and_webhooks() {
      var link = operation(api, "listPets").responses().get("200").links().get("first");
      assertThat(link).isSameAs(api.components().links().get("first"));
      assertThat(link.operationId()).contains("listPets");
      assertThat(link.parameters().get("limit").intValue()).isEqualTo(1);
      assertThat(link.requestBody()).isPresent();
      assertThat(link.server().orElseThrow().url()).isEqualTo("/");
      assertThat(operation(api, "addPet").callbacks().get("added").pathItems())
          .containsOnlyKeys("{$request.body#/url}");
      assertThat(api.components().callbacks()).containsOnlyKeys("done");
      assertThat(api.webhooks().get("petAdopted").operations())
          .extracting(Operation::path)
          .containsExactly("petAdopted");
    }

    @Test
    void has_security_schemes() {
      Map<String, SecurityScheme> schemes = api.components().securitySchemes();
      assertThat(schemes.get("key").in()).contains(ParameterLocation.COOKIE);
      assertThat(schemes.get("key").name()).contains("sid");
      assertThat(schemes.get("bearer").scheme()).contains("bearer");
      assertThat(schemes.get("bearer").bearerFormat()).contains("JWT");
      assertThat(schemes.get("oidc").openIdConnectUrl()).isPresent();
      assertThat(schemes.get("tls").type()).isEqualTo("mutualTLS");
      var flow = schemes.get("oauth").flows().get("authorizationCode");
      assertThat(flow.scopes()).isEqualTo(Map.of("read", "Read pets"));
      assertThat(flow.refreshUrl()).isPresent();
      assertThat(flow.extensions()).containsOnlyKeys("x-flow");
    }

    @Test
    void has_schemas_where_they_stand() {
      var pets = api.components().schemas().get("Pets");
      assertThat(pets.pointer()).isEqualTo("/components/schemas/Pets");
      assertThat(pets.node().path("type").stringValue()).isEqualTo("array");
      assertThat(pets.location().line()).isEqualTo(87);
      assertThat(api.components().schemas().get("Anything").node().isBoolean()).isTrue();
    }
  }

  @Nested
  class Of_3_2 {
    private final OpenApi api = load("pets-3.2.yaml").api().orElseThrow();

    @Test
    void has_its_own_address() {
      assertThat(api.self()).contains(URI.create("https://example.com/apis/pets.yaml"));
      assertThat(api.components().schemas().get("Pet").resource().uri())
          .isEqualTo(URI.create("https://example.com/apis/pets.yaml"));
    }

    @Test
    void has_query_and_additional_operations() {
      assertThat(api.operations())
          .extracting(Operation::method)
          .containsExactly("QUERY", "COPY", "POST");
      Parameter all = operation(api, "search").parameters().getFirst();
      assertThat(all.in()).isEqualTo(ParameterLocation.QUERYSTRING);
      List<Parameter> cookies = operation(api, "copy").parameters();
      assertThat(cookies.get(0).style()).isEqualTo(ParameterStyle.COOKIE);
      assertThat(cookies.get(0).explode()).isTrue();
      assertThat(cookies.get(1).allowReserved()).isTrue();
    }

    @Test
    void has_media_types_by_reference_and_streams() {
      MediaType filter =
          operation(api, "search").requestBody().orElseThrow().content().get("application/json");
      assertThat(filter).isSameAs(api.components().mediaTypes().get("Filter"));
      Response found = operation(api, "search").responses().get("200");
      assertThat(found.summary()).contains("Found");
      assertThat(found.description()).isEmpty();
      assertThat(found.content().get("application/jsonl").itemSchema()).isPresent();
      assertThat(found.content().get("application/jsonl").description()).contains("One per line");
    }

    @Test
    void has_encodings_by_position_and_data_of_examples() {
      Map<String, MediaType> content =
          api.paths().get("/mixed").operations().getFirst().requestBody().orElseThrow().content();
      MediaType mixed = content.get("multipart/mixed");
      assertThat(mixed.prefixEncoding()).hasSize(1);
      assertThat(mixed.itemEncoding().orElseThrow().encoding()).containsOnlyKeys("inner");
      Example example = content.get("application/json").examples().get("a");
      assertThat(example.dataValue().orElseThrow()).hasToString("{\"name\":\"Rex\"}");
      assertThat(example.serializedValue()).contains("{\"name\":\"Rex\"}");
    }

    @Test
    void has_tag_trees_and_the_device_flow() {
      assertThat(api.tags().get(0).kind()).contains("nav");
      assertThat(api.tags().get(0).summary()).contains("Animals");
      assertThat(api.tags().get(1).parent()).contains("animals");
      assertThat(api.servers().getFirst().name()).contains("here");
      SecurityScheme device = api.components().securitySchemes().get("device");
      assertThat(device.deprecated()).isTrue();
      assertThat(device.oauth2MetadataUrl()).isPresent();
      assertThat(device.flows().get("deviceAuthorization").deviceAuthorizationUrl()).isPresent();
    }
  }

  @Nested
  class Of_3_0 {
    private final Loaded loaded = load("pets-3.0.yaml");
    private final OpenApi api = loaded.api().orElseThrow();

    @Test
    void has_schemas_of_3_1() {
      assertThat(api.components().schemas().get("Pet").node())
          .hasToString(
              "{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":"
                  + "{\"type\":[\"string\",\"null\"],\"examples\":[\"Rex\"]}}}");
      var inline =
          api.operations()
              .getFirst()
              .responses()
              .get("200")
              .content()
              .get("application/json")
              .schema()
              .orElseThrow();
      assertThat(inline.node().toString()).contains("\"exclusiveMinimum\":0");
      assertThat(inline.location().line()).isEqualTo(25);
    }

    @Test
    void leaves_the_document_as_it_is() {
      assertThat(loaded.documents().getFirst().root().toString()).contains("\"nullable\":true");
      assertThat(Bundle.of(loaded)).isEqualTo(loaded.documents().getFirst().root());
    }
  }

  @Nested
  class Of_live_operations {
    private final OpenApi api = load("live.yaml").api().orElseThrow();

    @Test
    void has_what_is_said_over_a_WebSocket() {
      WebSocketExtension socket = operation(api, "chat").webSocket().orElseThrow();
      assertThat(socket.location().line()).isEqualTo(8);
      assertThat(socket.subprotocols()).containsExactly("chat.v2", "chat.v1");
      Messages messages = socket.fromClient().orElseThrow();
      assertThat(messages.location().line()).isEqualTo(10);
      assertThat(messages.text()).containsOnlyKeys("application/vnd.said+json; v=1", "text/plain");
      assertThat(messages.binary()).containsOnlyKeys("image/png");
      Schema said = messages.json().orElseThrow().schema().orElseThrow();
      assertThat(said.node().path("$ref").stringValue()).isEqualTo("#/components/schemas/Said");
      assertThat(said.location().line()).isEqualTo(12);
      assertThat(socket.fromServer().orElseThrow().content()).isEmpty();
    }

    @Test
    void has_WebSockets_over_which_anything_is_said() {
      WebSocketExtension socket = operation(api, "echo").webSocket().orElseThrow();
      assertThat(socket.subprotocols()).isEmpty();
      assertThat(socket.fromClient()).isEmpty();
      assertThat(socket.fromServer()).isEmpty();
      assertThat(operation(api, "events").webSocket()).isEmpty();
    }

    @Test
    void has_the_content_of_streams_of_events_that_only_x_sse_declares() {
      Operation events = operation(api, "events");
      assertThat(events.sse()).isTrue();
      MediaType stream = events.responses().get("200").content().get("text/event-stream");
      assertThat(stream.location().line()).isEqualTo(24);
      assertThat(stream.itemSchema()).isEmpty();
      assertThat(events.responses().get("default").content()).isEmpty();
      assertThat(operation(api, "plain").sse()).isFalse();
      assertThat(operation(api, "plain").responses().get("200").content()).isEmpty();
    }

    @Test
    void has_the_content_of_streams_of_events_as_it_is_written() {
      Operation ticks = operation(api, "ticks");
      assertThat(ticks.sse()).isTrue();
      Map<String, MediaType> content = ticks.responses().get("200").content();
      assertThat(content).containsOnlyKeys("application/json", "text/event-stream");
      assertThat(content.get("text/event-stream").itemSchema().orElseThrow().location().line())
          .isEqualTo(33);
    }
  }

  @Nested
  class Nothing {

    @Test
    void comes_of_a_file_that_is_not_there() {
      Loaded loaded = OpenApiLoader.load(VALID.resolve("none.yaml"), LoadOptions.defaults());
      assertThat(loaded.api()).isEmpty();
      assertThat(loaded.hasErrors()).isTrue();
      assertThat(loaded.files()).containsExactly(VALID.resolve("none.yaml"));
      assertThat(loaded.documents()).isEmpty();
    }
  }
}
