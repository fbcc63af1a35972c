package io.brrtrouter.security.jose;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON (RFC 8259) as security needs it: UTF-8 and nothing else, one value and nothing behind it, no
 * name twice, not deep.
 */
public final class StrictJson {
  /** Deeper than any chain of actors (RFC 8693 section 4.1) that people write. */
  private static final int MAX_DEPTH = 64;

  /**
   * A key of RSA with 8,192 bits takes 1,366 characters, a chain of certificates some thousands.
   */
  static final int MAX_STRING = 64 * 1024;

  private static final int MAX_NAME = 1024;

  /** Times have 20 digits at most. */
  private static final int MAX_NUMBER = 100;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Names that strangers send are not kept, nor can they collide.
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_STRING)
                          .maxNameLength(MAX_NAME)
                          .maxNumberLength(MAX_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private StrictJson() {}

  /**
   * {@return the object that octets are, null if they are anything else}
   *
   * @param octets the whole text
   */
  public static @Nullable ObjectNode object(byte[] octets) {
    try {
      // Decoded here, because the parser would also take UTF-16 and broken UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return READER.readTree(text) instanceof ObjectNode object ? object : null;
    } catch (CharacterCodingException
        | JacksonException
        | ArithmeticException
        | NumberFormatException invalid) {
      return null;
    }
  }

  /**
   * {@return the text of a member, null if it is not there or not a string}
   *
   * @param object the object
   * @param name the member
   */
  public static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value != null && value.isString() ? value.stringValue() : null;
  }
}
