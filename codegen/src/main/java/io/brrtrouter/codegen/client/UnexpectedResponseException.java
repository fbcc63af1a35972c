package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.Violation;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A response that the document does not describe: a status or media type that is not declared, or
/// headers or a body that are not what the schema says.
public final class UnexpectedResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  /// The octets of the body that are kept.
  private static final int KEPT = 2048;

  private final String operation;
  private final int status;
  private final byte[] body;
  private final transient @Nullable HttpHeaders headers;
  private final transient @Nullable List<Violation> violations;

  /// A response.
  ///
  /// @param operation the operation that was asked
  /// @param status its status
  /// @param headers its header fields
  /// @param body its whole body
  /// @param problem what is wrong with it
  /// @param violations what its schema says about it
  UnexpectedResponseException(
      String operation,
      int status,
      HttpHeaders headers,
      byte[] body,
      String problem,
      List<Violation> violations) {
    super(message(operation, status, problem, violations));
    this.operation = operation;
    this.status = status;
    this.headers = headers;
    this.body = Arrays.copyOf(body, Math.min(body.length, KEPT));
    this.violations = List.copyOf(violations);
  }

  private static String message(
      String operation, int status, String problem, List<Violation> violations) {
    StringBuilder text = new StringBuilder(operation + " answered " + status + ": " + problem);
    for (Violation violation : violations) {
      text.append("\n  ").append(Schema.line(violation));
    }
    return text.toString();
  }

  /// {@return the operation that was asked}
  public String operation() {
    return operation;
  }

  /// {@return the status of the response}
  public int status() {
    return status;
  }

  /// {@return the header fields of the response; none after serialization}
  public HttpHeaders headers() {
    return headers == null ? HttpHeaders.of(Map.of(), (name, value) -> true) : headers;
  }

  /// {@return the first 2,048 octets of the body}
  public byte[] body() {
    return body.clone();
  }

  /// {@return what the schema says about the body or the header field, at most 50; none if nothing
  /// is wrong with that, and after serialization}
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }
}
