package io.brrtrouter.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.schema.stream.RawEvent;
import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.ContentBinding;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.TypedResponse;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Items that have a Java type, as generated code sends them, over real sockets. */
@Timeout(60)
class TypedItemStreamTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Numbers, version: "1"}
      paths:
        /numbers:
          get:
            operationId: numbers
            responses: &numbers
              "200":
                description: ok
                content:
                  application/jsonl: {itemSchema: {type: integer, maximum: 9}}
                  text/event-stream: {itemSchema: {type: object}}
          head:
            operationId: head
            responses: *numbers
        /echo:
          post:
            operationId: echo
            x-brrtrouter-stream-body: true
            requestBody: {content: {application/jsonl: {itemSchema: {type: integer}}}}
            responses: *numbers
        /open:
          get:
            operationId: open
            responses: *numbers
      """;

  /** As generated. */
  private static final JsonEncoder<Integer> CODEC = (value, out) -> out.writeLong(value);

  private static final ContentBinding.Items<Integer> CONTENT =
      new ContentBinding.Items<>("200", "application/jsonl", CODEC, Optional.empty());

  private static final JsonEncoder<RawEvent> EVENT =
      (value, out) -> {
        out.beginObject();
        out.name("data");
        out.writeString(value.data());
        if (value.id() != null) {
          out.name("id");
          out.writeString(value.id());
        }
        out.endObject();
      };

  private static final ContentBinding.Items<RawEvent> EVENTS =
      new ContentBinding.Items<>("200", "text/event-stream", EVENT, Optional.empty());

  private BrrtServer server;

  /** Items from elsewhere, such as those of another server; no interruption ends them. */
  private static class Relayed implements Items<Integer> {
    private static final int END = -1;

    final BlockingQueue<Integer> coming = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();

    Relayed(Integer... coming) {
      this.coming.addAll(List.of(coming));
    }

    @Override
    public Optional<Integer> next() throws IOException {
      while (!closed.isDone()) {
        try {
          int next = coming.take();
          if (next != END) {
            return Optional.of(next);
          }
          coming.add(END);
          return Optional.empty();
        } catch (InterruptedException _) {
          // As what is written without a thought of it.
        }
      }
      throw new IOException("the items are closed");
    }

    @Override
    public void close() {
      closed.complete(null);
      coming.add(END);
    }

    void awaitClosed() throws Exception {
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  private static HttpResponse answer(Request request, int status, Items<Integer> items) {
    return new HttpResponse(
        status,
        Headers.of("Content-Type", "application/jsonl"),
        ItemStream.body(request, status, CONTENT, items));
  }

  private void serve(Handler handler, String... settings) {
    List<String> all =
        new ArrayList<>(List.of("responses.check", "enforce", "shutdown.drain_ms", "100 ms"));
    all.addAll(List.of(settings));
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(all.toArray(String[]::new)))
            .handler("numbers", handler)
            .handler("head", handler)
            .handler(
                "echo",
                request -> {
                  ItemReader sent = request.items();
                  return answer(
                      request,
                      200,
                      Items.produced(items -> {
                        for (var next = sent.next(); next.isPresent(); next = sent.next()) {
                          items.send(next.get().intValue());
                        }
                      }));
                })
            .handler(
                "open",
                request ->
                    answer(
                        request,
                        200,
                        Items.produced(items -> {
                          items.send(1);
                          Thread.sleep(Duration.ofMinutes(1));
                        })))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void serve(Items<Integer> items) {
    serve(request -> answer(request, 200, items));
  }

  private StreamClient client(String path) throws IOException {
    return new StreamClient(server.port(), path);
  }

  private int status(String method) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(server.url() + "/numbers"))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    }
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void items_that_are_sent_are_closed() throws Exception {
    Relayed items = new Relayed(1, 2, Relayed.END);
    serve(items);
    try (StreamClient client = client("/numbers")) {
      assertThat(client.rest()).isEqualTo("1\n2\n");
      items.awaitClosed();
    }
  }

  /** Has a request cut off, and {@return the line of the log that says so} */
  private ILoggingEvent cutOff(String method, String path, String body) throws Exception {
    String id = "typed-" + UUID.randomUUID();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("X-Request-ID", id)
            .header("Content-Type", "application/jsonl")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server");
        HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      log.next(id); // Others are cut off too, in other tests.
      List<ILoggingEvent> lines =
          log.about(id).stream()
              .filter(each -> each.getLevel().isGreaterOrEqual(Level.WARN))
              .toList();
      assertThat(lines).hasSize(1);
      return lines.getFirst();
    }
  }

  /** What goes on for a day is wrong for a day. */
  @Test
  void the_log_has_two_lines_of_all_items_that_are_wrong_and_sent() throws Exception {
    serve(
        request ->
            answer(
                request,
                200,
                Items.produced(items -> {
                  for (int i = 0; i < 12; i++) {
                    items.send(i < 2 ? 1 : 10);
                  }
                })),
        "responses.check",
        "log");
    String id = "typed-" + UUID.randomUUID();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/numbers"))
            .header("X-Request-ID", id)
            .build();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract");
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).body().lines()).hasSize(12);
      log.next(id + ": 9 more");

      assertThat(log.about(id)).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
      assertThat(log.about(id))
          .extracting(ILoggingEvent::getFormattedMessage)
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .startsWith(
                          "request "
                              + id
                              + ": item 3 of the response 200 of numbers does not match the"
                              + " document: [body: must be at most 9"),
              last ->
                  assertThat(last)
                      .isEqualTo(
                          "request "
                              + id
                              + ": 9 more of the items of the response 200 of numbers, the last of"
                              + " them item 12, did not match the document"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_log_has_one_line_of_an_item_that_is_refused(boolean swallows) throws Exception {
    serve(request ->
        answer(
            request,
            200,
            Items.produced(items -> {
              items.send(1);
              try {
                items.send(10);
              } catch (IllegalArgumentException refused) {
                if (!swallows) {
                  throw refused;
                }
              }
            })));

    ILoggingEvent line = cutOff("GET", "/numbers", "");

    assertThat(line.getLevel()).isEqualTo(Level.WARN);
    assertThat(line.getThrowableProxy()).as("no stack trace").isNull();
    assertThat(line.getFormattedMessage())
        .contains("the API description does not allow item 2: body: must be at most 9")
        .endsWith("; the response is cut off");
  }

  @Test
  void the_log_has_one_line_of_a_wrong_item_of_a_request_whose_response_has_begun()
      throws Exception {
    serve(new Relayed(1));

    ILoggingEvent line = cutOff("POST", "/echo", "1\n\"x\"\n");

    assertThat(line.getLevel()).isEqualTo(Level.WARN);
    assertThat(line.getThrowableProxy()).as("no stack trace").isNull();
    assertThat(line.getFormattedMessage())
        .endsWith(
            ": item 2 of the request, at octet 2, is not what the document says; the response is"
                + " cut off");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void items_of_a_client_that_goes_are_closed(boolean resets) throws Exception {
    Relayed items = new Relayed(1);
    serve(items);
    try (StreamClient client = client("/numbers")) {
      assertThat(client.line()).isEqualTo("1");
      if (resets) {
        client.reset();
      }
    }
    items.awaitClosed();
  }

  @Test
  void items_one_of_which_is_refused_are_closed() throws Exception {
    Relayed items = new Relayed(1, 10);
    serve(items);
    try (StreamClient client = client("/numbers")) {
      assertThat(client.line()).isEqualTo("1");
      items.awaitClosed();
    }
  }

  @Test
  void items_that_a_lifetime_ends_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(ItemStream.of(StreamOptions.ENDLESS.withLifetime(Duration.ofMillis(20)), items));
    try (StreamClient client = client("/numbers")) {
      assertThat(client.rest()).as("it ends well").isIn("", "1\n");
      items.awaitClosed();
    }
  }

  /** As on a busy machine: nobody reads them before they are closed. */
  @Test
  void items_that_a_lifetime_ends_before_they_are_read_end_well() throws Exception {
    Relayed items =
        new Relayed(1) {
          @Override
          public Optional<Integer> next() throws IOException {
            closed.join();
            return super.next();
          }
        };
    serve(ItemStream.of(StreamOptions.ENDLESS.withLifetime(Duration.ofMillis(20)), items));
    try (StreamClient client = client("/numbers")) {
      assertThat(client.rest()).isEmpty();
      items.awaitClosed();
    }
  }

  @Test
  void items_of_a_response_that_is_not_sent_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(items);
    assertThat(status("HEAD")).isEqualTo(200);
    items.awaitClosed();
  }

  @Test
  void items_of_a_response_that_is_refused_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(request -> answer(request, 202, items));
    assertThat(status("GET")).isEqualTo(500);
    items.awaitClosed();
  }

  /** A text that no header field has, in code that is generated. */
  @Test
  void items_of_a_response_whose_header_fields_cannot_be_written_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(request -> {
      TypedResponse<?> response =
          ItemStream.response(
              request, 200, CONTENT, items, () -> Headers.of("X-Note", "on two\nlines"));
      return new HttpResponse(response.status(), response.headers(), new Body.Bytes(new byte[0]));
    });
    assertThat(status("GET")).isEqualTo(500);
    items.awaitClosed();
  }

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(
            "{'data':'d','id':'7','event':'e','retry':5}",
            "id: 7\nevent: e\nretry: 5\ndata: d\n\n"),
        Arguments.of("{'id':null,'event':null,'retry':null,'data':''}", "data: \n\n"),
        Arguments.of("{'data':{'n':1}}", "data: {\"n\":1}\n\n"),
        Arguments.of("{'data':'','retry':5.0}", "retry: 5\ndata: \n\n"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void the_fields_of_an_event_are_sent(String fields, String sent) {
    byte[] json = fields.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThat(CodedFraming.event(json)).hasToString(sent);
  }

  static Stream<Arguments> noEvents() {
    return Stream.of(
        Arguments.of(
            "{'data':'d','id':7}",
            "the field \"id\" of an event is text, and the item has the number 7"),
        Arguments.of(
            "{'data':'d','event':{}}",
            "the field \"event\" of an event is text, and the item has a value of type object"),
        Arguments.of(
            "{'data':'d','retry':'5'}",
            "the field \"retry\" of an event is a whole number of milliseconds, and the item has a"
                + " value of type string"),
        Arguments.of(
            "{'data':'d','retry':0.5}",
            "the field \"retry\" of an event is a whole number of milliseconds, and the item has"
                + " the number 0.5"),
        Arguments.of(
            "{'data':'d','kind':'x'}",
            "an event has no field \"kind\", only data, event, id and retry; make it part of the"
                + " data"));
  }

  @ParameterizedTest
  @MethodSource("noEvents")
  void nothing_that_no_event_has_is_dropped(String fields, String message) {
    byte[] json = fields.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> CodedFraming.event(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void items_of_one_response_too_many_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(request -> answer(request, 200, items), "http.max_streams", "1");
    try (StreamClient open = client("/open")) {
      assertThat(open.line()).isEqualTo("1");
      assertThat(status("GET")).isEqualTo(503);
      items.awaitClosed();
    }
  }

  @Test
  void items_of_a_server_that_is_closed_are_closed() throws Exception {
    Relayed items = new Relayed(1);
    serve(items);
    try (StreamClient client = client("/numbers")) {
      assertThat(client.line()).isEqualTo("1");
      server.close();
      items.awaitClosed();
    }
  }

  @Test
  void a_producer_of_whose_items_one_has_been_read_ends_with_the_response() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    serve(request -> {
      Items<Integer> items =
          Items.produced(sink -> {
            try {
              sink.send(1);
              begun.countDown();
              while (true) {
                sink.send(2);
              }
            } catch (IOException | InterruptedException gone) {
              end.complete(gone);
              throw gone;
            }
          });
      assertThat(items.next()).contains(1);
      begun.await();
      return answer(request, 200, items);
    });
    try (StreamClient client = client("/numbers")) {
      assertThat(client.line()).isEqualTo("2");
    }
    assertThat(end.get(20, TimeUnit.SECONDS))
        .isInstanceOfAny(IOException.class, InterruptedException.class);
  }

  /** What has the event stream of a broadcaster. */
  private void watch(ItemBroadcaster<RawEvent> broadcaster, Supplier<Items<RawEvent>> items) {
    serve(request -> {
      Items<RawEvent> sent = items.get();
      return new HttpResponse(
          200,
          Headers.of("Content-Type", "text/event-stream"),
          ItemStream.body(request, 200, EVENTS, sent));
    });
    assertThat(broadcaster.subscribers()).isZero();
  }

  private StreamClient behind() throws IOException {
    return new StreamClient(
        server.port(), "/numbers", "Accept: text/event-stream", "Last-Event-ID: 0");
  }

  private static RawEvent event(String id) {
    return new RawEvent("of " + id, null, id, null);
  }

  @Test
  void an_early_event_that_is_none_hurts_no_other() throws Exception {
    ItemBroadcaster<RawEvent> broadcaster = ItemBroadcaster.of(10);
    watch(broadcaster, broadcaster::subscribe);
    broadcaster.publish(event("1"));
    broadcaster.publish(event("on two\nlines"));
    broadcaster.publish(event("2"));
    for (int i = 0; i < 2; i++) {
      try (StreamClient client = behind()) {
        assertThat(client.head().getFirst()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(client.said()).isEqualTo("id: 1");
        assertThat(client.said()).isEqualTo("data: of 1");
        assertThat(client.said()).isEqualTo("id: 2");
      }
    }
  }

  @Test
  void early_events_without_an_id_are_not_kept_for_those_that_have_one() throws Exception {
    ItemBroadcaster<RawEvent> broadcaster = ItemBroadcaster.of(2);
    watch(broadcaster, broadcaster::subscribe);
    for (String id : List.of("1", "2", "3")) {
      broadcaster.publish(event(id));
    }
    for (int i = 0; i < 9_000; i++) {
      broadcaster.publish(RawEvent.of("beat"));
    }
    try (StreamClient client = behind()) {
      assertThat(client.said()).isEqualTo("id: 2");
      assertThat(client.said()).isEqualTo("data: of 2");
      assertThat(client.said()).isEqualTo("id: 3");
    }
  }

  @Test
  void a_broadcaster_with_options_sends_what_was_missed() throws Exception {
    ItemBroadcaster<RawEvent> broadcaster = ItemBroadcaster.of(10);
    StreamOptions options =
        StreamOptions.ENDLESS.withOverflow(Overflow.CLOSE).withHeartbeat(Duration.ofMillis(20));
    watch(broadcaster, () -> ItemStream.of(options, broadcaster.subscribe()));
    broadcaster.publish(event("1"));
    try (StreamClient client = behind()) {
      assertThat(client.said()).isEqualTo("id: 1");
      assertThat(client.said()).isEqualTo("data: of 1");
      assertThat(client.said()).as("sent as the options say").isEqualTo(":");
    }
    assertThatThrownBy(() -> ItemStream.of(StreamOptions.ENDLESS, broadcaster.subscribe()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a broadcaster waits for no client");
  }
}
