package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the document allows, or nearly allows, and Java's types do not expect: never a 500. */
@BrrtTest(InMemory.class)
class ExtremeInputTest {
  private final BrrtClient client;

  ExtremeInputTest(BrrtClient client) {
    this.client = ExampleKeys.manager(client);
  }

  private TestResponse item(String properties) {
    return client
        .post("/items/" + UUID.randomUUID())
        .json("{\"name\":\"a\"," + properties + "}")
        .send();
  }

  private TestResponse order(String lines) {
    return client.post("/orders").json("{\"customer\":\"ada\",\"lines\":[" + lines + "]}").send();
  }

  private JsonNode sales() {
    return client.get("/sales?from=2000-01&to=2999-12").send().expect(200).json();
  }

  @Nested
  class Numbers {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "price: 1, size: [2147483648, 1]      | 400",
          "price: 1, size: [1, 1e30]            | 400",
          "price: 1, size: [10001, 1]           | 400",
          "price: 1, size: [1e4, 10000.0]       | 201",
          "price: 1, stock: 2147483648          | 400",
          "price: 1, stock: 2.147483647e9       | 201",
          "price: 1, attributes: {a: 1e400}     | 201",
          "price: 1, attributes: {a: 1e999999999} | 201",
          "price: 1e8                           | 201",
          "price: 1e9                           | 400",
          "price: 0e-999999999                  | 201",
        })
    void of_an_item(String properties, int status) {
      item(properties.replaceAll("([a-z]+):", "\"$1\":")).expect(status);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "/matrix/;coords=2;coords=1;coords=4?size=width,2147483648,height,1 | 400",
          "/matrix/;coords=2;coords=1;coords=4?size=width,1,height,1e30 | 400",
          "/matrix/;coords=2.0;coords=1e0;coords=4?size=width,1e2,height,10000 | 200",
          "/pets?limit=1e1&offset=2147483647 | 200",
          "/pets/9223372036854775807 | 404",
          "/pets/9223372036854775808 | 400",
          "/labels/.red=2.55e2.green=0.blue=0 | 400",
          "/labels/.red=255.green=0e999999999.blue=0 | 200",
          "/compare/1001,1.002e3 | 200",
          "/exports/2.026e3-04.csv | 200",
          "/exports/2026-04%0A.csv | 400",
          "/exports/2999-12.csv | 200",
          "/sales?from=2000-01&to=2999-12 | 200",
          "/beta/statistics?since=0000-01-01&until=9999-12-31 | 200",
          "/sales?from=2026-01%0A&to=2026-02 | 400",
          "/events?last=1e2 | 200",
          "/search?filter%5Bmin_price%5D=0e-999999999 | 200",
          "/search?near=%7B%22latitude%22:1e-400%2C%22longitude%22:0e999999999%7D | 200",
          "/search?near=%7B%22latitude%22:0%2C%22longitude%22:0%2C%22radius_km%22:1e400%7D | 400",
        })
    void of_a_target(String target, int status) {
      client.get(target).send().expect(status);
    }

    @Test
    void without_value_cost_nothing_however_they_are_written() {
      String free = item("\"price\":0e-999999999,\"stock\":9").expect(201).header("Location");
      String id = String.valueOf(free).substring("/items/".length());
      String lines = "{\"item\":\"%s\",\"quantity\":1e0},{\"item\":\"%s\"}";
      TestResponse order = order(lines.formatted(Given.item(client, 1), id)).expect(201);
      assertThat(order.json().path("total").decimalValue()).isEqualByComparingTo("7.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0e-999999999", "0e999999999", "999999999", "9.99999999e8"})
    void bound_the_price_of_pets_in_any_notation(String price) {
      client.query("/pets").json("{\"any_of\":[{\"max_price\":" + price + "}]}").send().expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0e-999999999", "0e999999999", "0e-2147483647"})
    void of_a_free_pet_are_shown_with_decimals(String price) {
      long pet =
          client
              .post("/pets")
              .json("{\"species\":\"cat\",\"name\":\"Tom\",\"price\":%s}".formatted(price))
              .send()
              .expect(201)
              .json()
              .path("id")
              .asLong();
      JsonNode prices = client.get("/compare/1001," + pet).send().expect(200).json();
      assertThat(prices.at("/prices/" + pet).asString()).isEqualTo("EUR 0.00");
    }

    @Test
    void of_the_largest_order_have_no_limit() {
      String location = item("\"price\":999999999,\"stock\":1000").expect(201).header("Location");
      String id = String.valueOf(location).substring("/items/".length());
      TestResponse order = order("{\"item\":\"%s\",\"quantity\":100}".formatted(id)).expect(201);
      assertThat(order.json().path("total").decimalValue()).isEqualByComparingTo("99999999900");
      assertThat(sales().path("items").decimalValue()).isGreaterThan(new BigDecimal("99999999900"));
      String payment = "{\"method\":\"invoice\",\"email\":\"ada@petstore.example\"}";
      JsonNode receipt =
          client
              .post(order.header("Location") + "/payment")
              .json(payment)
              .send()
              .expect(202)
              .json();
      assertThat(receipt.path("amount").decimalValue()).isEqualByComparingTo("99999999900");
    }

    @Test
    void of_a_stock_do_not_overflow() {
      String id = Given.item(client, 1);
      String order = order("{\"item\":\"" + id + "\"}").expect(201).header("Location");
      String full = "{\"name\":\"Brush\",\"price\":7.50,\"stock\":2147483647}";
      client.post("/items/" + id).json(full).send().expect(200);
      client.delete(order).send().expect(204);
      JsonNode item = client.get("/items/" + id).send().expect(200).json();
      assertThat(item.path("stock").asInt()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  @Nested
  class Photos {
    private TestResponse upload(Headers fields, String taken) {
      return client
          .post("/pets/" + Given.dogId(client) + "/photos")
          .part("pictures", "a.png", fields, Given.PNG)
          .part("taken", taken)
          .send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "90.0", "9e1", "900e-1"})
    void are_turned_by_numbers_in_any_notation(String rotation) {
      Headers fields = Headers.of("Content-Type", "image/png", "X-Rotation", rotation);
      JsonNode photos = upload(fields, "{}").expect(201).json();
      assertThat(photos.at("/0/rotation").asInt()).isEqualTo(90);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "9999-12-31T23:59:59-23:59",
          "0000-01-01T00:00:00+23:59",
          "2016-12-31T23:59:60Z",
          "2026-02-03t04:05:06.1234567890123z"
        })
    void are_taken_at_any_time_of_the_calendar(String time) {
      Headers fields = Headers.of("Content-Type", "image/png");
      JsonNode photos = upload(fields, "{\"at\":\"" + time + "\"}").expect(201).json();
      assertThat(photos.at("/0/taken_at").asString()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png; a=b", "IMAGE/PNG"})
    void have_a_media_type_however_it_is_written(String type) {
      JsonNode photos = upload(Headers.of("Content-Type", type), "{}").expect(201).json();
      assertThat(photos.at("/0/media_type").asString()).isEqualTo("image/png");
    }
  }

  @Test
  void a_photo_with_a_media_type_that_is_none_is_refused() {
    client
        .post("/pets/1001/photos")
        .file("pictures", "a.png", "image/png; a=b; a=c", Given.PNG)
        .send()
        .expect(400);
  }

  @Nested
  class Texts {
    private String posts() {
      return "/users/" + Given.user(client) + "/posts";
    }

    @Test
    void are_cut_between_characters() {
      String title = "a".repeat(119) + "\uD83D\uDE00b";
      TestResponse post = client.post(posts()).body("text/markdown", "# " + title).send();
      assertThat(post.expect(201).json().path("title").asString())
          .isEqualTo("a".repeat(119) + "\uD83D\uDE00");
    }

    @Test
    void that_only_the_shop_may_date_are_dated_by_it() {
      String post =
          "{\"title\":\"a\",\"text\":\"b\",\"id\":\"c\",\"written_at\":\"9999-12-31T23:59:59-23:59\"}";
      JsonNode written = client.post(posts()).json(post).send().expect(201).json();
      assertThat(written.path("id").asString()).isEqualTo("a");
    }
  }

  @Nested
  class Pets {
    private TestResponse patch(long pet, String patch) {
      return client.patch("/pets/" + pet).body("application/merge-patch+json", patch).send();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"tags\":[\"calm\",\"calm\"]}",
          "{\"tags\":[\"aa\",\"bb\",\"cc\",\"dd\",\"ee\",\"ff\",\"gg\",\"hh\",\"ii\",\"jj\",\"kk\"]}"
        })
    void cannot_be_changed_to_what_no_pet_is(String patch) {
      patch(Given.dogId(client), patch).expect(400);
    }

    @Test
    void that_were_ordered_and_removed_stay_in_the_figures() {
      long pet = Given.dogId(client);
      order("{\"pet\":" + pet + "}").expect(201);
      patch(pet, "{\"status\":\"available\"}").expect(200);
      client.delete("/pets/" + pet).send().expect(204);
      assertThat(sales().path("dog").decimalValue()).isGreaterThanOrEqualTo(new BigDecimal("300"));
    }
  }
}
