package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestRequest;
import io.brrtrouter.testing.TestResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who may do what. */
@BrrtTest(InMemory.class)
class SecurityTest {
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /pets",
          "{\"species\":\"bird\",\"name\":\"Coco\",\"wingspan_cm\":20.5,\"price\":12.5}",
          "PUT /admin/settings",
          "{\"holiday_mode\":false}");

  private static TestRequest request(BrrtClient client, String methodAndPath) {
    String[] parts = methodAndPath.split(" ");
    TestRequest request = client.request(parts[0], parts[1]);
    String body = BODIES.get(methodAndPath);
    return body == null ? request : request.json(body);
  }

  /** As whom a request comes: the key of somebody, that of a terminal, or both. */
  private static BrrtClient as(String who, BrrtClient client) {
    return switch (who) {
      case "anybody" -> client;
      case "a stranger" -> client.with(ExampleKeys.STAFF, "stranger-key-0123456789");
      case "the clerk" -> client.with(ExampleKeys.STAFF, ExampleKeys.CLERK);
      case "the manager" -> client.with(ExampleKeys.STAFF, ExampleKeys.MANAGER);
      case "the terminal" -> client.with(ExampleKeys.TERMINAL, ExampleKeys.COUNTER);
      case "the clerk at the terminal" -> as("the terminal", as("the clerk", client));
      case "the manager at the terminal" -> as("the terminal", as("the manager", client));
      default -> throw new IllegalArgumentException(who);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /pets            | anybody                     | 200
          GET /pets            | a stranger                  | 200
          POST /pets           | anybody                     | 401
          POST /pets           | a stranger                  | 401
          POST /pets           | the terminal                | 401
          POST /pets           | the clerk                   | 201
          POST /pets           | the manager                 | 201
          GET /users           | anybody                     | 401
          GET /users           | the clerk                   | 403
          GET /users           | the manager                 | 200
          GET /users/ada       | anybody                     | 200
          GET /users/ada       | a stranger                  | 401
          GET /users/ada       | the clerk                   | 200
          GET /admin/deliveries | anybody                    | 401
          GET /admin/deliveries | the clerk                  | 403
          GET /admin/deliveries | the manager                | 200
          PUT /admin/settings  | the manager                 | 401
          PUT /admin/settings  | the terminal                | 401
          PUT /admin/settings  | the clerk at the terminal   | 403
          PUT /admin/settings  | the manager at the terminal | 200
          """)
  void requests_are_answered(String request, String who, int status, BrrtClient client) {
    request(as(who, client), request).send().expect(status);
  }

  @ParameterizedTest
  @CsvSource({"anybody, 401", "a stranger, 401", "the clerk, 200", "the terminal, 200"})
  void applications_are_for_staff_and_terminals(String who, int status, BrrtClient client) {
    String path = Given.adopted(client) + "/adoption";

    as(who, client).get(path).send().expect(status);
  }

  @Test
  void a_refusal_says_which_key_is_missing(BrrtClient client) {
    TestResponse refused = request(client, "POST /pets").send().expect(401);

    assertThat(refused.header("WWW-Authenticate"))
        .isEqualTo("ApiKey realm=\"Pet Store\", in=\"header\", name=\"X-API-Key\"");
  }

  @Test
  void the_address_of_a_user_is_for_staff(BrrtClient client) {
    JsonNode seen = client.get("/users/ada").send().expect(200).json();
    JsonNode known = as("the clerk", client).get("/users/ada").send().expect(200).json();

    assertThat(seen.has("email")).isFalse();
    assertThat(known.path("email").asString()).isEqualTo("ada@petstore.example");
  }
}
