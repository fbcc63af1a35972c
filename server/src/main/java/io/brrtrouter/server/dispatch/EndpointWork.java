package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import java.util.function.Supplier;

/**
 * A built-in endpoint at work on its virtual thread.
 *
 * @param arrival the request
 * @param work makes the response
 * @param limit the most bytes of content that is ignored
 * @param permit held by work, and by the response unless it is a stream
 * @param departure sends the response
 */
record EndpointWork(
    Arrival arrival, Supplier<HttpResponse> work, int limit, Permit permit, Departure departure)
    implements HeadDecision.Work, HeadDecision.Completion {

  HeadDecision decision() {
    return new HeadDecision.Collect(limit, this, this);
  }

  @Override
  public HttpResponse proceed(byte[] body) {
    boolean holds = permit.hold();
    try {
      HttpResponse response = work.get();
      // What is there at once another time is sent as it is: so is this, whatever it took.
      return response.body() instanceof Body.Streamed
          ? departure.send(response)
          : arrival.finish(response);
    } catch (Throwable failure) {
      Failures.endpoint(arrival, failure);
      return refuse(new Rejection.InternalError());
    } finally {
      if (holds) {
        permit.release();
      }
    }
  }

  @Override
  public HttpResponse proceedOnLoop(byte[] body) {
    return proceed(body);
  }

  @Override
  public HttpResponse tooLarge(long declared) {
    return refuse(new Rejection.ContentTooLarge(limit));
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
    return departure.refuse(rejection);
  }

  @Override
  public void completed(int status, long bytes, boolean aborted) {
    departure.completed();
    arrival.completed(status, bytes, aborted);
  }
}
