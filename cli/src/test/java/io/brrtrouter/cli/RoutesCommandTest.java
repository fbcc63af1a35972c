package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutesCommandTest {
  @TempDir Path directory;
  private CommandBench bench;

  @BeforeEach
  void prepare() {
    bench = new CommandBench(directory, Map.of());
  }

  @Test
  void lists_what_is_served() throws IOException {
    assertThat(bench.execute("routes", bench.write("pets.yaml", CommandBench.PETS))).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            METHOD  PATH              HANDLER
            GET     /v1/pets          list_pets
            DELETE  /v1/pets/{petId}  remove     deprecated, secured
            """);
    assertThat(bench.err()).isEmpty();
  }

  @Test
  void lists_it_for_programs() throws IOException {
    bench.execute("routes", "--format=json", bench.write("pets.yaml", CommandBench.PETS));

    assertThat(bench.out())
        .isEqualTo(
            """
            [ {
              "method" : "GET",
              "path" : "/v1/pets",
              "handler" : "list_pets",
              "deprecated" : false,
              "secured" : false,
              "operationId" : "list_pets",
              "summary" : "Lists pets.",
              "tags" : [ "pets" ]
            }, {
              "method" : "DELETE",
              "path" : "/v1/pets/{petId}",
              "handler" : "remove",
              "deprecated" : true,
              "secured" : true,
              "operationId" : "delete_pet",
              "tags" : [ ]
            } ]
            """);
  }

  @Test
  void names_services_that_answer_and_where_they_are() throws IOException {
    String document =
        bench.write(
            "shop.yaml",
            """
            openapi: 3.1.1
            info: { title: Shop, version: '1' }
            paths:
              /item: { get: { operationId: item, x-service: catalog, responses: { '200': { description: it } } } }
              /price: { get: { operationId: price, x-service: prices, responses: { '200': { description: it } } } }
            """);
    String config =
        bench.write(
            "config.yaml",
            "port: wrong\nservices: { catalog: { url: [\"http://a:81/b\", \"http://c\"] }, prices: { url: [\"http://me:pw@c\"] } }\n");
    assertThat(bench.execute("routes", document, "--config", config)).as(bench.err()).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            METHOD  PATH    HANDLER
            GET     /item   item     service catalog at http://a:81/b, http://c
            GET     /price  price    service prices at http://me:******@c
            """);

    CommandBench again = new CommandBench(directory, Map.of());
    again.execute("routes", "--format", "json", document, "--config", config);
    assertThat(again.out())
        .contains("\"service\" : \"catalog\",\n  \"serviceUrl\" : \"http://a:81/b, http://c\"")
        .contains("\"serviceUrl\" : \"http://me:******@c\"");
  }

  @Test
  void says_what_is_wrong_with_a_broken_document() throws IOException {
    assertThat(bench.execute("routes", bench.write("broken.yaml", CommandBench.BROKEN)))
        .isEqualTo(1);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.err())
        .startsWith("broken.yaml:4:3: error[path-parameter-undeclared]: ")
        .endsWith(
            """
            1 error, 1 warning
            brrt: broken.yaml cannot be served; correct the errors above
            """);
  }
}
