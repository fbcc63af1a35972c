package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.MediaTypes;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Scalar;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.source.Pointers;
import io.brrtrouter.schema.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the media types of bodies. */
final class ContentReader {
  private final TypeReader types;
  private final View view;
  private final boolean streams;
  private final boolean sends;

  /** Whether an event stream has events though nothing describes them. */
  private final boolean sse;

  private ContentReader(TypeReader types, View view, boolean streams, boolean sends, boolean sse) {
    this.types = types;
    this.view = view;
    this.streams = streams;
    this.sends = sends;
    this.sse = sse;
  }

  /** {@return a reader of request bodies} */
  static ContentReader ofRequests(TypeReader types, Operation operation) {
    return new ContentReader(
        types, View.REQUEST, OperationExtension.streamsBody(operation), false, false);
  }

  /** {@return a reader of response bodies} */
  static ContentReader ofResponses(TypeReader types, Operation operation) {
    return new ContentReader(types, View.RESPONSE, false, false, operation.sse());
  }

  /** {@return a reader of bodies of requests that a service sends} */
  static ContentReader ofSent(TypeReader types) {
    return new ContentReader(types, View.RESPONSE, false, true, false);
  }

  /**
   * Reads one media type.
   *
   * @param name the media type or range
   * @param origin where it is written
   * @param wrapper the record for it, when there are several
   */
  Content read(
      String name, MediaType mediaType, Origin origin, Optional<String> wrapper, Hint hint) {
    Content.Kind kind = kind(name, mediaType);
    Value value =
        switch (kind) {
          case JSON, FORM, MULTIPART -> schema(mediaType, hint, origin);
          case TEXT -> text(mediaType, hint, origin, name);
          case BYTES -> bytes(mediaType, origin, name);
          case STREAM -> Value.of(new JavaType.Simple(Scalar.STREAM), origin);
          case ITEMS -> items(mediaType, EventReader.isEvents(name), hint, origin);
        };
    Optional<Schema> described =
        kind == Content.Kind.ITEMS ? mediaType.itemSchema() : mediaType.schema();
    Optional<Origin> schema = described.map(each -> Site.of(each).origin());
    return new Content(
        name, kind, value, wrapper, parts(mediaType), origin, schema, Optional.empty());
  }

  private Content.Kind kind(String name, MediaType mediaType) {
    if (hasItems(name, mediaType)) {
      return Content.Kind.ITEMS;
    }
    if (streams && !OperationExtension.storesFiles(name, mediaType)) {
      return Content.Kind.STREAM;
    }
    String bare = MediaTypes.bare(name);
    if (mediaType.itemSchema().isPresent()) {
      return Content.Kind.BYTES;
    }
    if (MediaTypes.isJson(name)) {
      return Content.Kind.JSON;
    }
    boolean form = bare.equals("application/x-www-form-urlencoded");
    if (form || bare.startsWith("multipart/")) {
      // Nobody writes forms for answers; who does knows how. Parts have a value by their schema
      // only.
      boolean answers = view == View.RESPONSE && !sends;
      boolean octets = answers || (!form && mediaType.schema().isEmpty());
      return octets ? Content.Kind.BYTES : form ? Content.Kind.FORM : Content.Kind.MULTIPART;
    }
    boolean range = bare.equals("*/*") || bare.equals("application/*");
    if (range && mediaType.schema().isPresent() && !isText(mediaType)) {
      return Content.Kind.JSON;
    }
    return bare.startsWith("text/") && isWritable(name) ? Content.Kind.TEXT : Content.Kind.BYTES;
  }

  /** Whether items are Java values: parts are not, and neither are those that are sent outward. */
  private boolean hasItems(String name, MediaType mediaType) {
    boolean described = mediaType.itemSchema().isPresent();
    return !sends
        && switch (SequentialMediaType.of(name).orElse(SequentialMediaType.PARTS)) {
          case JSON_LINES, JSON_SEQUENCE -> described;
          case EVENTS -> view == View.RESPONSE && (described || sse);
          case PARTS -> false;
        };
  }

  /**
   * Items one by one, or a list where a request is collected. Events of which nothing is said but
   * that they are objects have the fields of events.
   */
  private Value items(MediaType mediaType, boolean events, Hint hint, Origin origin) {
    String end = "Response";
    String owner = hint.owner();
    boolean first = view == View.RESPONSE && owner.endsWith(end);
    Hint own = new Hint(first ? owner.substring(0, owner.length() - end.length()) : owner, "Item");
    Value item =
        mediaType
            .itemSchema()
            .map(schema -> types.value(Site.of(schema), hint(schema, own), view))
            .filter(value -> !events || value.type() instanceof JavaType.Declared)
            .map(TypeReader::present)
            .orElseGet(() -> Value.of(new JavaType.Simple(Scalar.EVENT), origin));
    boolean collected = view == View.REQUEST && !streams;
    return Value.of(
        collected ? new JavaType.ListOf(item) : new JavaType.ItemsOf(item), item.origin());
  }

  /**
   * Nobody writes text in a charset that nobody can write; of requests, it is what clients send.
   */
  private boolean isWritable(String name) {
    return view == View.REQUEST || Phrases.isCharsetKnown(name);
  }

  /** Whether the schema is about a string, or about nothing. */
  private boolean isText(MediaType mediaType) {
    if (mediaType.schema().isEmpty()) {
      return true;
    }
    Facets facets = types.merge.of(Group.of(Site.of(mediaType.schema().get())));
    int kinds = facets.types & ~Kinds.NULL;
    return kinds == Kinds.STRING || (facets.types == Kinds.ANY && facets.unions.isEmpty());
  }

  private Value schema(MediaType mediaType, Hint hint, Origin origin) {
    return mediaType
        .schema()
        .map(schema -> types.value(Site.of(schema), hint(schema, hint), view))
        .orElseGet(() -> Value.of(new JavaType.Tree(), origin));
  }

  /** {@return a hint after the component the schema stands in, else another} */
  static Hint hint(Schema schema, Hint otherwise) {
    List<String> tokens = Pointers.tokens(schema.pointer());
    boolean shared =
        tokens.size() > 3
            && tokens.getFirst().equals("components")
            && !tokens.get(1).equals("schemas")
            && !tokens.get(1).equals("pathItems");
    return shared ? new Hint(Names.type(tokens.get(2)), otherwise.own()) : otherwise;
  }

  private Value text(MediaType mediaType, Hint hint, Origin origin, String name) {
    Value text = Value.of(new JavaType.Simple(Scalar.STRING), origin);
    if (mediaType.schema().isEmpty()) {
      return text;
    }
    if (!isText(mediaType)) {
      untyped(name, origin, "a string");
      return text;
    }
    Value value = schema(mediaType, hint, origin);
    return isText(value) ? value : text;
  }

  private boolean isText(Value value) {
    return switch (value.type()) {
      case JavaType.Simple(var scalar) -> scalar.isText();
      case JavaType.Declared(var name) -> types.isEnum(name);
      case JavaType.ListOf _,
          JavaType.MapOf _,
          JavaType.JsonText _,
          JavaType.ItemsOf _,
          JavaType.Tree _ ->
          false;
    };
  }

  private Value bytes(MediaType mediaType, Origin origin, String name) {
    if (mediaType.itemSchema().isPresent()) {
      types.remarks.warn(
          "stream-untyped",
          origin,
          "the items of " + name + " have no Java type: the body is byte[]",
          sends
              ? "give the octets of all items"
              : "write the operation's handler without generated types to stream it");
    } else if (!isWritable(name) && MediaTypes.bare(name).startsWith("text/")) {
      types.remarks.warn(
          "charset-unknown",
          origin,
          "Java cannot write in the charset of " + name + ": the body is byte[]",
          "say one that it can write, utf-8 for example");
    } else if (!isText(mediaType)) {
      untyped(name, origin, "byte[]");
    }
    return Value.of(new JavaType.Simple(Scalar.BINARY), origin);
  }

  private void untyped(String name, Origin origin, String type) {
    types.remarks.warn(
        "media-type-untyped",
        origin,
        "a schema does not say how " + name + " becomes a value: the body is " + type,
        sends
            ? "offer application/json, or give the octets"
            : "offer application/json, or read the body in the handler");
  }

  private static List<Content.FormPart> parts(MediaType mediaType) {
    List<Content.FormPart> parts = new ArrayList<>();
    mediaType
        .encoding()
        .forEach((property, encoding) ->
            parts.add(
                new Content.FormPart(
                    property,
                    encoding.contentType().orElse(""),
                    encoding.style().map(style -> style.word()).orElse(""),
                    encoding.explode())));
    return parts;
  }

  /**
   * {@return whether all contents have one Java type, so that nobody needs to know which it was}
   */
  static boolean areAlike(List<Content> contents) {
    return contents.stream().map(content -> content.value().type()).distinct().count() == 1;
  }
}
