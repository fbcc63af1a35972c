package io.brrtrouter.server.router;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows the literal beginning of a templated segment: parameters, each followed by literal
 * text. Text may be empty only behind the last one.
 *
 * <p>Ordered by which is tried first: the longer text behind the last parameter, then more text in
 * all, then more parameters, then the text itself, so that the order depends on nothing but the
 * templates.
 */
final class Tail implements Comparable<Tail> {
  private final int[][] texts;
  private final int textLength;

  /** Takes the text behind each parameter. */
  Tail(List<int[]> texts) {
    this.texts = texts.toArray(new int[0][]);
    int length = 0;
    for (int[] text : texts) {
      length += text.length;
    }
    this.textLength = length;
  }

  /** {@return how many parameters there are} */
  int parameters() {
    return texts.length;
  }

  /**
   * {@return whether the rest of a segment has this form}
   *
   * <p>Every parameter takes at least one unit; each but the last ends before the first occurrence
   * of the text behind it, the last reaches to the text at the end. The earliest end of one leaves
   * most to the next, so this finds a division whenever there is one, without going back.
   *
   * @param path the path
   * @param from where the rest begins
   * @param end where the segment ends
   * @param offsets where to put begin and end of each parameter, or null to only ask
   * @param parameter the index of the first one
   */
  boolean matches(String path, int from, int end, int @Nullable [] offsets, int parameter) {
    int last = texts.length - 1;
    int at = from;
    for (int i = 0; i < last; i++) {
      int stop = at < end ? find(path, Units.after(path, at), end, texts[i], false) : -1;
      if (stop < 0) {
        return false;
      }
      put(offsets, parameter + i, at, stop);
      at = Units.after(path, stop, end, texts[i]);
    }
    if (at >= end) {
      return false;
    }
    int stop = end;
    if (texts[last].length > 0) {
      stop = find(path, Units.after(path, at), end, texts[last], true);
      if (stop < 0) {
        return false;
      }
    }
    put(offsets, parameter + last, at, stop);
    return true;
  }

  /** {@return where text first occurs, with {@code atEnd} only where it reaches the end, or -1} */
  private static int find(String path, int from, int end, int[] text, boolean atEnd) {
    int farthest = atEnd ? text.length * Units.WIDEST : Integer.MAX_VALUE;
    for (int at = from; at < end; at = Units.after(path, at)) {
      if (end - at <= farthest) {
        int after = Units.after(path, at, end, text);
        if (atEnd ? after == end : after >= 0) {
          return at;
        }
      }
    }
    return -1;
  }

  private static void put(int @Nullable [] offsets, int parameter, int from, int to) {
    if (offsets != null) {
      offsets[2 * parameter] = from;
      offsets[2 * parameter + 1] = to;
    }
  }

  @Override
  public int compareTo(Tail that) {
    int order = Integer.compare(that.suffix().length, suffix().length);
    if (order == 0) {
      order = Integer.compare(that.textLength, textLength);
    }
    if (order == 0) {
      order = Integer.compare(that.texts.length, texts.length);
    }
    for (int i = 0; order == 0 && i < texts.length; i++) {
      order = Arrays.compare(texts[i], that.texts[i]);
    }
    return order;
  }

  private int[] suffix() {
    return texts[texts.length - 1];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Tail that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(texts);
  }
}
