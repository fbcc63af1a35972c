package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** A request that never blocks is asked what it is at only where that holds an event loop. */
class AdmittedTest {
  private static final Handler QUICK = Handler.neverBlocking(_ -> HttpResponse.of(204));

  private final HeadDecision.Work work = work();

  private static HeadDecision.Work work() {
    Gate gate = new Gate(ApiCompiler.route("GET", "/a", QUICK, DispatchOptions.DEFAULT), 1);
    HeadDecision decision =
        gate.decide(
            new HttpRequest(
                Method.of("GET"),
                "/a",
                "HTTP/1.1",
                Headers.of("Host", "t", "X-Request-ID", "asked"),
                Peer.of(new InetSocketAddress(0))));
    return ((HeadDecision.Collect) decision).work();
  }

  @Test
  void on_a_loop_it_tells_its_step() {
    assertThat(work.neverBlocks()).isTrue();
    assertThat(work.proceedOnLoop(new byte[0]).status()).isEqualTo(204);
    assertThat(work.doing()).isEqualTo("request asked: decoding or checking for GET /a");
  }

  @Test
  void on_a_thread_that_is_none_it_has_no_steps() {
    assertThat(work.proceed(new byte[0]).status()).isEqualTo(204);
    assertThat(work.doing()).isEqualTo("request asked");
  }
}
