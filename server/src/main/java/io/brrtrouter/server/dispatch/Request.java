package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.DecodedParameters;
import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.Parameters;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.ForwardedField;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.trace.CallSpan;
import io.brrtrouter.server.trace.OutgoingCall;
import io.brrtrouter.server.trace.RequestSpan;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A request that is what the document asks for: what a {@link Handler} gets. Immutable as long as
 * nobody changes a tree or an array it holds.
 */
public final class Request {
  private static final ScopedValue<Request> CURRENT = ScopedValue.newInstance();

  /** Clients take no timeout of zero for one. */
  private static final Duration LEAST = Duration.ofMillis(1);

  private final Exchange exchange;
  private final DecodedParameters parameters;
  private final DecodedBody body;

  Request(Exchange exchange, DecodedParameters parameters, DecodedBody body) {
    this.exchange = exchange;
    this.parameters = parameters;
    this.body = body;
  }

  /**
   * {@return the request that is being handled} Answers in a handler and in what it calls, on its
   * thread and on those that inherit scoped values from it. It is how a typed handler learns what
   * its request record does not have, such as the principal, the request id and fields that the
   * document does not declare.
   *
   * @throws IllegalStateException elsewhere, filters and listeners included
   */
  public static Request current() {
    if (!CURRENT.isBound()) {
      throw new IllegalStateException(
          "no request is being handled here: Request.current() answers on the thread of a handler"
              + " only; hand over what another thread needs");
    }
    return CURRENT.get();
  }

  /** {@return the exchange of the request that is being handled here, null if none is} */
  static @Nullable Exchange currentExchange() {
    return CURRENT.isBound() ? CURRENT.get().exchange : null;
  }

  /** {@return whether a request is being handled here, so that {@link #current()} answers} */
  public static boolean isCurrent() {
    return CURRENT.isBound();
  }

  /** Runs the work of a handler, of which this is the current request. */
  <T extends @Nullable Object> T handled(ScopedValue.CallableOp<T, Exception> work)
      throws Exception {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** {@return the method as sent; {@code HEAD} may reach the handler of {@code GET}} */
  public Method method() {
    return exchange.head().method();
  }

  /** {@return the target as sent: path and query, percent-encoded} */
  public String target() {
    return exchange.head().target();
  }

  /** {@return the path as sent, percent-encoded} */
  public String path() {
    return exchange.head().rawPath();
  }

  /** {@return the path template that matched, base path included} */
  public String template() {
    return exchange.template();
  }

  /** {@return {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}} */
  public String version() {
    return exchange.head().version();
  }

  /**
   * {@return what a path parameter was sent as, percent-encoded; never empty text, never with a
   * slash; nothing where the path has no such parameter}
   *
   * @param name the name of the parameter
   */
  public Optional<String> rawPathParameter(String name) {
    Match<?> match = exchange.admission().match();
    int index = match.names().indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(match.rawValue(index));
  }

  /** {@return the operation, as the document describes it} */
  public Operation operation() {
    return exchange.operation();
  }

  /** {@return the path parameters} */
  public Parameters pathParameters() {
    return parameters.path();
  }

  /** {@return the query parameters} */
  public Parameters queryParameters() {
    return parameters.query();
  }

  /** {@return the header parameters; names compare without case} */
  public Parameters headerParameters() {
    return parameters.header();
  }

  /** {@return the cookie parameters} */
  public Parameters cookieParameters() {
    return parameters.cookie();
  }

  /** {@return all header fields, declared or not} */
  public Headers headers() {
    return exchange.head().headers();
  }

  /**
   * {@return all cookies (RFC 6265 section 4.2), declared or not, by name in the order sent; the
   * first of a name wins, as browsers send the one of the longer path first (section 5.4); {@link
   * Cookie#of} has all of them}
   */
  public Map<String, String> cookies() {
    Map<String, String> cookies = new LinkedHashMap<>();
    Cookie.of(headers()).forEach(cookie -> cookies.putIfAbsent(cookie.name(), cookie.value()));
    return cookies;
  }

  /** {@return the query as sent, without the {@code ?}; {@code ""} without one} */
  public String rawQuery() {
    return exchange.head().rawQuery();
  }

  /**
   * {@return the body as a JSON value: parsed JSON, the fields of a form, or text; empty when there
   * is none or its media type carries no such value}
   *
   * <p>After generated code has read JSON by {@link #body(BodyBinding)}, this parses it again.
   */
  public Optional<JsonNode> body() {
    return body instanceof DecodedBody.Bound(String _, Object _, DecodedBody.Value untyped)
            && untyped == null
        ? exchange.reread()
        : untyped().map(DecodedBody.Value::tree);
  }

  private Optional<DecodedBody.Value> untyped() {
    return switch (body) {
      case DecodedBody.Value value -> Optional.of(value);
      case DecodedBody.Bound(String _, Object _, DecodedBody.Value value) ->
          Optional.ofNullable(value);
      default -> Optional.empty();
    };
  }

  /**
   * {@return the body in its Java type; null when there is none, when it is the JSON value {@code
   * null} and when it was sent in another media type}
   *
   * @param <T> the Java type
   * @param binding one of the {@link TypedHandler.Bindings#bodies} of the operation's handler
   */
  @SuppressWarnings("unchecked") // one binding for each media type, and this one made the value
  public <T extends @Nullable Object> @Nullable T body(BodyBinding<T> binding) {
    return body instanceof DecodedBody.Bound(String mediaType, Object value, DecodedBody.Value _)
            && mediaType.equals(binding.mediaType())
        ? (T) value
        : null;
  }

  /**
   * {@return the body in its Java type, JSON's null or absent}
   *
   * @param <T> the Java type
   * @param binding as for {@link #body(BodyBinding)}
   */
  public <T> Field<T> bodyField(BodyBinding<T> binding) {
    if (!hasBody(binding)) {
      return Field.absent();
    }
    T value = body(binding);
    return value == null ? Field.ofNull() : Field.of(value);
  }

  /**
   * {@return whether a body was sent that a binding made a value of}
   *
   * @param binding as for {@link #body(BodyBinding)}
   */
  public boolean hasBody(BodyBinding<?> binding) {
    return body instanceof DecodedBody.Bound(String mediaType, Object _, DecodedBody.Value _)
        && mediaType.equals(binding.mediaType());
  }

  /**
   * {@return the body as sent, empty without one and where the operation {@linkplain #content
   * streams} it; not a copy, so it must not be changed}
   */
  public byte[] rawBody() {
    return exchange.rawBody();
  }

  /**
   * {@return the octets of the body: of an operation with {@code x-brrtrouter-stream-body} while
   * they come, with blocking calls, and the same source each time; of any other one those that have
   * been collected, from the first one on each time}
   *
   * <p>A streamed body can be read until the response is complete, by what writes the content of
   * the response too. When it is larger than allowed, cannot be read or comes too slowly, reading
   * throws, and the answer is the problem that says so, unless the response has begun.
   */
  public ContentSource content() {
    StreamedContent content = exchange.content();
    return content == null ? ContentSource.of(exchange.rawBody()) : content;
  }

  /**
   * {@return the items of the body, JSON Lines, JSON sequences or parts, each of which is what
   * {@code itemSchema} says: of an operation with {@code x-brrtrouter-stream-body} read while they
   * come, by the one reader there is of them; of any other one those that are there, from the first
   * one on each time; none without a body}
   *
   * <p>An item that is wrong makes reading throw, and the answer is the problem that says so with
   * number and place of the item, unless the response has begun.
   *
   * @throws IllegalStateException if the document says nothing of items of the media type that was
   *     sent
   */
  public ItemReader items() {
    MediaDecoder media = exchange.admission().media();
    StreamedContent content = exchange.content();
    if (media == null && body instanceof DecodedBody.Absent) {
      return ItemReader.of(JsonNodeFactory.instance.arrayNode(), List.of());
    }
    if (media == null || !BodyDecoder.hasItems(media)) {
      throw new IllegalStateException(
          "the document says nothing of items of this media type: give it an itemSchema, or read"
              + " content()");
    }
    return content == null
        ? ItemReader.of(body().orElseGet(JsonNodeFactory.instance::arrayNode), parts())
        : content.items(media, exchange.mostOfItem());
  }

  /**
   * {@return the items of the body in their Java type, read while they come as {@link #items()} has
   * them; null when there is no body, and when it was sent in another media type}
   *
   * @param <T> the Java type of an item
   * @param binding as for {@link #body(BodyBinding)}
   */
  public <T> @Nullable Items<T> items(BodyBinding.Items<T> binding) {
    return hasBody(binding) ? new ReceivedItems<>(items(), binding.decoder()) : null;
  }

  /**
   * Reads what is left of a streamed body, for a handler that does not want it: what is wrong with
   * it, with one of its items for example, makes this throw, and is the answer.
   */
  void readToEnd() throws IOException {
    StreamedContent content = exchange.content();
    if (content == null) {
      return;
    }
    MediaDecoder media = exchange.admission().media();
    if (media != null && BodyDecoder.hasItems(media)) {
      ItemReader items = items();
      while (items.next().isPresent()) {
        // Judged by reading it.
      }
    }
    content.transferTo(OutputStream.nullOutputStream());
  }

  /**
   * {@return what the document says about the items of a response, which is about to be sent}
   *
   * @param status the status of the response
   * @param contentType its media type
   */
  public ItemContract itemsOf(int status, String contentType) {
    return ItemContract.of(exchange, status, contentType);
  }

  /**
   * {@return whether the content of a response is judged as a value, if it is there as a whole: the
   * document describes one, and {@code responses.check} asks for it, of this response where that
   * takes a sample} Octets without a value, and content that is items, are not.
   *
   * @param status the status of the response
   * @param contentType its media type
   */
  public boolean isContentJudged(int status, String contentType) {
    return exchange.isResponseChecked() && exchange.responses().judgesContent(status, contentType);
  }

  /** {@return the parts of a multipart body, in the order sent; empty for other bodies} */
  public List<Part> parts() {
    return untyped().map(DecodedBody.Value::parts).orElse(List.of());
  }

  /** {@return the value of {@code Content-Type}} */
  public Optional<String> contentType() {
    return headers().first("Content-Type");
  }

  /**
   * {@return who sent the request, of several {@linkplain #principals principals} the first; empty
   * when anybody may}
   */
  public Optional<Principal> principal() {
    return exchange.principal();
  }

  /**
   * {@return who sent the request: one principal for each scheme of the satisfied security
   * requirement, in its order; none when anybody may}
   */
  public List<Principal> principals() {
    return exchange.principals();
  }

  /** {@return the request id, sent back as {@code X-Request-ID}} */
  public String requestId() {
    return exchange.requestId();
  }

  /**
   * {@return what tells the request within a trace: its own span where tracing is set up, else what
   * the client says in {@code traceparent}; empty without}
   */
  public Optional<TraceContext> trace() {
    return exchange.trace();
  }

  /**
   * Begins the span of a request that a handler sends on behalf of this one, on the handler's
   * thread. Clients that record by themselves need no such span.
   *
   * @param call what is sent
   * @return its span, which is to be ended; {@link CallSpan#NONE} where tracing is not set up
   */
  public CallSpan startCall(OutgoingCall call) {
    RequestSpan span = exchange.span();
    return span == null ? CallSpan.NONE : span.call(call);
  }

  /**
   * {@return the fields by which who is sent something joins the trace of this request, such as
   * {@code traceparent}, on the handler's thread; none where tracing is not set up}
   */
  public Headers traceFields() {
    RequestSpan span = exchange.span();
    if (span == null) {
      return Headers.empty();
    }
    Headers.Builder fields = Headers.builder();
    span.inject(fields::set);
    return fields.build();
  }

  /**
   * {@return from which address the client asks: that of who is connected, or the one that trusted
   * proxies forward for, see {@code http.trusted_proxies}; empty when the connection has no IP
   * address}
   */
  public Optional<InetAddress> clientAddress() {
    return exchange.clientAddress();
  }

  /**
   * {@return the field in which who is connected says for whom it forwards the request, where that
   * is a proxy that is trusted; see {@code http.trusted_proxies}. Whatever else says so is the
   * client's word}
   */
  public Optional<ForwardedField> forwardedBy() {
    return exchange.forwardedBy();
  }

  /**
   * {@return how long the client is kept waiting still before it gets a 504 and the handler is
   * interrupted, zero once that has happened; empty where nothing bounds it} What a handler asks
   * others for is of no use later, so it is the longest time to give them:
   *
   * <pre>{@code
   * Duration most = request.remaining().filter(left -> left.compareTo(usual) < 0).orElse(usual);
   * }</pre>
   */
  public Optional<Duration> remaining() {
    return exchange.remaining();
  }

  /**
   * {@return the shorter of a time and what is {@linkplain #remaining left} for the request that
   * this thread handles, at least a millisecond; the time where there is no such request, or
   * nothing bounds it} For the timeout of a call to somebody else, on the thread of a handler or
   * elsewhere:
   *
   * <pre>{@code
   * client.withTimeout(Request.within(Duration.ofSeconds(2))).getPet(id)
   * }</pre>
   *
   * @param most the longest time
   */
  public static Duration within(Duration most) {
    if (!CURRENT.isBound()) {
      return most;
    }
    Duration left = CURRENT.get().remaining().orElse(most);
    Duration usable = left.compareTo(LEAST) < 0 ? LEAST : left;
    return usable.compareTo(most) < 0 ? usable : most;
  }

  /**
   * Lets an action run when the response is complete: sent whole, cut off, or not sent at all
   * because the client has gone; at once if it is already. For what is open and has to be closed
   * whatever becomes of the response.
   *
   * @param action run once, on a virtual thread
   */
  public void onComplete(Runnable action) {
    exchange.endings().add(action);
  }

  /** {@return who is connected} */
  public Peer peer() {
    return exchange.head().peer();
  }

  /** {@return what the document says about messages, where the operation is a WebSocket} */
  public MessageContract messages() {
    return exchange.messages();
  }

  /**
   * Tells the listeners of a message of the WebSocket that this request has opened.
   *
   * @param received whether the client sent it
   */
  public void tellMessage(boolean received) {
    exchange.listener().message(received);
  }

  /**
   * {@return whether another document, or other handlers, serve by now than those that this request
   * is answered by} What goes on for long may ask this.
   */
  public boolean isReplaced() {
    return exchange.isReplaced();
  }

  Exchange exchange() {
    return exchange;
  }
}
