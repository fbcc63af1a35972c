package io.brrtrouter.schema.codec;

/**
 * A string of a schema as JSON, made once because it is written often: the name of a property or a
 * value of an {@code enum}. Immutable and thread-safe.
 */
public final class JsonFragment {

  /** The text in words, filled with zeros; most have one or two, which are then at hand. */
  private final long first;

  private final long second;
  private final long[] more;
  private final int length;

  private JsonFragment(byte[] text) {
    length = text.length;
    first = word(text, 0);
    second = word(text, 1);
    more = new long[Math.max(0, (length - 1) / Words.BYTES - 1)];
    for (int i = 0; i < more.length; i++) {
      more[i] = word(text, i + 2);
    }
  }

  private static long word(byte[] text, int index) {
    int at = index * Words.BYTES;
    return Words.head(text, at, Math.max(0, text.length - at));
  }

  /**
   * {@return the name of a property, for {@link JsonOutput#name(JsonFragment)}}
   *
   * @param name the name
   * @throws IllegalArgumentException when it has an unpaired surrogate
   */
  public static JsonFragment name(String name) {
    JsonOutput out = string(name);
    out.writeByte(':');
    return new JsonFragment(out.toBytes());
  }

  /**
   * {@return a value, for {@link JsonOutput#write(JsonFragment)}}
   *
   * @param value the string
   * @throws IllegalArgumentException when it has an unpaired surrogate
   */
  public static JsonFragment value(String value) {
    return new JsonFragment(string(value).toBytes());
  }

  private static JsonOutput string(String text) {
    JsonOutput out = new JsonOutput(Checks.ALL);
    out.writeString(text);
    if (out.violated()) {
      throw new IllegalArgumentException("a text with an unpaired surrogate is not Unicode");
    }
    return out;
  }

  /** The room {@link #copyTo} needs, more than it fills. */
  int room() {
    return length + 2 * Words.BYTES;
  }

  /** Copies the text; answers the index behind it. */
  int copyTo(byte[] out, int start) {
    Words.set(out, start, first);
    Words.set(out, start + Words.BYTES, second);
    int at = start + 2 * Words.BYTES;
    for (long word : more) {
      Words.set(out, at, word);
      at += Words.BYTES;
    }
    return start + length;
  }
}
