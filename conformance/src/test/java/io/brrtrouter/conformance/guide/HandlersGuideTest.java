package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.download.FileContent;
import io.brrtrouter.server.http.ContentDisposition;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Preconditions;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SetCookie;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
            .mock(true)
            .config(ServerConfig.defaults().with("responses.check", "enforce"))
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
                            "400": {description: Not that one., content: {application/problem+json: {}}}
                            "403": {description: Who are you?, content: {text/plain: {}}}
                            "404": {description: It does not., content: {application/problem+json: {}}}
                      /session:
                        post:
                          operationId: log_in
                          responses: {"204": {description: You are in.}}
                        delete:
                          operationId: log_out
                          responses: {"204": {description: You are out.}}
                      /photo:
                        get:
                          operationId: get_photo
                          responses:
                            "200": {description: A photo., content: {image/png: {}}}
                      /report:
                        get:
                          operationId: get_report
                          responses:
                            "200": {description: Lines., content: {text/csv: {}}}
                      /album:
                        get:
                          operationId: get_album
                          responses:
                            "200": {description: All photos., content: {application/zip: {}}}
                            "404": {description: No photos., content: {application/problem+json: {}}}
                      /note:
                        put:
                          operationId: put_note
                          responses:
                            "204": {description: Kept.}
                            "412": {description: Changed., content: {application/problem+json: {}}}
                      /backup:
                        get:
                          operationId: get_backup
                          responses:
                            "200": {description: It., content: {application/octet-stream: {}}}
                        put:
                          operationId: put_backup
                          x-brrtrouter-stream-body: true
                          requestBody:
                            required: true
                            content:
                              application/octet-stream: {}
                          responses:
                            "200": {description: Kept., content: {text/plain: {}}}
                      /films:
                        post:
                          operationId: add_film
                          x-brrtrouter-stream-body: true
                          requestBody:
                            required: true
                            content:
                              multipart/form-data:
                                schema:
                                  type: object
                                  required: [film]
                                  properties: {film: {}, caption: {type: string}}
                          responses:
                            "204": {description: Kept.}
                      /photos:
                        post:
                          operationId: add_photo
                          parameters:
                            - {name: album, in: query, schema: {type: string, default: all}}
                          requestBody:
                            required: true
                            content:
                              multipart/form-data:
                                schema:
                                  type: object
                                  required: [photo]
                                  properties: {photo: {}, caption: {type: string}}
                          responses:
                            "201": {description: Kept., content: {application/json: {}}}
                      /names:
                        post:
                          operationId: add_name
                          requestBody:
                            content:
                              application/x-www-form-urlencoded:
                                schema: {type: object, properties: {name: {type: string}, age: {type: integer}}}
                          responses:
                            "200": {description: As read., content: {application/json: {}}}
                    """));
  }

  @Test
  void handlersAnswer() {
    handler();
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      TestResponse found = client.get("/pets/7").send().expect(200);
      assertThat(found.json().path("name").asString()).isEqualTo("Rex");
      assertThat(found.header("Cache-Control")).contains("no-store");
      assertThat(client.get("/pets/8").send().expect(404).problem().detail())
          .isEqualTo("There is no pet 8.");
    }
  }

  @Test
  void octetsAreAnswers() {
    byte[] photo = {(byte) 0x89, 'P', 'N', 'G'};
    server.handler(
        "get_photo",
        request ->
            HttpResponse.bytes(200, "image/png", photo).withHeader("Cache-Control", "max-age=60"));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      TestResponse answer = client.get("/photo").send().expect(200);
      assertThat(answer.body()).isEqualTo(photo);
      assertThat(answer.header("Content-Type")).isEqualTo("image/png");
    }
  }

  @Test
  void bodiesAreReadWhileTheyCome() throws IOException {
    Path backup = directory.resolve("backup");
    server.handler(
        "put_backup",
        request -> {
          long length = Files.copy(request.content(), backup, StandardCopyOption.REPLACE_EXISTING);
          return HttpResponse.text(200, length + " octets are kept.");
        });
    byte[] octets = new byte[3 << 20];
    octets[octets.length - 1] = 7;
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      TestResponse answer =
          client.put("/backup").body("application/octet-stream", octets).send().expect(200);
      assertThat(answer.text()).isEqualTo("3145728 octets are kept.");
    }
    assertThat(backup).hasBinaryContent(octets);
  }

  @Test
  void filesOfAFormAreStored() throws IOException {
    Path films = directory;
    server.handler(
        "add_film",
        request -> {
          for (Part part : request.parts()) {
            if (part.name().equals("film")) {
              try (InputStream octets = part.open()) {
                Files.copy(octets, films.resolve("one.mp4"), StandardCopyOption.REPLACE_EXISTING);
              }
            }
          }
          return HttpResponse.of(204);
        });
    String film = "x".repeat(2 << 20);
    String body =
        "--b\r\nContent-Disposition: form-data; name=film; filename=a\r\n\r\n" + film + "\r\n--b--";
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.post("/films").body("multipart/form-data; boundary=b", body).send().expect(204);
    }
    assertThat(films.resolve("one.mp4")).hasContent(film);
  }

  @Test
  void contentIsWrittenWhileItIsSent() {
    List<String> lines = List.of("name", "Rex");
    server.handler(
        "get_report",
        request ->
            HttpResponse.streamed(
                200,
                "text/csv",
                sink -> {
                  for (String line : lines) {
                    sink.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                  }
                  sink.flush(); // now, instead of when it is worth it
                }));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.get("/report").send().expect(200).text()).isEqualTo("name\r\nRex\r\n");
    }
  }

  @Test
  void filesAreAnswers() throws IOException {
    Path album = directory.resolve("album.zip");
    server.handler(
        "get_album",
        request -> {
          try {
            return FileContent.respond(200, "application/zip", album)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("Content-Disposition", ContentDisposition.attachment("Rex & Ida.zip"));
          } catch (NoSuchFileException none) {
            return HttpResponse.problem(404, "No album", "Nobody has put photos in it.");
          }
        });
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      client.get("/album").send().expect(404);
      Files.writeString(album, "0123456789");
      Files.setLastModifiedTime(album, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
      TestResponse whole = client.get("/album").send().expect(200);
      assertThat(whole.text()).isEqualTo("0123456789");
      assertThat(whole.header("Content-Disposition"))
          .isEqualTo("attachment; filename=\"Rex & Ida.zip\"");
      assertThat(whole.header("Last-Modified")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
      TestResponse part = client.get("/album").header("Range", "bytes=-3").send().expect(206);
      assertThat(part.text()).isEqualTo("789");
      assertThat(part.header("Content-Range")).isEqualTo("bytes 7-9/10");
      client.get("/album").header("If-None-Match", whole.header("ETag")).send().expect(304);
      client.get("/album").header("If-Match", "\"other\"").send().expect(412);
      client.get("/album").header("Range", "bytes=10-").send().expect(416);
    }
  }

  @Test
  void contentBeginsAnywhere() {
    byte[] octets = "0123456789".getBytes(StandardCharsets.UTF_8);
    server.handler(
        "get_backup",
        request ->
            HttpResponse.seekable(
                200,
                "application/octet-stream",
                SeekableContent.of(
                    new SeekableContent.Version(octets.length, null, EntityTag.strong("7")),
                    (sink, from, length) -> sink.write(octets, (int) from, (int) length))));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.get("/backup").header("Range", "bytes=2-4").send().expect(206).text())
          .isEqualTo("234");
    }
  }

  @Test
  void changesHaveConditions() {
    AtomicInteger version = new AtomicInteger(1);
    server.handler(
        "put_note",
        request -> {
          int seen = version.get();
          Preconditions.Validators current =
              new Preconditions.Validators(EntityTag.strong("v" + seen), null);
          boolean holds =
              Preconditions.evaluate(request.method(), request.headers(), current)
                  == Preconditions.Outcome.HOLD;
          return holds && version.compareAndSet(seen, seen + 1)
              ? HttpResponse.of(204).withETag(EntityTag.strong("v" + (seen + 1)))
              : HttpResponse.problem(412, "Changed", "Somebody has changed the note meanwhile.");
        });
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      String tag =
          client.put("/note").header("If-Match", "\"v1\"").send().expect(204).header("ETag");
      assertThat(tag).isEqualTo("\"v2\"");
      client.put("/note").header("If-Match", "\"v1\"").send().expect(412);
      client.put("/note").header("If-Match", tag).send().expect(204);
    }
  }

  @Test
  void cookiesAreSet() {
    server.handler(
        "log_in",
        request ->
            HttpResponse.of(204)
                .withCookie(SetCookie.of("__Host-session", "s1").withMaxAge(Duration.ofHours(8)))
                .withCookie(SetCookie.of("theme", "dark").withHttpOnly(false)));
    server.handler(
        "log_out",
        request -> HttpResponse.of(204).withCookie(SetCookie.of("__Host-session", "").expired()));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.post("/session").send().expect(204).headers().all("Set-Cookie"))
          .containsExactly(
              "__Host-session=s1; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax",
              "theme=dark; Path=/; Secure; SameSite=Lax");
      assertThat(client.delete("/session").send().expect(204).headers().all("Set-Cookie"))
          .containsExactly(SetCookie.of("__Host-session", "").expired().render());
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
              : HttpResponse.problem(404, "No such pet", "There is no pet " + id + ".");
        });
  }

  @Test
  void requestsHaveWhatWasSent() {
    server
        .handler(
            "add_photo",
            request -> {
              String album = request.queryParameters().text("album").orElseThrow();
              String session = request.cookies().getOrDefault("session", "none");
              Optional<String> agent = request.headers().first("User-Agent");
              Part photo =
                  request.parts().stream()
                      .filter(part -> part.name().equals("photo"))
                      .findFirst()
                      .orElseThrow();
              return HttpResponse.json(
                  201,
                  Map.of(
                      "album",
                      album,
                      "by",
                      session + " with " + agent.orElse("something"),
                      "type",
                      photo.contentType(),
                      "octets",
                      photo.content().length,
                      "sent",
                      request.rawBody().length));
            })
        .handler("add_name", request -> HttpResponse.json(200, request.body().orElseThrow()));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
      TestResponse kept =
          client
              .post("/photos")
              .cookie("session", "s1")
              .header("User-Agent", "curl")
              .file("photo", "rex.png", "image/png", png)
              .part("caption", "Rex asleep")
              .send()
              .expect(201);
      assertThat(kept.json().path("octets").asInt()).isEqualTo(4);
      assertThat(kept.json().path("sent").asInt()).isGreaterThan(100);
      assertThat(kept.json().path("album").asString()).isEqualTo("all");
      assertThat(kept.json().path("by").asString()).isEqualTo("s1 with curl");
      assertThat(kept.json().path("type").asString()).isEqualTo("image/png");
      TestResponse named =
          client.post("/names").field("name", "Rex").field("age", 3).send().expect(200);
      assertThat(named.json().path("age").asInt()).isEqualTo(3);
    }
  }

  @Test
  void whatAHandlerCallsHasTheRequest() {
    server.handler("get_pet", _ -> HttpResponse.json(200, Map.of("who", who())));
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.get("/pets/7").send().expect(200).json().path("who").asString())
          .isEqualTo("anybody");
    }
  }

  private static String who() {
    String who = Request.current().principal().map(Principal::subject).orElse("anybody");
    return who;
  }

  /** Thrown somewhere below a handler. */
  private static final class UnknownBreed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownBreed(String breed) {
      super("There is no breed " + breed + ".");
    }
  }

  @Test
  void filtersMapExceptions() {
    server.handler(
        "get_pet",
        _ -> {
          throw new UnknownBreed("dogfish");
        });
    server.filter((exchange, next) -> {
      try {
        return next.proceed(exchange);
      } catch (UnknownBreed unknown) {
        return HttpResponse.problem(400, "Unknown breed", String.valueOf(unknown.getMessage()));
      }
    });
    try (BrrtClient client = BrrtClient.inProcess(server.startInProcess())) {
      assertThat(client.get("/pets/7").send().expect(400).problem().detail())
          .isEqualTo("There is no breed dogfish.");
    }
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
