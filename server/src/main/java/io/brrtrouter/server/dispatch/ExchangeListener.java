package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.decode.RequestViolation;
import java.util.List;

/**
 * Told about every exchange when its response is complete or its connection is gone: the place for
 * metrics and access logs. Refused requests and broken ones are told too.
 */
@FunctionalInterface
public interface ExchangeListener {

  /**
   * Called once per exchange, on any thread, possibly an event loop; must not block.
   *
   * @param exchange what happened
   */
  void completed(CompletedExchange exchange);

  /**
   * Called when a request is to be answered by an operation, or by what else the server serves; not
   * for one that is refused before. On any thread, possibly an event loop; must not block. {@link
   * #ended} follows, whatever becomes of it.
   */
  default void began() {}

  /** Called when {@link #completed} has been, once for each {@link #began}; must not block. */
  default void ended() {}

  /**
   * Called when the content of an operation's request is there, or all of it that is read; on any
   * thread, possibly an event loop; must not block. Not for requests that are refused before.
   *
   * @param octets how many octets it has, 0 without content
   */
  default void received(long octets) {}

  /**
   * Called when an operation's request does not match the document, on the request's thread; must
   * not block.
   *
   * @param violations what is wrong, as far as it is listed; not to be kept
   */
  default void violated(List<RequestViolation> violations) {}

  /**
   * Called when it is decided whether a request may: by its security requirements, where its
   * operation has some; and whenever a rate limit, the origin of a page, a forged credential or the
   * host it names keeps it out. Before a refusal is sent or the body read; on any thread, possibly
   * an event loop; must not block.
   *
   * @param judgement the decision, and why; not to be kept
   */
  default void judged(Judgement judgement) {}

  /**
   * Called when the server itself answers with a problem, on any thread, possibly an event loop;
   * must not block. {@link #completed} follows when the answer is sent.
   *
   * @param problem which of the catalogue
   */
  default void refused(ProblemType problem) {}

  /** Called when a WebSocket begins to be served, on its thread; must not block. */
  default void opened() {}

  /** Called when a WebSocket is served no more, once for each {@link #opened}; must not block. */
  default void closed() {}

  /**
   * Called when a message of a WebSocket has been received or sent, on any thread; must not block.
   *
   * @param received whether the client sent it
   */
  default void message(boolean received) {}

  /**
   * Called when a checked response does not match the document, on the request's thread; must not
   * block.
   *
   * @param breach what happened
   */
  default void breached(ContractBreach breach) {}

  /**
   * Called when generated code and the document's schemas disagree about a body, which is answered
   * with 500, on the request's thread; must not block.
   *
   * @param operation the operation
   */
  default void drifted(Operation operation) {}

  /**
   * Prepares for the exchanges of one operation, for example by resolving metric labels. Called
   * before an operation serves, so once per operation and generation; not for a changed document
   * that is refused.
   *
   * @param operation the operation
   * @param template the path template it is served under, base path included
   * @return who is told about the operation's exchanges, this listener by default
   */
  default ExchangeListener bind(Operation operation, String template) {
    return this;
  }
}
