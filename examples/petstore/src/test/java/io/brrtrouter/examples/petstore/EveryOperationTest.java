package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import io.brrtrouter.testing.TestRequest;
import io.brrtrouter.testing.TestResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the document with a good request and a bad one, at both speeds. */
@BrrtTest(InMemory.class)
class EveryOperationTest {
  private static final String NOBODY = "/orders/00000000-0000-4000-8000-000000000000";
  private static final String NO_DELIVERY =
      "/admin/deliveries/00000000-0000-4000-8000-000000000000";
  private static final List<Row> ROWS = rows();

  /** What goes on for ever when it is asked well: {@link AdoptionFeedTest}, {@link ChatTest}. */
  private static final List<String> ENDLESS = List.of("watch_adoptions", "chat");

  private static final Map<String, Router<String>> OPERATIONS = operations();

  private record Row(
      String operation, int status, String what, Function<BrrtClient, TestRequest> request) {
    @Override
    public String toString() {
      return operation + ": " + what + " gives " + status;
    }
  }

  private static Map<String, Router<String>> operations() {
    Map<String, Router.Builder<String>> routers = new TreeMap<>();
    for (Operation operation : document()) {
      String base = operation.path().equals("/statistics") ? "/beta" : "";
      routers
          .computeIfAbsent(operation.method(), _ -> Router.builder())
          .add(base + operation.path(), operation.operationId().orElseThrow());
    }
    Map<String, Router<String>> built = new TreeMap<>();
    routers.forEach((method, router) -> built.put(method, router.build()));
    return built;
  }

  private static List<Operation> document() {
    return OpenApiLoader.load(Path.of("openapi.yaml"), LoadOptions.defaults())
        .api()
        .orElseThrow()
        .operations();
  }

  static Stream<Row> rows_of_the_table() {
    return ROWS.stream();
  }

  @ParameterizedTest
  @MethodSource("rows_of_the_table")
  void answers(Row row, BrrtClient client) {
    TestResponse response =
        row.request().apply(ExampleKeys.manager(client)).send().expect(row.status());
    assertThat(operation(response)).isEqualTo(row.operation());
    if (row.status() >= 400 && !response.request().startsWith("HEAD")) {
      assertThat(response.problem().title()).isNotEmpty();
    }
  }

  private static String operation(TestResponse response) {
    String[] methodAndPath = response.request().split("[ ?]");
    Match<String> match = OPERATIONS.get(methodAndPath[0]).match(methodAndPath[1]);
    return match == null ? "none" : match.value();
  }

  @Test
  void the_table_has_a_good_and_a_bad_row_for_each() {
    List<String> all = document().stream().map(o -> o.operationId().orElseThrow()).toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(25);
    assertThat(ROWS.stream().filter(row -> row.status() < 400).map(Row::operation))
        .containsAll(all.stream().filter(each -> !ENDLESS.contains(each)).toList());
    assertThat(ROWS.stream().filter(row -> row.status() >= 400).map(Row::operation))
        .containsAll(all);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    pets(rows);
    adoptions(rows);
    photos(rows);
    items(rows);
    orders(rows);
    users(rows);
    warehouse(rows);
    admin(rows);
    return rows;
  }

  private static void pets(List<Row> rows) {
    rows.add(
        new Row(
            "list_pets",
            200,
            "a page",
            c -> c.get("/pets?limit=2&offset=1&tags=young&tags=loyal&status=available")));
    rows.add(new Row("list_pets", 400, "a limit of 0", c -> c.get("/pets?limit=0")));
    rows.add(
        new Row(
            "add_pet",
            201,
            "a bird",
            c ->
                c.post("/pets")
                    .json(
                        "{\"species\":\"bird\",\"name\":\"Coco\",\"wingspan_cm\":20.5,\"price\":12.5}")));
    rows.add(
        new Row(
            "add_pet",
            400,
            "a fish",
            c -> c.post("/pets").json("{\"species\":\"fish\",\"name\":\"Nemo\",\"price\":1}")));
    rows.add(
        new Row("add_pet", 400, "what is no JSON", c -> c.post("/pets").json("{\"species\":")));
    rows.add(
        new Row("add_pet", 415, "XML", c -> c.post("/pets").body("application/xml", "<pet/>")));
    rows.add(
        new Row(
            "add_pet",
            409,
            "an unknown owner",
            c ->
                c.post("/pets")
                    .json(
                        "{\"species\":\"cat\",\"name\":\"Tom\",\"price\":1,\"owner\":\"nobody\"}")));
    rows.add(
        new Row(
            "query_pets",
            200,
            "a question",
            c ->
                c.query("/pets")
                    .json(
                        "{\"any_of\":[{\"species\":\"dog\",\"max_price\":500},{\"tag\":\"loud\"}],\"limit\":3}")));
    rows.add(
        new Row("query_pets", 400, "no condition", c -> c.query("/pets").json("{\"any_of\":[]}")));
    rows.add(
        new Row(
            "find_pets_by_status",
            200,
            "two states",
            c -> c.get("/pets/findByStatus?status=sold,reserved")));
    rows.add(new Row("find_pets_by_status", 400, "no state", c -> c.get("/pets/findByStatus")));
    rows.add(new Row("get_pet", 200, "a known number", c -> c.get("/pets/1001")));
    rows.add(new Row("get_pet", 400, "no number", c -> c.get("/pets/rex")));
    rows.add(new Row("get_pet", 404, "an unknown number", c -> c.get("/pets/4711")));
    rows.add(
        new Row(
            "replace_pet",
            200,
            "a changed pet",
            c ->
                c.put("/pets/" + Given.dogId(c))
                    .json(
                        "{\"species\":\"dog\",\"name\":\"Waldi\",\"breed\":\"Dachshund\",\"price\":250}")));
    rows.add(
        new Row(
            "replace_pet",
            409,
            "a dog that became a cat",
            c ->
                c.put("/pets/" + Given.dogId(c))
                    .json("{\"species\":\"cat\",\"name\":\"Waldi\",\"price\":250}")));
    rows.add(
        new Row(
            "replace_pet",
            412,
            "an old version",
            c ->
                c.put("/pets/" + Given.dogId(c))
                    .header("If-Match", "\"7\"")
                    .json(
                        "{\"species\":\"dog\",\"name\":\"Waldi\",\"breed\":\"Dachshund\",\"price\":250}")));
    rows.add(
        new Row(
            "update_pet",
            200,
            "a new price",
            c ->
                c.patch("/pets/" + Given.dogId(c))
                    .body(
                        "application/merge-patch+json", "{\"price\":99.99,\"birth_date\":null}")));
    rows.add(
        new Row(
            "update_pet",
            400,
            "an unknown property",
            c -> c.patch("/pets/1001").body("application/merge-patch+json", "{\"legs\":3}")));
    rows.add(
        new Row(
            "update_pet",
            415,
            "another kind of patch",
            c -> c.patch("/pets/1001").json("{\"price\":1}")));
    rows.add(new Row("delete_pet", 204, "an unsold pet", c -> c.delete("/pets/" + Given.dogId(c))));
    rows.add(new Row("delete_pet", 404, "an unknown number", c -> c.delete("/pets/4711")));
    rows.add(new Row("delete_pet", 409, "a sold pet", c -> c.delete("/pets/1005")));
    rows.add(
        new Row(
            "compare_pets",
            200,
            "two numbers",
            c -> c.get("/compare/1001,1003").header("X-Display", "currency=GBP,decimals=1")));
    rows.add(new Row("compare_pets", 400, "one number", c -> c.get("/compare/1001")));
    rows.add(
        new Row(
            "search",
            200,
            "everything at once",
            c ->
                c.get(
                        "/search?q=b&species=dog%7Cbird&colors=white%20green&filter[min_price]=10&sort=-price,name&back=/pets?limit=1")
                    .query("near", "{\"latitude\":52.5,\"longitude\":13.4}")));
    rows.add(
        new Row(
            "search",
            400,
            "a place off the earth",
            c -> c.get("/search").query("near", "{\"latitude\":91,\"longitude\":0}")));
  }

  private static void adoptions(List<Row> rows) {
    rows.add(
        new Row(
            "apply_for_adoption",
            202,
            "a house",
            c -> c.post(Given.dogPath(c) + "/adoption").json(Given.questionnaire())));
    rows.add(
        new Row(
            "apply_for_adoption",
            400,
            "no answers",
            c -> c.post("/pets/1001/adoption").json("{}")));
    rows.add(
        new Row(
            "apply_for_adoption",
            404,
            "an unknown pet",
            c -> c.post("/pets/4711/adoption").json(Given.questionnaire())));
    rows.add(
        new Row(
            "apply_for_adoption",
            409,
            "a sold pet",
            c -> c.post("/pets/1005/adoption").json(Given.questionnaire())));
    rows.add(
        new Row(
            "apply_for_adoption",
            422,
            "an unknown applicant",
            c ->
                c.post("/pets/1001/adoption")
                    .json(Given.questionnaire().put("applicant", "nobody"))));
    rows.add(
        new Row("get_adoption", 200, "an application", c -> c.get(Given.adopted(c) + "/adoption")));
    rows.add(new Row("get_adoption", 400, "no number", c -> c.get("/pets/rex/adoption")));
    rows.add(
        new Row(
            "watch_adoptions",
            406,
            "as a page",
            c -> c.get("/adoptions/feed").accept("text/html")));
    rows.add(new Row("chat", 426, "without a WebSocket", c -> c.get("/chat/dogs?name=ada")));
    rows.add(new Row("get_adoption", 404, "no application", c -> c.get("/pets/1001/adoption")));
  }

  private static void photos(List<Row> rows) {
    rows.add(new Row("list_photos", 200, "a known pet", c -> c.get("/pets/1001/photos")));
    rows.add(new Row("list_photos", 404, "an unknown pet", c -> c.get("/pets/4711/photos")));
    rows.add(
        new Row(
            "upload_photo",
            201,
            "a picture",
            c ->
                c.post("/pets/" + Given.dogId(c) + "/photos")
                    .file("pictures", "w.png", "image/png", Given.PNG)
                    .part("caption", "Waldi")));
    rows.add(
        new Row(
            "upload_photo",
            400,
            "no picture",
            c -> c.post("/pets/1001/photos").part("caption", "Waldi")));
    rows.add(new Row("get_photo", 200, "a known number", c -> c.get("/pets/1001/photos/1")));
    rows.add(new Row("get_photo", 400, "no number", c -> c.get("/pets/1001/photos/first")));
    rows.add(new Row("get_photo", 404, "an unknown number", c -> c.get("/pets/1001/photos/99")));
    rows.add(
        new Row(
            "set_caption",
            200,
            "plain text",
            c -> c.put("/pets/1001/photos/1/caption").body("text/plain", "Rex")));
    rows.add(
        new Row(
            "set_caption",
            400,
            "no text",
            c -> c.put("/pets/1001/photos/1/caption").body("text/plain", "")));
    rows.add(
        new Row(
            "set_caption",
            404,
            "an unknown photo",
            c -> c.put("/pets/1001/photos/99/caption").body("text/plain", "Rex")));
    rows.add(
        new Row(
            "set_caption", 415, "JSON", c -> c.put("/pets/1001/photos/1/caption").json("\"Rex\"")));
    rows.add(new Row("get_avatar", 200, "a pet without picture", c -> c.get("/pets/1002/avatar")));
    rows.add(new Row("get_avatar", 404, "an unknown pet", c -> c.get("/pets/4711/avatar")));
    rows.add(
        new Row(
            "set_avatar",
            204,
            "a picture",
            c -> c.put("/pets/" + Given.dogId(c) + "/avatar").body("image/png", Given.PNG)));
    rows.add(
        new Row(
            "set_avatar",
            413,
            "a large picture",
            c -> c.put("/pets/1001/avatar").body("image/png", new byte[65_537])));
    rows.add(
        new Row(
            "set_avatar",
            415,
            "a film",
            c -> c.put("/pets/1001/avatar").body("video/mp4", Given.PNG)));
  }

  private static void items(List<Row> rows) {
    rows.add(new Row("get_item", 200, "a known item", c -> c.get("/items/" + Given.BALL)));
    rows.add(new Row("get_item", 400, "no UUID", c -> c.get("/items/ball")));
    rows.add(
        new Row(
            "get_item",
            404,
            "an unknown item",
            c -> c.get("/items/00000000-0000-4000-8000-000000000000")));
    rows.add(
        new Row(
            "post_item",
            200,
            "a known item",
            c -> c.post("/items/" + Given.item(c, 1)).json("{\"name\":\"Brush\",\"price\":8}")));
    rows.add(
        new Row(
            "post_item",
            201,
            "an unknown item",
            c -> c.post("/items/" + UUID.randomUUID()).json("{\"name\":\"Brush\",\"price\":8}")));
    rows.add(
        new Row(
            "post_item",
            400,
            "a price of tenths of cents",
            c -> c.post("/items/" + Given.BALL).json("{\"name\":\"Ball\",\"price\":4.999}")));
    rows.add(
        new Row(
            "copy_item",
            201,
            "a known item",
            c ->
                c.request("COPY", "/items/" + Given.BALL)
                    .header("X-Copy-Name", "Ball, second hand")));
    rows.add(
        new Row(
            "copy_item",
            404,
            "an unknown item",
            c -> c.request("COPY", "/items/00000000-0000-4000-8000-000000000000")));
  }

  private static void orders(List<Row> rows) {
    rows.add(
        new Row(
            "place_order",
            201,
            "an item",
            c ->
                c.post("/orders")
                    .json(
                        "{\"customer\":\"ada\",\"lines\":[{\"item\":\""
                            + Given.item(c, 5)
                            + "\",\"quantity\":5}],\"gift\":true,\"callback_url\":\"https://ada.example/\"}")));
    rows.add(
        new Row(
            "place_order",
            400,
            "nothing",
            c -> c.post("/orders").json("{\"customer\":\"ada\",\"lines\":[]}")));
    rows.add(
        new Row(
            "place_order",
            409,
            "more than there is",
            c ->
                c.post("/orders")
                    .json(
                        "{\"customer\":\"ada\",\"lines\":[{\"item\":\""
                            + Given.item(c, 1)
                            + "\",\"quantity\":2}]}")));
    rows.add(
        new Row(
            "place_order",
            422,
            "an unknown pet",
            c -> c.post("/orders").json("{\"customer\":\"ada\",\"lines\":[{\"pet\":4711}]}")));
    rows.add(new Row("get_order", 200, "a known order", c -> c.get("/orders/" + Given.order(c))));
    rows.add(new Row("get_order", 404, "an unknown order", c -> c.get(NOBODY)));
    rows.add(
        new Row(
            "cancel_order", 204, "an unpaid order", c -> c.delete("/orders/" + Given.order(c))));
    rows.add(new Row("cancel_order", 404, "an unknown order", c -> c.delete(NOBODY)));
    rows.add(
        new Row(
            "pay_order",
            200,
            "a card",
            c ->
                c.post("/orders/" + Given.order(c) + "/payment")
                    .json(
                        "{\"method\":\"card\",\"number\":\"4111111111111111\",\"expires\":\"2030-11\"}")));
    rows.add(
        new Row(
            "pay_order",
            202,
            "an invoice",
            c ->
                c.post("/orders/" + Given.order(c) + "/payment")
                    .json("{\"method\":\"invoice\",\"email\":\"ada@petstore.example\"}")));
    rows.add(
        new Row(
            "pay_order",
            400,
            "a wish",
            c -> c.post(NOBODY + "/payment").json("{\"method\":\"wish\"}")));
    rows.add(
        new Row(
            "pay_order",
            404,
            "an unknown order",
            c ->
                c.post(NOBODY + "/payment")
                    .json("{\"method\":\"invoice\",\"email\":\"ada@petstore.example\"}")));
  }

  private static void users(List<Row> rows) {
    rows.add(new Row("list_users", 200, "a page", c -> c.get("/users?limit=3")));
    rows.add(new Row("list_users", 400, "a negative offset", c -> c.get("/users?offset=-1")));
    rows.add(
        new Row(
            "create_user",
            201,
            "a new name",
            c ->
                c.post("/users")
                    .json(
                        "{\"name\":\""
                            + Given.name()
                            + "\",\"full_name\":\"G\",\"email\":null,\"password\":\"12345678\"}")));
    rows.add(
        new Row(
            "create_user",
            400,
            "a short password",
            c ->
                c.post("/users")
                    .json("{\"name\":\"guest\",\"full_name\":\"G\",\"password\":\"1234\"}")));
    rows.add(
        new Row(
            "create_user",
            409,
            "a taken name",
            c ->
                c.post("/users")
                    .json("{\"name\":\"ada\",\"full_name\":\"G\",\"password\":\"12345678\"}")));
    rows.add(new Row("get_user", 200, "a known name", c -> c.get("/users/alan")));
    rows.add(new Row("get_user", 404, "an unknown name", c -> c.get("/users/nobody")));
    rows.add(new Row("delete_user", 204, "a known name", c -> c.delete("/users/" + Given.user(c))));
    rows.add(new Row("delete_user", 404, "an unknown name", c -> c.delete("/users/nobody")));
    rows.add(new Row("head_user", 200, "a known name", c -> c.head("/users/ada")));
    rows.add(new Row("head_user", 404, "an unknown name", c -> c.head("/users/nobody")));
    rows.add(new Row("options_user", 204, "a name", c -> c.options("/users/ada")));
    rows.add(new Row("options_user", 400, "what is no name", c -> c.options("/users/X")));
    rows.add(new Row("list_user_posts", 200, "a known name", c -> c.get("/users/grace/posts")));
    rows.add(new Row("list_user_posts", 404, "an unknown name", c -> c.get("/users/nobody/posts")));
    rows.add(
        new Row(
            "create_post",
            201,
            "JSON",
            c ->
                c.post("/users/" + Given.user(c) + "/posts")
                    .json("{\"title\":\"T\",\"text\":\"x\"}")));
    rows.add(
        new Row(
            "create_post",
            201,
            "Markdown",
            c -> c.post("/users/" + Given.user(c) + "/posts").body("text/markdown", "# T\nx")));
    rows.add(
        new Row(
            "create_post",
            400,
            "no title",
            c -> c.post("/users/ada/posts").json("{\"text\":\"x\"}")));
    rows.add(
        new Row(
            "create_post", 415, "HTML", c -> c.post("/users/ada/posts").body("text/html", "<p>x")));
    rows.add(
        new Row(
            "get_post", 200, "a known post", c -> c.get("/users/ada/posts/three-weeks-with-rex")));
    rows.add(new Row("get_post", 404, "an unknown post", c -> c.get("/users/ada/posts/nothing")));
    rows.add(
        new Row(
            "get_post",
            406,
            "as a picture",
            c -> c.get("/users/ada/posts/hello").accept("image/png")));
    rows.add(
        new Row(
            "start_session",
            204,
            "a known name",
            c -> c.post("/sessions").field("user", "ada").field("remember", "true")));
    rows.add(
        new Row(
            "start_session",
            400,
            "no name",
            c -> c.post("/sessions").field("remember", "perhaps")));
    rows.add(
        new Row(
            "get_session",
            200,
            "a session",
            c -> c.get("/sessions/current").cookie("session", Given.session(c))));
    rows.add(new Row("get_session", 400, "no cookie", c -> c.get("/sessions/current")));
    rows.add(
        new Row(
            "get_session",
            404,
            "an old session",
            c -> c.get("/sessions/current").cookie("session", "12345678")));
  }

  private static void warehouse(List<Row> rows) {
    rows.add(
        new Row(
            "get_matrix",
            200,
            "a place",
            c -> c.get("/matrix/;coords=1;coords=1;coords=1?size=width,9,height,9")));
    rows.add(new Row("get_matrix", 400, "half a place", c -> c.get("/matrix/;coords=1;coords=x")));
    rows.add(
        new Row("get_label", 200, "a color", c -> c.get("/labels/.red=250.green=240.blue=20")));
    rows.add(
        new Row(
            "get_label", 400, "too much red", c -> c.get("/labels/.red=256.green=240.blue=20")));
    rows.add(new Row("download_file", 200, "a known file", c -> c.get("/download/price-list")));
    rows.add(new Row("download_file", 404, "an unknown file", c -> c.get("/download/nothing")));
    rows.add(
        new Row(
            "upload_file",
            201,
            "a file",
            c ->
                c.post("/upload")
                    .file("file", "a.txt", "text/plain", new byte[] {65})
                    .part("labels", "{\"for\":\"you\"}")));
    rows.add(new Row("upload_file", 400, "no file", c -> c.post("/upload").part("labels", "{}")));
    rows.add(
        new Row(
            "submit_form",
            202,
            "a letter",
            c -> c.post("/form").field("name", "Grace").field("message", "Hello!")));
    rows.add(
        new Row(
            "submit_form",
            400,
            "an empty letter",
            c -> c.post("/form").field("name", "Grace").field("message", "")));
    rows.add(new Row("get_export", 200, "a month", c -> c.get("/exports/2026-04.csv")));
    rows.add(new Row("get_export", 400, "a month too many", c -> c.get("/exports/2026-13.csv")));
    rows.add(
        new Row(
            "get_sales",
            200,
            "a period",
            c -> c.get("/sales?from=2026-01&to=2999-12&group=customer")));
    rows.add(new Row("get_sales", 400, "half a period", c -> c.get("/sales?from=2026-01")));
    rows.add(
        new Row(
            "get_statistics", 200, "a period", c -> c.get("/beta/statistics?since=2026-01-01")));
    rows.add(
        new Row("get_statistics", 400, "no date", c -> c.get("/beta/statistics?since=yesterday")));
  }

  private static void admin(List<Row> rows) {
    rows.add(new Row("admin_settings", 200, "a look", c -> c.get("/admin/settings")));
    rows.add(
        new Row(
            "admin_settings", 406, "as a page", c -> c.get("/admin/settings").accept("text/html")));
    rows.add(
        new Row(
            "change_settings",
            200,
            "a switch",
            c -> c.put("/admin/settings").json("{\"show_prices\":false}")));
    rows.add(
        new Row(
            "change_settings",
            400,
            "half a switch",
            c -> c.put("/admin/settings").json("{\"show_prices\":\"perhaps\"}")));
    rows.add(
        new Row(
            "list_deliveries",
            200,
            "those under way",
            c -> c.get("/admin/deliveries?limit=5&state=pending")));
    rows.add(
        new Row("list_deliveries", 400, "the lost", c -> c.get("/admin/deliveries?state=lost")));
    rows.add(
        new Row(
            "replay_dead_deliveries",
            202,
            "whatever is dead",
            c -> c.post("/admin/deliveries/replay")));
    rows.add(
        new Row(
            "replay_dead_deliveries",
            406,
            "as a page",
            c -> c.post("/admin/deliveries/replay").accept("text/html")));
    rows.add(new Row("get_delivery", 200, "one that arrived", c -> c.get(Given.delivery(c))));
    rows.add(new Row("get_delivery", 404, "an unknown one", c -> c.get(NO_DELIVERY)));
    rows.add(
        new Row(
            "replay_delivery",
            202,
            "one that arrived",
            c -> c.post(Given.delivery(c) + "/replay")));
    rows.add(
        new Row("replay_delivery", 404, "an unknown one", c -> c.post(NO_DELIVERY + "/replay")));
    rows.add(new Row("stream_events", 200, "a few", c -> c.get("/events?last=3")));
    rows.add(new Row("stream_events", 400, "too many", c -> c.get("/events?last=101")));
    rows.add(
        new Row(
            "register_webhook",
            201,
            "a new address",
            c ->
                c.post("/webhooks")
                    .json(
                        "{\"url\":\"https://"
                            + Given.name()
                            + ".example/\",\"events\":[\"pet.added\"]}")));
    rows.add(
        new Row(
            "register_webhook",
            400,
            "no address",
            c -> c.post("/webhooks").json("{\"url\":\"ftp://x\",\"events\":[\"pet.added\"]}")));
  }
}
