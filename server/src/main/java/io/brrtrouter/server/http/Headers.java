package io.brrtrouter.server.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order sent (RFC 9110 section 5). Names compare without case; several fields
 * of one name are kept apart. Immutable.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(new String[0]);

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  /** Name, value, name, value, in order. */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /** {@return no fields} */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * {@return fields from alternating names and values}
   *
   * @param namesAndValues name, value, name, value
   * @throws IllegalArgumentException if a name is not a token, a value has a control character or
   *     one beyond Latin-1, or a name has no value
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without value");
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      builder.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /** {@return a builder without fields} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the value of the first field of this name, or null}
   *
   * @param name the name, in any case
   */
  public @Nullable String get(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /**
   * {@return the value of the first field of this name}
   *
   * @param name the name, in any case
   */
  public Optional<String> first(String name) {
    return Optional.ofNullable(get(name));
  }

  /**
   * {@return the values of all fields of this name, in order}
   *
   * @param name the name, in any case
   */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  /**
   * {@return the values of all fields of this name as one list, joined by a comma (RFC 9110 section
   * 5.3), or null without one}
   *
   * @param name the name, in any case
   */
  public @Nullable String combined(String name) {
    String combined = null;
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        combined = combined == null ? fields[i + 1] : combined + ", " + fields[i + 1];
      }
    }
    return combined;
  }

  /**
   * {@return whether a field of this name is there}
   *
   * @param name the name, in any case
   */
  public boolean contains(String name) {
    return get(name) != null;
  }

  /** {@return the names in lower case, each once, in order} */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < fields.length; i += 2) {
      names.add(fields[i].toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** {@return how many fields there are} */
  public int size() {
    return fields.length / 2;
  }

  /**
   * {@return the name of a field as written}
   *
   * @param index from 0, in order
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public String name(int index) {
    return fields[2 * index];
  }

  /**
   * {@return the value of a field}
   *
   * @param index from 0, in order
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public String value(int index) {
    return fields[2 * index + 1];
  }

  /**
   * Gives every field to an action, in order, with its name as written.
   *
   * @param action takes name and value
   */
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < fields.length; i += 2) {
      action.accept(fields[i], fields[i + 1]);
    }
  }

  /**
   * {@return these fields with one replaced or added}
   *
   * @param name the name; every present field of it goes
   * @param value the value
   * @throws IllegalArgumentException if the name is not a token or the value has a control
   *     character
   */
  public Headers with(String name, String value) {
    return toBuilder().set(name, value).build();
  }

  /**
   * {@return these fields and more behind them}
   *
   * @param namesAndValues name, value, name, value
   * @throws IllegalArgumentException as {@link #of}
   */
  public Headers plus(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header name without value");
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      check(namesAndValues[i], namesAndValues[i + 1]);
    }
    String[] all = Arrays.copyOf(fields, fields.length + namesAndValues.length);
    System.arraycopy(namesAndValues, 0, all, fields.length, namesAndValues.length);
    return new Headers(all);
  }

  /**
   * {@return these fields and those of another behind them}
   *
   * @param more further fields
   */
  public Headers plus(Headers more) {
    String[] all = Arrays.copyOf(fields, fields.length + more.fields.length);
    System.arraycopy(more.fields, 0, all, fields.length, more.fields.length);
    return new Headers(all);
  }

  /**
   * {@return these fields, behind them those of two others, and at the end one more} For what
   * stands on every response: nothing is looked at again, and nothing but the result is made.
   *
   * @param first fields
   * @param second further fields
   * @param name the name of the last
   * @param value its value
   * @throws IllegalArgumentException as {@link #of}
   */
  public Headers plus(Headers first, Headers second, String name, String value) {
    check(name, value);
    int end = fields.length + first.fields.length;
    int last = end + second.fields.length;
    String[] all = Arrays.copyOf(fields, last + 2);
    System.arraycopy(first.fields, 0, all, fields.length, first.fields.length);
    System.arraycopy(second.fields, 0, all, end, second.fields.length);
    all[last] = name;
    all[last + 1] = value;
    return new Headers(all);
  }

  /** {@return a builder with these fields} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.fields.addAll(List.of(fields));
    return builder;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers that && List.of(fields).equals(List.of(that.fields));
  }

  @Override
  public int hashCode() {
    return List.of(fields).hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /**
   * {@return the index of the first octet from an index on that no field value has (RFC 9110
   * section 5.5): a control octet other than the tab; the end if there is none}
   *
   * @param octets the octets
   * @param from the first
   * @param to the end, exclusive
   */
  public static int endOfValue(byte[] octets, int from, int to) {
    int at = from;
    // Eight at once, because most of a head is field values: an octet below the space, or DEL, sets
    // its high bit; those from there on are looked at singly, since borrows may set others.
    while (at <= to - Long.BYTES) {
      long eight = (long) EIGHT.get(octets, at);
      long del = eight ^ 0x7F * ONES;
      long found = ((eight - ' ' * ONES) & ~eight) | ((del - ONES) & ~del);
      if ((found & HIGH) != 0) {
        break;
      }
      at += Long.BYTES;
    }
    while (at < to
        && (octets[at] >= ' ' ? octets[at] != 0x7F : octets[at] < 0 || octets[at] == '\t')) {
      at++;
    }
    return at;
  }

  /**
   * {@return whether a text can be the value of a header field: Latin-1 without control characters}
   *
   * @param text the text
   */
  public static boolean isValue(String text) {
    return unfit(text) < 0;
  }

  /** {@return the index of the first character that no value has, or -1} */
  private static int unfit(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
        return i;
      }
    }
    return -1;
  }

  private static void check(String name, String value) {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("a header name is a token, not \"" + visible(name) + "\"");
    }
    if (value == null) {
      throw new NullPointerException("the value of header " + name + " is null");
    }
    int unfit = unfit(value);
    if (unfit >= 0) {
      boolean beyond = value.charAt(unfit) > 255;
      throw new IllegalArgumentException(
          "the value of header %s has a %s at index %d"
              .formatted(name, beyond ? "character beyond Latin-1" : "control character", unfit));
    }
  }

  /** A message may end in a log, where a line end would begin another line. */
  private static String visible(String name) {
    StringBuilder visible = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        visible.setCharAt(i, '\ufffd');
      }
    }
    return visible.toString();
  }

  /** Collects fields. Not safe for use by several threads. */
  public static final class Builder {
    private final List<String> fields = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a field, keeping present ones of the same name.
     *
     * @param name a token
     * @param value the value: Latin-1 without control characters
     * @return this builder
     * @throws IllegalArgumentException if the name is not a token or the value has a control
     *     character or one beyond Latin-1
     */
    public Builder add(String name, String value) {
      check(name, value);
      fields.add(name);
      fields.add(value);
      return this;
    }

    /**
     * Adds a field whose value is octets, each a character of Latin-1, as it comes from the wire.
     *
     * @param name a token
     * @param octets have the value
     * @param from its first octet
     * @param to its end, exclusive
     * @return the value
     * @throws IllegalArgumentException as {@link #add(String, String)}
     */
    public String add(String name, byte[] octets, int from, int to) {
      String value = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
      if (endOfValue(octets, from, to) < to || !Tokens.isToken(name)) {
        check(name, value); // knows what to say
      }
      fields.add(name);
      fields.add(value);
      return value;
    }

    /**
     * Replaces every field of a name by one.
     *
     * @param name a token
     * @param value the value: Latin-1 without control characters
     * @return this builder
     * @throws IllegalArgumentException as {@link #add(String, String)}
     */
    public Builder set(String name, String value) {
      remove(name);
      return add(name, value);
    }

    /**
     * Removes every field of a name.
     *
     * @param name the name, in any case
     * @return this builder
     */
    public Builder remove(String name) {
      for (int i = fields.size() - 2; i >= 0; i -= 2) {
        if (fields.get(i).equalsIgnoreCase(name)) {
          fields.remove(i + 1);
          fields.remove(i);
        }
      }
      return this;
    }

    /** {@return the fields collected} */
    public Headers build() {
      return fields.isEmpty() ? EMPTY : new Headers(fields.toArray(new String[0]));
    }
  }
}
