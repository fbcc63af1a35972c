package io.brrtrouter.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of content (RFC 9110 section 14.1.2).
 *
 * @param first the index of its first octet
 * @param last the index of its last octet
 */
record ByteRange(long first, long last) {
  /**
   * The most that one request may ask for: each takes about a hundred octets of the answer, and a
   * client that wants more of them wants all.
   */
  static final int MOST = 16;

  private static final String UNIT = "bytes=";

  long length() {
    return last - first + 1;
  }

  /** {@return the value of {@code Content-Range} (section 14.4)} */
  String of(long complete) {
    return "bytes " + first + "-" + last + "/" + complete;
  }

  /**
   * {@return the parts that a field asks for, each octet once, those that touch as one, in the
   * order asked for; empty if the content has none of them; null if the field does not count:
   * another unit, not in its syntax, more than {@link #MOST}}
   *
   * @param field the value of {@code Range} (section 14.2)
   * @param complete the length of the content
   */
  static @Nullable List<ByteRange> parse(String field, long complete) {
    if (!field.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
      return null;
    }
    List<ByteRange> ranges = new ArrayList<>();
    int asked = 0;
    int at = UNIT.length();
    while (at <= field.length()) {
      int comma = field.indexOf(',', at);
      int end = comma < 0 ? field.length() : comma;
      String element = field.substring(at, end).strip();
      at = end + 1;
      if (element.isEmpty()) {
        continue; // RFC 9110 section 5.6.1.2
      }
      asked++;
      int hyphen = element.indexOf('-');
      if (asked > MOST || hyphen < 0 || !isRange(element, hyphen)) {
        return null;
      }
      if (complete == 0 && hyphen == 0 && number(element, 1, element.length()) > 0) {
        return null; // It has the last octets of nothing (section 14.1.2): all of it.
      }
      ByteRange range = range(element, hyphen, complete);
      if (range != null) {
        join(ranges, range);
      }
    }
    return asked == 0 ? null : ranges;
  }

  /** {@return whether it is digits on both sides, or on one, and does not end before it begins} */
  private static boolean isRange(String element, int hyphen) {
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (i != hyphen && (c < '0' || c > '9')) {
        return false;
      }
    }
    if (element.length() == 1) {
      return false;
    }
    boolean both = hyphen > 0 && hyphen < element.length() - 1;
    return !both || number(element, 0, hyphen) <= number(element, hyphen + 1, element.length());
  }

  /** {@return what the content has of it, null if that is nothing} */
  private static @Nullable ByteRange range(String element, int hyphen, long complete) {
    long before = number(element, 0, hyphen);
    long behind = number(element, hyphen + 1, element.length());
    if (hyphen == 0) {
      return behind == 0 ? null : new ByteRange(Math.max(0, complete - behind), complete - 1);
    }
    boolean open = hyphen == element.length() - 1;
    return before >= complete
        ? null
        : new ByteRange(before, open ? complete - 1 : Math.min(behind, complete - 1));
  }

  /** {@return a number of any length; what is too large for anything is as large as can be} */
  private static long number(String digits, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = digits.charAt(i) - '0';
      if (number > (Long.MAX_VALUE - digit) / 10) {
        return Long.MAX_VALUE;
      }
      number = 10 * number + digit;
    }
    return number;
  }

  /** Takes in those that it touches, at the place of the first of them (section 15.3.7.2). */
  private static void join(List<ByteRange> ranges, ByteRange range) {
    ByteRange joined = range;
    int place = ranges.size();
    int i = 0;
    while (i < ranges.size()) {
      ByteRange other = ranges.get(i);
      if (other.first <= joined.last + 1 && joined.first <= other.last + 1) {
        joined =
            new ByteRange(Math.min(joined.first, other.first), Math.max(joined.last, other.last));
        ranges.remove(i);
        place = Math.min(place, i);
        i = 0;
      } else {
        i++;
      }
    }
    ranges.add(Math.min(place, ranges.size()), joined);
  }
}
