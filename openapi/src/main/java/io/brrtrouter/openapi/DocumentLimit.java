package io.brrtrouter.openapi;

import io.brrtrouter.openapi.source.DocumentLimits;
import java.util.Locale;

/**
 * A bound on documents that can be set by name, with what it may be set to. The upper ends are what
 * reading is made for: a file is held in memory, and nesting takes stack.
 */
public enum DocumentLimit {
  /** {@link DocumentLimits#bytes}. */
  MAX_FILE_BYTES(1, DocumentLimits.MOST_BYTES),

  /** {@link DocumentLimits#depth}. */
  MAX_DEPTH(1, 1_000),

  /** {@link DocumentLimits#aliases}. */
  MAX_ALIASES(0, 100_000),

  /** {@link DocumentLimits#nodes}. */
  MAX_VALUES(1, 10_000_000),

  /** {@link LoadOptions#files}. */
  MAX_FILES(1, 100_000);

  private final int least;
  private final int most;

  DocumentLimit(int least, int most) {
    this.least = least;
    this.most = most;
  }

  /** {@return its name in settings, {@code max_depth} for example} */
  public String setting() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the smallest it may be set to} */
  public int least() {
    return least;
  }

  /** {@return the largest it may be set to} */
  public int most() {
    return most;
  }

  /**
   * {@return what it is in options}
   *
   * @param options how documents are loaded
   */
  public int in(LoadOptions options) {
    return switch (this) {
      case MAX_FILE_BYTES -> options.limits().bytes();
      case MAX_DEPTH -> options.limits().depth();
      case MAX_ALIASES -> options.limits().aliases();
      case MAX_VALUES -> options.limits().nodes();
      case MAX_FILES -> options.files();
    };
  }

  /**
   * {@return the limit with a name}
   *
   * @param setting the name
   * @throws IllegalArgumentException with a sentence, if there is none
   */
  public static DocumentLimit named(String setting) {
    for (DocumentLimit each : values()) {
      if (each.setting().equals(setting)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "there is no limit of documents with the name " + setting + "; max_depth is one");
  }

  /**
   * {@return the options with this limit as it is written}
   *
   * @param options how documents are loaded
   * @param number a number in digits
   * @throws IllegalArgumentException with a sentence, if it is none or out of range
   */
  public LoadOptions parse(LoadOptions options, String number) {
    try {
      int value = Integer.parseInt(number.strip());
      if (value >= least && value <= most) {
        return options.with(this, value);
      }
    } catch (NumberFormatException seeBelow) {
      // As a number that is out of range.
    }
    throw new IllegalArgumentException(
        "%s is a number from %d to %d, not \"%s\"".formatted(setting(), least, most, number));
  }
}
