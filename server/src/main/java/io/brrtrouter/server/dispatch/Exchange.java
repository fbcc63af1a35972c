package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.router.Match;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request whose operation is known and whose body is there, before anything is decoded: what a
 * {@link Filter} sees. Immutable.
 */
public final class Exchange {
  private final HttpRequest head;
  private final CompiledOperation operation;
  private final Match<?> match;
  private final @Nullable Principal principal;
  private final String requestId;
  private final byte[] body;

  Exchange(
      HttpRequest head,
      CompiledOperation operation,
      Match<?> match,
      @Nullable Principal principal,
      String requestId,
      byte[] body) {
    this.head = head;
    this.operation = operation;
    this.match = match;
    this.principal = principal;
    this.requestId = requestId;
    this.body = body;
  }

  /** {@return the head of the request} */
  public HttpRequest head() {
    return head;
  }

  /** {@return the body as sent, empty without one; not a copy, so it must not be changed} */
  public byte[] rawBody() {
    return body;
  }

  /** {@return the operation, as the document describes it} */
  public Operation operation() {
    return operation.operation();
  }

  /** {@return the path template that matched, base path included} */
  public String template() {
    return operation.template();
  }

  /** {@return name of the operation's handler} */
  public String handlerName() {
    return operation.handlerName();
  }

  /** {@return who sent the request; empty on a public operation} */
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /** {@return the request id, sent back as {@code X-Request-ID}} */
  public String requestId() {
    return requestId;
  }

  Match<?> match() {
    return match;
  }
}
