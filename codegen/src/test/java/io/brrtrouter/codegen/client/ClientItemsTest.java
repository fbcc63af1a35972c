package io.brrtrouter.codegen.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.JsonTrees;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

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

    assertThatThrownBy(
            () ->
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
}
