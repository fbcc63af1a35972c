package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.schema.codec.JsonTrees;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// An object as parts: RFC 7578 and OpenAPI 3.1.1 section 4.8.15. A list is a part for each item.
final class MultipartText {
  private final String boundary = "brrt-" + UUID.randomUUID();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private final List<FilePart> files;

  MultipartText(JsonNode object, Map<String, FormField> declared, List<FilePart> files) {
    this.files = files;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      FormField how = declared.getOrDefault(name, FormField.plain(name));
      if (member.getValue().isArray()) {
        member.getValue().forEach(item -> part(how, item));
      } else {
        part(how, how.written(member.getValue()));
      }
    }
    ascii("--" + boundary + "--\r\n");
  }

  /// {@return what parts are separated by}
  String boundary() {
    return boundary;
  }

  /// {@return all parts}
  byte[] octets() {
    return out.toByteArray();
  }

  private void part(FormField how, JsonNode value) {
    String name = quoted(how.name());
    FilePart file = how.octets() ? JsonTrees.file(value, files) : null;
    if (file != null) {
      file(how, name, file);
      return;
    }
    String mediaType = mediaType(how, value);
    String what = "part \"" + how.name() + "\"";
    head(name);
    ascii(how.octets() ? "; filename=" : "");
    text("the name of a part", how.octets() ? name : "");
    ascii(mediaType.isEmpty() ? "" : "\r\nContent-Type: ");
    text("the media type of " + what, mediaType);
    ascii("\r\n\r\n");
    out.writeBytes(
        how.octets()
            ? MediaTypes.octets(what, Values.text(what, value), StandardCharsets.ISO_8859_1)
            : MediaTypes.octets(what, FormText.text(how.name(), value, mediaType), mediaType));
    ascii("\r\n");
  }

  private void file(FormField how, String name, FilePart file) {
    String what = "part \"" + how.name() + "\"";
    String fileName = file.fileName();
    String mediaType = file.contentType();
    head(name);
    ascii("; filename=");
    text("the file name of " + what, fileName == null ? name : quoted(fileName));
    ascii("\r\nContent-Type: ");
    ascii(oneLine(what, mediaType == null ? mediaType(how, StringNode.valueOf("")) : mediaType));
    ascii("\r\n\r\n");
    out.writeBytes(file.content());
    ascii("\r\n");
  }

  private void head(String name) {
    ascii("--" + boundary + "\r\nContent-Disposition: form-data; name=");
    text("the name of a part", name);
  }

  private static String oneLine(String what, String mediaType) {
    if (mediaType.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "the media type of " + what + " cannot be \"" + mediaType + "\", which is none");
    }
    return mediaType;
  }

  /// The first of the media types that are declared, else what the value needs.
  private static String mediaType(FormField how, JsonNode value) {
    String declared = how.mediaType().split(",", 2)[0].strip();
    if (!declared.isEmpty() && !declared.contains("*")) {
      return MediaTypes.withoutCharsetOfJson(declared);
    }
    return how.octets()
        ? "application/octet-stream"
        : value.isContainer() ? "application/json" : "";
  }

  /// A name in quotes, as browsers write it.
  private static String quoted(String name) {
    return '"' + name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A") + '"';
  }

  /// What is around the values and was written by somebody: in UTF-8, which names may need.
  ///
  /// @param what what it is, for messages
  private void text(String what, String text) {
    out.writeBytes(MediaTypes.octets(what, text, StandardCharsets.UTF_8));
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
