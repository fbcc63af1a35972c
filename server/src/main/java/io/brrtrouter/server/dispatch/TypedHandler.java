package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.server.decode.BodyBinding;
import io.brrtrouter.server.decode.ParameterBinding;
import io.brrtrouter.server.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/**
 * A handler between generated types and the server: generated from a document, and used with
 * documents that still fit. When an operation is compiled, what the code was generated from is
 * compared with what the document says now. Equal in every respect, the code judges by itself what
 * it reads and writes; equal in shape, the document's schemas judge and the code binds; otherwise
 * the document is refused.
 */
public interface TypedHandler extends Handler {

  /** {@return what the code was generated from; the same each time} */
  Bindings bindings();

  /**
   * Answers a request that has passed validation.
   *
   * @param request the request; its body is made by one of the {@link Bindings#bodies}
   * @return the response, never null
   * @throws Exception anything, as {@link Handler#handle} may
   */
  TypedResponse<?> answer(Request request) throws Exception;

  /**
   * Answers without the judgement of the generated code; the server itself calls {@link #answer}.
   */
  @Override
  default HttpResponse handle(Request request) throws Exception {
    return WrittenResponse.of(answer(request), Checks.SYNTAX).response();
  }

  /**
   * What a typed handler was generated from.
   *
   * @param javaType the type of its requests, for error messages
   * @param operation the operation whose code this is
   * @param parameters the parameters of the operation
   * @param bodyRequired whether there is always a body
   * @param bodies the request body in each of its media types
   * @param contents the content of responses by status and media type
   * @param conversation the messages of a WebSocket; empty where the operation is none
   */
  record Bindings(
      String javaType,
      OperationName operation,
      List<ParameterBinding> parameters,
      boolean bodyRequired,
      List<BodyBinding<?>> bodies,
      List<ContentBinding<?>> contents,
      Optional<ConversationBinding<?, ?>> conversation) {

    /** Copies the lists. */
    public Bindings {
      parameters = List.copyOf(parameters);
      bodies = List.copyOf(bodies);
      contents = List.copyOf(contents);
    }

    /**
     * Those of an operation that is no WebSocket.
     *
     * @param javaType the type of its requests, for error messages
     * @param operation the operation whose code this is
     * @param parameters the parameters of the operation
     * @param bodyRequired whether there is always a body
     * @param bodies the request body in each of its media types
     * @param contents the content of responses by status and media type
     */
    public Bindings(
        String javaType,
        OperationName operation,
        List<ParameterBinding> parameters,
        boolean bodyRequired,
        List<BodyBinding<?>> bodies,
        List<ContentBinding<?>> contents) {
      this(javaType, operation, parameters, bodyRequired, bodies, contents, Optional.empty());
    }

    /**
     * Which operation code was generated for: no other has its requests and responses, even where
     * they look alike.
     *
     * @param handler the name that its handler is registered under
     * @param method the HTTP method token
     * @param path the path template
     */
    public record OperationName(String handler, String method, String path) {
      @Override
      public String toString() {
        return "\"" + handler + "\" (" + method + " " + path + ")";
      }
    }
  }
}
