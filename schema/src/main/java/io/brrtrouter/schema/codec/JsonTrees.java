package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Values of any shape, as trees, in texts that are otherwise read and written without. */
public final class JsonTrees {
  /** Whoever read the tree has bounded it. */
  private static final JsonLimits ALREADY_BOUNDED =
      new JsonLimits(
          JsonLimits.DEFAULT.depth(),
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          JsonLimits.DEFAULT.exponent());

  private static final CompiledSchema UNIQUE =
      SchemaCompiler.builder()
          .build()
          .compile(
              SchemaResource.of(
                  URI.create("urn:brrtrouter:unique-items"),
                  JsonNodeFactory.instance.objectNode().put("uniqueItems", true)),
              "",
              View.PLAIN);

  /** More files than fit into memory; what is longer is no place. */
  private static final int LONGEST_PLACE = 10;

  /** Begins what stands for a file: no character of a string of octets. */
  static final char FILE = '\uFFFF';

  private JsonTrees() {}

  /**
   * Reads the value at the cursor.
   *
   * @param in the input
   * @return the value, as {@link JsonReader#read} gives it
   */
  public static JsonNode read(JsonInput in) {
    byte[] text = in.skipped();
    if (JsonReader.read(text, in.limits()) instanceof ParsedJson.Valid(JsonNode value)) {
      return value;
    }
    throw in.refuse();
  }

  /**
   * Makes a Java value of a tree that is known to be valid; only the Java type decides whether
   * there is one.
   *
   * @param <T> the Java type
   * @param decoder reads the value
   * @param value the tree
   * @return the value, or that there is none
   */
  public static <T extends @Nullable Object> Decoded<T> decode(
      JsonDecoder<T> decoder, JsonNode value) {
    return decode(decoder, value, List.of());
  }

  /**
   * Makes a Java value of a tree in which places stand for files.
   *
   * @param <T> the Java type
   * @param decoder reads the value
   * @param value the tree, with {@link #fileAt} where {@link JsonInput#readFile} reads
   * @param files the files, by place
   * @return the value, or that there is none
   */
  public static <T extends @Nullable Object> Decoded<T> decode(
      JsonDecoder<T> decoder, JsonNode value, List<FilePart> files) {
    JsonOutput out = new JsonOutput(Checks.SYNTAX);
    write(value, out);
    return Json.decode(
        decoder,
        new JsonInput(out.toBytes(), ALREADY_BOUNDED, Checks.SYNTAX, files),
        Checks.SYNTAX);
  }

  /**
   * {@return what stands for a file in a tree to decode}
   *
   * @param place which of the files
   */
  public static JsonNode fileAt(int place) {
    return StringNode.valueOf(FILE + Integer.toString(place));
  }

  /**
   * {@return the file that {@link #fileAt} stands for in a tree; null where it is another value}
   *
   * @param value a value of the tree
   * @param files the files, by place
   */
  public static @Nullable FilePart file(JsonNode value, List<FilePart> files) {
    return value.isString() ? file(value.stringValue(), files) : null;
  }

  static @Nullable FilePart file(String text, List<FilePart> files) {
    boolean digits =
        text.length() > 1
            && text.length() < LONGEST_PLACE
            && text.charAt(0) == FILE
            && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    int place = digits ? Integer.parseInt(text.substring(1)) : files.size();
    return place < files.size() ? files.get(place) : null;
  }

  /**
   * Tests {@code uniqueItems}, JSON Schema validation section 6.4.3, of items whose Java values do
   * not tell: as they are written.
   *
   * @param in the input, behind the array
   * @param start where the array begins
   * @return whether no two items are equal
   */
  public static boolean areUnique(JsonInput in, int start) {
    return areUnique(in.textSince(start), in.limits());
  }

  /**
   * Tests {@code uniqueItems} of items that will be written.
   *
   * @param items the items
   * @param encoder writes one of them
   * @return whether no two are written as equal values
   * @param <T> the Java type of the items
   */
  @SuppressWarnings("NullAway") // the encoder takes null where the items may be null
  public static <T extends @Nullable Object> boolean areUnique(
      List<T> items, JsonEncoder<T> encoder) {
    JsonOutput out = new JsonOutput(Checks.SYNTAX);
    out.beginArray();
    for (T item : items) {
      out.item();
      encoder.write(item, out);
    }
    out.endArray();
    return areUnique(out.toBytes(), JsonLimits.DEFAULT);
  }

  private static boolean areUnique(byte[] json, JsonLimits limits) {
    return JsonReader.read(json, limits) instanceof ParsedJson.Valid(JsonNode array)
        && UNIQUE.isValid(array);
  }

  /**
   * Writes a value. What is not JSON (binary, POJO and missing nodes, not finite numbers) and what
   * is nested deeper than {@link JsonLimits#DEFAULT} allows is a violation, written as {@code
   * null}.
   *
   * @param value the value
   * @param out where to
   */
  public static void write(JsonNode value, JsonOutput out) {
    write(value, out, JsonLimits.DEFAULT.depth());
  }

  private static void write(JsonNode value, JsonOutput out, int depth) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value, out, depth);
      case ARRAY -> writeArray(value, out, depth);
      case STRING -> out.writeString(value.stringValue());
      case NUMBER -> writeNumber(value, out);
      case BOOLEAN -> out.writeBoolean(value.booleanValue());
      case NULL -> out.writeNull();
      case BINARY, POJO, MISSING -> writeNone(out);
    }
  }

  private static void writeNone(JsonOutput out) {
    out.violation();
    out.writeNull();
  }

  private static void writeObject(JsonNode value, JsonOutput out, int depth) {
    if (depth == 0) {
      writeNone(out);
      return;
    }
    out.beginObject();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      out.name(member.getKey());
      write(member.getValue(), out, depth - 1);
    }
    out.endObject();
  }

  private static void writeArray(JsonNode value, JsonOutput out, int depth) {
    if (depth == 0) {
      writeNone(out);
      return;
    }
    out.beginArray();
    for (JsonNode item : value) {
      out.item();
      write(item, out, depth - 1);
    }
    out.endArray();
  }

  private static void writeNumber(JsonNode value, JsonOutput out) {
    switch (value.numberType()) {
      case INT, LONG -> out.writeLong(value.longValue());
      case BIG_INTEGER -> out.writeInteger(value.bigIntegerValue());
      case FLOAT -> out.writeFloat(value.floatValue());
      case DOUBLE -> out.writeDouble(value.doubleValue());
      default -> out.writeDecimal(value.decimalValue());
    }
  }
}
