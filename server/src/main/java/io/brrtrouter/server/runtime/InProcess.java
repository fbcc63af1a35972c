package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Does what a transport does, without sockets: one request through gate and work. */
final class InProcess {
  private InProcess() {}

  static HttpResponse exchange(HeadHandler gate, HttpRequest request, byte[] body) {
    HttpRequest head = announced(request, body.length);
    HeadDecision decision = decide(gate, head);
    HttpResponse response = answered(head, decision, body);
    if (response.body() instanceof Body.Streamed streamed) {
      response = response.withBody(collected(streamed, response.status(), decision));
    }
    long sent = response.body() instanceof Body.Bytes(byte[] bytes) ? bytes.length : 0;
    decision.completion().completed(response.status(), sent, false);
    return response;
  }

  private static HttpResponse answered(HttpRequest head, HeadDecision decision, byte[] body) {
    HttpResponse response =
        switch (decision) {
          case HeadDecision.Deferred _ -> throw new IllegalStateException("deferred once more");
          case HeadDecision.Refuse refuse -> refuse.response();
          case HeadDecision.Stream stream ->
              onVirtualThread(() -> stream.work().proceed(new BoundedSource(body, stream.limit())));
          case HeadDecision.Collect collect ->
              body.length > collect.limit()
                  ? collect.work().tooLarge(body.length)
                  : onVirtualThread(() -> collect.work().proceed(body));
        };
    return head.method().equals(Method.HEAD) ? response.withBody(Body.EMPTY) : response;
  }

  /** The same, content being read while it is written. */
  static OpenExchange open(HeadHandler gate, HttpRequest request, byte[] body) {
    HttpRequest head = announced(request, body.length);
    HeadDecision decision = decide(gate, head);
    HttpResponse response = answered(head, decision, body);
    if (response.body() instanceof Body.Streamed streamed) {
      PipedContent content = new PipedContent();
      Thread.ofVirtual()
          .name("brrt-in-process")
          .start(() -> {
            boolean complete = content.writtenBy(streamed);
            decision.completion().completed(response.status(), content.written(), !complete);
          });
      content.awaitBegin();
      return new OpenExchange(response.withBody(Body.EMPTY), content);
    }
    byte[] content =
        switch (response.body()) {
          case Body.Bytes(byte[] bytes) -> bytes;
          case Body.Json(var value) -> value.toString().getBytes(StandardCharsets.UTF_8);
          case Body.Empty _, Body.Tunnel _ -> new byte[0];
          case Body.Streamed _, Body.Seekable _ ->
              throw new IllegalStateException("content that was not chosen");
        };
    decision.completion().completed(response.status(), content.length, false);
    HttpResponse told =
        response.body() instanceof Body.Tunnel ? response : response.withBody(Body.EMPTY);
    return new OpenExchange(told, new ByteArrayInputStream(content));
  }

  private static Body collected(Body.Streamed streamed, int status, HeadDecision decision) {
    try {
      return onVirtualThread(() -> CollectedContent.of(streamed));
    } catch (RuntimeException failure) {
      decision.completion().completed(status, 0, true);
      throw failure;
    }
  }

  /**
   * {@return what becomes of a request whose head has arrived; decided, however long that takes}
   */
  static HeadDecision decide(HeadHandler gate, HttpRequest head) {
    return decided(gate.decide(named(head)));
  }

  private static HeadDecision decided(HeadDecision decision) {
    return decision instanceof HeadDecision.Deferred(Supplier<HeadDecision> rest)
        ? onVirtualThread(rest::get)
        : decision;
  }

  /** A body on a connection is announced, or it is not there. */
  private static HttpRequest announced(HttpRequest request, int length) {
    boolean announced =
        request.headers().contains("Content-Length")
            || request.headers().contains("Transfer-Encoding");
    return length == 0 || announced
        ? request
        : with(request, "Content-Length", Integer.toString(length));
  }

  /** Whoever is in the process is on this machine. */
  private static HttpRequest named(HttpRequest request) {
    return request.headers().contains("Host") ? request : with(request, "Host", "localhost");
  }

  private static HttpRequest with(HttpRequest request, String name, String value) {
    return new HttpRequest(
        request.method(),
        request.target(),
        request.version(),
        request.headers().with(name, value),
        request.peer());
  }

  private static <T> T onVirtualThread(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException impossible) {
      throw impossible.getCause() instanceof IllegalStateException ours
          ? ours
          : new IllegalStateException("work must not throw", impossible);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
