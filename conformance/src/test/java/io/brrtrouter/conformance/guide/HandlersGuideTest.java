package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/handlers.md")
class HandlersGuideTest {
  @TempDir private Path directory;
  private BrrtServer.Builder server;

  @BeforeEach
  void begin() throws IOException {
    server =
        BrrtServer.builder()
            .document(
                Files.writeString(
                    directory.resolve("pets.yaml"),
                    """
                    openapi: 3.1.1
                    info: {title: Pets, version: "1"}
                    paths:
                      /pets/{petId}:
                        get:
                          operationId: get_pet
                          parameters:
                            - {name: petId, in: path, required: true, schema: {type: integer}}
                          responses:
                            "200": {description: It exists., content: {application/json: {}}}
                            "403": {description: Who are you?, content: {text/plain: {}}}
                            "404": {description: It does not.}
                    """));
  }

  @Test
  void handlersAnswer() {
    handler();
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      TestResponse found = client.get("/pets/7").send().expect(200);
      assertThat(found.json().path("name").asString()).isEqualTo("Rex");
      assertThat(found.header("Cache-Control")).contains("no-store");
      client.get("/pets/8").send().expect(404);
    }
  }

  private void handler() {
    server.handler(
        "get_pet",
        request -> {
          long id = request.pathParameters().integer("petId").orElseThrow();
          return id == 7
              ? HttpResponse.json(200, Map.of("id", id, "name", "Rex"))
                  .withHeader("Cache-Control", "no-store")
              : HttpResponse.of(404);
        });
  }

  /** An application that keeps something. */
  private static final class Mailing implements BrrtApplication {
    @Override
    public List<DeclaredSetting> settings() {
      return List.of(DeclaredSetting.integer("mail.threads", 1, 100, 4, "Letters at a time."));
    }

    @Override
    public void configure(BrrtServer.Builder server, Resources resources) {
      ExecutorService mailers =
          resources.get(
              "mailers",
              ExecutorService.class,
              () -> Executors.newFixedThreadPool(resources.integer("mail.threads")));
      server.handler(
          "get_pet",
          _ ->
              HttpResponse.json(
                  200, mailers.submit(() -> Map.of("id", 7)).get(1, TimeUnit.MINUTES)));
    }
  }

  @Test
  void resourcesEndWithTheServer() {
    BrrtApplication application = new Mailing();
    ServerConfig config =
        ServerConfig.defaults().declaring(application.settings()).with("mail.threads", "2");
    Resources resources = Resources.of(config);
    server.config(config).resources(resources);
    application.configure(server, resources);

    ThreadPoolExecutor mailers =
        (ThreadPoolExecutor)
            resources.get("mailers", ExecutorService.class, Executors::newCachedThreadPool);
    assertThat(mailers.getMaximumPoolSize()).isEqualTo(2);
    try (BrrtServer running = server.startInProcess();
        BrrtClient client = BrrtClient.inProcess(running)) {
      client.get("/pets/7").send().expect(200);
    }
    assertThat(mailers.isTerminated()).isTrue();
  }

  @Test
  void handlersNeedNoThread() {
    handler();
    server.neverBlocking("get_pet");
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.get("/pets/7").send().expect(200);
    }
  }

  @Test
  void filtersWrapOperationsOnly() {
    handler();
    server.filter((exchange, next) ->
        exchange.head().headers().contains("X-Tenant")
            ? next.proceed(exchange).withHeader("X-Served-By", "shop")
            : HttpResponse.text(403, "Which tenant?"));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.get("/pets/7").send().expect(403);
      TestResponse found = client.get("/pets/7").header("X-Tenant", "a").send().expect(200);
      assertThat(found.header("X-Served-By")).contains("shop");
      client.get("/health").send().expect(200);
    }
  }

  @Test
  void listenersAreToldOfEveryExchange() {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    handler();
    server.listener(
        new ExchangeListener() {
          @Override
          public void completed(CompletedExchange exchange) {
            statuses.add(exchange.status());
          }
        });
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.get("/pets/7").send();
      client.get("/pets/x").send();
      client.get("/nothing").send();
    }
    assertThat(statuses).containsExactly(200, 400, 404);
  }

  @Test
  void aRunningServerChanges() throws IOException {
    Path more =
        Files.writeString(
            directory.resolve("items.yaml"),
            """
            openapi: 3.1.1
            info: {title: Items, version: "1"}
            paths:
              /items:
                get:
                  operationId: list_items
                  responses: {"200": {description: All., content: {application/json: {}}}}
            """);
    handler();
    BrrtServer running = server.startInProcess();
    running.replaceHandler(
        "get_pet", request -> HttpResponse.json(200, Map.of("id", 1, "name", "Waldi")));
    running.addRoute(
        "GET",
        "/hello/{name}",
        request ->
            HttpResponse.text(200, "Hello " + request.pathParameters().text("name").orElseThrow()));
    running.registerFrom(more, Map.of("list_items", request -> HttpResponse.json(200, List.of())));
    try (BrrtClient client = BrrtClient.inProcess(running)) {
      assertThat(client.get("/pets/7").send().json().path("name").asString()).isEqualTo("Waldi");
      assertThat(client.get("/hello/Ada").send().text()).isEqualTo("Hello Ada");
      assertThat(client.get("/items").send().expect(200).json().isEmpty()).isTrue();
    }
  }
}
