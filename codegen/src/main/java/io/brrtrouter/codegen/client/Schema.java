package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.EventContent;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.Violation;
import io.brrtrouter.schema.Violations;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A schema of the document. It is compiled when it judges for the first time, which is when a
/// codec cannot judge, or has refused without saying why. Thread-safe.
final class Schema {
  /// Violations that are told; the others are counted.
  private static final int VIOLATIONS = 50;

  private final Supplier<SchemaDocuments> documents;
  private final String resource;
  private final String pointer;
  private final View view;
  private volatile @Nullable CompiledSchema program;
  private volatile @Nullable EventContent data;

  /// A schema.
  ///
  /// @param documents the documents it is in
  /// @param resource the URI of its document
  /// @param pointer where it stands there
  /// @param view the side it is for
  Schema(Supplier<SchemaDocuments> documents, String resource, String pointer, View view) {
    this.documents = documents;
    this.resource = resource;
    this.pointer = pointer;
    this.view = view;
  }

  /// {@return what is wrong with a value}
  Violations check(JsonNode value) {
    CompiledSchema own = program;
    if (own == null) {
      own = documents.get().compile(resource, pointer, view);
      program = own;
    }
    return own.check(value, VIOLATIONS);
  }

  /// {@return what is wrong with the data of an event, where that has to be JSON}
  List<Violation> checkData(JsonNode event) {
    EventContent own = data;
    if (own == null) {
      own = documents.get().eventData(resource, pointer, view);
      data = own;
    }
    return own.check(event);
  }

  /// {@return a violation in one line}
  static String line(Violation violation) {
    String place =
        violation.instanceLocation().isEmpty() ? "" : " at " + violation.instanceLocation();
    return violation.keyword() + place + ": " + violation.message();
  }
}
