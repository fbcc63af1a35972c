package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.ItemDecoder;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.ParameterDecoder;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One response of the document, compiled for the {@link ResponseCheck}. Immutable. */
final class CheckedResponse {
  /**
   * Fields the server adds to what a handler answers, or replaces: the check comes before. {@code
   * Content-Type} goes with the content (OpenAPI 3.1.1 section 4.8.17).
   */
  private static final Set<String> NOT_THE_HANDLERS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "date",
          "keep-alive",
          "transfer-encoding",
          "x-content-type-options",
          "x-request-id");

  /** The most violations worth a log line. */
  private static final int REPORTED = 10;

  /** Characters of a media type worth a log line. */
  private static final int SHOWN = 200;

  /** As RFC 2978 section 2.3 has names, less what would be odd in a log line. */
  private static final Pattern CHARSET_NAME = Pattern.compile("[A-Za-z0-9._:+-]{1,40}");

  private final @Nullable ParameterDecoder headers;

  /** Reads content as requests are read; null where the response has none. */
  private final @Nullable BodyDecoder content;

  private final SourceLocation source;

  private CheckedResponse(
      @Nullable ParameterDecoder headers, @Nullable BodyDecoder content, SourceLocation source) {
    this.headers = headers;
    this.content = content;
    this.source = source;
  }

  static CheckedResponse compile(Response response, SchemaPrograms schemas) {
    List<Parameter> headers = new ArrayList<>();
    response
        .headers()
        .forEach((name, header) -> {
          if (!NOT_THE_HANDLERS.contains(name.toLowerCase(Locale.ROOT))) {
            headers.add(parameter(name, header));
          }
        });
    return new CheckedResponse(
        headers.isEmpty() ? null : schemas.parameters(headers, response.location()),
        response.content().isEmpty() ? null : schemas.content(response.content()),
        response.location());
  }

  /** A header is a header parameter in simple style (OpenAPI 3.1.1 section 4.8.21). */
  private static Parameter parameter(String name, Header header) {
    return new Parameter(
        header.location(),
        name,
        ParameterLocation.HEADER,
        header.description(),
        header.required(),
        header.deprecated(),
        false,
        ParameterStyle.SIMPLE,
        header.explode(),
        false,
        header.schema(),
        header.content(),
        header.example(),
        header.examples(),
        header.extensions());
  }

  /** {@return what judges the items of a media type, empty if the document says nothing of them} */
  Optional<ItemDecoder> items(String contentType) {
    return content == null ? Optional.empty() : content.items(contentType);
  }

  /** {@return whether content of a media type is one value that the document describes} */
  boolean hasValue(String contentType) {
    MediaDecoder media = content == null ? null : content.select(contentType);
    return media != null && media.hasValue() && !BodyDecoder.hasItems(media);
  }

  List<ResponseViolation> check(HttpResponse response, boolean head, boolean contentToo) {
    List<ResponseViolation> violations = new ArrayList<>();
    if (headers != null) {
      for (RequestViolation wrong : headers.decodeHeaders(sent(response)).violations()) {
        violations.add(
            new ResponseViolation(
                "header", wrong.name(), wrong.pointer(), wrong.message(), wrong.source()));
      }
    }
    if (!contentToo) {
      return violations;
    }
    boolean empty = response.body() instanceof Body.Empty;
    boolean mayBeEmpty = head || Finisher.hasNoContent(response.status());
    if (content == null) {
      if (!empty) {
        violations.add(content("content was sent but none is declared"));
      }
    } else if (!empty) {
      checkContent(content, response, violations);
    } else if (!mayBeEmpty) {
      violations.add(content("no content was sent; declared is " + names(content)));
    }
    return violations;
  }

  /** {@return the fields of a response with those that come from its content} */
  private static Headers sent(HttpResponse response) {
    return response.status() == 200 && response.body() instanceof Body.Seekable(var content)
        ? Selection.described(response, content.version()).headers()
        : response.headers();
  }

  private void checkContent(
      BodyDecoder declared, HttpResponse response, List<ResponseViolation> violations) {
    String type = response.headers().get("Content-Type");
    MediaDecoder decoder = type == null ? null : declared.select(type);
    if (type == null) {
      violations.add(content("Content-Type is missing; declared is " + names(declared)));
      return;
    }
    if (decoder == null) {
      violations.add(content(complaint(type, declared)));
      return;
    }
    DecodedBody found =
        switch (response.body()) {
          case Body.Empty _ -> DecodedBody.ABSENT;
          case Body.Json(JsonNode value) -> declared.check(type, value);
          case Body.Bytes(byte[] bytes) -> declared.decode(decoder, bytes);
          // Nobody has it yet: whoever writes it answers for it, and items have their contract.
          case Body.Streamed _, Body.Seekable _, Body.Tunnel _ -> DecodedBody.ABSENT;
        };
    switch (found) {
      case DecodedBody.Absent _,
          DecodedBody.Value _,
          DecodedBody.Bound _,
          DecodedBody.Drifted _ -> {}
      case DecodedBody.Missing _ ->
          violations.add(content("no content was sent; declared is " + names(declared)));
      case DecodedBody.Invalid(List<RequestViolation> wrong, int _) ->
          wrong.stream().limit(REPORTED).map(CheckedResponse::body).forEach(violations::add);
      case DecodedBody.Malformed(int line, int column, String message) ->
          violations.add(
              body(
                  line == 0
                      ? message
                      : "is not JSON: line " + line + ", column " + column + ": " + message));
      case DecodedBody.TooLarge(String message) -> violations.add(body(message));
    }
  }

  /**
   * What a client would be told who sent that; of the value, type and subtype, which are tokens,
   * and a charset that looks like the name of one: parameters may be anything.
   */
  private static String complaint(String type, BodyDecoder declared) {
    String shown =
        ContentType.parse(type)
            .map(each -> "Content-Type was \"" + essence(each) + charset(each) + "\". ")
            .orElse("");
    return shown + declared.complaint(type);
  }

  private static String essence(ContentType type) {
    String essence = type.essence();
    return essence.length() > SHOWN ? essence.substring(0, SHOWN) + "..." : essence;
  }

  private static String charset(ContentType type) {
    return type.parameter("charset")
        .filter(name -> CHARSET_NAME.matcher(name).matches())
        .map("; charset="::concat)
        .orElse("");
  }

  private ResponseViolation body(String message) {
    return new ResponseViolation("body", "", "", message, source);
  }

  private static ResponseViolation body(RequestViolation wrong) {
    return new ResponseViolation("body", "", wrong.pointer(), wrong.message(), wrong.source());
  }

  private ResponseViolation content(String message) {
    return new ResponseViolation("content", "", "", message, source);
  }

  private static String names(BodyDecoder declared) {
    return String.join(", ", declared.mediaTypes());
  }
}
