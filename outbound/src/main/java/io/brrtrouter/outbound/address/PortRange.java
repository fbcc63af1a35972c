package io.brrtrouter.outbound.address;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports in a row.
 *
 * @param first the first
 * @param last the last, included
 */
public record PortRange(int first, int last) {
  private static final int HIGHEST = 65_535;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");

  /**
   * {@return the ports that a text names, nothing if it names none}
   *
   * @param text {@code 443} or {@code 1024-65535}
   */
  public static Optional<PortRange> parse(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(range.group(1));
    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
    boolean sound = first >= 1 && first <= last && last <= HIGHEST;
    return sound ? Optional.of(new PortRange(first, last)) : Optional.empty();
  }

  boolean has(int port) {
    return port >= first && port <= last;
  }

  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + "-" + last;
  }
}
