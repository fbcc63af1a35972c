package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.examples.petstore.generated.api.PetStoreApi;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Typed handlers and handlers of plain requests, side by side. */
@BrrtTest(InMemory.class)
class HandlersTest {
  private static final Pattern UNTYPED = Pattern.compile("<operation>(\\w+)</operation>");

  private static List<String> operations() {
    return OpenApiLoader.load(Path.of("openapi.yaml"), LoadOptions.defaults())
        .api()
        .orElseThrow()
        .operations()
        .stream()
        .map(OperationExtension::handlerName)
        .toList();
  }

  private static List<String> untyped() throws IOException {
    return UNTYPED
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @Test
  void every_operation_is_typed_but_those_that_the_pom_leaves_out() throws IOException {
    List<String> methods =
        Arrays.stream(PetStoreApi.class.getMethods()).map(Method::getName).toList();

    assertThat(operations())
        .contains("chat")
        .containsAll(untyped())
        .hasSize(methods.size() + untyped().size());
    assertThat(methods).hasSize(46).contains("listPets", "getAvatar").doesNotContain("getPost");
  }

  @Test
  void both_kinds_answer_at_one_path(BrrtClient client) {
    String user = Given.user(client);
    String post =
        client
            .post("/users/" + user + "/posts")
            .body("text/markdown", "# Typed\nbut read as it is")
            .send()
            .expect(201)
            .header("Location");

    assertThat(client.get("/users/" + user + "/posts").send().expect(200).json().at("/0/title"))
        .hasToString("\"Typed\"");
    assertThat(client.get(post).header("Accept", "text/markdown").send().expect(200).text())
        .isEqualTo("but read as it is");
  }

  @Test
  void both_kinds_are_refused_by_the_document_alike(BrrtClient client) {
    String typed = "/users/ada/posts?limit=0";
    String untyped = "/users/ada/posts/Not%20a%20slug";

    for (String target : List.of(typed, untyped)) {
      assertThat(client.get(target).send().expect(400).json().path("type").asString())
          .isEqualTo("urn:brrtrouter:problem:validation");
    }
  }
}
