package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.EventContent;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceMap;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schemas of a document and of those it refers to, without what is for people only. Built by
/// one thread, then safe for many.
final class SchemaDocuments {
  private final Map<String, ObjectNode> roots = new LinkedHashMap<>();
  private final Map<String, List<String>> pointers = new LinkedHashMap<>();
  private final Map<String, String> dialects = new LinkedHashMap<>();
  private final StringBuilder begun = new StringBuilder();
  private @Nullable SchemaCompiler compiler;

  /// Says what `$schema` means in a document where no schema has one.
  void dialect(String resource, String dialect) {
    dialects.put(resource, dialect);
  }

  /// Takes the beginning of a schema that is too long for a single call, or more of it.
  void begin(String... json) {
    begun.append(String.join("", json));
  }

  /// Adds a schema at its place in a document: what has begun, and the rest.
  void add(String resource, String pointer, String... json) {
    begin(json);
    JsonNode schema = Values.tree(begun.toString().getBytes(StandardCharsets.UTF_8));
    begun.setLength(0);
    ObjectNode parent =
        roots.computeIfAbsent(resource, any -> JsonNodeFactory.instance.objectNode());
    String[] tokens = pointer.split("/", -1);
    for (int i = 1; i < tokens.length - 1; i++) {
      parent = parent.withObjectProperty(unescaped(tokens[i]));
    }
    if (tokens.length == 1) {
      roots.put(resource, (ObjectNode) schema);
    } else {
      parent.set(unescaped(tokens[tokens.length - 1]), schema);
    }
    pointers.computeIfAbsent(resource, any -> new ArrayList<>()).add(pointer);
  }

  private static String unescaped(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  synchronized CompiledSchema compile(String resource, String pointer, View view) {
    return compiler().compile(resource(resource), pointer, view);
  }

  /// {@return what a schema of events says of their data}
  synchronized EventContent eventData(String resource, String pointer, View view) {
    return EventContent.compile(resource(resource), pointer, view, compiler(), Values.OWN);
  }

  private SchemaCompiler compiler() {
    SchemaCompiler all = compiler;
    if (all == null) {
      SchemaCompiler.Builder builder =
          SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true);
      roots.keySet().forEach(uri -> builder.resource(resource(uri)));
      all = builder.build();
      compiler = all;
    }
    return all;
  }

  private SchemaResource resource(String uri) {
    return new SchemaResource(
        URI.create(uri),
        roots.getOrDefault(uri, JsonNodeFactory.instance.objectNode()),
        pointers.getOrDefault(uri, List.of()),
        SourceMap.unknown(uri),
        Optional.ofNullable(dialects.get(uri)));
  }
}
