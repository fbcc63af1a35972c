package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.Severity;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Changing what a running server does. */
class GenerationTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: First, version: "1"}
      paths:
        /pets/{petId}:
          parameters: [{name: petId, in: path, required: true, schema: {type: string}}]
          get:
            operationId: get_pet
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private final TestServer server =
      TestServer.of(
          DOCUMENT,
          builder -> builder.handler("get_pet", request -> reply("first", request, "petId")));

  private static HttpResponse reply(
      String who, io.brrtrouter.server.dispatch.Request request, String name) {
    return HttpResponse.text(200, who + request.pathParameters().text(name).orElse("?"));
  }

  @Nested
  class AddRoute {

    @Test
    void serves_one_more_path() {
      server.server().addRoute("POST", "/extra/{name}.txt", r -> reply("extra-", r, "name"));

      assertThat(TestServer.text(server.ask("POST", "/extra/a%20b.txt", "")))
          .isEqualTo("extra-a b");
      assertThat(server.get("/extra/x.txt").status()).isEqualTo(405);
      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("first1");
    }

    @Test
    void of_two_the_last_wins() {
      server.server().addRoute("GET", "/last/{a}", _ -> HttpResponse.text(200, "first"));
      server.server().addRoute("GET", "/last/{b}", r -> reply("last-", r, "b"));

      assertThat(TestServer.text(server.get("/last/x"))).isEqualTo("last-x");
    }

    @Test
    void gives_its_handler_the_raw_body() {
      server.server().addRoute("PUT", "/raw", r -> HttpResponse.bytes(200, "a/b", r.rawBody()));

      assertThat(TestServer.text(server.ask("PUT", "/raw", "bytes", "Content-Type", "x/y")))
          .isEqualTo("bytes");
    }

    @Test
    void wins_over_an_operation_of_the_same_method_and_an_equal_template() {
      server.server().addRoute("GET", "/pets/{id}", r -> reply("second", r, "id"));

      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("second1");
    }

    @Test
    void keeps_the_names_of_each_operation_of_a_path() {
      server.server().addRoute("DELETE", "/pets/{id}", r -> reply("gone", r, "id"));

      assertThat(TestServer.text(server.ask("DELETE", "/pets/2", ""))).isEqualTo("gone2");
      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("first1");
    }

    @Test
    void refuses_what_is_no_route() {
      Handler handler = _ -> HttpResponse.of(204);

      assertThatThrownBy(() -> server.server().addRoute("G T", "/x", handler))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a method is a token, not \"G T\"");
      assertThatThrownBy(() -> server.server().addRoute("GET", "x", handler))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("path template \"x\": a template begins with \"/\"");
    }
  }

  @Nested
  class RegisterFrom {
    private final Path second =
        TestServer.file(
            """
            openapi: 3.1.1
            info: {title: Second, version: "1"}
            paths:
              /pets/{petId}:
                parameters: [{name: petId, in: path, required: true, schema: {type: integer}}]
                get:
                  operationId: get_pet
                  responses: {"200": {description: ok, content: {text/plain: {}}}}
              /more:
                get:
                  operationId: more
                  responses: {"200": {description: ok, content: {text/plain: {}}}}
            """);

    @Test
    void puts_a_document_on_top_with_old_and_new_handlers() {
      server.server().registerFrom(second, Map.of("more", _ -> HttpResponse.text(200, "more")));

      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("first1");
      assertThat(server.get("/pets/x").status()).isEqualTo(400);
      assertThat(TestServer.text(server.get("/more"))).isEqualTo("more");
    }

    @Test
    void returns_what_is_odd_about_the_document() {
      Path odd =
          TestServer.file(
              """
              openapi: 3.1.1
              info: {title: Odd, version: "1"}
              components: {schemas: {Unused: {type: string}}}
              paths:
                /odd: {get: {operationId: odd, responses: {"204": {description: ok}}}}
              """);

      assertThat(server.server().registerFrom(odd, Map.of("odd", _ -> HttpResponse.of(204))))
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding.severity()).isNotEqualTo(Severity.ERROR))
          .anySatisfy(finding -> assertThat(finding.message()).contains("Unused"));
    }

    /** ADR 6: several documents cannot always be one. */
    @Test
    void leaves_the_document_that_is_shown_as_it_was() {
      String before = TestServer.text(server.get("/openapi.json"));
      String docs = TestServer.text(server.get("/docs/openapi.json"));
      server.server().registerFrom(second, Map.of("more", _ -> HttpResponse.text(200, "more")));
      server.server().addRoute("GET", "/extra", _ -> HttpResponse.of(204));

      assertThat(before).contains("\"First\"");
      assertThat(TestServer.text(server.get("/openapi.json"))).isEqualTo(before);
      assertThat(TestServer.text(server.get("/docs/openapi.json"))).isEqualTo(docs);
    }

    @Test
    void leaves_everything_as_it_was_when_the_document_is_refused() {
      assertThatThrownBy(() -> server.server().registerFrom(second))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("operation \"more\" has no handler");

      assertThat(server.get("/pets/x").status()).isEqualTo(200);
      assertThat(server.get("/more").status()).isEqualTo(404);
    }
  }

  @Nested
  class ReplaceHandler {

    @Test
    void lets_another_handler_answer() {
      server.server().replaceHandler("get_pet", r -> reply("other", r, "petId"));

      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("other1");
    }

    @Test
    void refuses_a_name_nobody_has() {
      assertThatThrownBy(
              () -> server.server().replaceHandler("get_pets", _ -> HttpResponse.of(204)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no operation has a handler \"get_pets\"; did you mean \"get_pet\"?");
    }
  }

  @Test
  void a_request_ends_with_the_generation_it_began_with() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch swapped = new CountDownLatch(1);
    server
        .server()
        .replaceHandler(
            "get_pet",
            _ -> {
              begun.countDown();
              swapped.await();
              return HttpResponse.text(200, "old");
            });
    try (ExecutorService clients = Executors.newCachedThreadPool()) {
      Future<HttpResponse> slow = clients.submit(() -> server.get("/pets/1"));
      begun.await();
      server.server().replaceHandler("get_pet", _ -> HttpResponse.text(200, "new"));

      assertThat(TestServer.text(server.get("/pets/1"))).isEqualTo("new");
      swapped.countDown();
      assertThat(TestServer.text(slow.get())).isEqualTo("old");
    }
  }

  /** Each generation has its own parameter type, filter-visible template and handler. */
  @Test
  void no_response_mixes_two_generations_and_none_is_lost() throws Exception {
    Path[] documents = {generation("a"), generation("b")};
    Map<String, Handler> answers = Map.of("a", r -> whole("a", r), "b", r -> whole("b", r));
    server.server().registerFrom(documents[0], Map.of("a", answers.get("a")));
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService clients = Executors.newCachedThreadPool()) {
      List<Future<Integer>> loads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        loads.add(clients.submit(() -> load(stop)));
      }
      for (int i = 1; i <= 20; i++) {
        String name = i % 2 == 0 ? "a" : "b";
        server.server().registerFrom(documents[i % 2], Map.of(name, answers.get(name)));
      }
      stop.set(true);
      for (Future<Integer> load : loads) {
        assertThat(load.get()).isPositive();
      }
    }
  }

  /** Promise 5, over sockets: connections outlive generations, and no answer is lost or mixed. */
  @Test
  void kept_connections_go_through_reloads_under_load() throws Exception {
    Path[] documents = {generation("a"), generation("b")};
    try (BrrtServer listening = listening(documents[0])) {
      AtomicBoolean stop = new AtomicBoolean();
      try (ExecutorService clients = Executors.newCachedThreadPool()) {
        List<Future<Map<String, Integer>>> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          loads.add(clients.submit(() -> load(listening, stop)));
        }
        for (int i = 1; i <= 40; i++) {
          String name = i % 2 == 0 ? "a" : "b";
          listening.registerFrom(documents[i % 2], Map.of(name, r -> whole(name, r)));
          awaitGeneration(listening, name);
        }
        stop.set(true);
        for (Future<Map<String, Integer>> load : loads) {
          // One connection each: it was answered by both, so it went through a reload.
          assertThat(load.get()).containsOnlyKeys("a", "b");
        }
      }
    }
  }

  private static BrrtServer listening(Path document) {
    return BrrtServer.builder()
        .document(document)
        .config(TestServer.config("http.max_requests", "1000000", "responses.check", "enforce"))
        .handler("a", request -> whole("a", request))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  /** A few answers of the generation, so that there is load between any two reloads. */
  private static void awaitGeneration(BrrtServer server, String name) throws IOException {
    try (KeptConnection connection = new KeptConnection(server)) {
      for (int i = 0; i < 5; i++) {
        assertThat(connection.get("/swap/1").headers()).containsEntry("x-g", name);
      }
    }
  }

  /** {@return how many answers came from each generation; every second request is pipelined} */
  private static Map<String, Integer> load(BrrtServer server, AtomicBoolean stop)
      throws IOException {
    String request = "GET /swap/1 HTTP/1.1\r\nHost: a\r\n\r\n";
    Map<String, Integer> answers = new TreeMap<>();
    try (KeptConnection connection = new KeptConnection(server)) {
      while (!stop.get()) {
        connection.send(request + request);
        for (int i = 0; i < 2; i++) {
          KeptConnection.Answer answer = connection.read();
          assertThat(answer.status()).isEqualTo(200);
          String generation = answer.headers().get("x-g");
          assertThat(answer.content()).isEqualTo(generation + generation + generation);
          answers.merge(generation, 1, Integer::sum);
        }
      }
    }
    return answers;
  }

  /** The 100 proves that the head was decided before the reload, and the body comes after it. */
  @Test
  void a_body_that_comes_after_a_reload_goes_to_the_generation_of_its_head() throws Exception {
    String posting =
        """
        openapi: 3.1.1
        info: {title: P, version: "1"}
        paths:
          /p:
            post:
              operationId: %s
              requestBody: {content: {application/json: {schema: {const: %s}}}}
              responses: {"200": {description: ok, content: {text/plain: {}}}}
        """;
    Handler echo = request -> HttpResponse.text(200, request.body().orElseThrow().toString());
    try (BrrtServer listening =
            BrrtServer.builder()
                .document(TestServer.file(posting.formatted("old", "1")))
                .config(TestServer.config())
                .handler("old", echo)
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        KeptConnection connection = new KeptConnection(listening)) {
      String head =
          "POST /p HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1\r\n";
      connection.send(head + "Expect: 100-continue\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(100);
      listening.registerFrom(TestServer.file(posting.formatted("next", "2")), Map.of("next", echo));

      assertThat(connection.send("1").read().content()).isEqualTo("1");
      assertThat(connection.send(head + "\r\n2").read().content()).isEqualTo("2");
      assertThat(connection.send(head + "\r\n1").read().status()).isEqualTo(400);
    }
  }

  private static Path generation(String name) {
    return TestServer.file(
        """
        openapi: 3.1.1
        info: {title: G, version: "1"}
        paths:
          /swap/{%s}:
            get:
              operationId: %s
              parameters:
              - {name: %s, in: path, required: true, schema: {type: string}}
              - {name: g, in: query, schema: {type: string, default: %s}}
              responses: {"200": {description: ok, headers: {X-G: {required: true, schema: {const: %s}}}, content: {text/plain: {schema: {const: %s}}}}}
        """
            .formatted(name, name, name, name, name, name + name + name));
  }

  private static HttpResponse whole(String name, io.brrtrouter.server.dispatch.Request request) {
    String path = request.pathParameters().text(name).isPresent() ? name : "?";
    String query = request.queryParameters().text("g").orElse("?");
    return HttpResponse.text(200, name + path + query).withHeader("X-G", name);
  }

  /**
   * Not on a virtual thread: a few of these that only start others and wait for them keep the
   * carriers from everybody else's, whoever is to stop them included.
   */
  private int load(AtomicBoolean stop) {
    int count = 0;
    do {
      HttpResponse response = server.get("/swap/1");
      assertThat(response.status()).isEqualTo(200);
      String generation = response.headers().get("X-G");
      assertThat(TestServer.text(response)).isEqualTo(generation + generation + generation);
      count++;
    } while (!stop.get());
    return count;
  }
}
