package io.brrtrouter.server.http;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells a request within a trace, W3C Trace Context section 3.2. Immutable.
 *
 * @param traceId 32 lowercase hexadecimal digits, not all zero
 * @param spanId 16 lowercase hexadecimal digits, not all zero: of who asks when it was {@linkplain
 *     #of read} from the request, of the server's own span when that is recorded
 * @param sampled whether who asks, or the own tracing, records it
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
  /** The field that carries it. */
  public static final String HEADER = "traceparent";

  private static final int VERSION = 2;
  private static final int TRACE = VERSION + 1;
  private static final int TRACE_DIGITS = 32;
  private static final int SPAN = TRACE + TRACE_DIGITS + 1;
  private static final int SPAN_DIGITS = 16;
  private static final int FLAGS = SPAN + SPAN_DIGITS + 1;

  /** Of version 00, and of what later versions begin with. */
  private static final int LENGTH = FLAGS + 2;

  /** The components are given, in the right form. */
  public TraceContext {
    Objects.requireNonNull(traceId, "traceId");
    Objects.requireNonNull(spanId, "spanId");
  }

  /**
   * {@return what the field {@code traceparent} says; null without one, or where it is not well
   * formed: then the request begins a trace, sections 3.2.2 and 4.3}
   *
   * @param headers the fields of a request
   */
  public static @Nullable TraceContext of(Headers headers) {
    String given = headers.combined(HEADER); // several have a comma between: none of them is taken
    if (given == null || !isWellFormed(given)) {
      return null;
    }
    boolean sampled = (Character.digit(given.charAt(LENGTH - 1), 16) & 1) != 0;
    return new TraceContext(
        given.substring(TRACE, TRACE + TRACE_DIGITS),
        given.substring(SPAN, SPAN + SPAN_DIGITS),
        sampled);
  }

  /**
   * {@return whether the field {@code traceparent} is well formed and says that who asks records
   * the trace} Makes nothing, unlike {@link #of}.
   *
   * @param headers the fields of a request
   */
  public static boolean isSampled(Headers headers) {
    String given = headers.combined(HEADER);
    return given != null
        && isWellFormed(given)
        && (Character.digit(given.charAt(LENGTH - 1), 16) & 1) != 0;
  }

  private static boolean isWellFormed(String text) {
    return text.length() >= LENGTH
        && isHex(text, 0, VERSION)
        && !text.startsWith("ff")
        && text.charAt(VERSION) == '-'
        && isId(text, TRACE, TRACE_DIGITS)
        && text.charAt(SPAN - 1) == '-'
        && isId(text, SPAN, SPAN_DIGITS)
        && text.charAt(FLAGS - 1) == '-'
        && isHex(text, FLAGS, LENGTH)
        && endsRight(text);
  }

  /** Version 00 has nothing behind the flags, later ones may have another part. */
  private static boolean endsRight(String text) {
    return text.length() == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-');
  }

  private static boolean isId(String text, int from, int digits) {
    if (!isHex(text, from, from + digits)) {
      return false;
    }
    for (int i = from; i < from + digits; i++) {
      if (text.charAt(i) != '0') {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
