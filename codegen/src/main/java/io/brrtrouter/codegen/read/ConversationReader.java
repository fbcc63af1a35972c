package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Conversation;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.openapi.model.WebSocketExtension.Messages;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is said on WebSockets. A message has no media type: text is of the first one. */
final class ConversationReader {
  private final TypeReader types;
  private final String packageName;
  private final URI document;

  ConversationReader(TypeReader types, String packageName, URI document) {
    this.types = types;
    this.packageName = packageName;
    this.document = document;
  }

  /**
   * {@return what is said}
   *
   * @param base what the classes of the operation begin with
   */
  Conversation read(WebSocketExtension said, String base) {
    return new Conversation(
        messages(said.fromClient(), base + "FromClient", View.REQUEST),
        messages(said.fromServer(), base + "FromServer", View.RESPONSE));
  }

  private Conversation.Messages messages(Optional<Messages> said, String name, View view) {
    if (said.isEmpty()) {
      return new Conversation.Messages(false, Optional.empty(), List.of());
    }
    Map<String, MediaType> texts = said.get().text();
    Map<String, MediaType> octets = said.get().binary();
    Optional<ClassName> union = Optional.empty();
    if (!texts.isEmpty() && !octets.isEmpty()) {
      union = Optional.of(union(name));
    }
    List<Content> kinds = new ArrayList<>();
    if (!texts.isEmpty()) {
      Map.Entry<String, MediaType> first = texts.entrySet().iterator().next();
      Hint hint = union.isPresent() ? new Hint(name, "Json") : Hint.named(name);
      Content text = text(first.getKey(), first.getValue(), hint, view);
      if (union.isEmpty() && text.value().nullable()) {
        union = Optional.of(union(name + "Message")); // No message at all is something else.
      }
      kinds.add(union.isPresent() ? text.wrapped(wrapper(text.kind())) : text);
    }
    if (!octets.isEmpty()) {
      Map.Entry<String, MediaType> first = octets.entrySet().iterator().next();
      Content binary =
          content(
              first.getKey(),
              Content.Kind.BYTES,
              Value.of(new JavaType.Simple(Scalar.BINARY), origin(first.getValue())),
              first.getValue());
      kinds.add(union.isPresent() ? binary.wrapped(wrapper(Content.Kind.BYTES)) : binary);
    }
    return new Conversation.Messages(true, union, kinds);
  }

  private ClassName union(String name) {
    return new ClassName(packageName, types.classes.take(name));
  }

  private static String wrapper(Content.Kind kind) {
    return switch (kind) {
      case JSON -> "Json";
      case TEXT -> "Text";
      case BYTES -> "Binary";
      case FORM, MULTIPART, STREAM, ITEMS ->
          throw new IllegalArgumentException(kind + " is no message");
    };
  }

  private Content text(String name, MediaType mediaType, Hint hint, View view) {
    if (!Messages.isJson(name)) {
      Value text = Value.of(new JavaType.Simple(Scalar.STRING), origin(mediaType));
      return content(name, Content.Kind.TEXT, text, mediaType);
    }
    Value json =
        mediaType
            .schema()
            .map(schema -> types.value(Site.of(schema), ContentReader.hint(schema, hint), view))
            .orElseGet(() -> Value.of(new JavaType.Tree(), origin(mediaType)));
    return content(name, Content.Kind.JSON, json, mediaType);
  }

  private Content content(String name, Content.Kind kind, Value value, MediaType mediaType) {
    return new Content(
        name,
        kind,
        value,
        Optional.empty(),
        List.of(),
        origin(mediaType),
        mediaType.schema().map(each -> Site.of(each).origin()),
        Optional.empty());
  }

  private Origin origin(MediaType mediaType) {
    return new Origin(document, "", mediaType.location());
  }
}
