package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@BrrtTest(InMemory.class)
class PetsTest {
  private final BrrtClient client;

  PetsTest(BrrtClient client) {
    this.client = ExampleKeys.manager(client);
  }

  private static List<String> names(JsonNode pets) {
    return pets.valueStream().map(pet -> pet.path("name").asString()).toList();
  }

  @Nested
  class A_list {
    @Test
    void is_a_page_and_tells_how_many_there_are() {
      TestResponse response = client.get("/pets?limit=2&offset=1").send().expect(200);
      assertThat(names(response.json())).containsExactly("Mimi", "Kiwi");
      assertThat(Integer.parseInt(response.header("X-Total-Count"))).isGreaterThanOrEqualTo(8);
    }

    @Test
    void has_only_pets_with_all_the_tags() {
      assertThat(names(client.get("/pets?tags=loyal&tags=young").send().expect(200).json()))
          .containsExactly("Rex");
    }

    @Test
    void is_empty_past_the_end_and_tells_how_many_there_are() {
      String tag = Given.tag();
      tagged(tag);
      TestResponse response = client.get("/pets?offset=1&tags=" + tag).send().expect(200);
      assertThat(response.json()).isEmpty();
      assertThat(response.header("X-Total-Count")).isEqualTo("1");
    }

    @Test
    void goes_by_what_pets_are_now() {
      String before = Given.tag();
      String after = Given.tag();
      long pet = tagged(before);
      assertThat(count("/pets?status=available&tags=" + before)).isEqualTo(1);

      String patch = "{\"tags\":[\"%s\"],\"status\":\"reserved\"}".formatted(after);
      client.patch("/pets/" + pet).body("application/merge-patch+json", patch).send().expect(200);
      assertThat(count("/pets?tags=" + before)).isZero();
      assertThat(count("/pets?status=available&tags=" + after)).isZero();
      assertThat(count("/pets?status=reserved&tags=" + after)).isEqualTo(1);
      assertThat(
              client.get("/pets/findByStatus?status=sold,reserved,sold").send().expect(200).json())
          .filteredOn(found -> found.path("id").asLong() == pet)
          .hasSize(1);
    }

    private long count(String target) {
      return Long.parseLong(client.get(target).send().expect(200).header("X-Total-Count"));
    }

    @Test
    void is_refused_with_every_reason() {
      JsonNode errors =
          client
              .get("/pets?limit=1000&offset=x&status=asleep&tags=a&tags=a")
              .send()
              .expect(400)
              .problem()
              .members()
              .get("errors");
      assertThat(errors.valueStream().map(error -> error.path("name").asString()))
          .contains("limit", "offset", "status", "tags");
    }
  }

  /** {@return the number of a cat of 12.50 with a tag of its own} */
  private long tagged(String tag) {
    String cat =
        "{\"species\":\"cat\",\"name\":\"Tom\",\"price\":12.50,\"tags\":[\"%s\"]}".formatted(tag);
    return client.post("/pets").json(cat).send().expect(201).json().path("id").asLong();
  }

  @Nested
  class A_question {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "{'tag':'a'}                                      | 1",
          "{'tag':'a','species':'cat'}                      | 1",
          "{'tag':'a','species':'dog'}                      | 0",
          "{'tag':'a','status':'available'}                 | 1",
          "{'tag':'a','status':'sold'}                      | 0",
          "{'tag':'a','max_price':12.50}                    | 1",
          "{'tag':'a','max_price':12.49}                    | 0",
          "{'tag':'a'},{'tag':'b'}                          | 2",
          "{'tag':'a'},{'tag':'a','species':'cat'}          | 1",
          "{'tag':'a','species':'dog'},{'tag':'b'}          | 1",
          "{'tag':'a','species':'dog'},{'tag':'b','max_price':0} | 0",
        })
    void is_answered_with_pets_for_which_all_parts_of_a_condition_hold(String anyOf, int count) {
      String one = Given.tag();
      String other = Given.tag();
      tagged(one);
      tagged(other);
      String conditions =
          anyOf
              .replace("'a'", "'" + one + "'")
              .replace("'b'", "'" + other + "'")
              .replace('\'', '"');
      TestResponse response =
          client.query("/pets").json("{\"any_of\":[" + conditions + "]}").send().expect(200);
      assertThat(response.json()).hasSize(count);
      assertThat(response.header("X-Total-Count")).isEqualTo(String.valueOf(count));
    }
  }

  @Nested
  class A_new_pet {
    @Test
    void gets_a_number_and_an_address() {
      TestResponse response =
          client
              .post("/pets")
              .json("{\"species\":\"cat\",\"name\":\"Tom\",\"price\":10.10}")
              .send()
              .expect(201);
      long id = response.json().path("id").asLong();
      assertThat(response.header("Location")).isEqualTo("/pets/" + id);
      assertThat(response.header("ETag")).isEqualTo("\"1\"");
      assertThat(client.get("/pets/" + id).send().expect(200).json()).isEqualTo(response.json());
    }

    @Test
    void keeps_its_purchase_price_to_the_shop_and_every_digit_of_its_price() {
      String pet =
          client
              .post("/pets")
              .json("{\"species\":\"cat\",\"name\":\"Tom\",\"price\":10.10,\"purchase_price\":5}")
              .send()
              .expect(201)
              .text();
      assertThat(pet).contains("\"price\":10.10").doesNotContain("purchase_price");
    }

    @Test
    void cannot_choose_what_only_the_shop_says() {
      JsonNode pet =
          client
              .post("/pets")
              .json("{\"id\":1,\"version\":7,\"species\":\"cat\",\"name\":\"Tom\",\"price\":1}")
              .send()
              .expect(201)
              .json();
      assertThat(pet.path("id").asLong()).isGreaterThan(1000);
      assertThat(pet.path("version").asInt()).isEqualTo(1);
    }

    @Test
    void must_be_what_its_species_says() {
      JsonNode errors =
          client
              .post("/pets")
              .json("{\"species\":\"dog\",\"name\":\"Rex\",\"price\":1,\"wingspan_cm\":3}")
              .send()
              .expect(400)
              .problem()
              .members()
              .get("errors");
      assertThat(errors.valueStream().map(error -> error.path("keyword").asString()))
          .containsExactlyInAnyOrder("required", "unevaluatedProperties");
    }

    @Test
    void has_words_only_if_it_talks() {
      String bird =
          "{\"species\":\"bird\",\"name\":\"Coco\",\"price\":1,\"wingspan_cm\":3,"
              + "\"vocabulary\":[\"hi\"],\"talks\":%s}";
      client.post("/pets").json(bird.formatted(true)).send().expect(201);
      client.post("/pets").json(bird.formatted(false)).send().expect(400);
    }

    @Test
    void has_a_transponder_of_its_own() {
      TestResponse response =
          client
              .post("/pets")
              .json(
                  "{\"species\":\"cat\",\"name\":\"Tom\",\"price\":1,\"chip\":\"276098106234567\"}")
              .send()
              .expect(409);
      assertThat(response.problem().detail()).isEqualTo("Pet 1001 carries this transponder.");
    }
  }

  @Nested
  class A_change {
    @Test
    void may_send_back_what_was_read() {
      ObjectNode pet = (ObjectNode) Given.dog(client);
      String path = "/pets/" + pet.path("id").asLong();
      JsonNode changed =
          client.put(path).json(pet.put("name", "Waldemar")).send().expect(200).json();
      assertThat(changed.path("name").asString()).isEqualTo("Waldemar");
      assertThat(changed.path("version").asInt()).isEqualTo(2);
      assertThat(changed.path("created_at")).isEqualTo(pet.path("created_at"));
    }

    @Test
    void is_refused_to_who_was_too_slow() {
      ObjectNode pet = (ObjectNode) Given.dog(client);
      String path = "/pets/" + pet.path("id").asLong();
      client.put(path).header("If-Match", "\"1\"").json(pet).send().expect(200);
      TestResponse late = client.put(path).header("If-Match", "\"1\"").json(pet).send();
      assertThat(late.expect(412).problem().detail()).isEqualTo("The pet is at version 2 by now.");
    }

    @Test
    void may_remove_a_property() {
      String path = "/pets/" + Given.dogId(client);
      client
          .patch(path)
          .body("application/merge-patch+json", "{\"owner\":\"ada\",\"birth_date\":\"2025-01-01\"}")
          .send()
          .expect(200);
      JsonNode pet =
          client
              .patch(path)
              .body("application/merge-patch+json", "{\"owner\":null}")
              .send()
              .expect(200)
              .json();
      assertThat(pet.has("owner")).isFalse();
      assertThat(pet.path("birth_date").asString()).isEqualTo("2025-01-01");
    }
  }

  @Test
  void a_client_that_has_the_pet_does_not_get_it_again() {
    TestResponse first = client.get("/pets/1002").send().expect(200);
    TestResponse again =
        client.get("/pets/1002").header("If-None-Match", first.header("ETag")).send().expect(304);
    assertThat(again.body()).isEmpty();
    client.get("/pets/1002").header("If-None-Match", "\"99\"").send().expect(200);
  }

  @Test
  void a_removed_pet_is_gone() {
    long id = Given.dogId(client);
    client.delete("/pets/" + id).send().expect(204);
    assertThat(client.get("/pets/" + id).send().expect(404).problem().detail())
        .isEqualTo("There is no pet " + id + ".");
  }

  @Test
  void a_question_has_alternatives() {
    JsonNode pets =
        client
            .query("/pets")
            .json("{\"any_of\":[{\"tag\":\"loud\"},{\"species\":\"cat\",\"status\":\"sold\"}]}")
            .send()
            .expect(200)
            .json();
    assertThat(names(pets)).containsExactly("Kiwi", "Schrödinger", "Ginger");
  }

  @Test
  void a_comparison_is_in_the_currency_asked_for() {
    JsonNode inDollars =
        client
            .get("/compare/1002,1003")
            .header("X-Display", "currency=USD,decimals=0")
            .send()
            .expect(200)
            .json();
    assertThat(inDollars.path("prices").toString())
        .isEqualTo("{\"1002\":\"USD 130\",\"1003\":\"USD 97\"}");
    assertThat(inDollars.path("cheapest").asInt()).isEqualTo(1003);
    assertThat(
            client
                .get("/compare/1002,1003")
                .send()
                .expect(200)
                .json()
                .path("prices")
                .path("1002")
                .asString())
        .isEqualTo("EUR 120.50");
  }

  @Nested
  class A_search {
    private JsonNode search(String query) {
      return client.get("/search" + query).send().expect(200).json();
    }

    @Test
    void finds_pets_and_items_by_name() {
      JsonNode found = search("?q=be");
      assertThat(names(found.path("pets"))).contains("Bella");
      assertThat(names(found.path("items"))).contains("Dog bed", "Collar with bell");
    }

    @Test
    void with_an_empty_word_finds_everything() {
      assertThat(search("?q=").path("pets").size()).isGreaterThanOrEqualTo(8);
    }

    @Test
    void is_narrowed_by_species_color_and_bounds() {
      JsonNode found =
          search(
              "?species=dog|bird&colors=brown yellow&filter[max_price]=100&filter[born_after]=2020-01-01");
      assertThat(names(found.path("pets"))).containsExactly("Piper");
      assertThat(found.path("items")).isEmpty();
    }

    @Test
    void is_sorted_by_what_comes_first() {
      assertThat(
              names(
                  search("?species=bird&filter[max_price]=90&filter[min_price]=24.90&sort=-price")
                      .path("pets")))
          .startsWith("Kiwi")
          .endsWith("Piper");
    }

    @Test
    void ignores_case_and_sorts_alike_in_every_database() {
      String word = Given.tag();
      for (String end : List.of("b", "\u00e4", "_", "B", "\u0000")) {
        name(word + end);
      }
      assertThat(names(search("?q=" + word.toUpperCase(Locale.ROOT)).path("pets")))
          .containsExactly(word + "B", word + "_", word + "b", word + "\u00e4", word + "\u0000");
      assertThat(names(search("?sort=-name&limit=2&offset=2&q=" + word).path("pets")))
          .containsExactly(word + "b", word + "_");
      assertThat(names(search("?q=" + word + "%C3%84").path("pets")))
          .containsExactly(word + "\u00e4");
    }

    private void name(String name) {
      client
          .patch(Given.dogPath(client))
          .body(
              "application/merge-patch+json",
              new JsonMapper().createObjectNode().put("name", name).toString())
          .send()
          .expect(200);
    }

    @Test
    void leaves_out_what_was_seen() {
      JsonNode found =
          client.get("/search?q=kiwi").cookie("seen", "1002,1003").send().expect(200).json();
      assertThat(found.path("pets")).isEmpty();
    }

    @Test
    void looks_where_the_customer_is() {
      TestResponse near =
          client
              .get("/search?q=rex")
              .query("near", "{\"latitude\":52.4,\"longitude\":13.07,\"radius_km\":30}")
              .send();
      assertThat(names(near.expect(200).json().path("pets"))).containsExactly("Rex");
      TestResponse far =
          client.get("/search?q=rex").query("near", "{\"latitude\":48,\"longitude\":11}").send();
      assertThat(far.expect(200).json().path("pets")).isEmpty();
    }

    @Test
    void returns_the_way_back_and_the_trace() {
      String trace = "6f1c0b9e-7f0b-4b76-9a36-0c8e2f6f4d11";
      TestResponse response =
          client
              .get("/search?back=/pets/1001?tab=photos")
              .header("X-Trace-Id", trace)
              .send()
              .expect(200);
      assertThat(response.json().path("back").asString()).isEqualTo("/pets/1001?tab=photos");
      assertThat(response.header("X-Trace-Id")).isEqualTo(trace);
    }

    @Test
    void is_remembered_by_the_session() {
      String session = Given.session(client);
      client.get("/search?q=rex").cookie("session", session).send().expect(200);
      client.get("/search?q=ball").cookie("session", session).send().expect(200);
      JsonNode remembered =
          client.get("/sessions/current").cookie("session", session).send().expect(200).json();
      assertThat(remembered.toString())
          .isEqualTo("{\"user\":\"ada\",\"searches\":[\"ball\",\"rex\"]}");
    }
  }

  @Nested
  class Photos {
    @Test
    void are_told_about_and_shown() {
      String path = "/pets/" + Given.dogId(client) + "/photos";
      JsonNode added =
          client
              .post(path)
              .file("pictures", "a.png", "image/png", Given.PNG)
              .part(
                  "pictures",
                  "b.jpg",
                  io.brrtrouter.server.http.Headers.of(
                      "Content-Type", "image/jpeg", "X-Rotation", "90"),
                  new byte[] {1, 2})
              .part("caption", "Waldi asleep")
              .part("taken", "{\"at\":\"2026-02-03T04:05:06Z\",\"by\":\"ada\"}")
              .send()
              .expect(201)
              .json();
      assertThat(added.path(1).toString())
          .isEqualTo(
              "{\"number\":2,\"media_type\":\"image/jpeg\",\"size\":2,\"rotation\":90,"
                  + "\"caption\":\"Waldi asleep\",\"taken_at\":\"2026-02-03T04:05:06Z\",\"taken_by\":\"ada\"}");
      assertThat(client.get(path).send().expect(200).json()).isEqualTo(added);
      TestResponse first = client.get(path + "/1").send().expect(200);
      assertThat(first.header("Content-Type")).isEqualTo("image/png");
      assertThat(first.body()).isEqualTo(Given.PNG);
      assertThat(client.head(path + "/1").send().expect(200).body()).isEmpty();
    }

    @Test
    void get_captions_in_any_charset() {
      String path = "/pets/" + Given.dogId(client) + "/photos";
      client.post(path).file("pictures", "a.png", "image/png", Given.PNG).send().expect(201);
      byte[] latin = "Waldi auf der Fensterbank; süß".getBytes(StandardCharsets.ISO_8859_1);
      TestResponse kept =
          client
              .put(path + "/1/caption")
              .body("text/plain; charset=iso-8859-1", latin)
              .send()
              .expect(200);
      assertThat(kept.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
      assertThat(kept.text()).isEqualTo("Waldi auf der Fensterbank; süß");
      assertThat(client.get(path).send().expect(200).json().at("/0/caption").asString())
          .isEqualTo("Waldi auf der Fensterbank; süß");
    }

    @Test
    void have_captions_of_a_bounded_length() {
      String path = "/pets/1001/photos/1/caption";
      client.put(path).body("text/plain", "\uD83D\uDE00".repeat(200)).send().expect(200);
      JsonNode errors =
          client
              .put(path)
              .body("text/plain", "a".repeat(201))
              .send()
              .expect(400)
              .problem()
              .members()
              .get("errors");
      assertThat(errors.at("/0/keyword").asString()).isEqualTo("maxLength");
    }

    @Test
    void have_nothing_undeclared_beside_them() {
      client
          .post("/pets/1001/photos")
          .file("pictures", "a.png", "image/png", Given.PNG)
          .part("secret", "x")
          .send()
          .expect(400);
    }

    @Test
    void of_the_small_kind_replace_the_paw() {
      String path = "/pets/" + Given.dogId(client) + "/avatar";
      byte[] paw = client.get(path).send().expect(200).body();
      client.put(path).body("image/png", Given.PNG).send().expect(204);
      assertThat(client.get(path).send().expect(200).body()).isEqualTo(Given.PNG).isNotEqualTo(paw);
    }
  }
}
