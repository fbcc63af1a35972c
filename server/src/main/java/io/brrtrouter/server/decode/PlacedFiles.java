package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.schema.codec.JsonTrees;
import io.brrtrouter.schema.codec.StoredOctets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The value of a multipart body with places for its files: generated code gets them as they were
 * sent, with file name and media type, and not as text.
 *
 * @param tree the value, in which places stand for files
 * @param files the files, by place
 */
record PlacedFiles(JsonNode tree, List<FilePart> files) {

  static PlacedFiles of(JsonNode value, List<Part> parts, List<BodyBinding.File> wanted) {
    List<FilePart> files = new ArrayList<>();
    if (wanted.isEmpty() || !(value instanceof ObjectNode object)) {
      return new PlacedFiles(value, files);
    }
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.setAll(object);
    for (BodyBinding.File file : wanted) {
      ArrayNode places = JsonNodeFactory.instance.arrayNode();
      for (Part part : parts) {
        if (part.name().equals(file.property()) && !part.isNoFile()) {
          places.add(JsonTrees.fileAt(files.size()));
          files.add(file(part));
        }
      }
      // Several parts for what is one file are left for the decoder to refuse.
      boolean one = !file.several() && places.size() == 1;
      if (tree.has(file.property()) && !places.isEmpty()) {
        tree.set(file.property(), one ? places.get(0) : places);
      }
    }
    return new PlacedFiles(tree, files);
  }

  private static FilePart file(Part part) {
    String fileName = part.fileName().orElse(null);
    String contentType = part.headers().first("Content-Type").orElse(null);
    StoredOctets stored = part.stored();
    return stored == null
        ? new FilePart(part.content(), fileName, contentType)
        : FilePart.stored(stored, fileName, contentType);
  }
}
