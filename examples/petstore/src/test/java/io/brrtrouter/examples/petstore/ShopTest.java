package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@BrrtTest(InMemory.class)
class ShopTest {
  private final BrrtClient client;

  ShopTest(BrrtClient client) {
    this.client = ExampleKeys.manager(client);
  }

  private JsonNode get(String path) {
    return client.get(path).send().expect(200).json();
  }

  @Nested
  class An_item {
    @Test
    void is_created_once_and_then_changed() {
      String path = "/items/" + UUID.randomUUID();
      String item = "{\"name\":\"Leash\",\"price\":%s,\"attributes\":{\"length_m\":1.5}}";
      assertThat(client.post(path).json(item.formatted("12")).send().expect(201).header("Location"))
          .isEqualTo(path);
      client.post(path).json(item.formatted("11.90")).send().expect(200);
      assertThat(get(path).path("price").decimalValue()).hasToString("11.90");
      assertThat(get(path).at("/attributes/length_m").decimalValue()).hasToString("1.5");
      assertThat(get(path).path("stock").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'weight_kg': 1.5, 'organic': true} | 201",
          "{'weight_kg': 0}                    | 400",
          "{'length_m': 'long'}                | 400",
          "{'material': 'rubber'}              | 201",
          "{'material': ['rubber', 'felt']}    | 400",
        })
    void has_attributes_that_are_quantities_when_they_have_a_unit(String attributes, int status) {
      client
          .post("/items/" + UUID.randomUUID())
          .json(
              "{\"name\":\"Leash\",\"price\":12,\"attributes\":"
                  + attributes.replace('\'', '"')
                  + "}")
          .send()
          .expect(status);
    }

    @Test
    void may_be_copied() {
      String original = "/items/" + Given.item(client, 9);
      TestResponse copy =
          client.request("COPY", original).header("X-Copy-Name", "Comb").send().expect(201);
      assertThat(copy.json().path("name").asString()).isEqualTo("Comb");
      assertThat(copy.json().path("stock").asInt(-1)).isZero();
      assertThat(get(copy.header("Location"))).isEqualTo(copy.json());
    }
  }

  @Nested
  class An_order {
    private String place(String lines) {
      return client
          .post("/orders")
          .json("{\"customer\":\"grace\",\"lines\":[" + lines + "]}")
          .send()
          .expect(201)
          .header("Location");
    }

    @Test
    void reserves_its_pet_and_sells_it_when_paid() {
      long pet = Given.dogId(client);
      String order = place("{\"pet\":" + pet + "}");
      assertThat(get("/pets/" + pet).path("status").asString()).isEqualTo("reserved");
      JsonNode receipt =
          client
              .post(order + "/payment")
              .json("{\"method\":\"card\",\"number\":\"4111111111111111\",\"expires\":\"2030-11\"}")
              .send()
              .expect(200)
              .json();
      assertThat(receipt.path("final").asBoolean()).isTrue();
      assertThat(receipt.path("amount").asInt()).isEqualTo(300);
      assertThat(get("/pets/" + pet).path("status").asString()).isEqualTo("sold");
      assertThat(client.delete(order).send().expect(409).problem().detail())
          .isEqualTo("The order is paid already.");
    }

    @Test
    void gives_everything_back_when_cancelled() {
      long pet = Given.dogId(client);
      String item = Given.item(client, 3);
      String order = place("{\"pet\":" + pet + "},{\"item\":\"" + item + "\",\"quantity\":2}");
      assertThat(get(order).path("total").decimalValue()).hasToString("315.00");
      assertThat(get("/items/" + item).path("stock").asInt()).isEqualTo(1);
      client.delete(order).send().expect(204);
      assertThat(get("/items/" + item).path("stock").asInt()).isEqualTo(3);
      assertThat(get("/pets/" + pet).path("status").asString()).isEqualTo("available");
      assertThat(get(order).path("status").asString()).isEqualTo("cancelled");
    }

    @Test
    void takes_all_or_nothing() {
      long pet = Given.dogId(client);
      String item = Given.item(client, 1);
      client
          .post("/orders")
          .json(
              "{\"customer\":\"ada\",\"lines\":[{\"pet\":"
                  + pet
                  + "},{\"item\":\""
                  + item
                  + "\",\"quantity\":2}]}")
          .send()
          .expect(409);
      assertThat(get("/pets/" + pet).path("status").asString()).isEqualTo("available");
    }

    @Test
    void says_what_it_said_but_not_where_to_call_back() {
      JsonNode order =
          client
              .post("/orders")
              .json(
                  """
                  {"customer": "ada", "gift": true, "note": "Quickly!",
                   "lines": [{"item": "%s"}],
                   "ship_to": {"street": "1 Main St", "city": "Bath", "country": "GB"},
                   "callback_url": "https://ada.example/orders"}
                  """
                      .formatted(Given.item(client, 1)))
              .send()
              .expect(201)
              .json();
      assertThat(order.path("gift").asBoolean()).isTrue();
      assertThat(order.path("note").asString()).isEqualTo("Quickly!");
      assertThat(order.at("/ship_to/city").asString()).isEqualTo("Bath");
      assertThat(order.at("/lines/0/quantity").asInt()).isEqualTo(1);
      assertThat(order.has("callback_url")).isFalse();
    }

    @Test
    void with_a_wrong_line_is_refused_with_the_nearer_alternative() {
      JsonNode errors =
          client
              .post("/orders")
              .json("{\"customer\":\"ada\",\"lines\":[{\"item\":\"x\",\"quantity\":0}]}")
              .send()
              .expect(400)
              .problem()
              .members()
              .get("errors");
      assertThat(errors.valueStream().map(error -> error.path("pointer").asString()))
          .contains("/lines/0/item", "/lines/0/quantity");
    }
  }

  @Nested
  class A_user {
    @Test
    void is_known_without_password() {
      String name = Given.user(client);
      JsonNode user = get("/users/" + name);
      assertThat(user.path("full_name").asString()).isEqualTo("A Guest");
      assertThat(user.has("password")).isFalse();
      assertThat(get("/users").path("total").asInt()).isGreaterThan(4);
    }

    @Test
    void is_on_one_page_of_the_list() {
      String prefix = "pages" + Given.name();
      List<String> made = List.of(prefix + "_", prefix + "0", prefix + "a");
      made.forEach(name ->
          client
              .post("/users")
              .json(
                  "{\"name\":\"%s\",\"full_name\":\"A Guest\",\"password\":\"correct horse\"}"
                      .formatted(name))
              .send()
              .expect(201));
      List<String> listed = new ArrayList<>();
      for (JsonNode page = users(0); !page.isEmpty(); page = users(listed.size())) {
        assertThat(page.size()).isLessThanOrEqualTo(3);
        page.forEach(user -> listed.add(user.path("name").asString()));
      }
      assertThat(listed).containsAll(made).doesNotHaveDuplicates().isSorted();
    }

    private JsonNode users(int offset) {
      return get("/users?limit=3&offset=" + offset).path("users");
    }

    @Test
    void writes_posts_and_takes_them_along() {
      String name = Given.user(client);
      String posts = "/users/" + name + "/posts";
      client.post(posts).json("{\"title\":\"Über Uns!\",\"text\":\"a\"}").send().expect(201);
      String second =
          client
              .post(posts)
              .body("text/markdown", "# Über uns\n\nb *c*\n")
              .send()
              .expect(201)
              .header("Location");
      assertThat(second).isEqualTo(posts + "/uber-uns-2");
      assertThat(client.head("/users/" + name).send().header("X-Post-Count")).isEqualTo("2");
      assertThat(get(posts + "?limit=1").path(0).path("id").asString()).isEqualTo("uber-uns-2");
      TestResponse markdown = client.get(second).accept("text/markdown").send().expect(200);
      assertThat(markdown.text()).isEqualTo("b *c*");
      assertThat(get(second).path("title").asString()).isEqualTo("Über uns");
      client.delete("/users/" + name).send().expect(204);
      client.get(posts).send().expect(404);
    }

    @Test
    void may_ask_what_is_possible() {
      assertThat(client.options("/users/ada").send().expect(204).header("Allow"))
          .isEqualTo("GET, HEAD, DELETE, OPTIONS");
    }

    @Test
    void keeps_a_session_as_long_as_asked() {
      TestResponse kept =
          client.post("/sessions").field("user", "ada").field("remember", true).send().expect(204);
      assertThat(kept.header("Set-Cookie"))
          .matches("session=[0-9a-f]{32}; .*Max-Age=2592000.*")
          .contains("HttpOnly", "SameSite=Lax");
    }
  }

  @Nested
  class The_warehouse {
    @Test
    void has_items_at_its_places() {
      assertThat(get("/matrix/;coords=2;coords=1;coords=4").path("items")).hasSize(2);
      JsonNode small = get("/matrix/;coords=2;coords=1;coords=4?size=width,40,height,30");
      assertThat(small.path("items")).hasSize(1);
      assertThat(small.at("/items/0/name").asString()).isEqualTo("Ball");
      assertThat(small.path("box").asInt()).isEqualTo(4);
    }

    @Test
    void names_colors() {
      assertThat(get("/labels/.red=250.green=240.blue=20").toString())
          .isEqualTo("{\"name\":\"yellow\",\"hex\":\"#faf014\"}");
    }

    @Test
    void gives_files_as_the_client_likes_them() {
      TestResponse file = client.get("/download/price-list").send().expect(200);
      assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
      assertThat(file.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"price-list.csv\"");
      assertThat(file.text()).startsWith("name,price\n");
      TestResponse picture =
          client.get("/download/price-list").accept("image/*, application/json;q=0.5").send();
      assertThat(picture.expect(200).header("Content-Type")).isEqualTo("image/png");
      JsonNode about =
          client.get("/download/price-list").accept("application/json").send().expect(200).json();
      assertThat(about.path("size").asInt()).isEqualTo(file.body().length);
      assertThat(about.at("/labels/edition").asString()).isEqualTo("spring");
    }

    @Test
    void keeps_what_is_uploaded() {
      TestResponse kept =
          client
              .post("/upload")
              .file("file", "../../a b.txt", "text/plain", new byte[] {72, 105})
              .part("labels", "{\"to\":\"you\"}")
              .send()
              .expect(201);
      assertThat(kept.json().path("name").asString()).isEqualTo(".._.._a_b.txt");
      assertThat(kept.json().path("media_type").asString()).isEqualTo("text/plain");
      assertThat(kept.json().path("labels").toString()).isEqualTo("{\"to\":\"you\"}");
      assertThat(client.get(kept.header("Location")).send().expect(200).text()).isEqualTo("Hi");
    }

    @Test
    void reads_letters_in_every_style() {
      JsonNode answer =
          client
              .post("/form")
              .field("name", "Grace")
              .field("message", "Hello & goodbye")
              .field("topics", "order")
              .field("topics", "praise")
              .field("pets", "1001|1002")
              .field("address[city]", "Bath")
              .send()
              .expect(202)
              .json();
      assertThat(answer.path("received").toString())
          .isEqualTo(
              "{\"name\":\"Grace\",\"message\":\"Hello & goodbye\",\"topics\":[\"order\",\"praise\"],"
                  + "\"pets\":[1001,1002],\"address\":{\"city\":\"Bath\"}}");
      assertThat(answer.path("ticket").asString()).startsWith("T-");
    }
  }

  @Nested
  class Figures {
    private static final String SALES = "/sales?from=2000-01&to=2999-12";

    @Test
    void of_a_month_are_a_table() {
      String id = Given.order(client);
      String month = get("/orders/" + id).path("placed_at").asString().substring(0, 7);
      TestResponse csv = client.get("/exports/" + month + ".csv").send().expect(200);
      assertThat(csv.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
      assertThat(csv.text().lines())
          .startsWith("id,customer,status,total")
          .contains(id + ",ada,placed,300.00");
    }

    @Test
    void of_sales_are_by_species_or_customer() {
      assertThat(get(SALES).path("cat").decimalValue()).hasToString("150.00");
      assertThat(get(SALES + "&group=customer").path("katherine").decimalValue())
          .hasToString("159.80");
    }

    @Test
    void count_the_shop_for_a_period() {
      JsonNode all = get("/beta/statistics");
      assertThat(all.path("pets").asInt()).isGreaterThanOrEqualTo(8);
      assertThat(all.at("/categories/children/0/children/2/name").asString()).isEqualTo("bird");
      JsonNode then = get("/beta/statistics?since=2020-01-01&until=2020-12-31");
      assertThat(then.path("pets").asInt(-1)).isZero();
      assertThat(then.path("orders").asInt(-1)).isZero();
    }
  }

  @Nested
  class Administration {
    @Test
    void turns_switches() {
      JsonNode settings =
          client.put("/admin/settings").json("{\"show_prices\":false}").send().expect(200).json();
      assertThat(settings.path("show_prices").asBoolean(true)).isFalse();
      assertThat(settings.has("holiday_mode")).isTrue();
      assertThat(get("/admin/settings").path("show_prices").asBoolean(true)).isFalse();
    }

    @Test
    void has_no_switches_with_capitals() {
      JsonNode errors =
          client
              .put("/admin/settings")
              .json("{\"Show-Prices\":false}")
              .send()
              .expect(400)
              .problem()
              .members()
              .get("errors");
      assertThat(errors.at("/0/pointer").asString()).isEqualTo("/Show-Prices");
      assertThat(errors.at("/0/message").asString())
          .isEqualTo("the name of this property must match the pattern ^[a-z_]+$");
    }

    @Test
    void sees_what_happened_line_by_line() {
      long pet = Given.dogId(client);
      String lines =
          client.get("/events?last=100").accept("application/jsonl").send().expect(200).text();
      assertThat(lines.lines())
          .anyMatch(line ->
              line.contains("\"type\":\"pet.added\"")
                  && line.endsWith("\"subject\":\"/pets/" + pet + "\"}"));
    }

    @Test
    void sees_what_happened_as_a_stream_of_events() {
      Given.dog(client);
      TestResponse events = client.get("/events?last=1").send().expect(200);
      assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(events.text()).matches("id: [0-9]+\nevent: [a-z.]+\ndata: \\{.*}\n\n");
    }

    @Test
    void subscribes_an_address_once() {
      String wish =
          "{\"url\":\"https://%s.example/\",\"events\":[\"pet.added\"],\"secret\":\"0123456789abcdef\"}"
              .formatted(Given.name());
      JsonNode first = client.post("/webhooks").json(wish).send().expect(201).json();
      JsonNode again = client.post("/webhooks").json(wish).send().expect(200).json();
      assertThat(again).isEqualTo(first);
      assertThat(again.has("secret")).isFalse();
    }
  }

  @Nested
  class Beside_the_document {
    @Test
    void the_server_answers_by_itself() {
      assertThat(get("/health").toString()).isEqualTo("{\"status\":\"ok\"}");
      assertThat(get("/ready").toString()).isEqualTo("{\"status\":\"ready\"}");
      assertThat(get("/openapi.json").at("/info/title").asString()).isEqualTo("Pet Store");
      assertThat(client.get("/openapi.yaml").send().expect(200).text()).startsWith("openapi: ");
      assertThat(client.get("/docs").send().expect(200).text())
          .contains("<title>Pet Store</title>");
      assertThat(client.head("/docs/swagger-ui.css").send().expect(200).body()).isEmpty();
      client.get("/docs/..%2f..%2fpom.xml").send().expect(404);
      client.get("/docs/index.html").send().expect(404);
    }

    @Test
    void the_document_is_in_one_piece() {
      for (String path : List.of("/openapi.json", "/openapi.yaml", "/docs/openapi.json")) {
        String document = client.get(path).send().expect(200).text();
        assertThat(document.contains("Names the kind of problem")).as(path).isTrue();
        assertThat(document.contains("shared/problem.yaml")).as(path).isFalse();
      }
    }

    @Test
    void requests_are_counted() {
      get("/pets/1001");
      client.get("/pets/4711").send().expect(404);
      client.get("/pets/x").send().expect(400);
      assertThat(client.get("/metrics").send().expect(200).text())
          .contains(
              "http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/pets/{id}\",operation=\"get_pet\"}")
          .contains("brrtrouter_validation_failures_total{keyword=\"type\",operation=\"get_pet\"}")
          .contains("brrtrouter_refusals_total{problem=\"validation\"}")
          .contains("brrtrouter_requests_in_flight");
    }
  }
}
