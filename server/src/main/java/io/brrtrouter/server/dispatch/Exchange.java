package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ForwardedField;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.http.TunnelHandler;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.RequestSpan;
import io.brrtrouter.server.trace.RequestStep;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;
import tools.jackson.databind.JsonNode;

/**
 * A request whose operation is known and whose body is there, before anything is decoded: what a
 * {@link Filter} sees. Immutable, as far as users can tell.
 */
public final class Exchange {
  /** Bound around filters, and around what writes a response while it is sent. */
  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final Arrival arrival;
  private final CompiledOperation operation;
  private final Admission admission;
  private final byte[] body;

  /** Null where the body has been collected. */
  private final @Nullable StreamedContent content;

  private final Endings endings;

  /** Null where the request has a thread of its own. */
  private final @Nullable LoopTurn turn;

  /** When whoever waits for the response waits no more, by {@link System#nanoTime}. */
  private long end;

  /** Whether there is such an end. Written before the work begins, like that. */
  private boolean ends;

  /** Whether the response is to be checked, once that is decided; one thread at a time asks. */
  private @Nullable Boolean responseChecked;

  Exchange(
      Arrival arrival,
      CompiledOperation operation,
      Admission admission,
      byte[] body,
      @Nullable StreamedContent content,
      Endings endings,
      @Nullable LoopTurn turn) {
    this.arrival = arrival;
    this.operation = operation;
    this.admission = admission;
    this.body = body;
    this.content = content;
    this.endings = endings;
    this.turn = turn;
  }

  /**
   * {@return the exchange that this thread works for: in a filter, in a handler, in what writes its
   * response while it is sent, and in what they call, on their thread and on those that inherit
   * scoped values from it; empty elsewhere} It is for what looks around at any time, as a log does.
   */
  public static Optional<Exchange> ifCurrent() {
    Exchange handled = Request.currentExchange();
    return handled == null && CURRENT.isBound()
        ? Optional.of(CURRENT.get())
        : Optional.ofNullable(handled);
  }

  /** {@return what a call answers, for which this is the current exchange} */
  <T extends @Nullable Object> T within(ScopedValue.CallableOp<T, Exception> call)
      throws Exception {
    return ScopedValue.where(CURRENT, this).call(call);
  }

  /** {@return the response, this being the current exchange for what writes it} */
  HttpResponse accompany(HttpResponse response) {
    return switch (response.body()) {
      case Body.Streamed streamed ->
          response.withBody(streamed.writtenBy(sink -> run(() -> streamed.writer().writeTo(sink))));
      case Body.Tunnel(TunnelHandler handler, OnReload onReload) ->
          response.withBody(
              new Body.Tunnel((source, sink) -> run(() -> handler.run(source, sink)), onReload));
      default -> response;
    };
  }

  private interface Writing {
    void run() throws Exception;
  }

  private void run(Writing writing) throws Exception {
    within(() -> {
      writing.run();
      return true;
    });
  }

  /** {@return the head of the request} */
  public HttpRequest head() {
    return arrival.head();
  }

  /**
   * {@return the body as sent, empty without one and where the operation {@linkplain
   * Request#content streams} it; not a copy, so it must not be changed}
   */
  public byte[] rawBody() {
    return body;
  }

  /** {@return the operation, as the document describes it} */
  public Operation operation() {
    return operation.plan().operation();
  }

  /** {@return the path template that matched, base path included} */
  public String template() {
    return operation.template();
  }

  /** {@return the operationId of the operation, else its method and path template: for logs} */
  public String operationName() {
    return operation.name();
  }

  /** {@return a line of the log, with what tells the request among others} */
  LoggingEventBuilder tell(LoggingEventBuilder line) {
    return arrival.tell(line);
  }

  /** {@return name of the operation's handler} */
  public String handlerName() {
    return operation.plan().handlerName();
  }

  /**
   * {@return who sent the request, of several {@linkplain #principals principals} the first; empty
   * when anybody may}
   */
  public Optional<Principal> principal() {
    return admission.principals().isEmpty()
        ? Optional.empty()
        : Optional.of(admission.principals().getFirst());
  }

  /**
   * {@return who sent the request: one principal for each scheme of the satisfied security
   * requirement, in its order; none when anybody may}
   */
  public List<Principal> principals() {
    return admission.principals();
  }

  /**
   * {@return from which address the client asks: that of who is connected, or the one that trusted
   * proxies forward for, see {@code http.trusted_proxies}; empty when the connection has no IP
   * address}
   */
  public Optional<InetAddress> clientAddress() {
    return arrival.clientAddress();
  }

  /** {@return the request id, sent back as {@code X-Request-ID}} */
  public String requestId() {
    return arrival.requestId();
  }

  /**
   * {@return what tells the request within a trace: its own span where tracing is set up, else what
   * the client says in {@code traceparent}; empty without}
   */
  public Optional<TraceContext> trace() {
    return Optional.ofNullable(arrival.trace());
  }

  /** A step begins, for who records it. */
  void begin(RequestStep step) {
    arrival.begin(step);
  }

  /** A step ends, if it has not. */
  void end(RequestStep step) {
    arrival.end(step);
  }

  /** A step has failed, for who records it. */
  void failed(RequestStep step, Throwable failure) {
    arrival.failed(step, failure);
  }

  /** {@return the span of the request; null where nobody records it} */
  @Nullable RequestSpan span() {
    return arrival.span();
  }

  /** {@return what has made the span of a step the current one here} */
  Attachment attach(RequestStep step) {
    return arrival.attach(step);
  }

  /** {@return the body as a JSON value, after generated code has taken it for valid JSON} */
  Optional<JsonNode> reread() {
    return operation.plan().body().reread(body);
  }

  /** On an event loop, goes on to a step; {@return the one to go back to} */
  LoopStep enter(LoopStep step) {
    return turn == null ? step : turn.enter(step);
  }

  /** {@return the body while it comes, null where it has been collected} */
  @Nullable StreamedContent content() {
    return content;
  }

  /** {@return what is done when the response is complete} */
  Endings endings() {
    return endings;
  }

  /**
   * {@return where a trusted proxy says for whom it forwards; nothing if who is connected is none}
   */
  Optional<ForwardedField> forwardedBy() {
    TrustedProxies proxies = arrival.api().options().proxies();
    return proxies.trusts(arrival.head()) ? Optional.of(proxies.field()) : Optional.empty();
  }

  ResponseCheck responses() {
    return operation.plan().responses();
  }

  /** {@return whether the response is to be checked} It is decided once, for who asks first. */
  boolean isResponseChecked() {
    Boolean decided = responseChecked;
    if (decided == null) {
      decided = responses().applies();
      responseChecked = decided;
    }
    return decided;
  }

  /** Tells that a response does not match the document. */
  void breached(ContractBreach breach) {
    operation.listener().breached(breach);
  }

  /** {@return the most octets of an item of the body} */
  int mostOfItem() {
    return operation.plan().settings().inMemory();
  }

  /** {@return who is told about it} */
  ExchangeListener listener() {
    return operation.listener();
  }

  MessageContract messages() {
    return operation.plan().messages();
  }

  /** Has a deadline from now on. */
  void endsIn(long millis) {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    ends = true;
  }

  /**
   * {@return how long somebody waits for the response still, zero for not any more; empty where
   * nothing bounds it}
   */
  public Optional<Duration> remaining() {
    return ends
        ? Optional.of(Duration.ofNanos(Math.max(0, end - System.nanoTime())))
        : Optional.empty();
  }

  /** {@return whether nobody waits for the response any more} */
  boolean isLate() {
    return ends && end - System.nanoTime() <= 0;
  }

  /** {@return whether another generation serves by now} */
  boolean isReplaced() {
    return arrival.generation().written().isReplaced();
  }

  Admission admission() {
    return admission;
  }
}
