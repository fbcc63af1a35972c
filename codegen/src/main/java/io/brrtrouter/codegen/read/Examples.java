package io.brrtrouter.codegen.read;

import io.brrtrouter.openapi.model.Example;
import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Values of the document: its examples that are valid, then one that satisfies the schema. */
final class Examples {
  private final References references;
  private final View view;

  Examples(References references, View view) {
    this.references = references;
    this.view = view;
  }

  /** {@return values of a body, the best first} */
  List<JsonNode> of(MediaType mediaType) {
    return values(mediaType.example(), mediaType.examples(), mediaType.schema());
  }

  /** {@return values of one item of a sequence that is described} */
  List<JsonNode> ofItem(MediaType mediaType) {
    return mediaType
        .itemSchema()
        .map(schema -> values(Optional.empty(), Map.of(), Optional.of(schema)))
        .orElseGet(List::of);
  }

  /** {@return texts of a body whose bytes are not described by a schema} */
  List<JsonNode> texts(MediaType mediaType) {
    List<JsonNode> found = new ArrayList<>();
    mediaType.example().ifPresent(found::add);
    mediaType.examples().values().stream()
        .flatMap(example ->
            example
                .serializedValue()
                .<JsonNode>map(StringNode::valueOf)
                .or(example::dataValue)
                .or(example::value)
                .stream())
        .forEach(found::add);
    return found.stream()
        .<JsonNode>map(each -> each.isString() ? each : StringNode.valueOf(each.toString()))
        .toList();
  }

  /** {@return values of a header field, the best first} */
  List<JsonNode> of(Header header) {
    Optional<MediaType> content = header.content().values().stream().findFirst();
    return content.isPresent()
        ? of(content.get())
        : values(header.example(), header.examples(), header.schema());
  }

  /** {@return values of a parameter, the best first} */
  List<JsonNode> of(Parameter parameter) {
    Optional<MediaType> content = parameter.content().values().stream().findFirst();
    return content.isPresent()
        ? of(content.get())
        : values(parameter.example(), parameter.examples(), parameter.schema());
  }

  private List<JsonNode> values(
      Optional<JsonNode> example, Map<String, Example> examples, Optional<Schema> schema) {
    List<JsonNode> candidates = new ArrayList<>();
    example.ifPresent(candidates::add);
    examples.values().stream()
        .flatMap(each -> each.dataValue().or(each::value).stream())
        .forEach(candidates::add);
    if (schema.isEmpty()) {
      candidates.add(StringNode.valueOf("text"));
      return candidates;
    }
    CompiledSchema program = references.compile(schema.get(), view);
    List<JsonNode> valid = new ArrayList<>();
    for (JsonNode candidate : candidates) {
      JsonNode kept = program.strip(candidate);
      if (program.isValid(kept)) {
        valid.add(kept);
      }
    }
    references.example(schema.get(), view).ifPresent(valid::add);
    return valid;
  }
}
