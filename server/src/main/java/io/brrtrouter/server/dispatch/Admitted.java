package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.upload.MemoryRoom;
import io.brrtrouter.server.upload.TemporaryFiles;
import java.io.IOException;
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
  private final Departure departure;
  private final Endings endings = new Endings();

  /** Those that came with the body, null where it is not streamed. Guarded by this object. */
  private @Nullable TemporaryFiles files;

  /** Guarded by this object. */
  private boolean complete;

  /** Octets of content that had come when the work began; negative before. */
  private volatile long received = -1;

  /** The content that is read since, null where it was all there. */
  private volatile @Nullable StreamedContent streamed;

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
    this.bounds = bounds;
    this.departure = new Departure(arrival, permit, bounds, this::finished);
  }

  @Override
  public boolean neverBlocks() {
    return operation.neverBlocks();
  }

  @Override
  public HttpResponse proceed(byte[] body) {
    received = body.length;
    return proceed(new Exchange(arrival, operation, admission, body, null, endings, null));
  }

  @Override
  public HttpResponse proceed(ContentSource octets) {
    TemporaryFiles temporary =
        new TemporaryFiles(bounds.memory(), bounds.storage(), Admitted::aside);
    StreamedContent content = new StreamedContent(octets, temporary);
    streamed = content;
    received = 0;
    content.share();
    if (!holds(temporary)) {
      temporary.close();
    }
    try {
      content.holdReader();
      return proceed(new Exchange(arrival, operation, admission, NONE, content, endings, null));
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
    received = body.length;
    LoopTurn taken = new LoopTurn(arrival.requestId(), operation.steps());
    turn = taken;
    try {
      return proceed(new Exchange(arrival, operation, admission, body, null, endings, taken));
    } finally {
      taken.end();
    }
  }

  private HttpResponse proceed(Exchange exchange) {
    RequestSteps.admitted(exchange);
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
        return departure.sendPresent(exchange.accompany(answer(exchange)));
      }
      HttpResponse response = millis == 0 ? answer(exchange) : answer(exchange, millis);
      Rejection unreadable = unreadable(exchange);
      return unreadable == null
          ? departure.sendPresent(exchange.accompany(response))
          : refuse(unreadable);
    } catch (Throwable failure) {
      Rejection unreadable = isOfOurClient(failure) ? GONE : unreadable(exchange);
      if (unreadable != null) {
        return refuse(unreadable);
      }
      if (failure instanceof ServiceException ofFilter) {
        return refuse(new Rejection.Service(ofFilter));
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
    return permit.isAdapting() ? measured(exchange) : chained(exchange);
  }

  /**
   * Measures from when the request was let in, which counts waiting for a thread; but not what its
   * client took to send the body.
   */
  private HttpResponse measured(Exchange exchange) throws Exception {
    long begun = exchange.rawBody().length == 0 ? permit.admitted() : System.nanoTime();
    AdaptiveShare.Effect effect = AdaptiveShare.Effect.UNKNOWN;
    try {
      HttpResponse response = chained(exchange);
      effect = AdaptiveShare.Effect.of(response.status());
      return response;
    } catch (Throwable failure) {
      effect = AdaptiveShare.Effect.of(failure);
      throw failure;
    } finally {
      permit.worked(exchange.isLate() ? AdaptiveShare.Effect.OVERLOADED : effect, begun);
    }
  }

  private HttpResponse chained(Exchange exchange) throws Exception {
    try (Attachment _ = arrival.attach(null)) {
      HttpResponse response =
          operation.isFiltered()
              ? exchange.within(() -> operation.chain().proceed(exchange))
              : operation.chain().proceed(exchange);
      if (response == null) {
        throw new IllegalStateException("a filter answered null");
      }
      return response;
    }
  }

  private HttpResponse answer(Exchange exchange, long millis) throws Exception {
    exchange.endsIn(millis);
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
        .orElseGet(() -> {
          RequestSteps.late(arrival, millis);
          return render(new Rejection.DeadlineExceeded(millis));
        });
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
    operation.tellViolations(rejection);
    return departure.refuse(rejection);
  }

  private HttpResponse render(Rejection rejection) {
    return arrival.api().problems().render(rejection, arrival.requestId());
  }

  private HttpResponse finished(HttpResponse response) {
    Standing standing = admission.standing();
    return arrival.finish(standing == null ? response : standing.on(response));
  }

  private synchronized @Nullable TemporaryFiles complete() {
    complete = true;
    return files;
  }

  @Override
  public void completed(int status, long bytes, boolean aborted) {
    departure.completed();
    TemporaryFiles temporary = complete();
    endings.run();
    if (temporary != null) {
      temporary.close();
    }
    if (received >= 0) {
      StreamedContent content = streamed;
      operation.listener().received(content == null ? received : content.received());
    }
    arrival.completed(status, bytes, aborted);
  }
}
