package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a generation has ended: after its last request, whatever became of that. */
class GenerationEndTest {
  private final List<String> ended = new ArrayList<>();
  private final List<String> bound = new ArrayList<>();
  private final Gate gate = new Gate(api("/one"), () -> ended.add("one"), 10, 10, 1 << 20);

  private CompiledApi api(String template) {
    ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void completed(CompletedExchange exchange) {}

          @Override
          public ExchangeListener bind(Operation operation, String path) {
            bound.add(path);
            return this;
          }
        };
    return ApiCompiler.route(
        "GET",
        template,
        _ -> HttpResponse.of(204),
        DispatchOptions.builder().listeners(List.of(listener)).build());
  }

  private HeadDecision decide(String target) {
    Peer peer = Peer.of(InetSocketAddress.createUnresolved("client", 1));
    return gate.decide(
        new HttpRequest(Method.GET, target, "HTTP/1.1", Headers.of("Host", "localhost"), peer));
  }

  private void publish(String template) {
    gate.publish(api(template), () -> ended.add(template));
  }

  @Test
  void one_without_requests_ends_when_another_serves() {
    publish("/two");

    assertThat(ended).containsExactly("one");
    assertThat(gate.current().number()).isEqualTo(2);
  }

  @Test
  void one_with_requests_ends_with_the_last() {
    HeadDecision let = decide("/one");
    HeadDecision refused = decide("/none");
    publish("/two");
    assertThat(ended).isEmpty();
    let.completion().completed(204, 0, false);
    assertThat(ended).isEmpty();
    refused.completion().completed(404, 0, true);

    assertThat(ended).containsExactly("one");
  }

  @Test
  void requests_of_the_next_do_not_keep_the_one_before() {
    HeadDecision before = decide("/one");
    publish("/two");
    HeadDecision after = decide("/two");
    before.completion().completed(204, 0, false);

    assertThat(ended).containsExactly("one");
    publish("/three");
    assertThat(ended).containsExactly("one");
    after.completion().completed(204, 0, false);
    assertThat(ended).containsExactly("one", "/two");
  }

  @Test
  void one_that_has_ended_lets_nobody_in() {
    Generation generation = new Generation(1, api("/a"), () -> ended.add("a"));
    assertThat(generation.enter()).isTrue();
    generation.leave();
    generation.leave();

    assertThat(ended).containsExactly("a");
    assertThat(generation.enter()).isFalse();
    assertThat(ended).containsExactly("a");
  }

  @Test
  void listeners_hear_of_what_serves_and_not_of_what_is_only_compiled() {
    CompiledApi next = api("/two");
    assertThat(bound).containsExactly("/one");
    gate.publish(next, () -> {});

    assertThat(bound).containsExactly("/one", "/two");
  }
}
