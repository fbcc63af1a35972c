package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ContentGoneException;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import java.io.IOException;
import java.util.Optional;

/** A mount at work on its virtual thread, and what happens when its response is complete. */
final class MountWork implements HeadDecision.Work, HeadDecision.Completion {
  /** How often a mount is asked whose content has gone before it could be opened. */
  private static final int ATTEMPTS = 5;

  private final Arrival arrival;
  private final Mounts.Found found;
  private final int limit;

  /** Held by response and work. */
  private final Permit permit;

  private final Departure departure;

  /**
   * Waits for the end of the request.
   *
   * @param arrival the request
   * @param found who answers
   * @param permit its right to be in flight
   * @param bounds bound the responses that are written while they are sent
   */
  MountWork(Arrival arrival, Mounts.Found found, Permit permit, Bounds bounds) {
    this.arrival = arrival;
    this.found = found;
    this.limit = arrival.api().options().limits().body();
    this.permit = permit;
    this.departure = new Departure(arrival, permit, bounds, arrival::finish);
  }

  HeadDecision decision() {
    return new HeadDecision.Collect(limit, this, this);
  }

  @Override
  public HttpResponse proceed(byte[] body) {
    boolean holds = permit.hold();
    try {
      return respond();
    } catch (Throwable failure) {
      Failures.mount(arrival, found.mount().prefix(), failure);
      return departure.refuse(new Rejection.InternalError());
    } finally {
      if (holds) {
        permit.release();
      }
    }
  }

  private HttpResponse respond() throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<HttpResponse> whole = found.mount().answer(arrival.head(), found.names());
      if (whole.isEmpty()) {
        return departure.refuse(new Rejection.NotFound());
      }
      try {
        return departure.send(whole.get());
      } catch (IOException failure) {
        if (attempt == ATTEMPTS) {
          if (failure instanceof ContentGoneException) {
            return departure.refuse(new Rejection.ContentGone());
          }
          throw failure;
        }
      }
    }
  }

  @Override
  public HttpResponse proceedOnLoop(byte[] body) {
    throw new IllegalStateException("a mount may block");
  }

  @Override
  public String doing() {
    return "request " + arrival.requestId() + ": what is below " + found.mount().prefix();
  }

  @Override
  public HttpResponse tooLarge(long declared) {
    return departure.refuse(new Rejection.ContentTooLarge(limit));
  }

  @Override
  public HttpResponse unreadable(TransportFailure failure) {
    return departure.refuse(new Rejection.Broken(failure));
  }

  @Override
  public HttpResponse instead(TransportFailure failure) {
    return unreadable(failure);
  }

  @Override
  public void completed(int status, long bytes, boolean aborted) {
    departure.completed();
    arrival.completed(status, bytes, aborted);
  }
}
