package io.brrtrouter.codegen.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.JsonTrees;
import io.brrtrouter.schema.stream.Items;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Items that a client sends and reads, without a connection. */
@Timeout(120)
class ClientItemsTest {

  /** Any value as a tree. */
  private static final JsonCodec<JsonNode> TREES =
      new JsonCodec<>() {
        @Override
        public JsonNode read(JsonInput in) {
          return JsonTrees.read(in);
        }

        @Override
        public void write(JsonNode value, JsonOutput out) {
          JsonTrees.write(value, out);
        }
      };

  private static Transport transport(HttpClient http) {
    Settings settings = new Settings();
    settings.baseUri(URI.create("http://a.example"));
    settings.httpClient(http);
    settings.timeout(Duration.ofHours(1));
    return settings.transport();
  }

  private static RequestWriter writer() {
    RequestWriter writer = new RequestWriter("ask", "POST", true);
    writer.path("/a");
    return writer;
  }

  /** What a client does to an exchange whose response is read while it comes. */
  private static final class Arrival implements Flow.Subscription {
    private final List<Long> wanted = new ArrayList<>();
    private boolean cancelled;

    @Override
    public void request(long count) {
      wanted.add(count);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
      implements HttpResponse.ResponseInfo {
    Head() {
      this(200, HttpHeaders.of(Map.of(), (name, value) -> true), HttpClient.Version.HTTP_1_1);
    }
  }

  private record Response<T>(HttpRequest request, T body) implements HttpResponse<T> {
    @Override
    public int statusCode() {
      return 200;
    }

    @Override
    public HttpHeaders headers() {
      return new Head().headers();
    }

    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public HttpClient.Version version() {
      return HttpClient.Version.HTTP_1_1;
    }
  }

  /** Has the head of a response, and tells of it when it wants to. */
  private static final class Answering extends OfflineClient {
    private final Arrival arrival = new Arrival();
    private final boolean tells;
    private final boolean early;
    private Runnable head = () -> {};

    Answering(boolean early, boolean tells) {
      this.early = early;
      this.tells = tells;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
      head =
          () -> {
            HttpResponse.BodySubscriber<T> body = handler.apply(new Head());
            body.onSubscribe(arrival);
            if (tells) {
              response.complete(
                  new Response<>(request, body.getBody().toCompletableFuture().join()));
            }
          };
      if (early) {
        head.run();
      }
      return response;
    }
  }

  private static void open(Answering http, Duration timeout, Transport.Reading<?> reading)
      throws Exception {
    transport(http).withTimeout(timeout).open(writer(), (status, mediaType) -> true, reading);
  }

  @Test
  void a_head_that_comes_when_nobody_waits_for_it_any_more_ends_its_exchange() {
    for (boolean early : new boolean[] {true, false}) {
      Answering http = new Answering(early, false);

      assertThatThrownBy(() -> open(http, Duration.ofMillis(1), reply -> reply))
          .isInstanceOf(HttpTimeoutException.class);
      if (!early) {
        http.head.run();
      }
      assertThat(http.arrival.cancelled).as("early: " + early).isTrue();
    }
  }

  @Test
  void an_exchange_ends_whatever_is_wrong_with_the_head() throws Exception {
    Answering http = new Answering(true, true);

    assertThatThrownBy(() ->
            open(
                http,
                Duration.ofHours(1),
                reply -> {
                  throw new IllegalStateException("odd");
                }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(http.arrival.cancelled).isTrue();

    Answering right = new Answering(true, true);
    open(right, Duration.ofHours(1), reply -> reply);
    assertThat(right.arrival.cancelled).isFalse();
    assertThat(right.arrival.wanted).containsExactly(1L);
  }

  /** Octets that have come, and their reader. */
  private static final class Reader {
    private final Arrival arrival = new Arrival();
    private final Incoming incoming = new Incoming(Duration.ofHours(1));
    private final IncomingItems<JsonNode> items;

    Reader(String mediaType, JsonCodec<JsonNode> codec, int maxBody) {
      incoming.onSubscribe(arrival);
      Reply reply =
          new Reply(
              "ask",
              200,
              new Head().headers(),
              incoming,
              "the body",
              maxBody,
              JsonLimits.DEFAULT,
              true);
      items =
          new IncomingItems<>(
              incoming, new Content<>(mediaType, codec, true, null), reply, maxBody);
    }

    Reader come(String text) {
      incoming.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
      return this;
    }

    String next() throws Exception {
      return items.next().map(JsonNode::toString).orElse("<end>");
    }
  }

  /** Half of a line would be lost, and the other half be an item of another value. */
  @Test
  void an_interrupted_reader_gets_no_half_of_an_item() throws Exception {
    Reader reader = new Reader("application/jsonl", TREES, 100).come("12");

    Thread.currentThread().interrupt();
    assertThatThrownBy(reader::next).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    reader.come("34\n");
    assertThatThrownBy(reader::next)
        .isInstanceOf(IOException.class)
        .hasMessage("the items ended with java.lang.InterruptedException")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(reader.arrival.cancelled).isTrue();
  }

  @Test
  void a_value_that_cannot_be_made_ends_the_exchange() {
    JsonCodec<JsonNode> broken =
        new JsonCodec<>() {
          @Override
          public JsonNode read(JsonInput in) {
            throw new IllegalStateException("odd");
          }

          @Override
          public void write(JsonNode value, JsonOutput out) {
            throw new IllegalStateException("odd");
          }
        };
    Reader reader = new Reader("application/jsonl", broken, 100).come("1\n2\n");

    assertThatThrownBy(reader::next).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(reader::next)
        .isInstanceOf(IOException.class)
        .hasMessage("the items ended with java.lang.IllegalStateException: odd");
    assertThat(reader.arrival.cancelled).isTrue();
  }

  /** Comments are no part of an event, however many come before one. */
  @Test
  void comments_count_for_no_event() throws Exception {
    Reader reader = new Reader("text/event-stream", TREES, 20);
    reader.come(": keep-alive\n".repeat(100) + "data: a\n\n");

    assertThat(reader.next()).isEqualTo("{\"data\":\"a\"}");
    reader.come("data: 0123456789\n".repeat(2) + "\n");
    assertThatThrownBy(reader::next).hasMessageEndingWith("item 2 has more than 20 octets");
  }

  /** HTML standard section 9.2.6: a block without data sets the last event id all the same. */
  @Test
  void an_id_without_data_is_that_of_the_next_event() throws Exception {
    Reader reader = new Reader("text/event-stream", TREES, 100);
    reader.come("id: 1\n\nevent: x\n\ndata: a\n\ndata: b\n\nid: 2\n\nid: 3\ndata: c\n\n");
    reader.come("id: 4\n\nid\n\ndata: d\n\ndata: e\n\n").incoming.onComplete();

    assertThat(reader.next()).isEqualTo("{\"id\":\"1\",\"data\":\"a\"}");
    assertThat(reader.next()).isEqualTo("{\"data\":\"b\"}");
    assertThat(reader.next()).isEqualTo("{\"id\":\"3\",\"data\":\"c\"}");
    assertThat(reader.next()).isEqualTo("{\"id\":\"\",\"data\":\"d\"}");
    assertThat(reader.next()).isEqualTo("{\"data\":\"e\"}");
    assertThat(reader.next()).isEqualTo("<end>");
  }

  /** Takes items of a request, when a test wants them. */
  private static class Taker implements Flow.Subscriber<ByteBuffer> {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription.complete(to);
    }

    @Override
    public void onNext(ByteBuffer octets) {
      told.add(StandardCharsets.UTF_8.decode(octets).toString());
    }

    @Override
    public void onError(Throwable problem) {
      told.add("<" + problem.getMessage() + ">");
    }

    @Override
    public void onComplete() {
      told.add("<complete>");
    }

    void request(long count) {
      subscription.join().request(count);
    }

    String next() throws InterruptedException {
      return told.take();
    }
  }

  /** Says whether it was closed. */
  private static final class Closing implements Items<JsonNode> {
    private boolean closed;

    @Override
    public Optional<JsonNode> next() {
      return Optional.empty();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static RequestWriter sending(Items<JsonNode> items) {
    SchemaDocuments documents = new SchemaDocuments();
    documents.add("document:/api.yaml", "/Name", "{\"maxLength\":3}");
    Schema schema = new Schema(() -> documents, "document:/api.yaml", "/Name", View.REQUEST);
    RequestWriter writer = writer();
    writer.items(new Content<>("application/jsonl", TREES, false, schema), items);
    return writer;
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static HttpRequest.BodyPublisher body(HttpRequest request) {
    return request.bodyPublisher().orElseThrow();
  }

  /** Takes an item whenever the time is up, as often as it is told. */
  private static final class Late extends OfflineClient {
    private final Taker taker = new Taker();
    private int items;

    Late(int items) {
      this.items = items;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      body(request).subscribe(taker);
      return new CompletableFuture<>() {
        @Override
        public HttpResponse<T> get(long timeout, TimeUnit unit)
            throws InterruptedException, TimeoutException {
          if (items > 0) {
            items--;
            taker.request(1);
            taker.next();
            throw new TimeoutException();
          }
          if (items < 0) {
            throw new TimeoutException();
          }
          HttpResponse.BodySubscriber<T> body = handler.apply(new Head());
          body.onSubscribe(new Arrival());
          body.onComplete();
          return new Response<>(request, body.getBody().toCompletableFuture().join());
        }
      };
    }
  }

  @Test
  void the_time_begins_anew_with_each_item_that_is_sent() throws Exception {
    Late http = new Late(3);
    Items<JsonNode> items = Items.of(List.of(text("a"), text("b"), text("c")));

    assertThat(transport(http).send(sending(items)).status()).isEqualTo(200);
    assertThat(http.items).isZero();
    assertThatThrownBy(() -> transport(new Late(-1)).send(sending(Items.of(List.of(text("a"))))))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("POST /a took longer than PT1H");
  }

  /** Fails, after it has done to the body of the request what a test wants. */
  private static final class Refusing extends OfflineClient {
    private final Consumer<HttpRequest.BodyPublisher> does;

    Refusing(Consumer<HttpRequest.BodyPublisher> does) {
      this.does = does;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      does.accept(body(request));
      return CompletableFuture.failedFuture(new ConnectException("refused"));
    }
  }

  @Test
  void items_that_nobody_wants_are_closed() {
    Taker taker = new Taker();
    List<Consumer<HttpRequest.BodyPublisher>> ways =
        List.of(
            body -> {},
            body -> body.subscribe(new Taker()),
            body -> {
              body.subscribe(taker);
              taker.subscription.join().cancel();
              taker.request(1);
            });
    for (int i = 0; i < ways.size(); i++) {
      Closing items = new Closing();
      Transport transport = transport(new Refusing(ways.get(i)));

      assertThatThrownBy(() -> transport.send(sending(items))).isInstanceOf(ConnectException.class);
      assertThat(items.closed).as("way " + i).isTrue();
    }
    assertThat(taker.told).isEmpty();
  }

  @Test
  void items_of_a_request_that_cannot_be_made_are_closed() {
    Settings settings = new Settings();
    settings.baseUri(URI.create("http://a.example"));
    settings.interceptor(request -> {
      throw new IllegalStateException("odd");
    });
    Closing items = new Closing();

    assertThatThrownBy(() -> settings.transport().send(sending(items)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(items.closed).isTrue();
  }

  /** Whoever connects when nobody waits any more gets nothing. */
  @Test
  void items_are_not_sent_when_the_exchange_has_ended() throws Exception {
    List<HttpRequest.BodyPublisher> bodies = new ArrayList<>();
    Closing items = new Closing();
    assertThatThrownBy(() -> transport(new Refusing(bodies::add)).send(sending(items)))
        .isInstanceOf(ConnectException.class);
    Taker taker = new Taker();
    bodies.getFirst().subscribe(taker);
    taker.request(1);

    assertThat(taker.next()).isEqualTo("<the exchange has ended>");
    assertThat(taker.told).isEmpty();
  }

  /** Notes whether two threads tell it something at once. */
  private static final class Alone extends Taker {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicBoolean together = new AtomicBoolean();
    private final CompletableFuture<Thread> other = new CompletableFuture<>();

    /** The first stays until the other one waits, or has come in. */
    @Override
    public void onNext(ByteBuffer octets) {
      if (inside.incrementAndGet() > 1) {
        together.set(true);
      } else if (Thread.currentThread() != other.join()) {
        while (other.join().getState() != Thread.State.WAITING
            && other.join().isAlive()
            && !together.get()) {
          Thread.onSpinWait();
        }
      }
      super.onNext(octets);
      inside.decrementAndGet();
    }
  }

  @Test
  void many_threads_may_send_and_the_subscriber_is_told_by_one_at_a_time() throws Exception {
    Alone alone = new Alone();
    Items<JsonNode> items =
        Items.produced(sink -> {
          Thread other =
              Thread.ofPlatform()
                  .unstarted(() -> {
                    try {
                      sink.send(text("b"));
                    } catch (IOException | InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
          alone.other.complete(other);
          other.start();
          sink.send(text("a"));
          other.join();
        });
    new ItemPublisher(sending(items).itemText().orElseThrow()).subscribe(alone);
    alone.request(5);

    assertThat(List.of(alone.next(), alone.next())).containsExactlyInAnyOrder("\"a\"\n", "\"b\"\n");
    assertThat(alone.next()).isEqualTo("<complete>");
    assertThat(alone.together).isFalse();
  }

  /** Sends all items, and fails as the JDK's client does where the publisher fails. */
  private static final class Sending extends OfflineClient {
    private final Taker taker = new Taker();

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      CompletableFuture<HttpResponse<T>> response = new CompletableFuture<>();
      body(request)
          .subscribe(
              new Taker() {
                @Override
                public void onSubscribe(Flow.Subscription to) {
                  to.request(100);
                }

                @Override
                public void onNext(ByteBuffer octets) {
                  taker.onNext(octets);
                }

                @Override
                public void onError(Throwable problem) {
                  response.completeExceptionally(new IOException(problem));
                }
              });
      return response;
    }
  }

  @Test
  void an_item_that_is_not_allowed_is_named_with_what_is_wrong() throws Exception {
    Sending http = new Sending();
    Items<JsonNode> items = Items.of(List.of(text("a"), text("abcd"), text("b")));

    assertThatThrownBy(() -> transport(http).send(sending(items)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "item 2: the body of ask is not what its schema says:\n"
                + "  maxLength: must have at most 3 characters, not 4")
        .satisfies(told ->
            assertThat(told.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().startsWith("an_item_that_is")));
    assertThat(http.taker.told).containsExactly("\"a\"\n");
  }

  @Test
  void what_a_producer_throws_is_a_failure_of_the_exchange() {
    Items<JsonNode> items =
        Items.produced(sink -> {
          throw new IllegalStateException("odd");
        });

    assertThatThrownBy(() -> transport(new Sending()).send(sending(items)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("odd");
  }

  @Test
  void an_item_of_a_list_that_is_not_allowed_is_named_too() {
    SchemaDocuments documents = new SchemaDocuments();
    documents.add("document:/api.yaml", "/Name", "{\"maxLength\":3}");
    Schema schema = new Schema(() -> documents, "document:/api.yaml", "/Name", View.REQUEST);
    Content<JsonNode> content = new Content<>("application/jsonl", TREES, false, schema);

    assertThatThrownBy(() -> writer().itemList(content, List.of(text("a"), text("abcd"))))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("item 2: the body of ask is not what its schema says:");
  }
}
