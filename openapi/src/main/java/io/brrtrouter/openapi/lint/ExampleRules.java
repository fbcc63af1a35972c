package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.SourceMap;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.Violations;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Examples and defaults match the schema they stand beside, formats included. */
final class ExampleRules {
  private final Tree tree;
  private final Report report;
  private final SchemaCompiler compiler;

  @SuppressWarnings("IdentityHashMapUsage") // two documents may have equal maps
  private final Map<SourceMap, SchemaResource> resources = new IdentityHashMap<>();

  ExampleRules(Tree tree, Report report, List<SchemaResource> resources) {
    this.tree = tree;
    this.report = report;
    SchemaCompiler.Builder builder =
        SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true);
    resources.forEach(builder::resource);
    this.compiler = builder.build();
    resources.forEach(resource -> this.resources.putIfAbsent(resource.sources(), resource));
  }

  /** Looks at the examples of a parameter, a header or a media type. */
  void check(Walk.Content content) {
    LocatedNode schema = content.node().member("schema");
    if (schema == null) {
      return;
    }
    List<View> views =
        switch (content.side()) {
          case REQUEST -> List.of(View.REQUEST, View.PLAIN);
          case RESPONSE -> List.of(View.RESPONSE, View.PLAIN);
        };
    for (LocatedNode example : examples(content.node())) {
      if (isData(example, content.mediaType())) {
        compare(Rule.EXAMPLE_MISMATCH, "the example", example, schema, views);
      }
    }
  }

  private List<LocatedNode> examples(LocatedNode object) {
    List<LocatedNode> examples = new ArrayList<>();
    LocatedNode single = object.member("example");
    if (single != null) {
      examples.add(single);
    }
    for (LocatedNode entry : Tree.entries(object, "examples")) {
      LocatedNode example = tree.resolve(entry);
      for (String field : List.of("value", "dataValue")) {
        LocatedNode value = example.member(field);
        if (value != null) {
          examples.add(value);
        }
      }
    }
    return examples;
  }

  /** A text beside a media type other than JSON is what is sent, not what the schema describes. */
  private static boolean isData(LocatedNode example, String mediaType) {
    String type = mediaType.toLowerCase(Locale.ROOT);
    return type.isEmpty()
        || type.contains("json")
        || type.contains("*")
        || example.node().isContainer();
  }

  /** Looks at the examples and the default of a schema itself. */
  void check(LocatedNode schema) {
    List<View> views = List.of(View.PLAIN, View.REQUEST, View.RESPONSE);
    LocatedNode example = schema.member("example");
    if (example != null) {
      compare(Rule.EXAMPLE_MISMATCH, "the example", example, schema, views);
    }
    LocatedNode examples = schema.member("examples");
    if (examples != null) {
      for (LocatedNode each : examples.items()) {
        compare(Rule.EXAMPLE_MISMATCH, "the example", each, schema, views);
      }
    }
    LocatedNode fallback = schema.member("default");
    if (fallback != null) {
      compare(Rule.DEFAULT_MISMATCH, "the default", fallback, schema, views);
    }
  }

  private void compare(
      Rule rule, String what, LocatedNode value, LocatedNode schema, List<View> views) {
    Violations first = Violations.NONE;
    for (View view : views) {
      CompiledSchema compiled = compile(schema, view);
      if (compiled == null || compiled.isValid(value.node())) {
        return;
      }
      if (first.isEmpty()) {
        first = compiled.check(value.node(), 1);
      }
    }
    if (first.list().isEmpty()) {
      return;
    }
    Violation violation = first.list().getFirst();
    SourceLocation at = value.document().locate(value.pointer() + violation.instanceLocation());
    report.add(
        rule,
        at,
        what
            + " does not match its schema: "
            + violation.message()
            + (first.omitted() == 0 ? "" : " (and " + first.omitted() + " more)"),
        (lacksQuotes(violation, value) ? "write it in quotes" : "correct it")
            + ", or correct the schema "
            + Report.elsewhere(violation.source(), at));
  }

  /** In YAML a text that looks like a number, {@code 08012} or {@code 1.10}, is one. */
  private static boolean lacksQuotes(Violation violation, LocatedNode value) {
    JsonNode actual = value.node().at(violation.instanceLocation());
    return violation.keyword().equals("type")
        && (actual.isNumber() || actual.isBoolean())
        && violation.expected() != null
        && violation.expected().toString().contains("\"string\"");
  }

  /** {@return the schema's program, or null when it has errors, which the reader reports} */
  private @Nullable CompiledSchema compile(LocatedNode schema, View view) {
    LocatedDocument document = schema.document();
    SchemaResource resource = resources.get(document);
    if (resource == null) {
      return null;
    }
    try {
      return compiler.compile(resource, schema.pointer(), view);
    } catch (SchemaException seeFindings) {
      return null;
    }
  }
}
