package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.testing.BrrtClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Generated code of operations with items, on real connections: {@code items/Station.java} handles
 * them, {@code items/Observer.java} asks.
 */
@Timeout(120)
class ItemsServedTest {
  private static final Path FOLDER = Path.of("src/test/resources/items");
  private static final Path DOCUMENT = FOLDER.resolve("openapi.yaml");

  private static ClassLoader loader;

  private final HttpClient http = HttpClient.newHttpClient();

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Semaphore may = new Semaphore(0);
  private ServerConfig config = ServerConfig.defaults();
  private BrrtServer server;
  private Object station;

  @BeforeAll
  static void generate() throws IOException {
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(DOCUMENT, "items", Part.JAVA).files());
    assertThat(Java.unformatted(files)).isEmpty();
    for (String own : List.of("Station", "Observer", "Guide")) {
      files.add(
          new SourceFile(
              "items/" + own + ".java", Files.readString(FOLDER.resolve(own + ".java"))));
    }
    loader = Classes.of(files);
  }

  private BrrtServer start(Path document, String check) throws Exception {
    return start(document, check, told);
  }

  private BrrtServer start(Path document, String check, @Nullable BlockingQueue<String> tells)
      throws Exception {
    return start("Station", document, check, tells);
  }

  private BrrtServer start(
      String handlers, Path document, String check, @Nullable BlockingQueue<String> tells)
      throws Exception {
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document)
            .config(config.with("responses.check", check))
            .port(0);
    station =
        loader
            .loadClass("items." + handlers)
            .getConstructor(BlockingQueue.class, Semaphore.class)
            .newInstance(tells, may);
    loader
        .loadClass("items.server.StationServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("items.api.StationApi"))
        .invoke(null, builder, station);
    server = builder.start();
    return server;
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  private List<String> observe(String method, int count) throws Exception {
    return observe(URI.create(server.url()), method, count);
  }

  @SuppressWarnings("unchecked")
  private List<String> observe(URI base, String method, int count) throws Exception {
    try {
      return (List<String>)
          loader
              .loadClass("items.Observer")
              .getMethod(method, URI.class, BlockingQueue.class, Semaphore.class, int.class)
              .invoke(null, base, told, may, count);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private String awaitTold() throws InterruptedException {
    String next = told.poll(1, TimeUnit.MINUTES);
    assertThat(next).isNotNull();
    return next;
  }

  @Test
  void an_item_is_read_before_the_next_one_is_made() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("one_by_one", 3)).containsExactly("s1", "s2", "s3");
    assertThat(awaitTold()).isEqualTo("<complete>");
    assertThatThrownBy(() -> observe("one_by_one", 0)).hasMessage("no readings");
  }

  @Test
  void an_item_that_the_document_does_not_allow_is_not_sent() throws Exception {
    start(DOCUMENT, "enforce");

    assertThatThrownBy(() -> observe("one_by_one", 9))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the response breaks off");
    assertThat(awaitTold()).isEqualTo("<IllegalArgumentException>");
  }

  @Test
  void a_client_refuses_an_item_that_is_not_what_the_document_says() throws Exception {
    start(DOCUMENT, "off");

    assertThatThrownBy(() -> observe("one_by_one", 9))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("list_readings answered 200: item 7 is not what its schema says")
        .hasMessageContaining("/sensor");
  }

  @Test
  void a_client_that_goes_ends_the_producer() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("leave", Integer.MAX_VALUE)).containsExactly("s1");

    assertThat(awaitTold()).isIn("<InterruptedException>", "<ClientGoneException>");
  }

  /** {@return a server that sends the first item, and nothing more} */
  private static OneAnswer oneItem() throws IOException {
    String item = "{\"sensor\":\"s1\",\"value\":1}\n";
    return new OneAnswer(
        "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(item.length())
            + "\r\n"
            + item
            + "\r\n");
  }

  @Test
  void a_client_that_nothing_comes_to_for_too_long_gives_its_connection_back() throws Exception {
    try (OneAnswer silent = oneItem()) {
      assertThat(observe(silent.base(), "patiently", 3_000))
          .containsExactly(
              "s1",
              "HttpTimeoutException: nothing came for PT3S",
              "HttpTimeoutException: nothing came for PT3S");
      silent.awaitEnd();
    }
  }

  @Test
  void items_that_are_closed_half_read_give_their_connection_back() throws Exception {
    try (OneAnswer silent = oneItem()) {
      assertThat(observe(silent.base(), "leave", 1)).containsExactly("s1");
      silent.awaitEnd();
    }
  }

  @Test
  void an_item_is_sent_before_the_next_one_is_made() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("send", 6)).containsExactly("sum 21");
    assertThat(awaitTold()).isEqualTo("<end>");
  }

  @Test
  void a_client_sends_no_item_that_the_document_does_not_allow() throws Exception {
    start(DOCUMENT, "enforce");

    assertThatThrownBy(() -> observe("send", 9))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("item 7: the body of add_readings is not what its schema says:");
    assertThat(awaitTold()).startsWith("<").isNotEqualTo("<end>");
  }

  @Test
  void an_item_of_a_request_that_is_wrong_is_the_answer() throws Exception {
    start(DOCUMENT, "enforce");
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      String good = "{\"sensor\":\"a\",\"value\":1}\n";

      assertThat(
              client
                  .post("/readings")
                  .body("application/jsonl", good + good + "{\"sensor\":\"\",\"value\":1}\n")
                  .send()
                  .expect(400)
                  .text())
          .contains("\"number\":3", "/2/sensor");
      assertThat(told).containsExactly("a", "a", "<InvalidItemException>");
      told.clear();
      // 1.0 is an integer; a text that no Java type holds is refused as any other.
      assertThat(
              client
                  .post("/collected")
                  .body("application/jsonl", good + "{\"sensor\":\"b\",\"value\":\"x\"}\n")
                  .send()
                  .expect(400)
                  .text())
          .contains("/1/value");
    }
  }

  @Test
  void items_of_a_request_that_is_collected_are_a_list() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("collected", 2)).containsExactly("[s1, s2]");
    assertThat(observe("collected", 0)).containsExactly("nothing");
  }

  @Test
  void what_is_received_can_be_the_answer() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("echo", 0))
        .containsExactly("Reading[sensor=a, value=1]", "Reading[sensor=b, value=2]");
  }

  @Test
  void events_have_types_and_their_data_too() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("news", 0))
        .containsExactly(
            "NewsAdopted[id=7, data=Reading[sensor=a\"b, value=1]]", "NewsClosed[data=for\ntoday]");
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      assertThat(client.get("/adoptions").send().expect(200).text())
          .isEqualTo(
              """
              id: 7
              event: adopted
              data: {"sensor":"a\\"b","value":1}

              event: closed
              data: for
              data: today

              """);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"sensor":"","value":1}    | contentSchema at /data: must be JSON of which /sensor must have at least 1 character, not 0
          {"sensor":"a"}             | contentSchema at /data: must be JSON of which the value must have the property "value"
          {"sensor":"a","value":"1"} | contentSchema at /data: must be JSON of which /value must be an integer, not a string
          {"sensor":                 | contentMediaType at /data: must be JSON: line 1, column 11: the text ends where a value is expected
          """)
  void a_client_judges_the_data_of_events_as_the_server_does(String data, String problem)
      throws Exception {
    String right =
        "event: closed\ndata: {\n\nevent: adopted\ndata: {\"sensor\":\"a\",\"value\":1}\n\n";
    String wrong = "event: adopted\ndata: " + data + "\n\n";
    try (OneAnswer answer =
        new OneAnswer(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + right + wrong)) {
      assertThatThrownBy(() -> observe(answer.base(), "news", 0))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "watch_adoptions answered 200: item 3 is not what its schema says\n  " + problem);
    }
  }

  @Test
  void events_without_a_schema_have_the_fields_of_events() throws Exception {
    start(DOCUMENT, "enforce");

    assertThat(observe("raw", 0))
        .containsExactly(
            "RawEvent[data=after nothing, event=null, id=null, retry=null]",
            "RawEvent[data=x, event=named, id=8, retry=5]");
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      assertThat(client.get("/raw").header("Last-Event-ID", "6").send().expect(200).text())
          .startsWith("data: after 6\n\n");
    }
  }

  private void publish(String sensor) throws Exception {
    try {
      station.getClass().getMethod("publish", String.class).invoke(station, sensor);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Reads the next event of a stream. */
  private static String event(BufferedReader lines) throws IOException {
    StringBuilder event = new StringBuilder();
    for (String line = lines.readLine();
        line != null && (!line.isEmpty() || event.isEmpty());
        line = lines.readLine()) {
      event.append(line.startsWith(":") || line.isEmpty() ? "" : line + "|");
    }
    return event.toString();
  }

  private BufferedReader watch(String last) throws Exception {
    HttpResponse<InputStream> response = open("/adoptions", last);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-cache");
    return lines(response);
  }

  private HttpResponse<InputStream> open(String target, String last) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + target))
            .header("Last-Event-ID", last)
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  private static BufferedReader lines(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  @Test
  void a_broadcaster_sends_typed_events_to_all_and_what_they_have_missed() throws Exception {
    start(DOCUMENT, "enforce", null);
    publish("a");
    publish("bb");
    try (BufferedReader one = watch("a");
        BufferedReader other = watch("bb")) {
      assertThat(event(one))
          .isEqualTo("id: bb|event: adopted|data: {\"sensor\":\"bb\",\"value\":2}|");
      while ((int) station.getClass().getMethod("subscribers").invoke(station) < 2) {
        Thread.onSpinWait();
      }
      publish("ccc");

      String third = "id: ccc|event: adopted|data: {\"sensor\":\"ccc\",\"value\":3}|";
      assertThat(event(one)).isEqualTo(third);
      assertThat(event(other)).isEqualTo(third);
      assertThatThrownBy(() -> publish("line\nend"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("on one line");
    }
  }

  @Test
  void the_guide_shows_code_that_answers() throws Exception {
    String guide = Files.readString(Documents.root().resolve("docs/generated-code.md"));
    int from = guide.indexOf("## Items one by one");
    String section = guide.substring(from, guide.indexOf("\n## ", from));
    String source = Files.readString(FOLDER.resolve("Guide.java"));
    String[] blocks = section.split("```java\n", -1);
    assertThat(blocks).hasSize(5);
    for (int i = 1; i < blocks.length; i++) {
      assertThat(source).contains(blocks[i].substring(0, blocks[i].indexOf("```")));
    }

    start("Guide", DOCUMENT, "enforce", told);
    publish("a");
    publish("bb");
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()));
        BufferedReader lines = watch("a")) {
      String readings = client.get("/readings").query("count", "2").send().expect(200).text();

      assertThat(readings)
          .isEqualTo(
              """
              {"sensor":"sensor 1","value":1}
              {"sensor":"sensor 2","value":2}
              """);
      assertThat(
              client
                  .post("/readings")
                  .body("application/jsonl", readings)
                  .send()
                  .expect(200)
                  .text())
          .isEqualTo("sum 3");
      assertThat(event(lines)).startsWith("id: bb|event: adopted|");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          value: { type: integer, format: int32 }     | value: { type: string }                      | list_readings    | the content of 200 in application/jsonl has another shape
          value: { type: integer, format: int32 }     | value: { type: string }                      | add_readings     | the request body in application/jsonl has another shape
          value: { type: integer, format: int32 }     | value: { type: string }                      | collect_readings | the request body in application/jsonl has another shape
          value: { type: integer, format: int32 }     | value: { type: string }                      | watch_adoptions  | the content of 200 in text/event-stream has another shape
          event: { const: closed }                    | event: { const: shut }                       | watch_adoptions  | the content of 200 in text/event-stream has another shape
          contentMediaType: application/json          | contentMediaType: text/plain                 | watch_adoptions  | the content of 200 in text/event-stream has another shape
          x-brrtrouter-stream-body: true              | x-brrtrouter-stream-body: false              | echo_readings    | the request body in application/json-seq has another shape
          text/event-stream: { itemSchema: { $ref     | text/event-stream: { schema: { $ref          | watch_adoptions  | the content of 200 in text/event-stream has another shape
          { application/jsonl: { itemSchema: { $ref   | { application/jsonl: { schema: { $ref        | collect_readings | the request body in application/jsonl has another shape
          x-sse: true                                 | x-sse: false                                 | watch_raw        | the content of 200 in text/event-stream is no longer there
          x-sse: false                                | x-sse: true                                  | watch_plain      | the content of 200 in text/event-stream has another shape
          application/x-ndjson: {}                    | application/x-ndjson: { itemSchema: {} }     | list_old         | the content of 200 in application/x-ndjson has another shape
          application/JSON: {}                        | application/JSON: { itemSchema: {} }         | list_old         | the content of 200 in application/JSON has another shape
          text/csv: {}                                | text/csv: { itemSchema: {} }                 | list_old         | the content of 200 in text/csv has another shape
          application/json: {}                        | application/json: { itemSchema: {} }         | add_old          | the request body in application/json has another shape
          text/plain: { itemSchema: {} }              | text/plain: {}                               | list_old         | the content of 200 in text/plain has another shape
          text/html: { itemSchema: {} }               | text/html: {}                                | add_old          | the request body in text/html has another shape
          application/a+json: { itemSchema: {} }      | application/a+json: {}                       | list_old         | the content of 200 in application/a+json has another shape
          """)
  void code_of_another_document_is_refused(
      String old, String other, String operation, String why, @TempDir Path folder)
      throws Exception {
    String text = Files.readString(DOCUMENT);
    assertThat(text).contains(old);
    Path changed = Files.writeString(folder.resolve("openapi.yaml"), text.replace(old, other));

    assertThatThrownBy(() -> start(changed, "off"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("types-outdated")
        .hasMessageContaining("operation \"" + operation + "\": " + why);
  }

  @Test
  void constraints_that_have_changed_are_judged_by_the_document_that_serves(@TempDir Path folder)
      throws Exception {
    Path changed =
        Files.writeString(
            folder.resolve("openapi.yaml"),
            Files.readString(DOCUMENT).replace("minLength: 1", "minLength: 3"));
    start(changed, "enforce");

    assertThatThrownBy(() -> observe("one_by_one", 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the response breaks off");
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      client
          .post("/readings")
          .body("application/jsonl", "{\"sensor\":\"a\",\"value\":1}\n")
          .send()
          .expect(400);
    }
  }

  /** Waits for what {@code /ready} says. */
  private static String awaitReady(BrrtClient client, String part) {
    String ready = client.get("/ready").send().expect(200).text();
    while (!ready.contains(part)) {
      Thread.onSpinWait();
      ready = client.get("/ready").send().expect(200).text();
    }
    return ready;
  }

  private static void change(Path document, String text) throws IOException {
    Path next = Files.writeString(document.resolveSibling("next"), text);
    Files.move(next, document, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void a_running_server_takes_other_constraints_of_items_and_refuses_another_shape(
      @TempDir Path folder) throws Exception {
    String text = Files.readString(DOCUMENT);
    Path document = Files.writeString(folder.resolve("openapi.yaml"), text);
    config = config.with("watch", "true").with("allow_breaking", "true");
    start(document, "enforce");
    String short1 = "{\"sensor\":\"s1\",\"value\":1}";
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()));
        BufferedReader readings = lines(open("/readings?count=3", "none"))) {
      may.release();
      assertThat(readings.readLine()).isEqualTo(short1);
      client.post("/collected").body("application/jsonl", short1).send().expect(200);

      String longer = text.replace("minLength: 1", "minLength: 3");
      change(document, longer);
      awaitReady(client, "\"number\":2");
      client.post("/collected").body("application/jsonl", short1).send().expect(400);
      may.release();
      assertThat(readings.readLine()).as("by the document it began with").contains("\"s2\"");

      change(
          document,
          longer.replace("value: { type: integer, format: int32 }", "value: { type: string }"));
      assertThat(awaitReady(client, "\"refused\""))
          .contains("types-outdated", "list_readings", "application/jsonl has another shape")
          .contains("\"number\":2");
      client.post("/collected").body("application/jsonl", short1).send().expect(400);
      may.release();
      assertThat(readings.readLine()).contains("\"s3\"");
      assertThat(readings.readLine()).isNull();
    }
    assertThat(awaitTold()).isEqualTo("<complete>");
  }
}
