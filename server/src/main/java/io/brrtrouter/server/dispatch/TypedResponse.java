package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TypedHandler} answers: a response whose content is still a Java value. Immutable.
 *
 * @param <T> the Java type of the content
 * @param status the status, 200 to 599; 101 for one that switches the protocol
 * @param headers the header fields, {@code Content-Type} only where it differs from the content's
 *     media type
 * @param content how the content is written, null without content
 * @param body the content; null without, and for the JSON value {@code null}; the {@link
 *     Body.Tunnel} of a response that switches the protocol, which has no content
 */
public record TypedResponse<T extends @Nullable Object>(
    int status, Headers headers, @Nullable ContentBinding<T> content, @Nullable T body) {

  /**
   * {@return a response without content}
   *
   * @param status the status
   * @param headers the header fields
   */
  public static TypedResponse<?> empty(int status, Headers headers) {
    return new TypedResponse<@Nullable Object>(status, headers, null, null);
  }

  /**
   * {@return a response that switches the protocol}
   *
   * @param response the response, whose body is a {@link Body.Tunnel}
   */
  public static TypedResponse<?> switching(HttpResponse response) {
    if (!(response.body() instanceof Body.Tunnel)) {
      throw new IllegalArgumentException("a response without a tunnel switches nothing");
    }
    return new TypedResponse<>(response.status(), response.headers(), null, response.body());
  }

  /**
   * {@return a response with content}
   *
   * @param <T> the Java type of the content
   * @param status the status
   * @param headers the header fields
   * @param content how the content is written
   * @param body the content
   */
  public static <T extends @Nullable Object> TypedResponse<T> of(
      int status, Headers headers, ContentBinding<T> content, T body) {
    return new TypedResponse<>(status, headers, Objects.requireNonNull(content), body);
  }
}
