package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TunnelHandler;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.upload.MemoryRoom;
import io.brrtrouter.server.upload.TemporaryFiles;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The second stage of a request: what runs on its thread once the body is there, and what happens
 * when the response is complete.
 */
final class Admitted
    implements HeadDecision.Work, HeadDecision.StreamedWork, HeadDecision.Completion {
  private static final byte[] NONE = {};

  /** Nobody reads it. */
  private static final Rejection GONE =
      new Rejection.Broken(
          new TransportFailure(TransportFailure.Kind.MALFORMED, "the client has gone"));

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
    TemporaryFiles temporary =
        new TemporaryFiles(bounds.memory(), bounds.storage(), Admitted::aside);
    StreamedContent content = new StreamedContent(octets, temporary);
    content.share();
    if (!holds(temporary)) {
      temporary.close();
    }
    try {
      content.holdReader();
      return proceed(new Exchange(arrival, operation, admission, NONE, content, null));
    } catch (IOException full) {
      Rejection rejection = content.rejection(operation.plan().settings().bodyLimit());
      return refuse(rejection == null ? GONE : rejection);
    } finally {
      content.leave();
    }
  }

  /** Does what takes too long for an event loop. */
  private static void aside(Runnable closing) {
    Thread.ofVirtual().name("close").start(closing);
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
      return refuse(new Rejection.Broken(MemoryRoom.FULL));
    }
    if (holds && bytes > 0) {
      permit.charge(bounds.memory(), bytes);
    }
    try {
      long millis = operation.plan().settings().deadlineMillis();
      if (operation.neverBlocks()) {
        // Without a deadline: nobody else could give the answer meanwhile.
        return send(answer(exchange));
      }
      HttpResponse response = millis == 0 ? answer(exchange) : answer(exchange, millis);
      Rejection unreadable = unreadable(exchange);
      return unreadable == null ? send(response) : refuse(unreadable);
    } catch (Throwable failure) {
      Rejection unreadable = isOfOurClient(failure) ? GONE : unreadable(exchange);
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

  /** Handlers may write to other clients too: that one of them has gone is a failure here. */
  private synchronized boolean isOfOurClient(Throwable failure) {
    return complete && failure instanceof ClientGoneException;
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
    StreamedContent content = exchange.content();
    if (content != null) {
      content.share();
    }
    Runnable ended =
        () -> {
          if (content != null) {
            content.leave();
          }
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
    return compressed(finished(render(rejection)));
  }

  private HttpResponse render(Rejection rejection) {
    return arrival.api().problems().render(rejection, arrival.requestId());
  }

  private HttpResponse finished(HttpResponse response) {
    Standing standing = admission.standing();
    return arrival.finish(standing == null ? response : standing.on(response));
  }

  private HttpResponse compressed(HttpResponse response) {
    return arrival.api().options().compression().apply(arrival.head(), response);
  }

  /** {@return what the request asks for of a response that has the whole} */
  private HttpResponse send(HttpResponse response) throws IOException {
    HttpResponse whole = finished(response);
    SeekableContent content =
        whole.body() instanceof Body.Seekable(SeekableContent seekable) ? seekable : null;
    return switch (select(whole, content == null ? null : content.version())) {
      case Selection.Complete(HttpResponse complete) -> held(compressed(complete));
      case Selection.Refused(Rejection rejection) -> refuse(rejection);
      case Selection.Content _ -> opened(whole, Objects.requireNonNull(content));
    };
  }

  private Selection select(HttpResponse whole, @Nullable Version version) {
    return Selection.of(arrival.head(), whole, version, arrival.api().options().compression());
  }

  /**
   * {@return the same as {@link #send}, of content as it is when it is opened: it may have changed}
   */
  private HttpResponse opened(HttpResponse whole, SeekableContent content) throws IOException {
    Permit free = bounds.streams().take();
    if (free == null) {
      return refuse(new Rejection.Overloaded());
    }
    OpenContent open;
    try {
      open = new OpenContent(content.open());
    } catch (Throwable failure) {
      free.release();
      if (failure instanceof IOException io && bounds.files().areTooMany(io)) {
        return refuse(new Rejection.Overloaded());
      }
      throw failure;
    }
    // Whoever ends last closes it: the response or, before, who writes it.
    Permit stream = free.besides(permit).ending(open::abandon);
    boolean sent = false;
    try {
      Selection selection = select(whole, open.version());
      sent = selection instanceof Selection.Content;
      return switch (selection) {
        case Selection.Complete(HttpResponse complete) -> complete;
        case Selection.Refused(Rejection rejection) -> refuse(rejection);
        case Selection.Content chosen -> streamed(stream, open, chosen);
      };
    } finally {
      if (!sent) {
        open.close();
        stream.release();
      }
    }
  }

  private HttpResponse streamed(Permit stream, OpenContent open, Selection.Content chosen) {
    become(stream);
    return new HttpResponse(
        chosen.status(),
        chosen.headers(),
        new Body.Streamed(sink -> open.writeTo(sink, chosen.writer(), stream), chosen.length()));
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
