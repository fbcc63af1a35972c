package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.server.http.ContentSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A body of items (OpenAPI 3.2 section 4.14.2), with the boundary of one request if they are parts.
 * Its value is the array of the items; {@link #read} has them one by one.
 *
 * @param kind how the items stand one behind the other
 * @param boundary the {@code boundary} parameter of the media type, {@code ""} without one
 * @param items decodes and judges each
 * @param whole what the array must be
 * @param limits bounds on parts
 */
record SequenceBody(
    SequentialMediaType kind,
    String boundary,
    ItemDecoder items,
    BodyCheck whole,
    FormLimits limits)
    implements MediaDecoder {

  /** Holds what counts already. */
  private static final PartStore COLLECTED =
      new PartStore() {
        @Override
        public void hold(int octets) {}

        @Override
        public void holdValue(long bytes) {}

        @Override
        public void release(long bytes) {}

        @Override
        public File begin() {
          throw new IllegalStateException("items are in memory");
        }
      };

  @Override
  public DecodedBody decode(byte[] body) {
    ItemSource source = source(ContentSource.of(body), limits, Math.max(1, body.length), COLLECTED);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<Part> parts = new ArrayList<>();
    ViolationList violations = new ViolationList(whole.most());
    try {
      for (RawItem item = source.next(); item != null; item = source.next()) {
        switch (judge(item)) {
          case DecodedBody.Value(JsonNode tree, List<Part> ofItem) when tree != null -> {
            array.add(tree);
            parts.addAll(ofItem);
          }
          case DecodedBody.Invalid(List<RequestViolation> wrong, int omitted) ->
              violations.addAll(wrong, omitted);
          case DecodedBody other -> {
            return other;
          }
        }
      }
    } catch (MalformedItemException malformed) {
      return malformed.refusal();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return violations.isEmpty() ? whole.settle(array, parts, new Flaws()) : violations.asBody();
  }

  /**
   * {@return the items of a body, while it comes}
   *
   * @param body the body
   * @param most octets of one item
   * @param store holds what is in memory
   * @param refused told of an item that is refused, after which no more are read
   */
  ItemReader read(ContentSource body, int most, PartStore store, ItemReader.Refused refused) {
    // As many as come: only one of them is in memory.
    FormLimits unbounded = new FormLimits(limits.fields(), Integer.MAX_VALUE, limits.partHeader());
    return new ItemReader(this, source(body, unbounded, most, store), store, refused);
  }

  private ItemSource source(ContentSource body, FormLimits bounds, int most, PartStore store) {
    return switch (kind) {
      case JSON_LINES -> new TextItems(body, false, most, store);
      case JSON_SEQUENCE -> new TextItems(body, true, most, store);
      case PARTS -> new PartItemSource(body, boundary, bounds, most, store);
      case EVENTS -> throw new IllegalStateException("events of clients are not read");
    };
  }

  /** {@return what becomes of an item; places are those of the body} */
  DecodedBody judge(RawItem item) {
    Part part = item.part();
    DecodedBody judged =
        part == null ? items.decode(item.octets()) : items.decode(part, item.number() - 1);
    return switch (judged) {
      case DecodedBody.Malformed(int line, int column, String message) ->
          new DecodedBody.Malformed(
              item.line() + line - 1, line == 1 ? item.column() + column - 1 : column, message);
      case DecodedBody.Invalid(List<RequestViolation> violations, int omitted) ->
          new DecodedBody.Invalid(
              violations.stream().map(each -> each.under(item.pointer())).toList(), omitted);
      default -> judged;
    };
  }

  @Override
  public long decodedBytes(byte[] body) {
    return DecodedSize.of(body);
  }

  @Override
  public boolean takesEmpty() {
    return kind != SequentialMediaType.PARTS;
  }
}
