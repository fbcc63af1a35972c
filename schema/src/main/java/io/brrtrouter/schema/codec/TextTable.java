package io.brrtrouter.schema.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The texts a schema knows in one place, numbered from 0: names of properties, or values of an
 * {@code enum}. Finds them in a JSON text without making a {@code String}. Immutable and
 * thread-safe.
 */
public final class TextTable {

  /** Knows nothing. */
  public static final TextTable EMPTY = of();

  private static final int NONE = -1;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final byte[][] texts;
  private final Map<String, Integer> indexes;
  private final int longest;

  /** First and last eight bytes of each text. */
  private final long[] heads;

  private final long[] tails;

  /** Indexes by the upper bits of the hash; as many slots again stay free. */
  private final int[] slots;

  private final int shift;

  private final Tokens tokens;

  private TextTable(String[] given) {
    int size = given.length;
    texts = new byte[size][];
    indexes = HashMap.newHashMap(size);
    heads = new long[size];
    tails = new long[size];
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * size);
    shift = Long.SIZE - Math.max(bits, 1);
    slots = new int[1 << Math.max(bits, 1)];
    Arrays.fill(slots, NONE);
    int most = 0;
    for (int i = 0; i < size; i++) {
      if (indexes.put(given[i], i) != null) {
        throw new IllegalArgumentException("the text \"" + given[i] + "\" occurs twice");
      }
      most = Math.max(most, given[i].length());
      add(i, utf8(given[i]));
    }
    longest = most;
    tokens = new Tokens(texts);
  }

  /**
   * Makes a table.
   *
   * @param texts the texts, in the order in which they are expected
   * @return the table
   * @throws IllegalArgumentException when a text occurs twice or has an unpaired surrogate
   */
  public static TextTable of(String... texts) {
    return new TextTable(texts);
  }

  private static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      throw new IllegalArgumentException("a text with an unpaired surrogate is not Unicode");
    }
    return bytes;
  }

  private void add(int index, byte[] text) {
    texts[index] = text;
    heads[index] = Words.head(text, 0, text.length);
    tails[index] = tail(text, 0, text.length);
    int slot = slot(heads[index], tails[index], text.length);
    while (slots[slot] != NONE) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = index;
  }

  /** The last eight bytes of a slice; 0 of one so short that its head is the whole. */
  private static long tail(byte[] bytes, int from, int to) {
    return to - from >= Words.BYTES ? Words.get(bytes, to - Words.BYTES) : 0;
  }

  private int slot(long head, long tail, int length) {
    return (int) ((((head * MIX) ^ (tail + length)) * MIX) >>> shift);
  }

  /**
   * {@return whether a text is known}
   *
   * @param text the text
   */
  public boolean contains(String text) {
    return indexes.containsKey(text);
  }

  /** The index of a text, or -1. */
  int find(String text) {
    return indexes.getOrDefault(text, NONE);
  }

  /** The index of a text that stands in a JSON text without escapes, or -1. */
  int find(byte[] json, int from, int to) {
    int length = to - from;
    long head = Words.head(json, from, length);
    long tail = tail(json, from, to);
    int slot = slot(head, tail, length);
    while (true) {
      int index = slots[slot];
      if (index == NONE
          || (heads[index] == head && tails[index] == tail && isAt(index, json, from, to))) {
        return index;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }

  private boolean isAt(int index, byte[] json, int from, int to) {
    byte[] text = texts[index];
    return text.length == to - from
        && (text.length <= 2 * Words.BYTES || Arrays.equals(json, from, to, text, 0, text.length));
  }

  /** The length of the longest text in characters. */
  int longest() {
    return longest;
  }

  /**
   * Whether a text stands at an index as a member name: in quotes, with a colon right behind. Also
   * false at the very end of a JSON text.
   *
   * @param index of the text; may be the number of texts
   * @return the number of bytes to the end of the colon, or 0
   */
  int match(int index, byte[] json, int at) {
    return tokens.match(index, json, at);
  }

  /** Every text as {@code "text":} in words; the last word of each is filled with zeros. */
  private static final class Tokens {
    private final long[] words;
    private final int[] starts;
    private final long[] masks;
    private final int[] lengths;

    private Tokens(byte[][] texts) {
      int size = texts.length;
      starts = new int[size + 1];
      masks = new long[size];
      lengths = new int[size];
      for (int i = 0; i < size; i++) {
        starts[i + 1] = starts[i] + wordsFor(texts[i].length + 3);
      }
      words = new long[starts[size]];
      for (int i = 0; i < size; i++) {
        add(i, texts[i]);
      }
    }

    private static int wordsFor(int bytes) {
      return (bytes + Words.BYTES - 1) / Words.BYTES;
    }

    private void add(int index, byte[] text) {
      byte[] token = new byte[(starts[index + 1] - starts[index]) * Words.BYTES];
      token[0] = '"';
      System.arraycopy(text, 0, token, 1, text.length);
      token[text.length + 1] = '"';
      token[text.length + 2] = ':';
      int length = text.length + 3;
      masks[index] = Words.mask((length - 1) % Words.BYTES + 1);
      lengths[index] = isWrittenAsItIs(text) ? length : 0;
      for (int i = starts[index]; i < starts[index + 1]; i++) {
        words[i] = Words.get(token, (i - starts[index]) * Words.BYTES);
      }
    }

    private static boolean isWrittenAsItIs(byte[] text) {
      for (byte b : text) {
        if (b >= 0 && !Words.isPlain(b)) {
          return false;
        }
      }
      return true;
    }

    private int match(int index, byte[] json, int start) {
      if (index >= lengths.length) {
        return 0;
      }
      int word = starts[index];
      int last = starts[index + 1] - 1;
      int at = start;
      if ((last - word + 1) * Words.BYTES > json.length - at) {
        return 0;
      }
      while (word < last) {
        if (Words.get(json, at) != words[word]) {
          return 0;
        }
        word++;
        at += Words.BYTES;
      }
      return (Words.get(json, at) & masks[index]) == words[last] ? lengths[index] : 0;
    }
  }
}
