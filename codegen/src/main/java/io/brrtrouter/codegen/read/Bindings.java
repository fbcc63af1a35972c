package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.model.ValueCodec;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives every JSON body its codec: that of its class, or one of its own. */
final class Bindings {
  private final String packageName;
  private final References references;
  private final Causes causes;
  private final Names.Scope names = Names.Scope.ofFiles();
  private final Map<Object, ClassName> known = new HashMap<>();
  private final Map<Schema, Fingerprint> fingerprints = new HashMap<>();
  private final List<ValueCodec> codecs = new ArrayList<>();

  private record Schema(Origin origin, View view) {}

  Bindings(
      String packageName,
      References references,
      Collection<Declaration> declarations,
      Causes causes) {
    this.packageName = packageName;
    this.references = references;
    this.causes = causes;
    declarations.forEach(
        each -> names.take(JavaModel.codec(packageName, each.name()).simpleName()));
  }

  /** {@return the codecs of bodies that have no class} */
  List<ValueCodec> codecs() {
    return codecs;
  }

  /** {@return an operation with the codecs of its bodies} */
  Operation bound(Operation operation) {
    Operation.Request request = operation.request();
    Optional<Operation.Body> body =
        request
            .body()
            .map(each ->
                new Operation.Body(
                    each.name(),
                    each.required(),
                    each.contents().stream().map(content -> bound(content, View.REQUEST)).toList(),
                    each.docs(),
                    each.origin()));
    List<Operation.Outcome> outcomes =
        operation.response().outcomes().stream().map(this::bound).toList();
    return new Operation(
        operation.id(),
        operation.httpMethod(),
        operation.path(),
        operation.methodName(),
        operation.handler(),
        new Operation.Request(request.name(), request.parameters(), body),
        new Operation.Response(operation.response().name(), outcomes),
        operation.tags(),
        operation.docs(),
        operation.origin());
  }

  private Operation.Outcome bound(Operation.Outcome outcome) {
    return new Operation.Outcome(
        outcome.name(),
        outcome.status(),
        outcome.content().map(content -> bound(content, View.RESPONSE)),
        outcome.headers(),
        outcome.docs(),
        outcome.origin());
  }

  private Content bound(Content content, View view) {
    if (content.kind() != Content.Kind.JSON) {
      return content;
    }
    Optional<Fingerprint> fingerprint =
        content
            .schema()
            .map(schema ->
                fingerprints.computeIfAbsent(
                    new Schema(schema, view), key -> references.fingerprint(schema, view)));
    return content.bound(
        new Binding(codec(content.value()), view, fingerprint, causes.of(content.value())));
  }

  private ClassName codec(Value value) {
    if (value.type() instanceof JavaType.Declared(var name)
        && !value.nullable()
        && value.checks().isEmpty()) {
      return JavaModel.codec(packageName, name);
    }
    return known.computeIfAbsent(isPlain(value) ? name(value) : value, any -> own(value));
  }

  private ClassName own(Value value) {
    ClassName name =
        new ClassName(packageName + ".codec", names.take(Names.shortened(name(value)) + "Codec"));
    codecs.add(new ValueCodec(name, value));
    return name;
  }

  /** Whether the type says everything, so that codecs of other places serve as well. */
  private static boolean isPlain(Value value) {
    return value.checks().isEmpty()
        && value.unfusable().isEmpty()
        && switch (value.type()) {
          case JavaType.ListOf(var items) -> isPlain(items);
          case JavaType.MapOf(var values) -> isPlain(values);
          case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> true;
        };
  }

  private static String name(Value value) {
    return (value.nullable() ? "Nullable" : "")
        + switch (value.type()) {
          case JavaType.Simple(var scalar) -> name(scalar);
          case JavaType.Declared(var name) -> name.simpleName();
          case JavaType.ListOf(var items) -> name(items) + "List";
          case JavaType.MapOf(var values) -> name(values) + "Map";
          case JavaType.Tree() -> "JsonNode";
        };
  }

  private static String name(Scalar scalar) {
    return switch (scalar) {
      case DECIMAL_TEXT -> "DecimalText";
      case INTEGER -> "UnboundedLong";
      case BASE64 -> "Base64";
      case BINARY -> "Binary";
      default -> scalar.boxed().substring(scalar.boxed().lastIndexOf('.') + 1);
    };
  }
}
