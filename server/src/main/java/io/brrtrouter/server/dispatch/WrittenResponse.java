package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Encoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A typed response as it will be sent.
 *
 * @param response the response
 * @param valid whether the encoder found nothing wrong; says nothing when it did not look
 */
record WrittenResponse(HttpResponse response, boolean valid) {

  static <T extends @Nullable Object> WrittenResponse of(TypedResponse<T> typed, Checks checks) {
    ContentBinding<T> content = typed.content();
    return switch (content) {
      case null ->
          new WrittenResponse(new HttpResponse(typed.status(), typed.headers(), Body.EMPTY), true);
      case ContentBinding.JsonContent<T> json -> {
        Encoded encoded = encode(json, typed.body(), checks);
        yield written(typed, content, encoded.json(), encoded.valid());
      }
      case ContentBinding.Text text ->
          written(typed, content, text.octets((String) present(typed)), true);
      case ContentBinding.Octets _ -> written(typed, content, (byte[]) present(typed), true);
    };
  }

  /** The JSON value {@code null} is null in Java, where the type of the content says so. */
  @SuppressWarnings("NullAway")
  private static <T extends @Nullable Object> Encoded encode(
      ContentBinding.JsonContent<T> json, @Nullable T body, Checks checks) {
    return Json.encode(json.encoder(), body, checks);
  }

  private static Object present(TypedResponse<?> typed) {
    return Objects.requireNonNull(typed.body(), "content that is no JSON has a value");
  }

  private static WrittenResponse written(
      TypedResponse<?> typed, ContentBinding<?> content, byte[] octets, boolean valid) {
    Headers headers = typed.headers();
    if (!headers.contains("Content-Type")) {
      headers = headers.with("Content-Type", content.mediaType());
    }
    return new WrittenResponse(
        new HttpResponse(typed.status(), headers, new Body.Bytes(octets)), valid);
  }
}
