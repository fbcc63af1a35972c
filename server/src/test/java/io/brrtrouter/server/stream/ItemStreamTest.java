package io.brrtrouter.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.stream.ItemProducer;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ContractBreach;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.NullNode;

/** Items of sequential media types, and what the document says of them, over real sockets. */
@Timeout(60)
class ItemStreamTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: {title: Readings, version: "1"}
      paths:
        /lines:
          get:
            operationId: lines
            responses: &responses
              "200":
                description: ok
                content:
                  application/jsonl: &items
                    itemSchema: &reading
                      type: object
                      required: [n]
                      properties: {n: {type: integer}, text: {type: string}}
                  application/x-ndjson: *items
                  application/json-seq: *items
                  application/geo+json-seq: {}
                  text/event-stream:
                    itemSchema:
                      type: object
                      required: [event]
                      properties:
                        event: {enum: [reading]}
                        retry: {type: integer}
                        data:
                          type: string
                          contentMediaType: application/json
                          contentSchema: *reading
                  multipart/mixed:
                    itemSchema: *reading
                    prefixEncoding: [{contentType: application/vnd.first+json}]
                    itemEncoding: {contentType: application/json}
        /logged:
          get:
            operationId: logged
            x-brrtrouter-response-check: log
            responses: *responses
        /unchecked:
          get:
            operationId: unchecked
            x-brrtrouter-response-check: "off"
            responses: *responses
        /alternatives:
          get:
            operationId: alternatives
            responses:
              "200":
                description: ok
                content:
                  text/event-stream:
                    itemSchema:
                      type: object
                      required: [data]
                      properties: {data: {type: string}, retry: {type: integer}}
                      oneOf:
                        - {$ref: "#/components/schemas/Counted"}
                        - required: [event]
                          properties: {event: {const: said}}
                        - required: [event]
                          properties:
                            event: {const: either}
                            data:
                              anyOf:
                                - contentMediaType: application/json
                                  contentSchema: {type: array}
                                - maxLength: 8
                                  contentMediaType: application/json
                                  contentSchema: {type: integer}
                        - required: [event]
                          properties: {event: {const: all}}
                          allOf:
                            - &json
                              properties: {data: {contentMediaType: application/json}}
                            - if: {required: [id]}
                              then: {properties: {data: {contentMediaType: application/json, contentSchema: {const: 1}}}}
                              else: {properties: {data: {contentMediaType: application/json, contentSchema: {const: 2}}}}
      components:
        schemas:
          Counted:
            required: [event]
            $ref: "#/components/schemas/Named"
            properties:
              event: {const: counted}
              data: {contentMediaType: application/json, contentSchema: *reading}
          Named:
            properties:
              data: {contentMediaType: application/json, contentSchema: {required: [text]}}
      """;

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private final BlockingQueue<ContractBreach> breaches = new LinkedBlockingQueue<>();
  private BrrtServer server;

  record Reading(int n) {}

  private void serve(Handler handler, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("responses.check", "enforce", "http.write_stall_ms", "2 s"));
    settings.addAll(List.of(more));
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(settings.toArray(String[]::new)))
            .handler("lines", handler)
            .handler("logged", handler)
            .handler("unchecked", handler)
            .handler("alternatives", handler)
            .listener(
                new ExchangeListener() {
                  @Override
                  public void completed(CompletedExchange exchange) {
                    completed.add(exchange);
                  }

                  @Override
                  public void breached(ContractBreach breach) {
                    breaches.add(breach);
                  }
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void serve(StreamOptions options, ItemProducer<Object> producer) {
    serve(request -> JsonStream.respond(request, "application/jsonl", options, producer));
  }

  private StreamClient client(String path, String... fields) throws IOException {
    return new StreamClient(server.port(), path, fields);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static String cutOff(StreamClient client) {
    StringBuilder read = new StringBuilder();
    assertThatThrownBy(
            () -> {
              while (true) {
                read.append(client.characters(1));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("the content ended");
    return read.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "application/jsonl, '{\"n\":1}~null~{\"n\":3}~'",
    "application/x-ndjson, '{\"n\":1}~null~{\"n\":3}~'",
    "application/json-seq, '^{\"n\":1}~^null~^{\"n\":3}~'",
    "application/geo+json-seq, '^{\"n\":1}~^null~^{\"n\":3}~'"
  })
  void each_media_type_has_its_framing(String type, String sent) throws Exception {
    serve(request ->
        JsonStream.respond(
            request,
            type,
            items -> {
              items.send(new Reading(1));
              items.send(NullNode.getInstance());
              items.send(Map.of("n", 3));
            }));
    try (StreamClient client = client("/unchecked")) {
      assertThat(client.head()).contains("Content-Type: " + type, "Transfer-Encoding: chunked");
      assertThat(client.rest().replace('\n', '~').replace('\u001e', '^')).isEqualTo(sent);
    }
    assertThat(completed.take().aborted()).isFalse();
    assertThat(breaches).isEmpty();
  }

  @Test
  void other_media_types_have_no_items() {
    assertThatThrownBy(() -> JsonStream.respond(null, "application/json", _ -> {}))
        .hasMessageContaining("application/jsonl has");
    assertThatThrownBy(() -> JsonStream.respond(null, "text/event-stream", _ -> {}))
        .hasMessageContaining("application/jsonl has");
    assertThatThrownBy(() -> PartStream.respond(null, "multipart/form-data", _ -> {}))
        .hasMessageContaining("multipart/mixed has");
  }

  @Test
  void items_come_when_they_are_sent() throws Exception {
    BlockingQueue<Integer> source = new LinkedBlockingQueue<>();
    serve(
        StreamOptions.COMPLETE,
        items -> {
          for (int next = source.take(); next > 0; next = source.take()) {
            items.send(new Reading(next));
          }
        });
    try (StreamClient client = client("/lines")) {
      for (int n : List.of(1, 2)) {
        source.add(n);
        assertThat(client.line()).isEqualTo("{\"n\":" + n + "}");
      }
      source.add(0);
      assertThat(client.line()).isNull();
    }
    assertThat(completed.take().aborted()).isFalse();
  }

  @Test
  void an_item_that_the_document_does_not_allow_ends_the_response() throws Exception {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    serve(
        StreamOptions.COMPLETE,
        items -> {
          items.send(new Reading(1));
          try {
            items.send(Map.of("n", "two"));
          } catch (IllegalArgumentException refused) {
            told.complete(refused);
          }
          assertThatThrownBy(() -> items.send(new Reading(3)))
              .isInstanceOf(ClientGoneException.class);
        });
    try (StreamClient client = client("/lines")) {
      assertThat(cutOff(client)).isEqualTo("{\"n\":1}\n");
    }
    assertThat(told.get(20, TimeUnit.SECONDS))
        .hasMessageStartingWith("the API description does not allow item 2: body /n: must be an");
    assertThat(completed.take().aborted()).isTrue();
    ContractBreach breach = breaches.take();
    assertThat(breach.status()).isEqualTo(200);
    assertThat(breach.violations()).singleElement().asString().startsWith("body /n: must be");
    assertThat(breaches).isEmpty();
  }

  @Test
  void it_is_told_or_not_as_the_operation_says() throws Exception {
    serve(
        StreamOptions.COMPLETE,
        items -> {
          items.send(Map.of("n", "one"));
          items.send(new Reading(2));
          items.send("three");
        });
    try (StreamClient client = client("/logged")) {
      assertThat(client.rest()).isEqualTo("{\"n\":\"one\"}\n{\"n\":2}\n\"three\"\n");
    }
    assertThat(breaches.take().violations()).hasSize(1);
    assertThat(breaches.take().violations()).hasSize(1);
    assertThat(breaches).isEmpty();
    try (StreamClient client = client("/unchecked")) {
      assertThat(client.rest()).isEqualTo("{\"n\":\"one\"}\n{\"n\":2}\n\"three\"\n");
    }
    assertThat(breaches).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, true", "true, false", "false, false"})
  void a_client_that_goes_ends_the_producer(boolean sends, boolean resets) throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    serve(
        StreamOptions.COMPLETE,
        items -> {
          try {
            items.send(new Reading(1));
            while (sends) {
              items.send(new Reading(2));
            }
            new CountDownLatch(1).await();
          } catch (IOException | InterruptedException gone) {
            end.complete(gone);
            assertThat(items.isOpen()).isFalse();
            throw gone;
          }
        });
    StreamClient client = client("/lines");
    assertThat(client.line()).isEqualTo("{\"n\":1}");
    if (resets) {
      client.reset();
    } else {
      client.close();
    }
    assertThat(end.get(20, TimeUnit.SECONDS))
        .isInstanceOfAny(ClientGoneException.class, InterruptedException.class);
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void a_slow_client_holds_the_producer_and_gets_all() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    String text = "x".repeat(10_000);
    int count = 2_000;
    serve(
        StreamOptions.COMPLETE.withCapacity(8),
        items -> {
          for (int i = 0; i < count; i++) {
            items.send(Map.of("n", i, "text", text));
            sent.incrementAndGet();
          }
        });
    try (StreamClient client = client("/lines")) {
      for (int i = 0; i < count; i++) {
        // What is on the way: the outbox, what the transport keeps, the buffers of two sockets.
        assertThat(sent.get()).as("items ahead of the client").isLessThan(i + 1_500);
        assertThat(client.line()).contains("\"n\":" + i).hasSizeGreaterThan(10_000);
      }
      assertThat(client.line()).isNull();
    }
  }

  @Test
  void what_has_an_end_goes_on_while_the_server_drains() throws Exception {
    CountDownLatch draining = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    serve(
        StreamOptions.COMPLETE,
        items -> {
          items.send(new Reading(1));
          begun.countDown();
          draining.await();
          items.send(new Reading(2));
        });
    try (StreamClient client = client("/lines")) {
      assertThat(client.line()).isEqualTo("{\"n\":1}");
      begun.await();
      Thread closer = Thread.startVirtualThread(server::close);
      while (isListening()) {
        Thread.onSpinWait();
      }
      draining.countDown();
      assertThat(client.line()).isEqualTo("{\"n\":2}");
      assertThat(client.line()).isNull();
      closer.join();
    }
    assertThat(completed.take().aborted()).isFalse();
  }

  private boolean isListening() {
    try (StreamClient other = client("/none")) {
      return !other.head().isEmpty();
    } catch (IOException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_its_time_ends_is_complete_if_it_has_no_end(boolean endless) throws Exception {
    StreamOptions options = endless ? StreamOptions.ENDLESS : StreamOptions.COMPLETE;
    serve(
        options.withLifetime(Duration.ofMillis(100)),
        items -> {
          items.send(new Reading(1));
          new CountDownLatch(1).await();
        });
    try (StreamClient client = client("/lines")) {
      if (endless) {
        assertThat(client.rest()).isEqualTo("{\"n\":1}\n");
      } else {
        assertThat(cutOff(client)).isEqualTo("{\"n\":1}\n");
      }
    }
    assertThat(completed.take().aborted()).isEqualTo(!endless);
  }

  @ParameterizedTest
  @CsvSource({
    "true, AS_CONFIGURED, complete",
    "true, CONTINUE, goes on",
    "false, AS_CONFIGURED, goes on",
    "false, END, cut off"
  })
  void a_document_that_is_replaced_ends_what_has_no_end(
      boolean endless, OnReload own, String outcome) throws Exception {
    StreamOptions options = endless ? StreamOptions.ENDLESS : StreamOptions.COMPLETE;
    CountDownLatch replaced = new CountDownLatch(1);
    serve(
        request ->
            JsonStream.respond(
                request,
                "application/jsonl",
                options.withReload(own),
                items -> {
                  items.send(new Reading(1));
                  replaced.await();
                  items.send(new Reading(2));
                }),
        "http.streams_on_reload",
        "end");
    try (StreamClient client = new StreamClient(server.port(), "/lines")) {
      assertThat(client.line()).isEqualTo("{\"n\":1}");
      server.addRoute("GET", "/another", _ -> HttpResponse.of(204));
      switch (outcome) {
        case "complete" -> assertThat(client.line()).isNull();
        case "cut off" ->
            assertThatThrownBy(client::line)
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
        default -> {
          replaced.countDown();
          assertThat(client.line()).isEqualTo("{\"n\":2}");
          assertThat(client.line()).isNull();
        }
      }
    }
    assertThat(completed.take().aborted()).isEqualTo(outcome.equals("cut off"));
  }

  @Test
  void what_may_not_wait_cuts_off_what_has_an_end() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    String text = "x".repeat(10_000);
    serve(
        StreamOptions.COMPLETE.withCapacity(4).withOverflow(Overflow.CLOSE),
        items -> {
          try {
            while (true) {
              items.send(Map.of("n", 1, "text", text));
            }
          } catch (ClientGoneException gone) {
            end.complete(gone); // and returns, as if there were no more
          }
        });
    try (StreamClient client = client("/lines")) {
      assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(ClientGoneException.class);
      cutOff(client);
    }
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void a_producer_that_fails_cuts_the_response_off() throws Exception {
    serve(
        StreamOptions.ENDLESS,
        items -> {
          items.send(new Reading(1));
          throw new IOException("thrown by a test");
        });
    try (StreamClient client = client("/lines")) {
      assertThat(cutOff(client)).isEqualTo("{\"n\":1}\n");
    }
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void silence_in_a_sequence_has_white_space_behind_an_item() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    serve(request ->
        JsonStream.respond(
            request,
            "application/json-seq",
            StreamOptions.ENDLESS.withHeartbeat(Duration.ofMillis(20)),
            items -> {
              items.send(new Reading(1));
              over.await();
            }));
    try (StreamClient client = client("/lines")) {
      assertThat(client.line()).isEqualTo("\u001e{\"n\":1}");
      assertThat(client.line()).isEmpty();
      assertThat(client.line()).isEmpty();
      over.countDown();
    }
  }

  @Test
  void parts_come_when_they_are_sent() throws Exception {
    BlockingQueue<Integer> source = new LinkedBlockingQueue<>();
    serve(request ->
        PartStream.respond(
            request,
            "multipart/mixed",
            parts -> {
              parts.send(Part.of("application/vnd.first+json", "{\"n\":0}".getBytes("UTF-8")));
              for (int next = source.take(); next > 0; next = source.take()) {
                parts.send(Part.json(new Reading(next)));
              }
            }));
    try (StreamClient client = client("/lines")) {
      String type =
          client.head().stream().filter(each -> each.startsWith("Content-Type")).findFirst().get();
      assertThat(type).startsWith("Content-Type: multipart/mixed; boundary=");
      String boundary = "--" + type.substring(type.indexOf('=') + 1);
      String first = boundary + "\r\nContent-Type: application/vnd.first+json\r\n\r\n{\"n\":0}";
      assertThat(client.characters(first.length())).isEqualTo(first);
      for (int n : List.of(1, 2)) {
        source.add(n);
        String part =
            "\r\n" + boundary + "\r\nContent-Type: application/json\r\n\r\n{\"n\":" + n + "}";
        assertThat(client.characters(part.length())).isEqualTo(part);
      }
      String last = "\r\n" + boundary;
      assertThat(client.characters(last.length())).as("before another part").isEqualTo(last);
      source.add(0);
      assertThat(client.rest()).isEqualTo("--\r\n");
    }
    assertThat(breaches).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json           | {"n":1}   | contentType: must be application/vnd.first+json
          application/vnd.first+json | {"n":"1"} | /n: must be an integer, not a string
          application/vnd.first+json | {         | must be JSON
          """)
  void parts_are_what_the_document_says(String type, String content, String breach)
      throws Exception {
    serve(request ->
        PartStream.respond(
            request,
            "multipart/mixed",
            parts ->
                parts.send(
                    new Part(
                        "",
                        Optional.empty(),
                        Headers.of("Content-Type", type),
                        content.getBytes("UTF-8")))));
    try (StreamClient client = client("/lines")) {
      assertThat(cutOff(client)).startsWith("--").doesNotContain("Content-Type");
    }
    assertThat(breaches.take().violations().getFirst())
        .contains(breach.replace("contentType: ", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          reading | {"n":1}   |
          other   | {"n":1}   | body /event: must be
          reading | {"n":"1"} | body /data: must be JSON of which /n must be an integer
          reading | {         | body /data: must be JSON: line 1, column 2
          """)
  void events_are_what_the_document_says(String name, String data, String breach) throws Exception {
    serve(request ->
        EventStream.respond(
            request,
            events -> {
              events.comment("begun");
              events.send(Event.of(data).withName(name).withRetry(Duration.ofSeconds(1)));
            }));
    try (StreamClient client = client("/lines")) {
      assertThat(client.said()).isEqualTo(": begun");
      if (breach == null) {
        assertThat(client.rest()).contains("data: " + data);
        assertThat(breaches).isEmpty();
      } else {
        assertThat(cutOff(client)).isEqualTo("\n");
        assertThat(breaches.take().violations().getFirst()).startsWith(breach);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          counted | {"n":1,"text":""} |
          counted | {"n":1}           | body /data: must be JSON of which the value must have the property "text"
          counted | {"text":""}       | body /data: must be JSON of which the value must have the property "n"
          counted | {                 | body /data: must be JSON: line 1
          said    | {                 |
          other   | {                 | body
          either  | [1,2,3,4,5,6]     |
          either  | 12                |
          either  | "12"              | body /data: must be JSON of which the value must be an array
          either  | 123456789         | body /data: must be JSON of which the value must be an array
          all     | 2                 |
          all     | 1                 | body /data: must be JSON of which the value must be 2
          all#    | 1                 |
          all#    | 2                 | body /data: must be JSON of which the value must be 1
          """)
  void data_is_what_the_alternatives_say_that_the_event_matches(
      String name, String data, String breach) throws Exception {
    Event event = Event.of(data).withName(name.replace("#", ""));
    serve(request ->
        EventStream.respond(
            request,
            events -> {
              events.comment("begun");
              events.send(name.endsWith("#") ? event.withId("1") : event);
            }));
    try (StreamClient client = client("/alternatives")) {
      assertThat(client.said()).isEqualTo(": begun");
      if (breach == null) {
        assertThat(client.rest()).contains("data: " + data);
        assertThat(breaches).isEmpty();
      } else {
        assertThat(cutOff(client)).isEqualTo("\n");
        assertThat(breaches.take().violations().getFirst()).startsWith(breach);
      }
    }
  }

  @Test
  void a_broadcaster_publishes_nothing_that_a_document_does_not_allow() throws Exception {
    Broadcaster broadcaster = Broadcaster.of(10);
    Event good = Event.json(new Reading(1)).withName("reading").withId("1");
    Event wrong = Event.json(new Reading(2)).withName("other").withId("2");
    serve((Request request) -> broadcaster.subscribe(request));
    assertThat(broadcaster.publish(wrong)).as("nobody there to refuse it").isZero();
    try (StreamClient one = client("/lines");
        StreamClient two = client("/lines");
        StreamClient unchecked = client("/unchecked");
        StreamClient behind = client("/lines", "Last-Event-ID: 0")) {
      while (broadcaster.subscribers() < 4) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> broadcaster.publish(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("/event");
      assertThat(broadcaster.publish(good)).isEqualTo(4);
      broadcaster.close();
      for (StreamClient client : List.of(one, two, unchecked, behind)) {
        assertThat(client.said()).isEqualTo("id: 1");
        assertThat(client.said()).isEqualTo("event: reading");
        assertThat(client.said()).isEqualTo("data: {\"n\":1}");
        assertThat(client.said()).isNull();
      }
    }
    assertThat(breaches).as("once for two clients, and for what was missed").hasSize(2);
  }
}
