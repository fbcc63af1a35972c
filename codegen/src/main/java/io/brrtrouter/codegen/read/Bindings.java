package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Conversation;
import io.brrtrouter.codegen.model.Declaration;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Sending;
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

/** Gives every body, parameter and header its codec: that of its class, or one of its own. */
final class Bindings {
  private static final ClassName RAW_EVENT =
      new ClassName("io.brrtrouter.schema.stream", "RawEventCodec");

  private final String packageName;
  private final References references;
  private final Causes causes;
  private final Names.Scope names = Names.Scope.ofFiles();
  private final Map<Object, ClassName> known = new HashMap<>();
  private final Map<Schema, Fingerprint> fingerprints = new HashMap<>();
  private final List<ValueCodec> codecs = new ArrayList<>();

  private record Schema(Origin origin, View view) {}

  /** A type that says everything; classes of two packages may have one name. */
  private record Plain(String name, List<ClassName> classes) {}

  Bindings(
      String packageName,
      References references,
      Collection<Declaration> declarations,
      Causes causes) {
    this.packageName = packageName;
    this.references = references;
    this.causes = causes;
    declarations.forEach(each -> names.take(JavaModel.codec(each.name()).simpleName()));
  }

  /** {@return the codecs of bodies that have no class} */
  List<ValueCodec> codecs() {
    return codecs;
  }

  /**
   * Where a codec is used, whose name tells what it is for when its type does not.
   *
   * @param operation the operation
   * @param part the part of its request or response
   * @param own whether the part says enough without the operation, unless another says the same
   */
  private record Use(String operation, String part, boolean own) {}

  /** {@return an operation with the codecs of its bodies} */
  Operation bound(Operation operation) {
    String name = Names.type(operation.methodName());
    List<Operation.Outcome> outcomes =
        operation.response().outcomes().stream().map(each -> bound(each, name)).toList();
    return new Operation(
        operation.id(),
        operation.handlerName(),
        operation.httpMethod(),
        operation.path(),
        operation.methodName(),
        operation.handler(),
        bound(operation.request(), name, View.REQUEST),
        new Operation.Response(operation.response().name(), outcomes),
        operation.tags(),
        operation.docs(),
        operation.origin());
  }

  /** {@return what is sent with the codecs of its bodies} */
  Sending bound(Sending sending) {
    String name = Names.type(sending.methodName());
    return sending.with(bound(sending.request(), name, View.RESPONSE));
  }

  private Operation.Request bound(Operation.Request request, String name, View view) {
    Optional<Operation.Body> body =
        request
            .body()
            .map(each ->
                new Operation.Body(
                    each.name(),
                    each.required(),
                    each.contents().stream()
                        .map(content -> bound(content, view, new Use(name, "Body", false)))
                        .toList(),
                    each.docs(),
                    each.origin()));
    return new Operation.Request(
        request.name(),
        request.parameters().stream().map(each -> bound(each, name, view)).toList(),
        body);
  }

  private Operation.Outcome bound(Operation.Outcome outcome, String operation) {
    Use use = new Use(operation, outcome.name(), false);
    return new Operation.Outcome(
        outcome.name(),
        outcome.status(),
        outcome.content().map(content -> bound(content, View.RESPONSE, use)),
        outcome
            .conversation()
            .map(each ->
                new Conversation(
                    bound(each.fromClient(), View.REQUEST, new Use(operation, "FromClient", false)),
                    bound(
                        each.fromServer(),
                        View.RESPONSE,
                        new Use(operation, "FromServer", false)))),
        outcome.headers().stream().map(each -> bound(each, operation)).toList(),
        outcome.docs(),
        outcome.origin());
  }

  private Conversation.Messages bound(Conversation.Messages messages, View view, Use use) {
    return new Conversation.Messages(
        messages.described(),
        messages.union(),
        messages.kinds().stream()
            .map(each -> each.kind() == Content.Kind.JSON ? bound(each, view, use) : each)
            .toList());
  }

  private Parameter bound(Parameter parameter, String operation, View view) {
    return parameter.bound(
        partCodec(parameter.component(), operation), fingerprint(parameter.schema(), view));
  }

  private Operation.Header bound(Operation.Header header, String operation) {
    return new Operation.Header(
        header.component(),
        header.explode(),
        header.json(),
        header.schema(),
        partCodec(header.component(), operation));
  }

  /** {@return the codec of a parameter or header field, for which a null stands apart} */
  private Optional<ClassName> partCodec(Component component, String operation) {
    Value value = component.value();
    Value present =
        new Value(value.type(), false, value.checks(), value.unfusable(), value.origin());
    return switch (value.type()) {
      case JavaType.Simple(Scalar scalar) when scalar.isPlain() -> Optional.empty();
      case JavaType.Tree() -> Optional.empty();
      case JavaType.Simple _,
          JavaType.Declared _,
          JavaType.ListOf _,
          JavaType.MapOf _,
          JavaType.JsonText _,
          JavaType.ItemsOf _ ->
          Optional.of(codec(present, new Use(operation, Names.type(component.property()), true)));
    };
  }

  private Optional<Fingerprint> fingerprint(Optional<Origin> schema, View view) {
    return schema.map(origin ->
        fingerprints.computeIfAbsent(
            new Schema(origin, view), key -> references.fingerprint(origin, view)));
  }

  private Content bound(Content content, View view, Use use) {
    if (content.kind() == Content.Kind.BYTES || content.kind() == Content.Kind.STREAM) {
      return content;
    }
    Optional<Fingerprint> fingerprint = fingerprint(content.schema(), view);
    Value value = content.item();
    boolean raw = value.type().equals(new JavaType.Simple(Scalar.EVENT));
    ClassName codec = raw ? RAW_EVENT : codec(value, use);
    return content.bound(new Binding(codec, view, fingerprint, causes.of(value)));
  }

  private ClassName codec(Value value, Use use) {
    if (value.type() instanceof JavaType.Declared(var name)
        && !value.nullable()
        && value.checks().isEmpty()) {
      return JavaModel.codec(name);
    }
    return isPlain(value)
        ? known.computeIfAbsent(
            new Plain(name(value), classes(value)), any -> own(value, name(value)))
        : known.computeIfAbsent(value, any -> own(value, name(use)));
  }

  private String name(Use use) {
    return use.own() && !names.has(use.part() + "Codec")
        ? use.part()
        : use.operation() + use.part();
  }

  private ClassName own(Value value, String wanted) {
    ClassName name =
        new ClassName(packageName + ".codec", names.take(Names.shortened(wanted) + "Codec"));
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
          case JavaType.JsonText(var json) -> isPlain(json);
          case JavaType.ItemsOf(var items) -> isPlain(items);
          case JavaType.Simple _, JavaType.Declared _, JavaType.Tree _ -> true;
        };
  }

  private static List<ClassName> classes(Value value) {
    return switch (value.type()) {
      case JavaType.Declared(var name) -> List.of(name);
      case JavaType.ListOf(var items) -> classes(items);
      case JavaType.MapOf(var values) -> classes(values);
      case JavaType.JsonText(var json) -> classes(json);
      case JavaType.ItemsOf(var items) -> classes(items);
      case JavaType.Simple _, JavaType.Tree _ -> List.of();
    };
  }

  private static String name(Value value) {
    return (value.nullable() ? "Nullable" : "")
        + switch (value.type()) {
          case JavaType.Simple(var scalar) -> name(scalar);
          case JavaType.Declared(var name) -> name.simpleName();
          case JavaType.ListOf(var items) -> name(items) + "List";
          case JavaType.MapOf(var values) -> name(values) + "Map";
          case JavaType.JsonText(var json) -> name(json) + "Text";
          case JavaType.ItemsOf(var items) -> name(items) + "Items";
          case JavaType.Tree() -> "JsonNode";
        };
  }

  private static String name(Scalar scalar) {
    return switch (scalar) {
      case DECIMAL_TEXT -> "DecimalText";
      case INTEGER -> "UnboundedLong";
      case BASE64 -> "Base64";
      case BINARY -> "Binary";
      case INT,
          LONG,
          BIG_INTEGER,
          FLOAT,
          DOUBLE,
          BIG_DECIMAL,
          BOOLEAN,
          STRING,
          DATE_TIME,
          DATE,
          UUID,
          URI,
          FILE,
          STREAM,
          EVENT ->
          scalar.boxed().substring(scalar.boxed().lastIndexOf('.') + 1);
    };
  }
}
