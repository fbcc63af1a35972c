package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Swagger UI gets: {@code /docs/openapi.json}, beside the document itself. */
class DocsDocumentTest {
  private static JsonNode docs(String document) {
    return read(TestServer.mocking(document), "/docs/openapi.json");
  }

  private static JsonNode read(TestServer server, String path) {
    return JsonMapper.shared().readTree(TestServer.text(server.get(path)));
  }

  @Nested
  class Requests_that_are_tried_out {
    @Test
    void go_to_this_server_whatever_the_document_names() {
      TestServer server =
          TestServer.mocking(
              """
              openapi: 3.1.1
              info: {title: Shop, version: "1"}
              servers:
                - url: https://{region}.shop.example/{version}/
                  variables:
                    region: {default: eu}
                    version: {default: v2, enum: [v1, v2]}
                - url: https://test.shop.example/v2
              paths:
                /pets: {get: {responses: {"204": {description: ok}}}}
              """);

      assertThat(read(server, "/docs/openapi.json").get("servers"))
          .hasToString("[{\"url\":\"/v2\"},{\"url\":\"/v1\"}]");
      assertThat(read(server, "/openapi.json").at("/servers/1/url").asString())
          .isEqualTo("https://test.shop.example/v2");
    }

    @Test
    void go_to_its_root_without_servers() {
      assertThat(
              docs("""
              openapi: 3.1.1
              info: {title: Shop, version: "1"}
              paths: {}
              """)
                  .get("servers"))
          .hasToString("[{\"url\":\"/\"}]");
    }

    @Test
    void follow_a_path_or_an_operation_with_servers_of_its_own() {
      JsonNode docs =
          docs(
              """
              openapi: 3.2.0
              info: {title: Shop, version: "1"}
              servers: [{url: "https://shop.example/v1"}]
              paths:
                /pets:
                  get: {responses: {"204": {description: ok}}}
                  post: {responses: {"204": {description: ok}}}
                /files:
                  servers: [{url: "https://files.example"}]
                  get: {responses: {"204": {description: ok}}}
                  put:
                    servers: [{url: /upload}]
                    responses: {"204": {description: ok}}
                  additionalOperations:
                    LIST:
                      servers: [{url: /lists}]
                      responses: {"204": {description: ok}}
              """);

      assertThat(docs.get("servers")).hasToString("[{\"url\":\"/v1\"}]");
      assertThat(docs.at("/paths/~1pets/get").has("servers")).isFalse();
      assertThat(docs.at("/paths/~1files").has("servers")).isFalse();
      assertThat(docs.at("/paths/~1files/get/servers")).hasToString("[{\"url\":\"/\"}]");
      assertThat(docs.at("/paths/~1files/put/servers")).hasToString("[{\"url\":\"/upload\"}]");
      assertThat(docs.at("/paths/~1files/additionalOperations/LIST/servers"))
          .hasToString("[{\"url\":\"/lists\"}]");
    }
  }

  @Nested
  class Parameters_of_a_path {
    private static final String DOCUMENT =
        """
        openapi: 3.1.1
        info: {title: Shop, version: "1"}
        paths:
          /pets/{petId}:
            parameters:
              - $ref: '#/components/parameters/PetId'
              - {name: verbose, in: query, schema: {type: boolean}}
            get: {responses: {"204": {description: ok}}}
            delete:
              parameters:
                - {name: verbose, in: query, schema: {type: integer}}
                - {name: verbose, in: header, schema: {type: boolean}}
              responses: {"204": {description: ok}}
          /again/{petId}: {$ref: '#/components/pathItems/Again'}
        components:
          pathItems:
            Again:
              parameters: [{$ref: '#/components/parameters/PetId'}]
              get: {responses: {"204": {description: ok}}}
          parameters:
            PetId: {name: petId, in: path, required: true, schema: {type: integer}}
        """;

    private final JsonNode docs = docs(DOCUMENT);

    @Test
    void stand_at_its_operations_where_references_are_followed() {
      assertThat(docs.at("/paths/~1pets~1{petId}").has("parameters")).isFalse();
      assertThat(docs.at("/paths/~1pets~1{petId}/get/parameters"))
          .hasToString(
              "[{\"$ref\":\"#/components/parameters/PetId\"},"
                  + "{\"name\":\"verbose\",\"in\":\"query\",\"schema\":{\"type\":\"boolean\"}}]");
      assertThat(docs.at("/paths/~1again~1{petId}/get/parameters"))
          .hasToString("[{\"$ref\":\"#/components/parameters/PetId\"}]");
    }

    @Test
    void give_way_to_those_of_an_operation() {
      assertThat(docs.at("/paths/~1pets~1{petId}/delete/parameters"))
          .hasToString(
              "[{\"$ref\":\"#/components/parameters/PetId\"},"
                  + "{\"name\":\"verbose\",\"in\":\"query\",\"schema\":{\"type\":\"integer\"}},"
                  + "{\"name\":\"verbose\",\"in\":\"header\",\"schema\":{\"type\":\"boolean\"}}]");
    }

    @Test
    void stay_where_they_are_in_the_document_itself() {
      assertThat(
              read(TestServer.mocking(DOCUMENT), "/openapi.json")
                  .at("/paths/~1pets~1{petId}/parameters/0/$ref")
                  .asString())
          .isEqualTo("#/components/parameters/PetId");
    }
  }
}
