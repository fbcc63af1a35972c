package io.brrtrouter.outbound;

import io.brrtrouter.openapi.model.RuntimeExpression;
import io.brrtrouter.openapi.model.RuntimeExpression.Message;
import io.brrtrouter.openapi.model.RuntimeExpression.Part;
import io.brrtrouter.openapi.model.RuntimeExpression.RequestMethod;
import io.brrtrouter.openapi.model.RuntimeExpression.Source;
import io.brrtrouter.openapi.model.RuntimeExpression.StatusCode;
import io.brrtrouter.openapi.model.RuntimeExpression.Url;
import io.brrtrouter.server.decode.Parameters;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a runtime expression names (OpenAPI 3.1.1 section 4.8.20.4). Immutable. */
final class MessageValues {
  private final RuntimeExpression expression;

  /** Where in a body, if the expression names one. */
  private final JsonPointer place;

  MessageValues(RuntimeExpression expression) {
    this.expression = expression;
    this.place =
        expression instanceof Source source && source.part() == Part.BODY
            ? JsonPointer.compile(source.name())
            : JsonPointer.empty();
  }

  /** {@return the value as text; null where there is none} */
  @Nullable String find(Request request, @Nullable HttpResponse response) {
    return switch (expression) {
      case Url() -> url(request);
      case RequestMethod() -> request.method().token();
      case StatusCode() -> String.valueOf(present(response, expression).status());
      case Source source ->
          source.message() == Message.REQUEST
              ? ofRequest(source, request)
              : ofResponse(source, present(response, expression));
    };
  }

  private static HttpResponse present(
      @Nullable HttpResponse response, RuntimeExpression expression) {
    if (response == null) {
      throw new IllegalStateException(expression + " needs the response");
    }
    return response;
  }

  /** As the last one before this server asked for it. */
  private static @Nullable String url(Request request) {
    String host = request.headers().get("Host");
    String scheme = request.peer().secure() ? "https" : "http";
    return host == null ? null : scheme + "://" + host + request.target();
  }

  private @Nullable String ofRequest(Source source, Request request) {
    return switch (source.part()) {
      case HEADER -> request.headers().combined(source.name());
      case QUERY -> query(source, request);
      case PATH -> parameter(source, request.pathParameters());
      case BODY -> request.body().map(tree -> at(source, tree)).orElse(null);
    };
  }

  /** A declared one as it was read, with its default; any other one as it was sent. */
  private static @Nullable String query(Source source, Request request) {
    String declared = parameter(source, request.queryParameters());
    if (declared != null) {
      return declared;
    }
    for (String pair : request.rawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if (!pair.isEmpty() && source.name().equals(decoded(name))) {
        return decoded(equals < 0 ? "" : pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static @Nullable String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return null;
    }
  }

  private static @Nullable String parameter(Source source, Parameters parameters) {
    JsonNode value = parameters.node(source.name());
    return value == null ? null : text(source, value);
  }

  /** A response has neither path nor query, though expressions can name them. */
  private @Nullable String ofResponse(Source source, HttpResponse response) {
    return switch (source.part()) {
      case HEADER -> response.headers().combined(source.name());
      case QUERY, PATH -> null;
      case BODY -> body(source, response);
    };
  }

  private @Nullable String body(Source source, HttpResponse response) {
    return switch (response.body()) {
      case Body.Empty() -> null;
      case Body.Json(JsonNode tree) -> at(source, tree);
      case Body.Bytes(byte[] bytes) -> at(source, bytes, response);
      case Body.Streamed _, Body.Seekable _, Body.Tunnel _ ->
          throw new IllegalStateException(
              source + " names a place in a body that is not there before it is sent");
    };
  }

  private @Nullable String at(Source source, byte[] bytes, HttpResponse response) {
    String type = response.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (!type.contains("json")) {
      return source.name().isEmpty() ? new String(bytes, StandardCharsets.UTF_8) : null;
    }
    try {
      return at(source, JsonMapper.shared().readTree(bytes));
    } catch (JacksonException noJson) {
      throw new IllegalStateException(source + " names a place in a body that is no JSON", noJson);
    }
  }

  private @Nullable String at(Source source, JsonNode tree) {
    return text(source, tree.at(place));
  }

  private static @Nullable String text(Source source, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isContainer()) {
      throw new RefusedReceiverException(
          source
              + " is "
              + (value.isArray() ? "an array" : "an object")
              + ", which is no part of a URL");
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
