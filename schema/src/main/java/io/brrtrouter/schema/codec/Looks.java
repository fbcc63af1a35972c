package io.brrtrouter.schema.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What looks inside other looks at a text have found. Alternatives that hold alternatives of their
 * own would else be looked at again for each one around them: once for each combination of all that
 * are around.
 *
 * <p>Confined to a thread; keeps one entry for each value and decoder, as many as are added.
 */
final class Looks {
  /** What {@link #find} answers for a value that nobody looked at with the decoder. */
  static final int UNKNOWN = 0;

  private static final int ACCEPTED = 1;
  private static final int REFUSED = 2;
  private static final int FIRST_SIZE = 64;
  private static final int MIX = 0x9E3779B9;

  private int[] positions = new int[FIRST_SIZE];
  private @Nullable JsonDecoder<?>[] decoders = new JsonDecoder<?>[FIRST_SIZE];
  private byte[] findings = new byte[FIRST_SIZE];
  private int size;

  /** The value farthest from the beginning that has an entry. */
  private int last;

  @SuppressWarnings("ReferenceEquality") // a decoder is no value
  private int slot(int position, JsonDecoder<?> decoder) {
    int slot = (position * MIX ^ System.identityHashCode(decoder)) * MIX;
    slot = slot >>> Integer.numberOfLeadingZeros(positions.length - 1);
    while (findings[slot] != UNKNOWN
        && (positions[slot] != position || decoders[slot] != decoder)) {
      slot = (slot + 1) & (positions.length - 1);
    }
    return slot;
  }

  /** What is known of the value at a position: {@link #UNKNOWN}, or for {@link #isAccepted}. */
  int find(int position, JsonDecoder<?> decoder) {
    return findings[slot(position, decoder)];
  }

  static boolean isAccepted(int finding) {
    return finding == ACCEPTED;
  }

  /** Remembers one of a value that has no entry yet. */
  void add(int position, JsonDecoder<?> decoder, boolean accepted) {
    if (2 * (size + 1) > positions.length) {
      grow();
    }
    put(position, decoder, (byte) (accepted ? ACCEPTED : REFUSED));
    size++;
    last = Math.max(last, position);
  }

  private void put(int position, JsonDecoder<?> decoder, byte finding) {
    int slot = slot(position, decoder);
    positions[slot] = position;
    decoders[slot] = decoder;
    findings[slot] = finding;
  }

  private void grow() {
    int[] oldPositions = positions;
    @Nullable JsonDecoder<?>[] oldDecoders = decoders;
    byte[] oldFindings = findings;
    positions = new int[2 * oldPositions.length];
    decoders = new JsonDecoder<?>[positions.length];
    findings = new byte[positions.length];
    for (int i = 0; i < oldPositions.length; i++) {
      JsonDecoder<?> decoder = oldDecoders[i];
      if (decoder != null) {
        put(oldPositions[i], decoder, oldFindings[i]);
      }
    }
  }

  /** How many entries there are. */
  int size() {
    return size;
  }

  /** Forgets everything if all of it is before a position, where nobody looks any more. */
  void forgetBefore(int position) {
    if (size == 0 || last >= position) {
      return;
    }
    if (positions.length > FIRST_SIZE) {
      positions = new int[FIRST_SIZE];
      decoders = new JsonDecoder<?>[FIRST_SIZE];
      findings = new byte[FIRST_SIZE];
    } else {
      Arrays.fill(findings, (byte) UNKNOWN);
      Arrays.fill(decoders, null);
    }
    size = 0;
    last = 0;
  }
}
