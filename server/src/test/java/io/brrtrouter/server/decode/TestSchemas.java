package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.MarkdownTable.Row;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Named schemas in one document, as components are. */
record TestSchemas(SchemaResource resource, SchemaCompiler compiler) {
  static final JsonMapper JSON = new JsonMapper();

  static TestSchemas of(List<Row> rows) {
    ObjectNode definitions = JSON.createObjectNode();
    rows.forEach(row -> definitions.set(row.cell("name"), JSON.readTree(row.code("schema"))));
    return of(definitions);
  }

  static TestSchemas of(ObjectNode definitions) {
    ObjectNode root = JSON.createObjectNode();
    root.set("$defs", definitions);
    List<String> roots = new ArrayList<>();
    definitions.propertyNames().forEach(name -> roots.add("/$defs/" + name));
    SchemaResource resource =
        new SchemaResource(
            URI.create("https://example.com/openapi.yaml"),
            root,
            roots,
            pointer -> new SourceLocation("openapi.yaml" + pointer, 0, 0));
    SchemaCompiler compiler =
        SchemaCompiler.builder().resource(resource).assertFormats(true).build();
    return new TestSchemas(resource, compiler);
  }

  Schema schema(String name) {
    if (!resource.root().path("$defs").has(name)) {
      throw new IllegalArgumentException("there is no schema " + name);
    }
    return new Schema(resource, "/$defs/" + name);
  }
}
