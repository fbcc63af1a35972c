package io.brrtrouter.server.decode;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.schema.codec.Decoded;
import io.brrtrouter.schema.codec.Json;
import io.brrtrouter.schema.codec.JsonTrees;
import io.brrtrouter.schema.codec.WrongText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes a body into the type that generated code has for it. A decoder that judges everything the
 * schema demands is asked first, and only what it refuses is read again by the schema program, so
 * that verdict, violations and places come from one source. Any other decoder binds what the
 * program has accepted.
 *
 * @param <T> the Java type
 * @param untyped decodes the media type without the generated code
 * @param binding the generated code
 * @param json bounds on the body if it is JSON
 * @param check where the document describes the body
 */
record TypedBody<T extends @Nullable Object>(
    MediaDecoder untyped, BodyBinding<T> binding, JsonLimits json, BodyCheck check)
    implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    return switch (binding) {
      case BodyBinding.Octets _ -> octets(body);
      case BodyBinding.Streamed _, BodyBinding.Items<?> _ ->
          throw new IllegalStateException("a body that is streamed is not collected");
      case BodyBinding.ItemList<?> items -> collected(items, body);
      case BodyBinding.Value<T> value when value.fused() && untyped instanceof JsonBody ->
          fused(value, body);
      case BodyBinding.Value<T> value -> judged(value, body);
    };
  }

  private DecodedBody octets(byte[] body) {
    DecodedBody judged = untyped.decode(body);
    return judged instanceof DecodedBody.Value value
        ? new DecodedBody.Bound(binding.mediaType(), body, value)
        : judged;
  }

  private <I> DecodedBody collected(BodyBinding.ItemList<I> items, byte[] body) {
    DecodedBody judged = untyped.decode(body);
    if (!(judged instanceof DecodedBody.Value accepted)) {
      return judged;
    }
    JsonNode tree = accepted.tree();
    if (tree == null || !tree.isArray()) {
      return DecodedBody.DRIFTED;
    }
    List<I> values = new ArrayList<>(tree.size());
    for (JsonNode item : tree) {
      Decoded<I> decoded = JsonTrees.decode(items.decoder(), item);
      if (!(decoded instanceof Decoded.Value<I>(I value))) {
        WrongText text =
            decoded instanceof Decoded.Unrepresentable<I>(WrongText wrong) ? wrong : null;
        return unrepresentable(text, values.size());
      }
      values.add(value);
    }
    return new DecodedBody.Bound(binding.mediaType(), List.copyOf(values), accepted);
  }

  private DecodedBody unrepresentable(@Nullable WrongText text, int index) {
    RequestViolation violation = RequestViolation.unrepresentable(text, check.source());
    return new DecodedBody.Invalid(List.of(violation.under("/" + index)), 0);
  }

  private DecodedBody fused(BodyBinding.Value<T> value, byte[] body) {
    Decoded<T> decoded = Json.decode(value.decoder(), body, json, Checks.ALL);
    if (decoded instanceof Decoded.Value<T>(T bound)) {
      return new DecodedBody.Bound(binding.mediaType(), bound, null);
    }
    if (decoded instanceof Decoded.Unjudged) {
      return judged(value, body);
    }
    DecodedBody explained = untyped.decode(body);
    return explained instanceof DecodedBody.Value ? unbound(decoded) : explained;
  }

  private DecodedBody judged(BodyBinding.Value<T> value, byte[] body) {
    DecodedBody judged = untyped.decode(body);
    if (!(judged instanceof DecodedBody.Value accepted)) {
      return judged;
    }
    JsonNode tree = accepted.tree();
    if (tree == null) {
      return DecodedBody.DRIFTED;
    }
    Decoded<T> decoded =
        untyped instanceof JsonBody
            ? Json.decode(value.decoder(), body, json, Checks.SYNTAX)
            : ofTree(value, tree, accepted.parts());
    return decoded instanceof Decoded.Value<T>(T bound)
        ? new DecodedBody.Bound(binding.mediaType(), bound, accepted)
        : unbound(decoded);
  }

  /** {@return a multipart body that was judged while it came, in its Java type} */
  DecodedBody bind(DecodedBody judged) {
    if (!(judged instanceof DecodedBody.Value accepted)) {
      return judged;
    }
    JsonNode tree = accepted.tree();
    if (tree == null || !(binding instanceof BodyBinding.Value<T> value)) {
      return DecodedBody.DRIFTED;
    }
    Decoded<T> decoded = ofTree(value, tree, accepted.parts());
    return decoded instanceof Decoded.Value<T>(T bound)
        ? new DecodedBody.Bound(binding.mediaType(), bound, accepted)
        : unbound(decoded);
  }

  private static <V extends @Nullable Object> Decoded<V> ofTree(
      BodyBinding.Value<V> value, JsonNode tree, List<Part> parts) {
    PlacedFiles placed = PlacedFiles.of(tree, parts, value.files());
    return JsonTrees.decode(value.decoder(), placed.tree(), placed.files());
  }

  /** What becomes of a body that is valid and that the decoder has no value for all the same. */
  private DecodedBody unbound(Decoded<T> decoded) {
    return decoded instanceof Decoded.Unrepresentable<T>(WrongText text)
        ? new DecodedBody.Invalid(
            List.of(RequestViolation.unrepresentable(text, check.source())), 0)
        : DecodedBody.DRIFTED;
  }

  @Override
  public long decodedBytes(byte[] body) {
    return untyped.decodedBytes(body);
  }

  @Override
  public boolean takesEmpty() {
    return untyped.takesEmpty();
  }
}
