package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Every test runs at both speeds: the client's promise is that nobody can tell. */
@BrrtTest(value = Library.class, document = "src/test/resources/library.yaml")
class BrrtClientTest {
  private final BrrtClient client;

  BrrtClientTest(BrrtClient client) {
    this.client = client;
  }

  @Nested
  class A_target {
    @Test
    void has_its_parameters_encoded() {
      JsonNode books =
          client
              .get("/books")
              .query("filter[author]", "Mary & Percy/ü")
              .query("limit", 3)
              .send()
              .expect(200)
              .json();
      assertThat(books.path(0).asString())
          .isEqualTo("/books?filter%5Bauthor%5D=Mary%20%26%20Percy%2F%C3%BC&limit=3");
    }

    @Test
    void may_have_lists_whose_commas_separate() {
      assertThat(
              client
                  .get("/books")
                  .query("ids", List.of(0, 1))
                  .query("x", List.of("a,b", "c"))
                  .query("y", List.of())
                  .send()
                  .expect(200)
                  .json()
                  .path(0)
                  .asString())
          .isEqualTo("/books?ids=0,1&x=a%2Cb,c&y=");
      client.get("/books").query("ids", "0,1").send().expect(400);
    }

    @Test
    void may_be_written_out() {
      JsonNode books = client.get("/books?filter[author]=a%2Fb&limit=1").send().expect(200).json();
      assertThat(books.path(0).asString()).isEqualTo("/books?filter%5Bauthor%5D=a%2Fb&limit=1");
    }

    @Test
    void may_be_both() {
      JsonNode books = client.get("/books?limit=1").query("x", "").send().expect(200).json();
      assertThat(books.path(0).asString()).isEqualTo("/books?limit=1&x=");
    }

    @ParameterizedTest
    @CsvSource({
      "//books, 404", // a host to a client that resolves references
      "/books?limit=%zz, 400", // no URI at all
      "/books/%zz, 400",
      "/books?limit=1&, 200"
    })
    void is_sent_as_it_is(String target, int status) {
      client.get(target).send().expect(status);
    }

    @Test
    void keeps_its_escapes() {
      JsonNode book = client.get("/books/a%2Fb|c").send().expect(200).json();
      assertThat(book.path("target").asString()).isEqualTo("/books/a%2Fb%7Cc");
    }
  }

  @Nested
  class Header_fields {
    @Test
    void are_sent_and_received() {
      TestResponse response = client.get("/books").header("X-Color", "red").send();
      assertThat(response.header("x-color")).isEqualTo("red");
      assertThat(response.headers().get("X-Request-ID")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Host, example.org", "Connection, close", "Expect, 100-continue", "Upgrade, h2c"})
    void may_be_those_that_clients_keep_to_themselves(String name, String value) {
      TestResponse response =
          client
              .post("/books")
              .header(name, value)
              .header("X-Color", "red")
              .json("{\"title\": \"Emma\"}")
              .send()
              .expect(201);
      assertThat(response.json().at("/body/title").asString()).isEqualTo("Emma");
      client.request("HEAD", "/books").header(name, value).send().expect(200);
    }

    @Test
    void say_what_is_welcome_and_what_is_remembered() {
      JsonNode book =
          client
              .get("/books/Emma")
              .accept("application/json")
              .cookie("a", "1")
              .cookie("b", "2")
              .send()
              .expect(200)
              .json();
      assertThat(book.path("accept").asString()).isEqualTo("application/json");
      assertThat(book.path("cookies").asString()).isEqualTo("{a=1, b=2}");
    }
  }

  @Nested
  class A_body {
    @Test
    void may_be_a_tree() {
      JsonNode title = JsonNodeFactory.instance.objectNode().put("title", "Emma");
      JsonNode echo = client.post("/books").json(title).send().expect(201).json();
      assertThat(echo.path("body")).isEqualTo(title);
      assertThat(echo.path("type").asString()).isEqualTo("application/json");
    }

    @Test
    void may_be_text() {
      JsonNode echo = client.post("/books").body("text/plain", "Emma ü").send().expect(201).json();
      assertThat(echo.path("text").asString()).isEqualTo("Emma ü");
    }

    @Test
    void may_be_a_form() {
      JsonNode echo =
          client
              .post("/forms")
              .field("name", "A & B")
              .field("tags", "x")
              .field("tags", 7)
              .send()
              .expect(200)
              .json();
      assertThat(echo.path("body").toString())
          .isEqualTo("{\"name\":\"A & B\",\"tags\":[\"x\",\"7\"]}");
    }

    @Test
    void may_have_parts() {
      JsonNode echo =
          client
              .post("/forms")
              .part("note", "ü")
              .file("cover", "c.png", "image/png", new byte[] {1, 2, 3})
              .send()
              .expect(200)
              .json();
      assertThat(echo.path("body").path("note").asString()).isEqualTo("ü");
      assertThat(echo.path("parts").path("cover").asString())
          .isEqualTo("Optional[c.png] image/png");
    }

    @Test
    void may_have_parts_with_fields_of_their_own() {
      byte[] content = "x".getBytes(StandardCharsets.UTF_8);
      String text =
          client
              .post("/forms")
              .part("note", null, Headers.of("X-Lines", "1"), content)
              .send()
              .expect(200)
              .json()
              .path("text")
              .asString();
      assertThat(text)
          .isEqualTo(
              """
              --brrt-boundary-b1d0c3f5e7a94682\r
              Content-Disposition: form-data; name="note"\r
              X-Lines: 1\r
              \r
              x\r
              --brrt-boundary-b1d0c3f5e7a94682--\r
              """);
    }

    @Test
    void is_of_one_kind_only() {
      TestRequest request = client.post("/forms").field("name", "x");
      assertThatThrownBy(() -> request.json("{}"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the request has a body of type application/x-www-form-urlencoded already");
      assertThatThrownBy(() -> request.part("a", "b")).isInstanceOf(IllegalStateException.class);
      TestRequest json = client.post("/books").json("{}");
      assertThatThrownBy(() -> json.json("{}")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Nested
  class A_method {
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "QUERY"})
    void that_is_not_there_is_refused(String method) {
      TestRequest request =
          switch (method) {
            case "PUT" -> client.put("/books");
            case "PATCH" -> client.patch("/books");
            case "DELETE" -> client.delete("/books");
            default -> client.query("/books");
          };
      TestResponse response = request.send().expect(405);
      assertThat(response.header("Allow")).contains("GET", "POST");
    }

    @Test
    void may_have_any_name() {
      client.request("BREW", "/books").send().expect(501);
    }

    @Test
    void of_options_is_answered() {
      assertThat(client.options("/books").send().header("Allow")).contains("POST");
    }

    @Test
    void of_head_has_no_content() {
      TestResponse response = client.head("/books").send().expect(200);
      assertThat(response.body()).isEmpty();
      assertThat(response.header("Content-Type")).isEqualTo("application/json");
    }
  }

  @Nested
  class A_response {
    @Test
    void of_another_status_fails_with_everything_there_is() {
      TestResponse response = client.get("/books").query("limit", 11).send();
      assertThatThrownBy(() -> response.expect(200))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "GET /books?limit=11: expected status 200 but got status 400\n400\n")
          .hasMessageContaining("must be at most 10");
    }

    @Test
    void that_fails_shows_what_was_sent() {
      TestResponse response =
          client.post("/books").cookie("session", "s1").json("{\"title\": 1}").send();
      assertThatThrownBy(() -> response.expect(201))
          .hasMessageStartingWith(
              """
              POST /books: expected status 201 but got status 400
              the request had:
              Cookie: ***
              Content-Type: application/json

              {"title": 1}
              the answer is:
              400
              """);
    }

    @Test
    void may_be_a_problem() {
      Problem problem = client.get("/books").query("limit", 11).send().expect(400).problem();
      assertThat(problem.type()).isEqualTo("urn:brrtrouter:problem:validation");
      assertThat(problem.detail()).isEqualTo("1 violation; see errors.");
      assertThat(problem.members().get("errors").path(0).path("name").asString())
          .isEqualTo("limit");
    }

    @Test
    void that_is_no_problem_fails() {
      TestResponse response = client.get("/books").send();
      assertThatThrownBy(response::problem)
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith(
              "GET /books: expected a problem but got media type application/json\n200\n");
    }

    @Test
    void that_breaks_the_document_is_a_500() {
      assertThat(client.get("/broken").send().expect(500).problem().type())
          .isEqualTo("urn:brrtrouter:problem:response-contract");
    }
  }

  @Nested
  class Credentials {
    private String authorization(TestRequest request) {
      return request.send().expect(200).json().path("authorization").asString();
    }

    @Test
    void are_a_token_or_a_user_with_a_password() {
      assertThat(authorization(client.get("/books/1").bearer("abc.def")))
          .isEqualTo("Bearer abc.def");
      assertThat(authorization(client.get("/books/1").basic("ada", "p\u00e4ss:word")))
          .isEqualTo("Basic YWRhOnDDpHNzOndvcmQ=");
      assertThat(authorization(client.get("/books/1").bearer("a").basic("ada", "")))
          .isEqualTo("Basic YWRhOg==");
    }

    @Test
    void are_sent_with_every_request_of_a_client_that_has_them() {
      BrrtClient ada = client.with("Authorization", "Bearer ada");

      assertThat(authorization(ada.get("/books/1"))).isEqualTo("Bearer ada");
      assertThat(authorization(ada.get("/books/1"))).isEqualTo("Bearer ada");
      assertThat(authorization(ada.with("Authorization", "Bearer grace").get("/books/1")))
          .isEqualTo("Bearer grace");
      assertThat(authorization(ada.get("/books/1").bearer("grace"))).isEqualTo("Bearer grace");
      assertThat(authorization(client.get("/books/1"))).isEqualTo("none");
    }
  }
}
