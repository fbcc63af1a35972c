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
}
