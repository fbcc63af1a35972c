package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.CallSpan;
import io.brrtrouter.server.trace.OutgoingCall;
import io.brrtrouter.server.trace.RequestSpan;
import io.brrtrouter.server.trace.RequestStep;
import io.brrtrouter.server.trace.RequestTracing;
import io.brrtrouter.server.trace.TracedRequest;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told to who records requests in traces: each begins once and ends once. */
class TracingHookTest {
  private static final TraceContext OWN =
      new TraceContext("0123456789abcdef0123456789abcdef", "0123456789abcdef", true);

  private final List<String> told = new ArrayList<>();
  private final List<@Nullable TraceContext> completed = new ArrayList<>();

  /** Writes down what it is told. */
  private final class Recorder implements RequestTracing {
    @Override
    public RequestSpan start(TracedRequest request) {
      told.add("start " + request.template());
      return new RequestSpan() {
        @Override
        public TraceContext context() {
          return OWN;
        }

        @Override
        public void begin(RequestStep step) {
          told.add("begin " + step);
        }

        @Override
        public void end(RequestStep step) {
          told.add("end " + step);
        }

        @Override
        public Attachment attach(@Nullable RequestStep step) {
          told.add("attach " + step);
          return () -> told.add("detach " + step);
        }

        @Override
        public void failed(@Nullable RequestStep step, Throwable failure) {
          told.add("failed " + step + " " + failure.getMessage());
        }

        @Override
        public CallSpan call(OutgoingCall call) {
          told.add("call " + call.target());
          return CallSpan.NONE;
        }

        @Override
        public void inject(BiConsumer<String, String> fields) {
          fields.accept("traceparent", "own");
        }

        @Override
        public void ended(int status, long bytes, boolean aborted) {
          told.add("ended " + status + " " + bytes + " " + aborted);
        }
      };
    }
  }

  private Gate gate(@Nullable RequestTracing tracing, Handler handler) {
    DispatchOptions options =
        DispatchOptions.builder()
            .tracing(tracing)
            .listeners(List.of(exchange -> completed.add(exchange.trace())))
            .build();
    CompiledApi api = ApiCompiler.route("GET", "/one", handler, options);
    return new Gate(api, 10);
  }

  private static HeadDecision decide(Gate gate, String target) {
    Peer peer = Peer.of(InetSocketAddress.createUnresolved("client", 1));
    return gate.decide(
        new HttpRequest(Method.GET, target, "HTTP/1.1", Headers.of("Host", "localhost"), peer));
  }

  private static int exchange(Gate gate, String target) {
    HeadDecision decision = decide(gate, target);
    HttpResponse response =
        switch (decision) {
          case HeadDecision.Refuse refuse -> refuse.response();
          case HeadDecision.Collect collect -> collect.work().proceed(new byte[0]);
          default -> throw new AssertionError(decision);
        };
    decision.completion().completed(response.status(), 3, false);
    return response.status();
  }

  @Test
  void a_request_is_told_from_its_head_to_its_end() {
    exchange(gate(new Recorder(), _ -> HttpResponse.of(204)), "/one");

    assertThat(told)
        .containsExactly(
            "start /one",
            "attach null",
            "begin DECODE",
            "end DECODE",
            "begin HANDLER",
            "attach HANDLER",
            "detach HANDLER",
            "end HANDLER",
            "end DECODE",
            "detach null",
            "ended 204 3 false");
    assertThat(completed).containsExactly(OWN);
  }

  @Test
  void a_failure_is_told_where_it_happens_and_of_the_request() {
    exchange(
        gate(
            new Recorder(),
            _ -> {
              throw new IllegalStateException("broken");
            }),
        "/one");

    assertThat(told)
        .containsSubsequence(
            "failed HANDLER broken", "end HANDLER", "failed null broken", "ended 500 3 false");
  }

  @Test
  void a_refused_request_begins_and_ends_too() {
    exchange(gate(new Recorder(), _ -> HttpResponse.of(204)), "/none");

    assertThat(told).containsExactly("start null", "ended 404 3 false");
  }

  @Test
  void a_client_that_goes_before_its_body_is_there_ends_it() {
    HeadDecision decision = decide(gate(new Recorder(), _ -> HttpResponse.of(204)), "/one");
    decision.completion().completed(0, 0, true);

    assertThat(told).containsExactly("start /one", "ended 0 0 true");
  }

  @ParameterizedTest
  @CsvSource({"/one, 204", "/none, 404"})
  void tracing_that_fails_fails_no_request(String target, int status) {
    Gate gate =
        gate(
            _ -> {
              throw new IllegalStateException("no tracing today");
            },
            _ -> HttpResponse.of(204));

    assertThat(exchange(gate, target)).isEqualTo(status);
    assertThat(completed).containsExactly((TraceContext) null);
  }

  @Test
  void without_tracing_nothing_is_allocated_for_it() {
    Gate gate = gate(null, _ -> HttpResponse.of(204));
    HttpRequest head =
        new HttpRequest(
            Method.GET,
            "/one",
            "HTTP/1.1",
            Headers.empty(),
            Peer.of(InetSocketAddress.createUnresolved("client", 1)));
    Arrival arrival =
        Arrival.traced(gate.current(), null, head, "1", System.nanoTime(), Headers.empty());
    Runnable steps =
        () -> {
          for (int i = 0; i < 1_000; i++) {
            arrival.begin(RequestStep.HANDLER);
            try (Attachment _ = arrival.attach(RequestStep.HANDLER)) {
              arrival.end(RequestStep.DECODE);
            } finally {
              arrival.end(RequestStep.HANDLER);
            }
          }
        };
    steps.run(); // Loads classes.

    assertThat(allocated(steps)).isZero();
    assertThat(arrival.span()).isNull();
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void what_a_handler_sends_joins() {
    List<String> fields = new ArrayList<>();
    Handler sending =
        request -> {
          fields.add(request.traceFields().get("traceparent") + " " + Request.isCurrent());
          request.startCall(new OutgoingCall("GET", "http", "a", 80, "/there", 0)).answered(200);
          return HttpResponse.of(204);
        };
    exchange(gate(new Recorder(), sending), "/one");
    exchange(gate(null, sending), "/one");

    assertThat(fields).containsExactly("own true", "null true");
    assertThat(told).contains("call /there");
    assertThat(Request.isCurrent()).isFalse();
  }

  @Test
  void options_keep_who_records() {
    Recorder recorder = new Recorder();
    DispatchOptions options = DispatchOptions.builder().tracing(recorder).build();

    assertThat(options.toBuilder().build().tracing()).isSameAs(recorder);
    assertThat(DispatchOptions.DEFAULT.tracing()).isNull();
  }
}
