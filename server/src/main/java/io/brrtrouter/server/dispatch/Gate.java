package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CorsPreflight;
import io.brrtrouter.server.cors.OriginDecision;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import io.brrtrouter.server.upload.StorageFailures;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first stage of a request: decides from its head, on the event loop and without blocking,
 * whether it is refused or its body collected. Holds the one reference to the generation that
 * serves; a request reads it once and keeps it to the end. Safe for use by many threads.
 */
public final class Gate implements HeadHandler {
  /** Requests in flight unless configured otherwise: ten seconds of work at a thousand a second. */
  public static final int IN_FLIGHT = 10_000;

  /** Responses written while they are sent: each takes a virtual thread, and a little room. */
  public static final int STREAMS = 10_000;

  /** A few scrapers and browsers at once; each may take megabytes. */
  private static final int ENDPOINTS_AT_WORK = 64;

  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");

  private volatile Generation current;
  private final Bounds bounds;

  /** Those of generations that do not serve, the oldest first. Used by who publishes. */
  private final ArrayDeque<WrittenResponses> replaced = new ArrayDeque<>();

  /**
   * Built-in endpoints at work. Apart from operations, so that metrics can be asked for when there
   * are too many requests.
   */
  private final Permits endpoints = new Permits(ENDPOINTS_AT_WORK);

  /**
   * Begins to serve, with {@link #STREAMS} and a quarter of the heap.
   *
   * @param first the first generation
   * @param inFlight the most requests between head and response, those of all generations together;
   *     beyond it 503
   */
  public Gate(CompiledApi first, int inFlight) {
    this(first, () -> {}, inFlight, STREAMS, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * Begins to serve.
   *
   * @param first the first generation
   * @param ended told when no request needs that one any more, as {@link #publish} says
   * @param inFlight the most requests between head and response, those of all generations together;
   *     beyond it 503
   * @param streams the most responses of them that are written while they are sent, which count
   *     here instead; beyond it 503
   * @param memory the most bytes that the values take which bodies are decoded into, about; beyond
   *     it 503
   */
  public Gate(CompiledApi first, Runnable ended, int inFlight, int streams, long memory) {
    first.bind(null);
    this.current = new Generation(1, first, ended);
    // Half of them: what anybody may call is to be served while credentials take long to judge.
    Permits judging = new Permits(Math.max(1, inFlight / 2));
    RefusedCertificates certificates = new RefusedCertificates(LOG, System::nanoTime);
    this.bounds =
        new Bounds(
            new Permits(inFlight),
            judging,
            new Permits(streams),
            new Permits(Integer.MAX_VALUE),
            new ClientCounts(certificates),
            new RequestMemory(memory),
            new StorageFailures(System::nanoTime),
            new OpenFiles(System::nanoTime));
  }

  /** {@return the generation that serves} */
  public Generation current() {
    return current;
  }

  /**
   * Makes another generation serve every request whose head arrives from now on, and lets those
   * that write responses of others know, as {@link DispatchOptions#reload} of the next one says. To
   * be called by one thread at a time.
   *
   * @param next the next generation
   * @param ended told once, when yet another one serves and no request needs this one any more;
   *     possibly on an event loop, so it must not block
   * @return the generation, with its number
   */
  public Generation publish(CompiledApi next, Runnable ended) {
    Generation before = current;
    next.bind(before.api());
    Generation after = new Generation(before.number() + 1, next, ended);
    current = after;
    ReloadPolicy policy = next.options().reload();
    before.written().replace(policy.ends());
    before.leave();
    replaced.add(before.written());
    replaced.removeIf(WrittenResponses::isOver);
    int beyond = Math.max(0, replaced.size() - policy.kept());
    replaced.stream().limit(beyond).forEach(WrittenResponses::retire);
    return after;
  }

  /** One that has ended since it was read has a successor, which is there to be read. */
  private Generation enter() {
    Generation generation = current;
    while (!generation.enter()) {
      generation = current;
    }
    return generation;
  }

  /** {@return how many requests are between head and response, streams not counted} */
  public int inFlight() {
    return bounds.inFlight().taken();
  }

  /** {@return how many requests may be} */
  public int inFlightLimit() {
    return bounds.inFlight().limit();
  }

  /** {@return how many responses are written while they are sent} */
  public int streams() {
    return bounds.streams().taken();
  }

  /** {@return how many responses may be} */
  public int streamsLimit() {
    return bounds.streams().limit();
  }

  /** {@return how rate limits have decided so far} */
  public List<LimitCount> limitDecisions() {
    return bounds.clients().decisions();
  }

  /** {@return how much room those operations have that have a bound of their own} */
  public List<OperationRoom> rooms() {
    return current.api().rooms();
  }

  /** {@return how it stands with adaptive limits, one for each operation that has one} */
  public List<AdaptiveFigures> adaptive() {
    return current.api().adaptive();
  }

  @Override
  public HeadDecision decide(HttpRequest head) {
    long nanos = System.nanoTime();
    Generation generation = enter();
    String requestId = RequestIds.of(head.headers());
    RequestSteps.parsed(head, requestId);
    try {
      return decide(generation, head, requestId, nanos);
    } catch (Throwable failure) { // Whatever it was, the client gets an answer.
      return Arrival.traced(generation, null, head, requestId, nanos, Headers.empty())
          .fail(failure, null);
    }
  }

  private HeadDecision decide(
      Generation generation, HttpRequest head, String requestId, long nanos) {
    Match<CompiledPathItem> match = generation.api().router().match(head.rawPath());
    return match == null
        ? unmatched(generation, head, requestId, nanos)
        : matched(generation, match, head, requestId, nanos);
  }

  private HeadDecision matched(
      Generation generation,
      Match<CompiledPathItem> match,
      HttpRequest head,
      String requestId,
      long nanos) {
    CompiledPathItem item = match.value();
    int index = item.indexOf(head.method());
    CompiledOperation operation = index < 0 ? null : item.operation(index);
    String asked = CorsPreflight.method(head);
    int about = asked == null ? index : item.indexOf(asked);
    Rejection foreign = foreign(generation.api(), head, item.cors(about));
    if (foreign != null) {
      return Arrival.traced(generation, null, head, requestId, nanos, Headers.empty())
          .turnAway(foreign, about < 0 ? null : item.operation(about));
    }
    TrustedProxies proxies = generation.api().options().proxies();
    OriginDecision origin =
        operation != null && operation.plan().isWebSocket()
            ? operation.plan().browsers().judgeWebSocket(head, proxies)
            : item.cors(about).judge(head, proxies);
    Arrival arrival =
        Arrival.traced(generation, operation, head, requestId, nanos, origin.headers());
    RequestSteps.matched(arrival);
    try {
      return matched(arrival, origin, asked, about, index, match);
    } catch (Throwable failure) { // Here, because its span has begun.
      return arrival.fail(failure, operation);
    }
  }

  private HeadDecision matched(
      Arrival arrival,
      OriginDecision origin,
      @Nullable String asked,
      int about,
      int index,
      Match<CompiledPathItem> match) {
    CompiledPathItem item = match.value();
    CompiledOperation operation = arrival.operation();
    HeadDecision early =
        CrossOrigin.decide(
            arrival,
            origin,
            asked,
            about < 0 ? null : item.operation(about),
            item.preflight(about),
            item.options());
    if (early != null) {
      return early;
    }
    if (operation != null) {
      Match<?> matched = item.match(index, match); // Before it begins: what begins must end.
      return admit(arrival.begin(), operation, matched);
    }
    return arrival.head().method().equals(Method.OPTIONS)
        ? arrival.answer(item.options())
        : notAllowed(arrival, item.allow());
  }

  /** {@return why a request is refused by a server for this machine only, null if it is not} */
  private static @Nullable Rejection foreign(CompiledApi api, HttpRequest head, CorsPolicy cors) {
    return api.options().development()
        ? ThisMachine.refusal(head, ThisMachine.Aid.DEVELOPMENT, cors)
        : null;
  }

  /** Refuses a method that a path does not answer. */
  private static HeadDecision notAllowed(Arrival arrival, String allow) {
    RequestSteps.notAllowed(arrival, allow);
    return isKnown(arrival)
        ? arrival.refuse(new Rejection.MethodNotAllowed(allow))
        : notKnown(arrival);
  }

  private static boolean isKnown(Arrival arrival) {
    return arrival.api().methods().contains(arrival.head().method());
  }

  private static HeadDecision notKnown(Arrival arrival) {
    return arrival.refuse(new Rejection.UnknownMethod(arrival.api().methods().list()));
  }

  private HeadDecision unmatched(
      Generation generation, HttpRequest head, String requestId, long nanos) {
    CompiledApi api = generation.api();
    Match<Endpoint> match = api.endpoints().match(head.rawPath());
    Endpoint endpoint = match == null ? null : match.value();
    RequestSteps.unmatched(requestId, head, endpoint != null);
    boolean local = endpoint != null && endpoint.isForThisMachine();
    Rejection foreign =
        local
            ? ThisMachine.refusal(head, ThisMachine.Aid.DECISIONS, CorsPolicy.OFF)
            : foreign(api, head, api.cors());
    if (foreign != null) {
      return arrived(generation, endpoint, head, requestId, nanos, Headers.empty())
          .turnAway(foreign, null);
    }
    OriginDecision origin =
        (local ? CorsPolicy.OFF : api.cors()).judge(head, api.options().proxies());
    Arrival arrival = arrived(generation, endpoint, head, requestId, nanos, origin.headers());
    try {
      return unmatched(arrival, origin, endpoint);
    } catch (Throwable failure) { // Here, because its span has begun.
      return arrival.fail(failure, null);
    }
  }

  /** Who asks for built-in endpoints watches the server, and is not to fill its traces. */
  private static Arrival arrived(
      Generation generation,
      @Nullable Endpoint endpoint,
      HttpRequest head,
      String requestId,
      long nanos,
      Headers cors) {
    return endpoint == null
        ? Arrival.traced(generation, null, head, requestId, nanos, cors)
        : new Arrival(generation, null, head, requestId, nanos, cors, false, null);
  }

  private HeadDecision unmatched(
      Arrival arrival, OriginDecision origin, @Nullable Endpoint endpoint) {
    if (origin instanceof OriginDecision.Refused) {
      return arrival.turnAway(new Rejection.OriginNotAllowed(), null);
    }
    if (!isKnown(arrival)) {
      return notKnown(arrival);
    }
    String path = arrival.head().rawPath();
    if (path.equals("*")) {
      return serverWide(arrival);
    }
    int invalid = Router.invalidEscape(path);
    if (invalid >= 0) {
      return arrival.refuse(new Rejection.InvalidPath(invalid));
    }
    Mounts.Found found = endpoint == null ? arrival.api().mounts().find(path) : null;
    if (endpoint == null && found == null) {
      return arrival.refuse(new Rejection.NotFound());
    }
    String allow = "GET, HEAD, OPTIONS";
    return switch (arrival.head().method().token()) {
      case "GET", "HEAD" ->
          found == null
              ? arrival.begin().answer(Objects.requireNonNull(endpoint), endpoints, bounds)
              : mounted(arrival.begin(), found);
      case "OPTIONS" -> optionsOfEndpoint(arrival, origin, CompiledPathItem.options(allow));
      default -> notAllowed(arrival, allow);
    };
  }

  /** Nothing is looked up here but texts: the rest is for a thread that may block. */
  private HeadDecision mounted(Arrival arrival, Mounts.Found found) {
    Permit permit = bounds.inFlight().take();
    return permit == null
        ? arrival.refuse(new Rejection.Overloaded())
        : new MountWork(arrival, found, permit, bounds).decision();
  }

  private static HeadDecision optionsOfEndpoint(
      Arrival arrival, OriginDecision origin, HttpResponse options) {
    String asked = CorsPreflight.method(arrival.head());
    HeadDecision early =
        CrossOrigin.decide(
            arrival, origin, asked, null, arrival.api().endpointPreflight(), options);
    return early == null ? arrival.answer(options) : early;
  }

  /** RFC 9110 section 9.3.7: {@code *} is about the server, and only {@code OPTIONS} may ask. */
  private static HeadDecision serverWide(Arrival arrival) {
    return arrival.head().method().equals(Method.OPTIONS)
        ? arrival.answer(arrival.api().optionsOfAll())
        : arrival.refuse(new Rejection.MethodNotAllowed(Method.OPTIONS.token()));
  }

  private HeadDecision admit(Arrival arrival, CompiledOperation operation, Match<?> match) {
    try {
      return judge(arrival, operation, match);
    } catch (Throwable failure) { // It has begun, and so it ends.
      return arrival.fail(failure, operation);
    }
  }

  private HeadDecision judge(Arrival arrival, CompiledOperation operation, Match<?> match) {
    if (operation.plan().browsers().csrf().refuses(arrival.head())) {
      boolean sameSite = "same-site".equals(arrival.head().headers().get("Sec-Fetch-Site"));
      return arrival.turnAway(new Rejection.CrossSite(sameSite), operation);
    }
    return switch (operation.plan().intake(arrival.head())) {
      case Intake.Unwelcome(Rejection rejection) -> arrival.refuse(rejection);
      case Intake.Welcome welcome ->
          new Candidate(arrival, operation, match, welcome, bounds).enter();
    };
  }

  /** {@return what a page is told that sent what is no request, if its origin was read} */
  private static Headers aboutOrigin(CompiledApi api, Headers fields, Peer peer) {
    HttpRequest known = new HttpRequest(Method.GET, "/", "HTTP/1.1", fields, peer);
    return api.cors().judge(known, api.options().proxies()).headers();
  }

  @Override
  public HttpResponse refuse(TransportFailure failure, Headers fields, Peer peer) {
    long nanos = System.nanoTime();
    CompiledApi api = current.api();
    String requestId = RequestIds.next();
    HttpResponse response =
        Finisher.finish(
            api.problems().render(new Rejection.Broken(failure), requestId),
            requestId,
            api.securityHeaders(peer.secure()),
            aboutOrigin(api, fields, peer));
    long bytes = response.body() instanceof Body.Bytes(byte[] content) ? content.length : 0;
    api.listeners()
        .completed(
            new CompletedExchange(
                null,
                null,
                null,
                requestId,
                response.status(),
                System.nanoTime() - nanos,
                bytes,
                false,
                null));
    return response;
  }
}
