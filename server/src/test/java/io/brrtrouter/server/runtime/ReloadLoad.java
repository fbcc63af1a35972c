package io.brrtrouter.server.runtime;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of its own that reloads a server under load and says what it saw, a figure on each
 * line. Ends with an exception when an answer is lost, or is of two generations.
 */
final class ReloadLoad {
  private static final int CLIENTS = 8;

  /** Answers between two reloads. */
  private static final int AMID = 40;

  private final Path directory;
  private final AtomicLong answers = new AtomicLong();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong refused = new AtomicLong();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** The generation that serves, or is about to. */
  private volatile int latest;

  private ReloadLoad(Path directory) {
    this.directory = directory;
  }

  /** Takes how often it reloads. */
  public static void main(String[] args) throws Exception {
    new ReloadLoad(Files.createTempDirectory("brrt-reload")).run(Integer.parseInt(args[0]));
    System.exit(0);
  }

  /** What may not grow. */
  private record Figures(long heap, int threads, long virtual, int handles, long series) {}

  private void run(int reloads) throws Exception {
    write(0);
    Path config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        watch: true
        allow_breaking: true
        cors: {origins: ["https://a.example"]}
        responses: {check: enforce}
        http: {max_requests: 100000000}
        security: {development: true}
        """);
    try (BrrtServer server =
        BrrtServer.builder()
            .document(directory.resolve("api.yaml"))
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of("port", "0")))
            .handler("swap", ReloadLoad::swap)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .startUnwatched()) {
      try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        List<Future<?>> loads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
          loads.add(clients.submit(() -> load(server)));
        }
        try {
          reload(server, reloads, loads);
        } finally {
          stop.set(true);
        }
        for (Future<?> load : loads) {
          load.get();
        }
      }
    }
  }

  private void reload(BrrtServer server, int reloads, List<Future<?>> loads) throws Exception {
    List<WeakReference<CompiledApi>> before = new ArrayList<>();
    Figures warm = null;
    long begun = System.nanoTime();
    for (int number = 1; number <= reloads; number++) {
      before.add(new WeakReference<>(server.current()));
      if (number % 5 == 0) {
        Files.writeString(directory.resolve("api.yaml"), "openapi: 3.1.1\npaths: {/v: [");
        require(server.reload() instanceof ReloadOutcome.Refused, "a broken document is refused");
        Files.writeString(directory.resolve("api.yaml"), document(number).replace("swap", "swop"));
        require(server.reload() instanceof ReloadOutcome.Refused, "one without handler is refused");
      }
      write(number);
      ReloadOutcome outcome = server.reload();
      require(outcome instanceof ReloadOutcome.Published, "generation " + number + ": " + outcome);
      awaitAnswers(number, loads);
      if (number == reloads / 3) {
        warm = figures(server);
      }
    }
    say("millis", (System.nanoTime() - begun) / 1_000_000);
    Figures last = figures(server);
    say("answers", answers.get());
    say("refused", refused.get());
    say("generations", seen.size());
    say("living", before.stream().filter(each -> each.get() != null).count());
    Figures first = Objects.requireNonNull(warm);
    say("heapBefore", first.heap);
    say("heapAfter", last.heap);
    say("threadsBefore", first.threads);
    say("threadsAfter", last.threads);
    say("virtualBefore", first.virtual);
    say("virtualAfter", last.virtual);
    say("handlesBefore", first.handles);
    say("handlesAfter", last.handles);
    say("seriesBefore", first.series);
    say("seriesAfter", last.series);
  }

  private static void say(String figure, long value) {
    System.out.println(figure + "=" + value);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what);
    }
  }

  /** So many of the new generation or later; a client that failed says so here. */
  private void awaitAnswers(int generation, List<Future<?>> loads) throws Exception {
    long goal = answers.get() + AMID;
    while (answers.get() < goal || !seen.contains("g" + generation)) {
      for (Future<?> load : loads) {
        if (load.isDone()) {
          load.get();
        }
      }
      Thread.onSpinWait();
    }
  }

  /** After what has ended is gone, which a finished request and a collector take their time for. */
  private Figures figures(BrrtServer server) throws IOException {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    String[] handles = new File("/proc/self/fd").list();
    try (KeptConnection connection = new KeptConnection(server)) {
      long series =
          connection
              .send("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n")
              .read()
              .content()
              .lines()
              .filter(line -> line.startsWith("http_server_active_requests{"))
              .count();
      return new Figures(
          runtime.totalMemory() - runtime.freeMemory(),
          ManagementFactory.getThreadMXBean().getThreadCount(),
          virtualThreads(),
          handles == null ? 0 : handles.length,
          series);
    }
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

  private void write(int generation) throws IOException {
    latest = generation;
    Files.writeString(directory.resolve("api.yaml"), document(generation));
  }

  /** The same marker in a path, a default, what responses must have, CORS and security. */
  private static String document(int generation) {
    return """
    openapi: 3.1.1
    info: {title: GEN, version: "1"}
    paths:
      /v/{GEN}:
        get:
          operationId: swap
          x-cors: {exposeHeaders: [X-GEN]}
          parameters:
          - {name: GEN, in: path, required: true, schema: {type: string}}
          - {name: g, in: query, schema: {type: string, default: GEN}}
          responses:
            "200":
              description: ok
              headers: {X-G: {required: true, schema: {const: GEN}}}
              content: {text/plain: {schema: {const: GENGEN}}}
            default: {description: problem}
        post:
          operationId: swap_post
          x-handler: swap
          x-cors: {exposeHeaders: [X-GEN]}
          parameters:
          - {name: GEN, in: path, required: true, schema: {type: string}}
          - {name: g, in: query, schema: {type: string, default: GEN}}
          requestBody: {required: true, content: {application/json: {schema: {type: object, required: [n], properties: {n: {type: integer}}}}}}
          responses:
            "200":
              description: ok
              headers: {X-G: {required: true, schema: {const: GEN}}}
              content: {text/plain: {schema: {const: GENGEN}}}
            default: {description: problem}
      /GEN:
        get:
          operationId: only_GEN
          x-handler: swap
          security: [{basic: []}]
          responses: {"204": {description: ok}}
    components: {securitySchemes: {basic: {type: http, scheme: basic}}}
    """
        .replace("GEN", "g" + generation);
  }

  private static HttpResponse swap(Request request) throws InterruptedException {
    if (request.target().startsWith("/v/slow")) {
      Thread.sleep(2); // long enough for generations to change meanwhile, now and then
    }
    String marker = request.queryParameters().text("g").orElse("?");
    String path = request.pathParameters().text(marker).isPresent() ? marker : "?";
    return HttpResponse.text(200, marker + path).withHeader("X-G", marker);
  }

  /**
   * Several requests at once, again and again; every answer is whole, and of one generation. What
   * only one of them has asks for credentials in that one, and is unknown to all others.
   */
  private Void load(BrrtServer server) throws IOException {
    String head = " HTTP/1.1\r\nHost: localhost\r\nOrigin: https://a.example\r\n";
    String get = "GET /v/%s" + head + "\r\n";
    String post =
        "POST /v/%s" + head + "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n";
    String all =
        get.formatted("fast") + get.formatted("slow") + post.formatted("slow") + "{\"n\":1}";
    try (KeptConnection connection = new KeptConnection(server)) {
      while (!stop.get()) {
        connection.send(all + "GET /g" + latest + head + "\r\n");
        for (int i = 0; i < 3; i++) {
          check(connection.read());
        }
        int status = connection.read().status();
        require(status == 401 || status == 404, "nobody gets in without credentials: " + status);
        if (status == 401) {
          refused.incrementAndGet();
        }
      }
    }
    return null;
  }

  private void check(KeptConnection.Answer answer) {
    String marker = answer.headers().get("x-g");
    require(
        answer.status() == 200
            && answer.content().equals(marker + marker)
            && ("X-" + marker).equals(answer.headers().get("access-control-expose-headers")),
        "of one generation: " + answer);
    seen.add(marker);
    answers.incrementAndGet();
  }
}
