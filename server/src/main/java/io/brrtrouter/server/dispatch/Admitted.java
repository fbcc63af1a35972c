package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TunnelHandler;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.upload.TemporaryFiles;
import org.jspecify.annotations.Nullable;

/**
 * The second stage of a request: what runs on its thread once the body is there, and what happens
 * when the response is complete.
 */
final class Admitted
    implements HeadDecision.Work, HeadDecision.StreamedWork, HeadDecision.Completion {
  private static final byte[] NONE = {};

  private static final TransportFailure FULL =
      new TransportFailure(
          TransportFailure.Kind.OVERLOADED, "the server holds as much of requests as it can");

  private final Arrival arrival;
  private final CompiledOperation operation;
  private final Admission admission;

  /** Held by response, work and handler. */
  private final Permit permit;

  private final Bounds bounds;

  /** What the response holds. Guarded by this object, as is what follows. */
  private Permit ofResponse;

  /** Those that came with the body, null where it is not streamed. */
  private @Nullable TemporaryFiles files;

  private boolean complete;

  /** Once the work has begun on an event loop. Others may see it late, but not half made. */
  private @Nullable LoopTurn turn;

  Admitted(
      Arrival arrival,
      CompiledOperation operation,
      Admission admission,
      Permit permit,
      Bounds bounds) {
    this.arrival = arrival;
    this.operation = operation;
    this.admission = admission;
    this.permit = permit;
    this.ofResponse = permit;
    this.bounds = bounds;
  }

  @Override
  public boolean neverBlocks() {
    return operation.neverBlocks();
  }

  @Override
  public HttpResponse proceed(byte[] body) {
    return proceed(new Exchange(arrival, operation, admission, body, null, null));
  }

  @Override
  public HttpResponse proceed(ContentSource octets) {
    TemporaryFiles temporary = new TemporaryFiles(bounds.memory());
    if (!holds(temporary)) {
      temporary.close();
    }
    StreamedContent content = new StreamedContent(octets, temporary);
    return proceed(new Exchange(arrival, operation, admission, NONE, content, null));
  }

  @Override
  public HttpResponse proceedOnLoop(byte[] body) {
    LoopTurn taken = new LoopTurn(arrival.requestId(), operation.steps());
    turn = taken;
    try {
      return proceed(new Exchange(arrival, operation, admission, body, null, taken));
    } finally {
      taken.end();
    }
  }

  private HttpResponse proceed(Exchange exchange) {
    boolean holds = permit.hold();
    long bytes = decodedBytes(exchange.rawBody());
    if (bytes > 0 && !bounds.memory().take(bytes)) {
      if (holds) {
        permit.release();
      }
      return refuse(new Rejection.Broken(FULL));
    }
    if (holds && bytes > 0) {
      permit.charge(bounds.memory(), bytes);
    }
    try {
      long millis = operation.plan().settings().deadlineMillis();
      if (operation.neverBlocks()) {
        // Without a deadline: nobody else could give the answer meanwhile.
        return finish(answer(exchange));
      }
      HttpResponse response = millis == 0 ? answer(exchange) : answer(exchange, millis);
      Rejection unreadable = unreadable(exchange);
      return unreadable == null ? finish(response) : refuse(unreadable);
    } catch (Throwable failure) {
      Rejection unreadable = unreadable(exchange);
      if (unreadable != null) {
        return refuse(unreadable);
      }
      Failures.operation(arrival, failure);
      return refuse(new Rejection.InternalError());
    } finally {
      if (holds) {
        permit.release();
      } else {
        bounds.memory().release(bytes);
      }
    }
  }

  /** {@return about how many bytes the value takes that a body is decoded into} */
  private long decodedBytes(byte[] body) {
    MediaDecoder media = admission.media();
    return media == null || body.length == 0 ? 0 : media.decodedBytes(body);
  }

  /** {@return whether files are held until the response is complete; if it is, they are not} */
  private synchronized boolean holds(TemporaryFiles temporary) {
    files = temporary;
    return !complete;
  }

  /** {@return why the content could not be read while it came, null if it could} */
  private @Nullable Rejection unreadable(Exchange exchange) {
    StreamedContent content = exchange.content();
    return content == null ? null : content.rejection(operation.plan().settings().bodyLimit());
  }

  @Override
  public String doing() {
    LoopTurn taken = turn;
    return taken == null ? "request " + arrival.requestId() : taken.toString();
  }

  private HttpResponse answer(Exchange exchange) throws Exception {
    HttpResponse response = operation.chain().proceed(exchange);
    if (response == null) {
      throw new IllegalStateException("a filter answered null");
    }
    return response;
  }

  private HttpResponse answer(Exchange exchange, long millis) throws Exception {
    boolean holds = permit.hold();
    Runnable ended =
        () -> {
          if (holds) {
            permit.release();
          }
        };
    return Deadline.start(() -> answer(exchange), failure -> Failures.late(arrival, failure), ended)
        .await(millis)
        .orElseGet(() -> render(new Rejection.DeadlineExceeded(millis)));
  }

  @Override
  public HttpResponse tooLarge(long declared) {
    return refuse(new Rejection.ContentTooLarge(operation.plan().settings().bodyLimit()));
  }

  @Override
  public HttpResponse unreadable(TransportFailure failure) {
    return refuse(new Rejection.Broken(failure));
  }

  @Override
  public HttpResponse instead(TransportFailure failure) {
    return unreadable(failure);
  }

  private HttpResponse refuse(Rejection rejection) {
    return finish(render(rejection));
  }

  private HttpResponse render(Rejection rejection) {
    return arrival.api().problems().render(rejection, arrival.requestId());
  }

  private HttpResponse finish(HttpResponse response) {
    Standing standing = admission.standing();
    HttpResponse finished = arrival.finish(standing == null ? response : standing.on(response));
    return held(arrival.api().options().compression().apply(arrival.head(), finished));
  }

  /**
   * Whoever writes content counts as a stream until it returns, though the client may have gone.
   */
  private HttpResponse held(HttpResponse response) {
    Body body = response.body();
    if (!(body instanceof Body.Streamed) && !(body instanceof Body.Tunnel)) {
      return response;
    }
    Permit free = bounds.streams().take();
    if (free == null) {
      return refuse(new Rejection.Overloaded());
    }
    Permit stream = free.besides(permit);
    become(stream);
    return response.withBody(
        body instanceof Body.Tunnel(TunnelHandler handler)
            ? new Body.Tunnel((source, sink) -> held(stream, () -> handler.run(source, sink)))
            : held(stream, (Body.Streamed) body));
  }

  private static Body held(Permit stream, Body.Streamed body) {
    return new Body.Streamed(
        sink -> held(stream, () -> body.writer().writeTo(sink)), body.length());
  }

  /** What runs while a response is sent. */
  private interface Writing {
    void run() throws Exception;
  }

  private static void held(Permit stream, Writing writing) throws Exception {
    boolean holds = stream.hold();
    try {
      writing.run();
    } finally {
      if (holds) {
        stream.release();
      }
    }
  }

  /** The response is a stream from now on, if it is not complete for want of a client. */
  private synchronized void become(Permit stream) {
    if (complete) {
      stream.release();
    } else {
      permit.release();
      ofResponse = stream;
    }
  }

  private synchronized Permit complete() {
    complete = true;
    return ofResponse;
  }

  @Override
  public void completed(int status, long bytes, boolean aborted) {
    complete().release();
    TemporaryFiles temporary = files;
    if (temporary != null) {
      temporary.close();
    }
    arrival.completed(status, bytes, aborted);
  }
}
