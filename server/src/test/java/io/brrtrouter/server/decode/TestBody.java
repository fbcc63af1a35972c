package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SourceLocation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Request bodies as a document describes them, and octets as tables write them. */
final class TestBody {
  private static final SourceLocation SOURCE = new SourceLocation("openapi.yaml", 9, 7);

  /** Where every Encoding Object is. */
  static final SourceLocation ENCODING = new SourceLocation("encoding.yaml", 1, 1);

  private TestBody() {}

  static BodyDecoder decoder(
      String mediaType, MediaType media, boolean required, SchemaCompiler compiler) {
    return decoder(Map.of(mediaType, media), required, compiler, FormLimits.DEFAULT);
  }

  static BodyDecoder decoder(
      Map<String, MediaType> content,
      boolean required,
      SchemaCompiler compiler,
      FormLimits limits) {
    RequestBody body = new RequestBody(SOURCE, Optional.empty(), content, required, Map.of());
    DecodeLimits all =
        new DecodeLimits(JsonLimits.DEFAULT, limits, DecodeLimits.DEFAULT.violations());
    return BodyDecoder.compile(body, compiler, all);
  }

  static MediaType media(Optional<Schema> schema, JsonNode encodings, TestSchemas schemas) {
    boolean ordered = encodings.has("prefixEncoding") || encodings.has("itemEncoding");
    List<Encoding> prefix = new ArrayList<>();
    encodings.path("prefixEncoding").forEach(each -> prefix.add(encoding(each, schemas)));
    return new MediaType(
        SOURCE,
        Optional.empty(),
        schema,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        ordered ? Map.of() : named(encodings, schemas),
        prefix,
        encodings.optional("itemEncoding").map(each -> encoding(each, schemas)),
        Map.of());
  }

  static MediaType itemMedia(Schema schema) {
    return new MediaType(
        SOURCE,
        Optional.empty(),
        Optional.empty(),
        Optional.of(schema),
        Optional.empty(),
        Map.of(),
        Map.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  private static Map<String, Encoding> named(JsonNode encodings, TestSchemas schemas) {
    Map<String, Encoding> named = new LinkedHashMap<>();
    encodings.forEachEntry((name, encoding) -> named.put(name, encoding(encoding, schemas)));
    return named;
  }

  private static Encoding encoding(JsonNode encoding, TestSchemas schemas) {
    Map<String, Header> headers = new LinkedHashMap<>();
    encoding
        .path("headers")
        .forEachEntry((name, header) -> headers.put(name, header(header, schemas)));
    List<Encoding> prefix = new ArrayList<>();
    encoding.path("prefixEncoding").forEach(each -> prefix.add(encoding(each, schemas)));
    return new Encoding(
        ENCODING,
        encoding.optional("contentType").map(JsonNode::asString),
        headers,
        encoding.optional("style").map(each -> style(each.asString())),
        encoding.optional("explode").map(JsonNode::asBoolean),
        encoding.path("allowReserved").asBoolean(false),
        named(encoding.path("encoding"), schemas),
        prefix,
        encoding.optional("itemEncoding").map(each -> encoding(each, schemas)),
        Map.of());
  }

  private static Header header(JsonNode header, TestSchemas schemas) {
    String reference = header.path("schema").path("$ref").asString();
    return new Header(
        SOURCE,
        Optional.empty(),
        header.path("required").asBoolean(false),
        false,
        false,
        Optional.of(schemas.schema(reference.substring(reference.lastIndexOf('/') + 1))),
        Map.of(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private static ParameterStyle style(String word) {
    return Arrays.stream(ParameterStyle.values())
        .filter(style -> style.word().equals(word))
        .findFirst()
        .orElseThrow();
  }

  /** The octets of a cell: UTF-8, with escapes. */
  static byte[] octets(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '\\' && text.startsWith("\\x", i)) {
        octets.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 4;
      } else if (c == '\\' && text.startsWith("\\n", i)) {
        octets.write('\n');
        i += 2;
      } else if (c == '\\' && text.startsWith("\\r", i)) {
        octets.write('\r');
        i += 2;
      } else {
        octets.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return octets.toByteArray();
  }

  /** A multipart body of parts as tables write them. */
  static byte[] multipart(String boundary, String parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String part : parts.split(" // ", -1)) {
      int colon = part.indexOf(": ");
      String[] head = part.substring(0, colon).split("; ", -1);
      StringBuilder text = new StringBuilder("--" + boundary + "\r\n");
      StringBuilder more = new StringBuilder();
      StringBuilder disposition = new StringBuilder();
      if (!head[0].isEmpty()) {
        disposition.append("; name=\"").append(head[0]).append('"');
      }
      for (int i = 1; i < head.length; i++) {
        String[] field = head[i].split("=", 2);
        switch (field[0]) {
          case "filename" -> disposition.append("; filename=\"").append(field[1]).append('"');
          case "type" -> more.append("Content-Type: ").append(field[1]).append("\r\n");
          default -> more.append(field[0]).append(": ").append(field[1]).append("\r\n");
        }
      }
      if (!disposition.isEmpty()) {
        text.append("Content-Disposition: form-data").append(disposition).append("\r\n");
      }
      text.append(more).append("\r\n");
      body.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
      body.writeBytes(octets(part.substring(colon + 2)));
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }
}
