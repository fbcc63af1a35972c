package io.brrtrouter.outbound.proxy;

import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.outbound.proxy.AnswerParser.Answer;
import io.brrtrouter.outbound.proxy.Figures.Outcome;
import io.brrtrouter.outbound.proxy.Upstream.Place;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.ServiceException;
import io.brrtrouter.server.dispatch.ServiceException.Kind;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.limit.Client;
import io.brrtrouter.server.service.ServiceOperation;
import io.brrtrouter.server.trace.CallSpan;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests of an operation on to a service, and its responses back, each while it comes. Safe
 * for use by many threads.
 */
final class ProxyHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound.proxy");

  /** RFC 9110 section 9.2.2, and RFC 10008 section 2 for {@code QUERY}. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY");

  /** Of these it is said that there is no content where there is none (section 8.6). */
  private static final Set<String> WITH_CONTENT = Set.of("POST", "PUT", "PATCH");

  /** A service that answers so is not well. */
  private static final Set<Integer> UNWELL = Set.of(502, 503, 504);

  private static final int PARTIAL_CONTENT = 206;
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

  private final Upstream upstream;
  private final ProxySettings settings;
  private final Paths paths;
  private final FieldPolicy fields;
  private final boolean streams;

  ProxyHandler(Upstream upstream, ServiceOperation operation) {
    this.upstream = upstream;
    this.settings = upstream.settings();
    this.paths = new Paths(operation.operation(), operation.target());
    this.fields =
        new FieldPolicy(settings.fields(), operation.schemes(), operation.operation().parameters());
    this.streams = OperationExtension.streamsBody(operation.operation());
  }

  @Override
  public HttpResponse handle(Request request) throws Exception {
    if (FieldPolicy.isLoop(request)) {
      throw new ServiceException(
          Kind.FAILED,
          "The request goes round: the service \"%s\" leads back here.".formatted(settings.name()),
          null);
    }
    ForwardedRequest forwarded = forwarded(request);
    Call call =
        new Call(
            upstream,
            request.requestId(),
            request.clientAddress().map(Client::at).orElse(Client.UNKNOWN));
    request.onComplete(call::abort);
    Outcome outcome = Outcome.ABANDONED;
    try {
      HttpResponse response = ask(request, forwarded, call).asRelayed();
      outcome = Outcome.ANSWERED;
      return response;
    } catch (ServiceException failure) {
      outcome = Outcome.of(failure);
      throw failure;
    } finally {
      upstream.figures().ended(outcome);
      if (outcome != Outcome.ANSWERED) {
        call.discard();
      }
      call.pause();
    }
  }

  /**
   * What is sent, to whichever address.
   *
   * @param method the method
   * @param target path and query, below the path of an address
   * @param fields header fields
   * @param entity the body, null for none
   */
  private record ForwardedRequest(
      String method, String target, Headers fields, @Nullable HttpEntity entity) {
    ClassicHttpRequest to(Place place) {
      ClassicHttpRequest request =
          new BasicClassicHttpRequest(method, (String) null, null, place.path() + target);
      request.setHeader("Host", place.authority());
      fields.forEach(request::addHeader);
      if (entity != null) {
        request.setEntity(entity);
      }
      return request;
    }

    boolean isRepeatable() {
      return IDEMPOTENT.contains(method) && !(entity instanceof SourceEntity);
    }
  }

  private ForwardedRequest forwarded(Request request) throws ServiceException {
    String query = fields.query(request);
    String target = paths.path(request) + (query.isEmpty() ? "" : "?" + query);
    Headers sent = request.headers();
    Headers.Builder head = fields.request(request).toBuilder();
    HttpEntity entity = null;
    if (streams && (sent.contains("Content-Length") || sent.contains("Transfer-Encoding"))) {
      String length = sent.get("Content-Length");
      entity =
          new SourceEntity(request.content(), length == null ? -1 : Long.parseLong(length.strip()));
      if (length == null) {
        head.set("Transfer-Encoding", "chunked");
      } else {
        head.set("Content-Length", length.strip());
      }
    } else if (request.rawBody().length > 0) {
      entity = new ByteArrayEntity(request.rawBody(), null);
      head.set("Content-Length", Integer.toString(request.rawBody().length));
    } else if (sent.contains("Content-Length") || WITH_CONTENT.contains(request.method().token())) {
      head.set("Content-Length", "0");
    }
    return new ForwardedRequest(request.method().token(), target, head.build(), entity);
  }

  private HttpResponse ask(Request request, ForwardedRequest forwarded, Call call)
      throws Exception {
    int more = settings.retry().times();
    boolean repeats = forwarded.isRepeatable();
    Upstream.Turn turn = upstream.turn();
    for (int attempt = 1; ; attempt++) {
      Place place = turn.next();
      if (place == null) {
        throw new ServiceException(
            Kind.UNAVAILABLE,
            "The service \"%s\" has failed too often, and is not asked at present."
                .formatted(settings.name()),
            upstream.closedFor(),
            null);
      }
      ClassicHttpRequest asked = forwarded.to(place);
      CallSpan span =
          request.startCall(place.call(forwarded.method(), asked.getPath(), attempt - 1));
      span.inject(asked::setHeader);
      try {
        Answer answer = attempt(call, place, asked, forwarded, span);
        if (!repeats || attempt > more || !settings.retry().statuses().contains(answer.getCode())) {
          return response(request, place, asked, answer, call);
        }
        call.discard();
      } catch (AttemptException failure) {
        LOG.warn(
            "request {}: service {} at {}: {}",
            request.requestId(),
            settings.name(),
            place.authority(),
            failure.getMessage());
        // What had no connection was not sent, and may be sent whatever it asks for.
        boolean again = failure.isUnconnected() || (repeats && failure.unsent());
        if (!again || attempt > more || !settings.retry().onConnect()) {
          throw told(failure);
        }
      }
      backOff(attempt, call);
      upstream.figures().retried();
    }
  }

  /** One attempt, of which the circuit learns how it went. */
  private Answer attempt(
      Call call, Place place, ClassicHttpRequest asked, ForwardedRequest forwarded, CallSpan span)
      throws Exception {
    try {
      Answer answer = attempt(call, place, asked, forwarded);
      span.answered(answer.getCode());
      return answer;
    } catch (Throwable failure) {
      span.failed(failure);
      throw failure;
    }
  }

  private static Answer attempt(
      Call call, Place place, ClassicHttpRequest asked, ForwardedRequest forwarded)
      throws Exception {
    long began = System.nanoTime();
    boolean known = false;
    try {
      Answer answer = call.attempt(place, asked);
      known = true;
      long took = System.nanoTime() - began;
      if (UNWELL.contains(answer.getCode())) {
        place.circuit().failed(took, new IOException("status " + answer.getCode()));
      } else {
        place.circuit().succeeded(took);
      }
      return answer;
    } catch (AttemptException failure) {
      if (forwarded.entity() instanceof SourceEntity source && source.failure() != null) {
        throw source.failure();
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while a service was waited for");
      }
      boolean ofClient = forwarded.entity() instanceof SourceEntity slow && slow.isUnderWay();
      if (failure.kind() != Kind.UNAVAILABLE && !failure.isStale() && !ofClient) {
        known = true;
        place.circuit().failed(System.nanoTime() - began, failure);
      }
      throw failure;
    } finally {
      if (!known) {
        place.circuit().left();
      }
    }
  }

  private ServiceException told(AttemptException failure) {
    String name = settings.name();
    return switch (failure.kind()) {
      case UNAVAILABLE ->
          new ServiceException(
              Kind.UNAVAILABLE,
              (failure.isOfClient()
                      ? "The service \"%s\" has as many requests of this client as it may have at once."
                      : "The service \"%s\" has as many requests as it may have at once.")
                  .formatted(name),
              failure);
      case TIMEOUT ->
          new ServiceException(
              Kind.TIMEOUT, "The service \"%s\" did not answer in time.".formatted(name), failure);
      case FAILED, REFUSED ->
          new ServiceException(
              Kind.FAILED,
              (failure.unsent()
                      ? "The service \"%s\" cannot be reached."
                      : "The service \"%s\" gave no response that can be handed on.")
                  .formatted(name),
              failure);
    };
  }

  /** Full jitter, so that those who failed together do not come back together. */
  private void backOff(int attempt, Call call)
      throws ClientGoneException, InterruptedException, ServiceException {
    long most =
        Math.min(
            settings.retry().backoff().toMillis() << Math.min(attempt - 1, 20),
            LONGEST_BACKOFF.toMillis());
    try {
      call.rest(ThreadLocalRandom.current().nextLong(most + 1));
    } catch (AttemptException over) {
      throw told(over);
    }
  }

  private HttpResponse response(
      Request request, Place place, ClassicHttpRequest asked, Answer answer, Call call)
      throws ServiceException, IOException {
    boolean headOnly = request.method().equals(Method.HEAD);
    Headers received = received(answer);
    Headers handed = fields.response(received, headOnly);
    int status = answer.getCode();
    HttpEntity entity = answer.getEntity();
    if (entity == null || headOnly || status == 204 || status == 205 || status == 304) {
      if (entity == null) {
        call.complete(asked, answer);
      } else {
        call.discard();
      }
      return new HttpResponse(status, handed, Body.EMPTY);
    }
    long length = entity.getContentLength();
    Collected collected = new Collected(upstream);
    if (isJudged(request, status, received, length >= 0) && length <= settings.checkedBytes()) {
      request.onComplete(collected::release);
      if (readAll(entity.getContent(), length, collected, place, call)) {
        call.complete(asked, answer);
        return new HttpResponse(status, handed, new Body.Bytes(collected.octets()));
      }
    }
    Relay relay = new Relay(upstream, place, call, asked, answer, collected);
    return new HttpResponse(status, handed, new Body.Streamed(relay, length));
  }

  /**
   * A part is no value, and what is coded is none yet. Items, and text of which nobody says how
   * much there is, are read while they come: nobody waits for their end.
   */
  private static boolean isJudged(
      Request request, int status, Headers received, boolean announced) {
    String type = received.get("Content-Type");
    return type != null
        && status != PARTIAL_CONTENT
        && SequentialMediaType.of(type).isEmpty()
        && (announced || !type.strip().regionMatches(true, 0, "text/", 0, 5))
        && !received.contains("Content-Encoding")
        && request.isContentJudged(status, type);
  }

  private boolean readAll(
      InputStream content, long length, Collected collected, Place place, Call call)
      throws ServiceException {
    try {
      return settings.checkedBytes() > 0
          && collected.readAll(
              content, length, settings.checkedBytes(), settings.times().collecting());
    } catch (IOException broken) {
      LOG.warn(Relay.why(upstream, place, call, broken));
      throw new ServiceException(
          broken instanceof SocketTimeoutException ? Kind.TIMEOUT : Kind.FAILED,
          "The service \"%s\" broke off its response.".formatted(settings.name()),
          broken);
    }
  }

  /** What no client may be told has no response: names and values are checked here. */
  private Headers received(Answer answer) throws ServiceException {
    Headers.Builder fields = Headers.builder();
    try {
      for (Header field : answer.getHeaders()) {
        String value = field.getValue();
        fields.add(field.getName(), value == null ? "" : value);
      }
    } catch (IllegalArgumentException wrong) {
      LOG.warn("service {}: a header field is none: {}", settings.name(), wrong.getMessage());
      throw new ServiceException(
          Kind.FAILED,
          "The service \"%s\" gave no response that can be handed on.".formatted(settings.name()),
          wrong);
    }
    return fields.build();
  }
}
