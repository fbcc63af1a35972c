package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static final String PETS =
      """
      openapi: 3.1.1
      info: {title: Pets, version: "1"}
      paths:
        /pets:
          get:
            operationId: list_pets
            parameters:
            - {name: limit, in: query, schema: {type: integer, maximum: 100}}
            - {name: tag, in: query, required: true, schema: {type: string}}
            responses: {"200": {description: pets, content: {text/plain: {}}}}
          post:
            operationId: add_pet
            requestBody:
              required: true
              content:
                application/json:
                  schema: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer, minimum: 0}}}
            responses: {"201": {description: added}}
        /pets/{petId}:
          parameters:
          - {name: petId, in: path, required: true, schema: {type: string}}
          get:
            operationId: get_pet
            responses: {"200": {description: a pet, content: {text/plain: {}}}}
      """;

  private final TestServer server =
      TestServer.of(
          PETS,
          builder ->
              builder
                  .handler("list_pets", _ -> HttpResponse.text(200, "pets"))
                  .handler("add_pet", _ -> HttpResponse.of(201))
                  .handler(
                      "get_pet",
                      request ->
                          HttpResponse.text(
                              200, request.pathParameters().text("petId").orElseThrow())));

  @Test
  void a_handler_answers_with_decoded_parameters() {
    HttpResponse response = server.get("/pets/a%2Fb");

    assertThat(response.status()).isEqualTo(200);
    assertThat(TestServer.text(response)).isEqualTo("a/b");
  }

  @Test
  void a_path_nobody_declares_is_404() {
    assertThat(TestServer.wire(server.get("/nothing", "X-Request-ID", "abc")))
        .isEqualTo(
            """
            404
            Content-Type: application/problem+json
            X-Request-ID: ID
            X-Content-Type-Options: nosniff

            {"type":"urn:brrtrouter:problem:not-found","title":"Not found","status":404,\
            "detail":"No path of this API matches the request target.","requestId":"abc"}\
            """);
  }

  @Test
  void a_refusal_lists_every_violation() {
    HttpResponse response = server.get("/pets?limit=101", "X-Request-ID", "abc");

    assertThat(response.status()).isEqualTo(400);
    assertThat(TestServer.text(response))
        .isEqualTo(
            """
            {"type":"urn:brrtrouter:problem:validation",\
            "title":"Request does not match the API description","status":400,\
            "detail":"2 violations.","requestId":"abc","errors":[\
            {"in":"query","name":"limit","pointer":"","keyword":"maximum",\
            "message":"must be at most 100","expected":100,"schema":"api.yaml:8:67"},\
            {"in":"query","name":"tag","pointer":"","keyword":"required",\
            "message":"is required but was not sent","schema":"api.yaml:9:9"}]}\
            """);
  }
}
