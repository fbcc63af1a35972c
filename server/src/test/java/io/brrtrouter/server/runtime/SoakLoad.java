package io.brrtrouter.server.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.stream.StreamOptions;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of its own that does everything at once that a server can, over TLS with HTTP/2 and
 * HTTP/1.1: bounded work, secured and limited operations, uploads that are stored, events that
 * clients leave, WebSockets, deadlines, and reloads all the while. Says what is there when nothing
 * is asked any more, after a third of the time and at the end. Ends with an exception when an
 * answer is another than one of those there should be.
 */
final class SoakLoad {
  private static final int AT_ONCE = 4;
  private static final String BOUNDARY = "b0undary";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Soak, version: "GENERATION"}
      paths:
        /work:
          get:
            operationId: work
            x-brrtrouter-concurrency: {class: all, priority: critical}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /spare:
          get:
            operationId: spare
            x-handler: work
            x-brrtrouter-concurrency: {class: all, priority: sheddable}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /things:
          post:
            operationId: make
            security: [{key: []}]
            parameters: [{name: g, in: query, schema: {type: string, default: "GENERATION"}}]
            requestBody: {required: true, content: {application/json: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}
            responses: {"201": {description: made, content: {text/plain: {}}}}
        /seldom:
          get:
            operationId: seldom
            x-brrtrouter-rate-limit: {requests: 20, window: 1}
            x-brrtrouter-max-in-flight: 2
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /late:
          get:
            operationId: late
            x-brrtrouter-deadline-ms: 20
            responses: {"200": {description: never, content: {text/plain: {}}}}
        /files:
          post:
            operationId: store
            x-brrtrouter-stream-body: true
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object, required: [photo], properties: {photo: {type: string, format: binary}}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /events:
          get:
            operationId: events
            x-sse: true
            responses: {"200": {description: events}}
        /chat:
          get:
            operationId: chat
            x-websocket: true
            responses: {"101": {description: the chat begins}}
      components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
      """;

  private final Path directory;
  private final TlsFolder folder = new TlsFolder();
  private final Semaphore resource = new Semaphore(AT_ONCE);
  private final AtomicLong answers = new AtomicLong();
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
  private int generation;

  private SoakLoad(Path directory) {
    this.directory = directory;
  }

  /** Takes how many seconds it lasts, and a directory. */
  public static void main(String[] args) throws Exception {
    new SoakLoad(Path.of(args[1])).run(Integer.parseInt(args[0]));
    System.exit(0);
  }

  private void run(int seconds) throws Exception {
    write();
    Path config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        watch: true
        allow_breaking: true
        responses: {check: enforce}
        http: {streams_on_reload: end}
        compression: {enabled: true}
        body: {ceiling_bytes: 16 MiB}
        tls: {certificate_file: "%s", key_file: "%s"}
        """
            .formatted(folder.path("server.pem"), folder.path("server.key")));
    try (BrrtServer server =
        BrrtServer.builder()
            .document(directory.resolve("api.yaml"))
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of("port", "0")))
            .handler("work", this::work)
            .handler(
                "make",
                request -> HttpResponse.text(201, request.queryParameters().text("g").orElse("?")))
            .handler("seldom", _ -> HttpResponse.text(200, "seldom"))
            .handler("late", SoakLoad::late)
            .handler("store", request -> HttpResponse.text(200, "parts " + request.parts().size()))
            .handler("events", SoakLoad::events)
            .handler("chat", WebSockets.handler(SoakLoad::chat))
            .security("key", (credential, _) -> verify(credential))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .startUnwatched()) {
      load(server, seconds / 3);
      say("Before", server);
      load(server, seconds - seconds / 3);
      say("After", server);
      System.out.println("answers=" + answers);
      new TreeMap<>(counts).forEach((what, count) -> System.out.println(what + "=" + count));
    }
  }

  private HttpResponse work(Request request) throws InterruptedException {
    resource.acquire();
    try {
      Thread.sleep(5);
    } finally {
      resource.release();
    }
    return HttpResponse.text(200, "done ".repeat(500));
  }

  private static HttpResponse late(Request request) throws InterruptedException {
    Thread.sleep(10_000);
    return HttpResponse.text(200, "never");
  }

  private static HttpResponse events(Request request) throws Exception {
    return EventStream.respond(
        request,
        StreamOptions.ENDLESS,
        events -> {
          for (int i = 0; true; i++) {
            events.send(Event.of("event " + i));
            Thread.sleep(5);
          }
        });
  }

  private static void chat(io.brrtrouter.server.websocket.WebSocket socket) throws Exception {
    for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
      socket.send(next.get());
    }
  }

  private static Verification verify(Credential credential) {
    return ((Credential.ApiKey) credential).value().equals("good")
        ? Verification.accepted("me")
        : Verification.refused("no such key");
  }

  private void write() throws IOException {
    generation++;
    Path fresh = directory.resolve("fresh.yaml");
    Files.writeString(fresh, DOCUMENT.replace("GENERATION", "g" + generation));
    Files.move(fresh, directory.resolve("api.yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What one client does again and again. */
  private interface Round {
    void ask(HttpClient client, String url) throws Exception;
  }

  private void load(BrrtServer server, int seconds) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rounds.add((client, url) -> get(client, url + "/work", 200, 503));
      rounds.add((client, url) -> get(client, url + "/spare", 200, 503));
    }
    rounds.add((client, url) -> get(client, url + "/seldom", 200, 429, 503));
    rounds.add((client, url) -> get(client, url + "/late", 504));
    rounds.add((client, url) -> make(client, url, "good", 201));
    rounds.add((client, url) -> make(client, url, "bad", 401, 429));
    rounds.add(this::upload);
    rounds.add(this::leave);
    rounds.add(this::talk);
    try (HttpClient second = client(HttpClient.Version.HTTP_2);
        HttpClient first = client(HttpClient.Version.HTTP_1_1);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < rounds.size(); i++) {
        Round round = rounds.get(i);
        HttpClient client = i % 3 == 0 ? first : second;
        all.add(
            clients.submit(() -> {
              while (!stop.get()) {
                round.ask(client, "https://localhost:" + server.port());
                answers.incrementAndGet();
              }
              return null;
            }));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < end) {
        write();
        ReloadOutcome outcome = server.reload();
        require(outcome instanceof ReloadOutcome.Published, "it is taken: " + outcome);
        count("reloads");
        for (Future<?> each : all) {
          if (each.isDone()) {
            each.get();
          }
        }
        Thread.sleep(200);
      }
      stop.set(true);
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(TestCertificates.trusting().context())
        .build();
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Accept-Encoding", "gzip");
  }

  private void get(HttpClient client, String url, Integer... statuses) throws Exception {
    expect(client.send(request(url).build(), BodyHandlers.ofByteArray()), statuses);
  }

  private void expect(java.net.http.HttpResponse<?> response, Integer... statuses) {
    require(
        List.of(statuses).contains(response.statusCode()),
        response.request().uri().getPath() + " is answered with " + response.statusCode());
    count(response.request().uri().getPath().substring(1) + response.statusCode());
  }

  private void make(HttpClient client, String url, String key, Integer... statuses)
      throws Exception {
    HttpRequest request =
        request(url + "/things")
            .header("Content-Type", "application/json")
            .header("X-Key", key)
            .POST(BodyPublishers.ofString("{\"n\": 1}"))
            .build();
    expect(client.send(request, BodyHandlers.ofByteArray()), statuses);
  }

  /** Larger than what is kept in memory. */
  private void upload(HttpClient client, String url) throws Exception {
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p\"\r\n\r\n"
            .formatted(BOUNDARY);
    HttpRequest request =
        request(url + "/files")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(
                BodyPublishers.ofByteArrays(
                    List.of(
                        head.getBytes(StandardCharsets.UTF_8),
                        new byte[2 << 20],
                        ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8))))
            .build();
    expect(client.send(request, BodyHandlers.ofByteArray()), 200);
  }

  /** Reads some events, and goes; a reload may end them before. */
  private void leave(HttpClient client, String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/events")).build();
    var response = client.send(request, BodyHandlers.ofInputStream());
    expect(response, 200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < 10 && lines.readLine() != null; i++) {
        count("lines");
      }
    }
  }

  /** Says something and hears it; a reload may end that before. */
  private void talk(HttpClient client, String url) throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(url.replace("https:", "wss:") + "/chat"), hearing(heard))
            .get();
    socket.sendText("hello", true).exceptionally(_ -> socket).get();
    String said = heard.get();
    require(said.equals("hello") || said.equals("closed"), "what was said is heard: " + said);
    count("chat" + said);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket).get();
    socket.abort();
  }

  private static WebSocket.Listener hearing(CompletableFuture<String> heard) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard.complete(data.toString());
        socket.request(1);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        heard.complete("closed");
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void onError(WebSocket socket, Throwable error) {
        heard.complete("closed");
      }
    };
  }

  private void count(String what) {
    counts.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }

  /** Once all that was asked for has ended, which the server's side takes a moment for. */
  private void say(String when, BrrtServer server) throws Exception {
    Map<String, Double> gauges = gauges(server);
    while (gauges.values().stream().anyMatch(value -> value != 0)) { // the process has a time limit
      System.out.println("still " + gauges);
      Thread.sleep(100);
      gauges = gauges(server);
    }
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    System.out.println("gauges" + when + "=" + gauges.size());
    System.out.println("heap" + when + "=" + (runtime.totalMemory() - runtime.freeMemory()));
    System.out.println(
        "threads" + when + "=" + ManagementFactory.getThreadMXBean().getThreadCount());
    System.out.println("virtual" + when + "=" + virtualThreads());
    String[] handles = new File("/proc/self/fd").list();
    System.out.println("handles" + when + "=" + (handles == null ? 0 : handles.length));
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      System.out.println("files" + when + "=" + files.count());
    }
  }

  /** What is 0 while nothing is asked. */
  private static Map<String, Double> gauges(BrrtServer server) throws Exception {
    String all;
    try (HttpClient client = client(HttpClient.Version.HTTP_1_1)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/metrics"))
              .build();
      all = client.send(request, BodyHandlers.ofString()).body();
    }
    Map<String, Double> gauges = new TreeMap<>();
    for (String line : all.lines().toList()) {
      String name = line.split("[ {]", 2)[0];
      if (name.endsWith("_in_flight") || name.endsWith("_active") || name.endsWith("_open")) {
        gauges.put(
            line.substring(0, line.lastIndexOf(' ')),
            Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)));
      }
    }
    return gauges;
  }

  private long virtualThreads() throws IOException {
    Path dump = directory.resolve("threads.json");
    Files.deleteIfExists(dump);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    return JsonMapper.shared().readTree(dump.toFile()).findValues("virtual").stream()
        .filter(JsonNode::booleanValue)
        .count();
  }
}
