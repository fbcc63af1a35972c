package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Response;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.ParameterDecoder;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One response of the document, compiled for the {@link ResponseCheck}. Immutable. */
final class CheckedResponse {
  private final @Nullable ParameterDecoder headers;
  private final List<CheckedContent> content;
  private final SourceLocation source;

  private CheckedResponse(
      @Nullable ParameterDecoder headers, List<CheckedContent> content, SourceLocation source) {
    this.headers = headers;
    this.content = content;
    this.source = source;
  }

  static CheckedResponse compile(Response response, SchemaPrograms schemas) {
    List<CheckedContent> content = new ArrayList<>();
    for (Map.Entry<String, MediaType> entry : response.content().entrySet()) {
      CheckedContent.compile(entry.getKey(), entry.getValue(), schemas).ifPresent(content::add);
    }
    List<Parameter> headers = new ArrayList<>();
    response.headers().forEach((name, header) -> headers.add(parameter(name, header)));
    headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Type"));
    return new CheckedResponse(
        headers.isEmpty() ? null : schemas.parameters(headers, response.location()),
        List.copyOf(content),
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

  List<ResponseViolation> check(HttpResponse response, boolean head) {
    List<ResponseViolation> violations = new ArrayList<>();
    if (headers != null) {
      for (RequestViolation wrong : headers.decodeHeaders(response.headers()).violations()) {
        violations.add(
            new ResponseViolation(
                "header", wrong.name(), wrong.pointer(), wrong.message(), wrong.source()));
      }
    }
    boolean empty = response.body() instanceof Body.Empty;
    boolean mayBeEmpty = head || Finisher.hasNoContent(response.status());
    if (empty ? !content.isEmpty() && !mayBeEmpty : content.isEmpty()) {
      violations.add(
          content(
              empty
                  ? "no content was sent; declared is " + names()
                  : "content was sent but none is declared"));
    } else if (!empty) {
      checkContent(response, violations);
    }
    return violations;
  }

  private void checkContent(HttpResponse response, List<ResponseViolation> violations) {
    String type = response.headers().get("Content-Type");
    CheckedContent declared = type == null ? null : CheckedContent.find(content, type);
    if (declared == null) {
      violations.add(
          content(
              (type == null ? "Content-Type is missing" : "the media type is not declared")
                  + "; declared is "
                  + names()));
    } else {
      declared.check(response.body(), violations);
    }
  }

  private ResponseViolation content(String message) {
    return new ResponseViolation("content", "", "", message, source);
  }

  private String names() {
    return String.join(", ", content.stream().map(CheckedContent::name).toList());
  }
}
