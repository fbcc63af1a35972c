package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.HeadDecision;
import io.brrtrouter.server.transport.TransportFailure;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The second stage of a request: what runs on its virtual thread once the body is there, and what
 * happens when the response is complete.
 */
final class Admitted implements HeadDecision.Work, HeadDecision.Completion {
  private final Arrival arrival;
  private final CompiledOperation operation;
  private final Admission admission;
  private final Permits permits;

  /**
   * The response, and the handler where it can outlive the response: the last one gives the permit
   * back.
   */
  private final AtomicInteger holders = new AtomicInteger(1);

  Admitted(Arrival arrival, CompiledOperation operation, Admission admission, Permits permits) {
    this.arrival = arrival;
    this.operation = operation;
    this.admission = admission;
    this.permits = permits;
  }

  @Override
  public HttpResponse proceed(byte[] body) {
    Exchange exchange = new Exchange(arrival, operation, admission, body);
    HttpResponse response;
    try {
      response =
          deadlineMillis() == 0 ? operation.chain().proceed(exchange) : withDeadline(exchange);
      if (response == null) {
        throw new IllegalStateException("a filter answered null");
      }
      return finish(response);
    } catch (Throwable failure) {
      Failures.operation(arrival, failure);
      return refuse(new Rejection.InternalError());
    }
  }

  private HttpResponse withDeadline(Exchange exchange) throws Exception {
    holders.incrementAndGet();
    Deadline deadline =
        Deadline.start(
            () -> operation.chain().proceed(exchange), this::release, arrival.requestId());
    HttpResponse response = deadline.await(deadlineMillis());
    return response != null
        ? response
        : arrival
            .api()
            .problems()
            .render(new Rejection.DeadlineExceeded(deadlineMillis()), arrival.requestId());
  }

  @Override
  public HttpResponse tooLarge(long declared) {
    return refuse(new Rejection.ContentTooLarge(operation.plan().settings().bodyLimit()));
  }

  @Override
  public HttpResponse unreadable(TransportFailure failure) {
    return refuse(new Rejection.Broken(failure));
  }

  private HttpResponse refuse(Rejection rejection) {
    return finish(arrival.api().problems().render(rejection, arrival.requestId()));
  }

  private HttpResponse finish(HttpResponse response) {
    return Finisher.finish(response, arrival.requestId());
  }

  @Override
  public void completed(int status, long bytes, boolean aborted) {
    release();
    arrival.completed(status, bytes, aborted);
  }

  private long deadlineMillis() {
    return operation.plan().settings().deadlineMillis();
  }

  private void release() {
    if (holders.decrementAndGet() == 0) {
      permits.give();
    }
  }
}
