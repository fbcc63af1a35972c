package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers below a prefix: when it is asked, for what, and what is given back. */
class MountWorkTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Mounts, version: "1"}
      paths:
        /operation: {get: {operationId: operation, responses: {"204": {description: ok}}}}
      """;

  private final List<String> asked = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  /** How often content cannot be opened. */
  private int failures;

  private boolean there = true;

  /** Answers with a byte, and remembers what it was asked for. */
  private final class Remembering implements Mount {
    private final String prefix;

    Remembering(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public String prefix() {
      return prefix;
    }

    @Override
    public Optional<HttpResponse> answer(HttpRequest head, List<String> names) {
      asked.add(prefix + " " + String.join(",", names) + " " + names.size());
      return there
          ? Optional.of(HttpResponse.seekable(200, "text/plain", new Content()))
          : Optional.empty();
    }
  }

  /** A byte that may not be there. */
  private final class Content implements SeekableContent {
    private final Version version = new Version(1, null, EntityTag.strong("1"));

    @Override
    public Version version() {
      return version;
    }

    @Override
    public Opened open() throws IOException {
      if (opened.incrementAndGet() <= failures) {
        throw new IOException("it has gone");
      }
      return new Opened() {
        @Override
        public Version version() {
          return version;
        }

        @Override
        public void writeTo(ContentSink sink, long from, long length) throws IOException {
          sink.write(new byte[] {1});
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }

  private Gate gate(int inFlight, int streams, Mount... mounts) {
    DispatchOptions options =
        DispatchOptions.builder().fallback(Fallback.MOCK).mounts(List.of(mounts)).build();
    CompiledApi api =
        switch (ApiCompiler.compile(
            OpenApiLoader.load(TestServer.file(DOCUMENT), LoadOptions.defaults()),
            options,
            Map.of(),
            Map.of())) {
          case Compilation.Compiled compiled -> compiled.api();
          case Compilation.Refused refused -> throw new AssertionError(refused.findings());
        };
    return new Gate(api, () -> {}, inFlight, streams, 1 << 20);
  }

  private static HttpRequest head(String method, String target, String... fields) {
    return new HttpRequest(
        Method.of(method),
        target,
        "HTTP/1.1",
        Headers.of(fields),
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  private static HeadDecision.Collect collect(HeadDecision decision) {
    return (HeadDecision.Collect) decision;
  }

  @Test
  void is_asked_on_a_thread_and_never_where_the_head_arrives() {
    Gate gate = gate(2, 2, new Remembering("/app"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", "/app/a")));

    assertThat(asked).isEmpty();
    assertThat(decision.work().neverBlocks()).isFalse();
    HttpResponse response = decision.work().proceed(new byte[0]);
    assertThat(asked).containsExactly("/app a 1");
    assertThat(response.status()).isEqualTo(200);
    decision.completion().completed(200, 0, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /app            | /app  0
          /app/           | /app  1
          /app/a/b        | /app a,b 2
          /app//a         | /app ,a 2
          /%61pp/%2e%2e   | /app .. 1
          /app/a%2Fb      | /app a/b 1
          /app/%252e      | /app %2e 1
          /app/%C3%A4     | /app \u00e4 1
          /app/../x       | /app ..,x 2
          /app/sub        | /app/sub  0
          /app/sub/x      | /app/sub x 1
          /app/subx       | /app subx 1
          /apps           | / apps 1
          /APP/a          | / APP,a 2
          /app%2fa        | / app/a 1
          /               | /  1
          """)
  void gets_the_names_behind_its_prefix(String target, String names) {
    Gate gate =
        gate(2, 2, new Remembering("/"), new Remembering("/app"), new Remembering("/app/sub"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", target)));
    decision.work().proceed(new byte[0]);
    decision.completion().completed(200, 0, true);

    assertThat(asked).containsExactly(names);
  }

  @Test
  void is_asked_again_when_its_content_has_gone() {
    failures = 2;
    Gate gate = gate(1, 1, new Remembering("/app"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", "/app/a")));

    assertThat(decision.work().proceed(new byte[0]).status()).isEqualTo(200);
    assertThat(asked).hasSize(3);
    decision.completion().completed(200, 0, false);
    assertThat(gate.inFlight() + gate.streams()).isZero();
  }

  @Test
  void but_not_for_ever() {
    failures = 1_000;
    Gate gate = gate(1, 1, new Remembering("/app"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", "/app/a")));

    assertThat(decision.work().proceed(new byte[0]).status()).isEqualTo(500);
    assertThat(asked).hasSize(5);
    decision.completion().completed(500, 0, false);
    assertThat(gate.inFlight() + gate.streams()).isZero();
  }

  @Test
  void what_is_not_there_is_a_404() {
    there = false;
    Gate gate = gate(1, 1, new Remembering("/app"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", "/app/a")));

    assertThat(decision.work().proceed(new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void counts_in_flight_and_then_as_a_stream() {
    Gate gate = gate(1, 1, new Remembering("/app"));
    HeadDecision.Collect one = collect(gate.decide(head("GET", "/app/a")));

    assertThat(gate.inFlight()).isEqualTo(1);
    HeadDecision other = gate.decide(head("GET", "/app/a"));
    assertThat(((HeadDecision.Refuse) other).response().status()).isEqualTo(503);
    other.completion().completed(503, 0, false);

    HttpResponse response = one.work().proceed(new byte[0]);
    assertThat(response.body()).isInstanceOf(Body.Streamed.class);
    assertThat(gate.inFlight()).isZero();
    assertThat(gate.streams()).isEqualTo(1);
    HeadDecision.Collect third = collect(gate.decide(head("GET", "/app/a")));
    assertThat(third.work().proceed(new byte[0]).status()).isEqualTo(503);
    third.completion().completed(503, 0, false);

    one.completion().completed(200, 0, true);
    assertThat(gate.inFlight() + gate.streams()).isZero();
  }

  @Test
  void a_request_with_content_is_answered_all_the_same() {
    Gate gate = gate(1, 1, new Remembering("/app"));
    HeadDecision.Collect decision = collect(gate.decide(head("GET", "/app/a")));

    assertThat(decision.work().proceed(new byte[] {1}).status()).isEqualTo(200);
    decision.completion().completed(200, 1, false);
    decision = collect(gate.decide(head("GET", "/app/a")));
    assertThat(decision.work().tooLarge(-1).status()).isEqualTo(413);
    decision.completion().completed(413, 1, false);
    assertThat(gate.inFlight()).isZero();
  }

  @Test
  void two_of_one_prefix_are_a_mistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gate(1, 1, new Remembering("/app"), new Remembering("/app")))
        .withMessage("two mounts have the prefix /app");
  }
}
