package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.MarkdownTable.Row;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.router.Match;
import io.brrtrouter.server.router.Router;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameter {@code color} of an operation. */
record TestParameter(ParameterLocation in, ParameterDecoder decoder) {
  static final SourceLocation SOURCE = new SourceLocation("openapi.yaml", 7, 9);

  private static final Router<String> ROUTER =
      Router.<String>builder().add("/{color}", "color").add("/", "none").build();

  static TestParameter of(Row row, TestSchemas schemas) {
    List<String> in = Arrays.asList(row.cell("in").split(", "));
    ParameterLocation location = ParameterLocation.valueOf(in.getFirst().toUpperCase());
    Optional<Schema> schema =
        row.cell("schema").equals("*none*")
            ? Optional.empty()
            : Optional.of(schemas.schema(row.cell("schema")));
    boolean content = row.has("content");
    Parameter parameter =
        new Parameter(
            SOURCE,
            "color",
            location,
            Optional.empty(),
            in.contains("required"),
            in.contains("deprecated"),
            in.contains("allowEmptyValue"),
            content ? ParameterStyle.SIMPLE : style(row.cell("style")),
            Boolean.parseBoolean(row.cell("explode")),
            in.contains("allowReserved"),
            content ? Optional.empty() : schema,
            content ? Map.of(row.cell("content"), media(schema)) : Map.of(),
            Optional.empty(),
            Map.of(),
            Map.of());
    return new TestParameter(
        location, ParameterDecoder.compile(List.of(parameter), schemas.compiler()));
  }

  static MediaType media(Optional<Schema> schema) {
    return new MediaType(
        SOURCE,
        Optional.empty(),
        schema,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static ParameterStyle style(String word) {
    return Arrays.stream(ParameterStyle.values())
        .filter(style -> style.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  DecodedParameters decode(String sent, boolean anything) {
    String path = in == ParameterLocation.PATH && anything ? "/" + sent : "/";
    boolean query = in == ParameterLocation.QUERY || in == ParameterLocation.QUERYSTRING;
    String target = query && anything ? path + "?" + sent : path;
    Headers.Builder headers = Headers.builder().add("Host", "example.com");
    if (anything && in == ParameterLocation.HEADER) {
      Arrays.stream(sent.split(" // ", -1)).forEach(value -> headers.add("Color", value));
    } else if (anything && in == ParameterLocation.COOKIE) {
      Arrays.stream(sent.split(" // ", -1)).forEach(value -> headers.add("Cookie", value));
    }
    Match<?> match = Objects.requireNonNull(ROUTER.match(path));
    return decoder.decode(request(target, headers.build()), match);
  }

  static HttpRequest request(String target, Headers headers) {
    return new HttpRequest(
        Method.GET, target, "HTTP/1.1", headers, Peer.of(new InetSocketAddress(0)));
  }

  @Nullable JsonNode valueIn(DecodedParameters decoded) {
    Parameters parameters =
        switch (in) {
          case PATH -> decoded.path();
          case QUERY, QUERYSTRING -> decoded.query();
          case HEADER -> decoded.header();
          case COOKIE -> decoded.cookie();
        };
    return parameters.node("color");
  }
}
