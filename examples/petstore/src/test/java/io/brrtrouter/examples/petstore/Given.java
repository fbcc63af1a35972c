package io.brrtrouter.examples.petstore;

import io.brrtrouter.testing.BrrtClient;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What tests start from: things of their own, so that no test minds another. */
final class Given {
  private static final AtomicInteger COUNTER = new AtomicInteger();

  /** In the shop from the start. */
  static final String BALL = "7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a";

  /** The smallest PNG there is: one transparent dot. */
  static final byte[] PNG =
      java.util.Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private Given() {}

  static String name() {
    return "guest" + COUNTER.incrementAndGet();
  }

  /** {@return a tag that nothing has yet; digits are none for tags} */
  static String tag() {
    String letters =
        String.valueOf(COUNTER.incrementAndGet())
            .chars()
            .mapToObj(digit -> Character.toString('a' + digit - '0'))
            .collect(Collectors.joining());
    return "tag-" + letters;
  }

  static JsonNode dog(BrrtClient client) {
    return ExampleKeys.manager(client)
        .post("/pets")
        .json(
            """
            {"species": "dog", "name": "Waldi", "breed": "Dachshund", "price": 300, "tags": ["calm"]}
            """)
        .send()
        .expect(201)
        .json();
  }

  static long dogId(BrrtClient client) {
    return dog(client).path("id").asLong();
  }

  static String dogPath(BrrtClient client) {
    return "/pets/" + dogId(client);
  }

  /** Answers of somebody in a house with a child, all in order. */
  static ObjectNode questionnaire() {
    return (ObjectNode)
        new JsonMapper()
            .readTree(
                """
                {"applicant": "ada", "household": [36, 7], "home": "house", "garden_m2": 250,
                 "hours_alone": 3, "sitter": false}
                """);
  }

  /** The path of a dog that is reserved for somebody. */
  static String adopted(BrrtClient client) {
    String path = dogPath(client);
    client.post(path + "/adoption").json(questionnaire()).send().expect(202);
    return path;
  }

  static String user(BrrtClient client) {
    String name = name();
    client
        .post("/users")
        .json(
            """
            {"name": "%s", "full_name": "A Guest", "password": "correct horse"}
            """
                .formatted(name))
        .send()
        .expect(201);
    return name;
  }

  static String item(BrrtClient client, int stock) {
    String id = UUID.randomUUID().toString();
    ExampleKeys.manager(client)
        .post("/items/" + id)
        .json(
            """
            {"name": "Brush", "price": 7.50, "stock": %d, "size": [5, 20]}
            """
                .formatted(stock))
        .send()
        .expect(201);
    return id;
  }

  /** An order of one pet that nobody has paid. */
  static String order(BrrtClient client) {
    return client
        .post("/orders")
        .json(
            """
            {"customer": "ada", "lines": [{"pet": %d}]}
            """
                .formatted(dogId(client)))
        .send()
        .expect(201)
        .json()
        .path("id")
        .asString();
  }

  /** The path of a delivery that has arrived. */
  static String delivery(BrrtClient client) {
    try (HookReceiver receiver = new HookReceiver(204)) {
      client
          .post("/orders")
          .json(
              """
              {"customer": "ada", "lines": [{"pet": %d}], "callback_url": "%s"}
              """
                  .formatted(dogId(client), receiver.url()))
          .send()
          .expect(201);
      String path = "/admin/deliveries/" + receiver.next().id();
      while (!isDelivered(client, path)) {
        Thread.sleep(20);
      }
      return path;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static boolean isDelivered(BrrtClient client, String path) {
    JsonNode traced = ExampleKeys.manager(client).get(path).send().expect(200).json();
    return traced.at("/delivery/state").asString().equals("delivered");
  }

  static String session(BrrtClient client) {
    String cookie =
        client.post("/sessions").field("user", "ada").send().expect(204).header("Set-Cookie");
    return String.valueOf(cookie).replaceFirst("^session=([^;]*);.*$", "$1");
  }
}
