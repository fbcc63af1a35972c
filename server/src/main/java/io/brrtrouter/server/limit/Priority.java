package io.brrtrouter.server.limit;

import java.util.Locale;
import java.util.Optional;

/**
 * How much a request matters beside others that share a limit with it. Each may fill its share of
 * the limit only, so that what matters least is refused first, before there is no room at all.
 */
public enum Priority {
  /** Has the whole limit: the last to be refused. */
  CRITICAL(100),
  /** Whatever says nothing. */
  DEFAULT(80),
  /** Can be asked again, or done without: the first to be refused. */
  SHEDDABLE(50);

  private final int percent;

  Priority(int percent) {
    this.percent = percent;
  }

  /**
   * {@return the share of a limit that it may fill, in percent}
   *
   * @param highest what matters most of those that share the limit: it has all of it
   */
  public int share(Priority highest) {
    return percent * 100 / highest.percent;
  }

  /** {@return its name in documents and settings} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the priority of that name}
   *
   * @param text {@code critical}, {@code default} or {@code sheddable}
   */
  public static Optional<Priority> parse(String text) {
    for (Priority each : values()) {
      if (each.text().equals(text)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
