package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.MediaRange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes the body of one operation (OpenAPI 3.1.1 sections 4.8.13 and 4.8.14). The decoder is
 * chosen by {@link #select} from the head of a request: the most specific of the declared media
 * types and ranges that contains the {@code Content-Type}, whose parameters count only where the
 * document gives them. A body without {@code Content-Type} is {@code application/octet-stream} (RFC
 * 9110 section 8.3) and nothing else: taking it for JSON would let a web page of another origin
 * send it without asking. Immutable.
 */
public final class BodyDecoder {
  private static final String OCTETS = "application/octet-stream";
  private static final int MAX_USUAL = 100;

  /** Nothing is known of a body before it is read. */
  private static final DecodedBody.Value STREAMED = new DecodedBody.Value(null, List.of());

  /** How clients write that text is UTF-8, after a media type. */
  private static final List<String> CHARSETS =
      List.of("", ";charset=utf-8", "; charset=utf-8", "; charset=UTF-8");

  /** The media type of almost every body, as clients write it. */
  private static final Map<String, Optional<ContentType>> JSON =
      CHARSETS.stream()
          .map("application/json"::concat)
          .collect(Collectors.toMap(Function.identity(), ContentType::parse));

  private final boolean declared;
  private final boolean required;
  private final List<String> mediaTypes;
  private final Map<MediaRange, MediaTable> tables;

  /** Generated code by the range it is for. */
  private final Map<MediaRange, BodyBinding<?>> bindings;

  private final JsonLimits json;

  /** The ranges by type and subtype: documents may have thousands, few are about one type. */
  private final Map<String, List<MediaRange>> ranges;

  /**
   * Decoders of media types as clients mostly write them, found without parsing; of so many ranges
   * as operations have that somebody wrote by hand.
   */
  private final Map<String, MediaDecoder> usual = new HashMap<>();

  private BodyDecoder(
      boolean declared,
      boolean required,
      List<String> mediaTypes,
      Map<MediaRange, MediaTable> tables,
      Map<MediaRange, BodyBinding<?>> bindings,
      JsonLimits json) {
    this.declared = declared;
    this.required = required;
    this.mediaTypes = mediaTypes;
    this.tables = tables;
    this.bindings = bindings;
    this.json = json;
    this.ranges = new HashMap<>();
    for (MediaRange range : tables.keySet()) {
      ranges.computeIfAbsent(types(range), _ -> new ArrayList<>(1)).add(range);
    }
    int spelled = 0;
    for (MediaRange range : tables.keySet()) {
      if (spelled++ < MAX_USUAL) {
        addUsual(range.toString());
      }
    }
  }

  private void addUsual(String range) {
    for (String charset : CHARSETS) {
      String text = range.concat(charset);
      MediaDecoder decoder = find(text).orElse(null);
      if (decoder != null && isOneForAll(decoder)) {
        usual.put(text, decoder);
      }
    }
  }

  /**
   * {@return a decoder of the body of an operation}
   *
   * @param body the body the operation takes, null if it takes none
   * @param compiler compiles its schemas
   * @param limits bounds on what is decoded
   */
  public static BodyDecoder compile(
      @Nullable RequestBody body, SchemaCompiler compiler, DecodeLimits limits) {
    return compile(body, compiler, limits, List.of());
  }

  /**
   * {@return a decoder of the body of an operation, into Java types}
   *
   * @param body the body the operation takes, null if it takes none
   * @param compiler compiles its schemas
   * @param limits bounds on what is decoded
   * @param bindings generated code for its media types, one each at most
   */
  public static BodyDecoder compile(
      @Nullable RequestBody body,
      SchemaCompiler compiler,
      DecodeLimits limits,
      List<BodyBinding<?>> bindings) {
    Map<String, MediaType> content = body == null ? Map.of() : body.content();
    return new BodyDecoder(
        body != null,
        body != null && body.required(),
        List.copyOf(content.keySet()),
        tables(content, Schemas.of(compiler, limits), limits.form()),
        byRange(bindings),
        limits.json());
  }

  /**
   * {@return a decoder of content that is always sent}
   *
   * @param content the media types it may have
   * @param compiler compiles their schemas
   * @param limits bounds on what is decoded
   */
  public static BodyDecoder ofRequest(
      Map<String, MediaType> content, SchemaCompiler compiler, DecodeLimits limits) {
    return new BodyDecoder(
        true,
        true,
        List.copyOf(content.keySet()),
        tables(content, Schemas.of(compiler, limits), limits.form()),
        Map.of(),
        limits.json());
  }

  private static Map<MediaRange, BodyBinding<?>> byRange(List<BodyBinding<?>> bindings) {
    Map<MediaRange, BodyBinding<?>> byRange = new HashMap<>();
    for (BodyBinding<?> binding : bindings) {
      MediaRange.parse(binding.mediaType())
          .map(BodyDecoder::withoutCharset)
          .ifPresent(range -> byRange.putIfAbsent(range, binding));
    }
    return byRange;
  }

  /**
   * {@return a decoder of what an operation answers with, by the rules for what it is sent}
   *
   * @param content the media types of a response
   * @param compiler compiles their schemas
   * @param limits bounds on what is decoded
   */
  public static BodyDecoder ofResponse(
      Map<String, MediaType> content, SchemaCompiler compiler, DecodeLimits limits) {
    return new BodyDecoder(
        true,
        true,
        List.copyOf(content.keySet()),
        tables(content, Schemas.of(compiler, limits, View.RESPONSE), limits.form()),
        Map.of(),
        limits.json());
  }

  private static Map<MediaRange, MediaTable> tables(
      Map<String, MediaType> content, Schemas schemas, FormLimits form) {
    Map<MediaRange, MediaTable> tables = new LinkedHashMap<>();
    for (Map.Entry<String, MediaType> entry : content.entrySet()) {
      MediaRange.parse(entry.getKey())
          .map(BodyDecoder::withoutCharset)
          .filter(range -> !tables.containsKey(range))
          .ifPresent(range ->
              tables.put(range, MediaTable.compile(range, entry.getValue(), schemas, form)));
    }
    return tables;
  }

  /** A charset in the document says how most write, not that others are wrong. */
  private static MediaRange withoutCharset(MediaRange range) {
    List<ContentType.Parameter> parameters = new ArrayList<>(range.parameters());
    parameters.removeIf(parameter -> parameter.name().equals("charset"));
    return new MediaRange(range.type(), range.subtype(), parameters);
  }

  /**
   * {@return the decoder of a media type, or null if the operation does not take it: status 415}
   *
   * @param contentType the {@code Content-Type} field, null without one
   */
  public @Nullable MediaDecoder select(@Nullable String contentType) {
    if (!declared) {
      return RawBody.ANY;
    }
    String text = contentType == null ? OCTETS : contentType;
    MediaDecoder known = usual.get(text);
    return known == null ? find(text).orElse(null) : known;
  }

  /** Whether a decoder serves every request; one of a multipart body has its boundary. */
  private static boolean isOneForAll(MediaDecoder decoder) {
    return switch (untyped(decoder)) {
      case MultipartBody _ -> false;
      case SequenceBody sequence -> sequence.boundary().isEmpty();
      default -> true;
    };
  }

  private static MediaDecoder untyped(MediaDecoder decoder) {
    return decoder instanceof TypedBody<?> typed ? typed.untyped() : decoder;
  }

  private Optional<MediaDecoder> find(String text) {
    Optional<ContentType> json = JSON.get(text);
    Optional<ContentType> type = json == null ? ContentType.parse(text) : json;
    return type.flatMap(this::find);
  }

  private Optional<MediaDecoder> find(ContentType type) {
    MediaRange range = range(type).orElse(null);
    if (range == null) {
      return Optional.empty();
    }
    MediaTable table = table(range);
    BodyBinding<?> binding = bindings.get(range);
    Optional<MediaDecoder> untyped = table.decoder(type);
    if (binding == null) {
      return untyped;
    }
    // A range may be declared for values, and an image be sent.
    return untyped
        .filter(each -> !(binding instanceof BodyBinding.Value) || each.hasValue())
        .map(each -> new TypedBody<>(each, binding, this.json, table.check()));
  }

  private MediaTable table(MediaRange range) {
    return Objects.requireNonNull(tables.get(range), "the range is one of the tables'");
  }

  private Optional<MediaTable> table(ContentType type) {
    return range(type).map(this::table);
  }

  private Optional<MediaRange> range(ContentType type) {
    if (tables.size() == 1) {
      MediaRange only = tables.keySet().iterator().next();
      return only.contains(type) ? Optional.of(only) : Optional.empty();
    }
    List<MediaRange> candidates = new ArrayList<>(ranges.getOrDefault(type.essence(), List.of()));
    candidates.addAll(ranges.getOrDefault(type.type() + "/*", List.of()));
    candidates.addAll(ranges.getOrDefault("*/*", List.of()));
    return MediaRange.mostSpecific(candidates, type);
  }

  private static String types(MediaRange range) {
    return range.type() + "/" + range.subtype();
  }

  /**
   * {@return why there is no decoder, and what would be right}
   *
   * @param contentType what {@link #select} gave none for
   */
  public String complaint(@Nullable String contentType) {
    String choice = "must be one of: " + String.join(", ", mediaTypes) + ".";
    if (contentType == null) {
      return "The body has no Content-Type; it " + choice;
    }
    Optional<ContentType> type = ContentType.parse(contentType);
    if (type.isEmpty()) {
      return "Content-Type is one media type with each of its parameters once; the body " + choice;
    }
    return table(type.get()).isPresent() ? MediaTable.complaint(type.get()) : "The body " + choice;
  }

  /** {@return the media types and ranges the operation takes, as the document writes them} */
  public List<String> mediaTypes() {
    return mediaTypes;
  }

  /**
   * {@return what became of a body}
   *
   * @param decoder what {@link #select} gave
   * @param body the octets, none without a body
   */
  public DecodedBody decode(MediaDecoder decoder, byte[] body) {
    if (!declared) {
      return DecodedBody.ABSENT;
    }
    if (body.length == 0 && !(required && decoder.takesEmpty())) {
      return absent();
    }
    return decoder.decode(body);
  }

  /**
   * {@return what a body is that comes: a form with a schema is taken apart while it does, any
   * other is left for whoever reads it}
   *
   * @param decoder what {@link #select} gave
   * @param content the octets
   * @param store takes the parts of a form
   * @param memory octets of those that are no files that there may be
   * @throws IOException if a form cannot be read to its end, or a file not be stored
   */
  public DecodedBody stream(
      MediaDecoder decoder, ContentSource content, PartStore store, long memory)
      throws IOException {
    if (!(untyped(decoder) instanceof MultipartBody multipart) || !multipart.storesFiles()) {
      boolean typed =
          decoder instanceof TypedBody<?>(var _, BodyBinding<?> own, var _, var _)
              && (own instanceof BodyBinding.Streamed || own instanceof BodyBinding.Items);
      return typed
          ? new DecodedBody.Bound(((TypedBody<?>) decoder).binding().mediaType(), content, STREAMED)
          : STREAMED;
    }
    int first = content.read();
    if (first < 0) {
      return absent();
    }
    InputStream begun = new ByteArrayInputStream(new byte[] {(byte) first});
    DecodedBody parts = multipart.decode(new SequenceInputStream(begun, content), store, memory);
    return decoder instanceof TypedBody<?> typed ? typed.bind(parts) : parts;
  }

  /**
   * {@return the items of a body, while it comes; empty if the document says nothing of items}
   *
   * @param decoder what {@link #select} gave
   * @param content the octets
   * @param store holds what is in memory
   * @param most octets of one item
   * @param refused told of an item that is refused, after which no more are read
   */
  public static Optional<ItemReader> items(
      MediaDecoder decoder,
      ContentSource content,
      PartStore store,
      int most,
      ItemReader.Refused refused) {
    return untyped(decoder) instanceof SequenceBody sequence
        ? Optional.of(sequence.read(content, most, store, refused))
        : Optional.empty();
  }

  /**
   * {@return whether a body that a decoder is for has items}
   *
   * @param decoder what {@link #select} gave
   */
  public static boolean hasItems(MediaDecoder decoder) {
    return untyped(decoder) instanceof SequenceBody;
  }

  /**
   * {@return what judges the items of a media type, empty if the document says nothing of them}
   *
   * @param contentType the media type
   */
  public Optional<ItemDecoder> items(String contentType) {
    return ContentType.parse(contentType)
        .flatMap(this::table)
        .flatMap(table -> Optional.ofNullable(table.items()));
  }

  /**
   * {@return what a JSON value is as content of a media type, without having been written}
   *
   * @param contentType the media type, one that {@link #select} has a decoder for
   * @param value the value
   */
  public DecodedBody check(String contentType, JsonNode value) {
    return ContentType.parse(contentType)
        .flatMap(this::table)
        .<DecodedBody>map(table -> table.check().settle(value, List.of(), new Flaws()))
        .orElse(DecodedBody.ABSENT);
  }

  /**
   * {@return the JSON value of a body that generated code has taken}
   *
   * @param body the octets
   */
  public Optional<JsonNode> reread(byte[] body) {
    return JsonReader.read(body, json) instanceof ParsedJson.Valid(JsonNode tree)
        ? Optional.of(tree)
        : Optional.empty();
  }

  /** {@return what becomes of a request without a body} */
  public DecodedBody absent() {
    return required ? DecodedBody.MISSING : DecodedBody.ABSENT;
  }
}
