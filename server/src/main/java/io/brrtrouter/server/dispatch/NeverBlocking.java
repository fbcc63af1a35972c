package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;

/** Handlers that declare for others that they never block. */
final class NeverBlocking {
  private NeverBlocking() {}

  /** {@return the handler for which it is declared, itself where none is} */
  static Handler declared(Handler handler) {
    return switch (handler) {
      case Untyped(Handler other) -> declared(other);
      case Typed(TypedHandler other) -> declared(other);
      default -> handler;
    };
  }

  /**
   * An untyped one.
   *
   * @param handler who answers
   */
  record Untyped(Handler handler) implements Handler {
    @Override
    public HttpResponse handle(Request request) throws Exception {
      return handler.handle(request);
    }

    @Override
    public boolean neverBlocks() {
      return true;
    }
  }

  /**
   * A generated one.
   *
   * @param handler who answers
   */
  record Typed(TypedHandler handler) implements TypedHandler {
    @Override
    public Bindings bindings() {
      return handler.bindings();
    }

    @Override
    public TypedResponse<?> answer(Request request) throws Exception {
      return handler.answer(request);
    }

    @Override
    public boolean neverBlocks() {
      return true;
    }
  }
}
