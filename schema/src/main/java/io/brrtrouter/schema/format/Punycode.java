package io.brrtrouter.schema.format;

/** The Bootstring of internationalized labels: RFC 3492 with the parameters of its section 5. */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private Punycode() {}

  /**
   * Decodes (section 6.2).
   *
   * @param text what follows {@code xn--}
   * @param label where the code points go; its length is the most there may be
   * @return how many code points, or -1 when the text is not Punycode or has too many
   */
  static int decode(CharSequence text, int[] label) {
    int basic = Math.max(lastHyphen(text), 0);
    if (basic > label.length) {
      return -1;
    }
    for (int i = 0; i < basic; i++) {
      label[i] = text.charAt(i);
    }
    int length = basic;
    int at = basic == 0 ? 0 : basic + 1;
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    long i = 0;
    while (at < text.length()) {
      long start = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = at < text.length() ? digit(text.charAt(at++)) : -1;
        i += digit * weight;
        if (digit < 0 || i > Integer.MAX_VALUE) {
          return -1;
        }
        int t = threshold(k, bias);
        if (digit < t) {
          break;
        }
        weight *= BASE - t;
      }
      if (length == label.length) {
        return -1;
      }
      bias = adapt(i - start, length + 1, start == 0);
      n += (int) (i / (length + 1));
      i %= length + 1;
      if (n < 0 || n > Character.MAX_CODE_POINT) {
        return -1;
      }
      System.arraycopy(label, (int) i, label, (int) i + 1, length - (int) i);
      label[(int) i++] = n;
      length++;
    }
    return length;
  }

  /**
   * Encodes (section 6.3).
   *
   * @param label the code points
   * @param length how many of them
   * @return what follows {@code xn--}
   */
  static String encode(int[] label, int length) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      if (label[i] < INITIAL_N) {
        out.append((char) label[i]);
      }
    }
    int basic = out.length();
    if (basic > 0) {
      out.append('-');
    }
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    long delta = 0;
    for (int handled = basic; handled < length; ) {
      int next = smallestFrom(n, label, length);
      delta += (long) (next - n) * (handled + 1);
      n = next;
      for (int i = 0; i < length; i++) {
        if (label[i] < n) {
          delta++;
        } else if (label[i] == n) {
          appendInteger(out, delta, bias);
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
      n++;
    }
    return out.toString();
  }

  private static int lastHyphen(CharSequence text) {
    int at = text.length() - 1;
    while (at >= 0 && text.charAt(at) != '-') {
      at--;
    }
    return at;
  }

  private static int smallestFrom(int n, int[] label, int length) {
    int smallest = Integer.MAX_VALUE;
    for (int i = 0; i < length; i++) {
      if (label[i] >= n && label[i] < smallest) {
        smallest = label[i];
      }
    }
    return smallest;
  }

  private static void appendInteger(StringBuilder out, long delta, int bias) {
    long q = delta;
    for (int k = BASE; ; k += BASE) {
      int t = threshold(k, bias);
      if (q < t) {
        out.append(character((int) q));
        return;
      }
      out.append(character((int) (t + (q - t) % (BASE - t))));
      q = (q - t) / (BASE - t);
    }
  }

  private static int threshold(int k, int bias) {
    return Math.clamp(k - bias, T_MIN, T_MAX);
  }

  private static int adapt(long delta, int points, boolean first) {
    long scaled = first ? delta / DAMP : delta / 2;
    scaled += scaled / points;
    int k = 0;
    while (scaled > (BASE - T_MIN) * T_MAX / 2) {
      scaled /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * scaled / (scaled + SKEW));
  }

  private static int digit(char c) {
    if (Ascii.isDigit(c)) {
      return c - '0' + 26;
    }
    return Ascii.isLetter(c) ? (c | 0x20) - 'a' : -1;
  }

  private static char character(int digit) {
    return (char) (digit < 26 ? 'a' + digit : '0' + digit - 26);
  }
}
