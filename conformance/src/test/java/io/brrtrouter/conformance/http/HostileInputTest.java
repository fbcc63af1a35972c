package io.brrtrouter.conformance.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Promise 1: no client input gives a 500, a hang or a stack trace. The pet store is served with its
 * own configuration, and gets what {@link HostileRequests} makes of sound requests: once answered
 * by what echoes all that was decoded, once from its examples, over HTTP/1.1 and HTTP/2.
 *
 * <p>{@code -Dbrrt.seed=N} repeats a run, {@code -Dbrrt.requests=100000} is for more than a build
 * has time for.
 */
class HostileInputTest {
  private static final long SEED = Long.getLong("brrt.seed", 20_261_127);
  private static final int REQUESTS = Integer.getInteger("brrt.requests", 2_000);

  /** Far more than an answer takes: whatever takes longer hangs. */
  private static final int PATIENCE_MILLIS = 20_000;

  private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Z]{26}");
  private static final Pattern STACK_TRACE =
      Pattern.compile("\n?\tat |(?:java|io\\.brrtrouter)\\.[\\w.$]+(?:Exception|Error)");

  /** Of a request that may have been read as one, so that its answer has no content. */
  private static final String MAYBE_HEAD = "HEAD or not";

  private final Set<String> requestIds = ConcurrentHashMap.newKeySet();
  private final Queue<ILoggingEvent> errors = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  /** Other tests write to the same logs: those of ours are found by thread or request id. */
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            errors.add(event);
          }
        }
      };

  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final Logger root = root();
  private BrrtServer server;

  /**
   * An answer.
   *
   * @param status the status code
   * @param headers by name in lower case
   * @param content the content
   */
  private record Answer(int status, Map<String, String> headers, String content) {
    boolean closes() {
      return "close".equalsIgnoreCase(headers.get("connection"));
    }
  }

  private static Logger root() {
    return assertTimeoutPreemptively(
        Duration.ofMillis(PATIENCE_MILLIS),
        () -> {
          while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
            Thread.onSpinWait(); // Another test may just be initialising it.
          }
          return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        });
  }

  @BeforeEach
  void listen() {
    appender.start();
    root.addAppender(appender);
  }

  @AfterEach
  void stop() {
    root.detachAppender(appender);
    server.close();
  }

  private void serve(String how) {
    Path petStore = Path.of(System.getProperty("brrt.root"), "examples/petstore");
    server =
        BrrtServer.builder()
            .document(petStore.resolve("openapi.yaml"))
            .config(
                ServerConfig.read(
                    Optional.of(petStore.resolve("config.yaml")),
                    Map.of(),
                    Map.of(
                        "port", "0",
                        "cors.origins", "https://app.example",
                        "static.live.directory", petStore.resolve("site").toString(),
                        "compression.enabled", "true")))
            .echo(how.equals("echo"))
            .mock(how.equals("mock"))
            .listener(
                new ExchangeListener() {
                  @Override
                  public void completed(CompletedExchange exchange) {
                    requestIds.add(exchange.requestId());
                    threads.add(Thread.currentThread().getName());
                  }
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "mock"})
  void no_client_input_gives_a_500_a_hang_or_a_stack_trace(String how) throws IOException {
    System.out.println("Hostile input: -Dbrrt.seed=" + SEED + ", " + REQUESTS + " times, " + how);
    serve(how);
    HostileRequests random = new HostileRequests(SEED);
    Connection kept = new Connection(server.port());
    try {
      for (int i = 0; i < REQUESTS; i++) {
        HostileRequests.Request request = random.framed();
        String text = random.write(request);
        if (!kept.answers(request.method(), text, i)) {
          kept.close();
          kept = new Connection(server.port());
        }
        if (i % 4 == 0) {
          broken(random.octets(), i);
        }
      }
    } finally {
      kept.close();
    }
    for (HostileRequests.Request sound : HostileRequests.sound()) {
      try (Connection connection = new Connection(server.port())) {
        connection.answers(sound.method(), sound.text(), -1);
      }
    }
    try (Connection connection = new Connection(server.port())) {
      connection.send("GET /pets/1001 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.read("GET").status()).as("a good request at the end").isEqualTo(200);
    }
    assertThat(statuses)
        .as("what was tried reaches everything")
        .containsKeys(200, 400, 401, 404, 415);
    assertThat(errors.stream().filter(this::isOurs).map(ILoggingEvent::getFormattedMessage))
        .isEmpty();
    System.out.println("Hostile input: " + how + " answered " + statuses);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo", "mock"})
  void no_stream_of_http2_gives_a_500_a_hang_or_a_stack_trace(String how) throws IOException {
    System.out.println("Hostile streams: -Dbrrt.seed=" + SEED + ", " + REQUESTS + " times, " + how);
    serve(how);
    HostileRequests requests = new HostileRequests(SEED);
    Random random = new Random(SEED);
    HostileStreams kept = new HostileStreams(server.port(), PATIENCE_MILLIS, random);
    int without = 0;
    try {
      for (int i = 0; i < REQUESTS; i++) {
        HostileRequests.Request request = requests.framed();
        HostileStreams.Outcome outcome = outcome(kept, request, i);
        without += outcome instanceof HostileStreams.Outcome.Answered ? 0 : 1;
        if (outcome instanceof HostileStreams.Outcome.Ended || !kept.hasRoom()) {
          kept.close();
          kept = new HostileStreams(server.port(), PATIENCE_MILLIS, random);
        }
      }
    } finally {
      kept.close();
    }
    try (HostileStreams last = new HostileStreams(server.port(), PATIENCE_MILLIS, random)) {
      for (HostileRequests.Request sound : HostileRequests.sound()) {
        assertThat(last.sound(sound)).isInstanceOf(HostileStreams.Outcome.Answered.class);
      }
    }
    assertThat(statuses)
        .as("what was tried reaches everything")
        .containsKeys(200, 400, 401, 404, 415);
    assertThat(without).as("streams that are no requests").isPositive();
    assertThat(errors.stream().filter(this::isOurs).map(ILoggingEvent::getFormattedMessage))
        .isEmpty();
    System.out.println("Hostile streams: " + how + " answered " + statuses + ", not " + without);
  }

  private HostileStreams.Outcome outcome(
      HostileStreams connection, HostileRequests.Request request, int number) throws IOException {
    try {
      HostileStreams.Outcome outcome = connection.spoilt(request);
      if (outcome instanceof HostileStreams.Outcome.Answered answered) {
        Map<String, String> headers = new HashMap<>();
        answered
            .head()
            .forEach(field -> headers.put(field.getKey().toString(), field.getValue().toString()));
        String content = new String(answered.content(), StandardCharsets.UTF_8);
        check(new Answer(answered.status(), headers, content), request.text(), number);
      }
      return outcome;
    } catch (SocketTimeoutException hang) {
      throw new AssertionError(
          "stream %d hangs: %s".formatted(number, shown(request.text())), hang);
    }
  }

  private boolean isOurs(ILoggingEvent event) {
    Matcher ids = REQUEST_ID.matcher(event.getFormattedMessage());
    boolean ours =
        event.getThreadName().startsWith("brrt-loop-") && threads.contains(event.getThreadName());
    while (!ours && ids.find()) {
      ours = requestIds.contains(ids.group());
    }
    return ours;
  }

  /** Sends octets that end anywhere: whatever comes back is answers, and then the end. */
  private void broken(String text, int number) throws IOException {
    try (Connection connection = new Connection(server.port())) {
      connection.send(text);
      connection.end();
      boolean more = true;
      while (more) {
        Answer answer = connection.readOrEnd(text);
        more = answer != null && !answer.closes();
        if (answer != null && answer.status() != 100) {
          check(answer, text, number);
        }
      }
      assertThat(connection.isAtEnd()).as("the connection ends: %s", shown(text)).isTrue();
    } catch (SocketTimeoutException hang) {
      throw new AssertionError("request %d hangs: %s".formatted(number, shown(text)), hang);
    }
  }

  private void check(Answer answer, String text, int number) {
    statuses.merge(answer.status(), 1, Integer::sum);
    assertThat(answer.status() < 500 || Set.of(501, 503, 505).contains(answer.status()))
        .as("status %d of request %d: %s", answer.status(), number, shown(text))
        .isTrue();
    assertThat(answer.headers())
        .as("request %d: %s", number, shown(text))
        .containsKey("x-request-id");
    if (answer.status() >= 400 && !answer.headers().containsKey("content-encoding")) {
      assertThat(answer.content())
          .as("request %d: %s", number, shown(text))
          .doesNotContainPattern(STACK_TRACE);
    }
  }

  private static String shown(String text) {
    String all =
        text.chars()
            .mapToObj(c -> c >= ' ' && c < 127 ? Character.toString(c) : "\\x%02x".formatted(c))
            .collect(Collectors.joining());
    return all.length() > 2_000 ? all.substring(0, 2_000) + "..." : all;
  }

  /** A client's side of a connection. */
  private final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
      try {
        socket.getOutputStream().write(HostileRequests.octetsOf(text));
      } catch (SocketException _) {
        // It was refused before its end and is no longer read; the answer says why.
      }
    }

    void end() throws IOException {
      try {
        socket.shutdownOutput();
      } catch (SocketException _) {
        // The server was faster.
      }
    }

    /** {@return whether the connection may be used again, after one answer that is none of ours} */
    boolean answers(String method, String text, int number) throws IOException {
      send(text);
      Answer answer;
      try {
        answer = read(method);
        while (answer.status() == 100) {
          answer = read(method);
        }
      } catch (IOException hang) {
        throw new AssertionError(
            "request %d: no answer to %s".formatted(number, shown(text)), hang);
      }
      check(answer, text, number);
      if (answer.closes()) {
        end();
        assertThat(isAtEnd()).as("it closes as it says: %s", shown(text)).isTrue();
      }
      return !answer.closes();
    }

    /** {@return the next answer, null at the end} */
    Answer readOrEnd(String text) throws IOException {
      return peek(1).isEmpty() ? null : read(text.contains("HEAD ") ? MAYBE_HEAD : "GET");
    }

    private String peek(int length) throws IOException {
      in.mark(length);
      byte[] next = in.readNBytes(length);
      in.reset();
      return new String(next, StandardCharsets.ISO_8859_1);
    }

    boolean isAtEnd() throws IOException {
      return in.read() < 0;
    }

    Answer read(String method) throws IOException {
      String[] start = line().split(" ", 3);
      assertThat(start[0]).isEqualTo("HTTP/1.1");
      int status = Integer.parseInt(start[1]);
      Map<String, String> headers = new HashMap<>();
      for (String field = line(); !field.isEmpty(); field = line()) {
        int colon = field.indexOf(':');
        headers.put(
            field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
      }
      // A refused request line is not known to ask for a head: the content comes, and then the end.
      boolean closes = "close".equalsIgnoreCase(headers.get("connection"));
      String asked = method.equals("HEAD") && closes ? MAYBE_HEAD : method;
      return new Answer(status, headers, content(asked, headers));
    }

    private String content(String method, Map<String, String> headers) throws IOException {
      String version = "HTTP/1.1 ";
      if (method.equals("HEAD")
          || (method.equals(MAYBE_HEAD) && Set.of("", version).contains(peek(version.length())))) {
        return "";
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
      byte[] content = headers.containsKey("transfer-encoding") ? chunks() : in.readNBytes(length);
      assertThat(content.length).as("octets of content").isGreaterThanOrEqualTo(length);
      return new String(content, StandardCharsets.UTF_8);
    }

    private byte[] chunks() throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        all.write(in.readNBytes(size));
        line();
      }
      line();
      return all.toByteArray();
    }

    private int chunkSize() throws IOException {
      return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("the server closed the connection after <" + line + ">");
        }
        line.append((char) c);
      }
      return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
