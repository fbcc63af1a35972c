package io.brrtrouter.schema.stream;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message of which nothing is described (RFC 6455 section 5.6). */
public sealed interface RawMessage {

  /**
   * Text, sent in UTF-8.
   *
   * @param text the text
   */
  record Text(String text) implements RawMessage {
    /** Refuses null. */
    public Text {
      Objects.requireNonNull(text, "a message has a text");
    }
  }

  /**
   * Octets. Immutable as long as nobody changes them.
   *
   * @param octets the octets; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // compared below
  record Binary(byte[] octets) implements RawMessage {
    /** Refuses null. */
    public Binary {
      Objects.requireNonNull(octets, "a message has octets");
    }

    /** Compares the octets. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Binary(byte[] theirs) && Arrays.equals(octets, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(octets);
    }

    /** {@return how many octets there are; never the octets} */
    @Override
    public String toString() {
      return "Binary[" + octets.length + " octets]";
    }
  }
}
