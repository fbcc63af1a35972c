package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.OperationExtension;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether handlers' responses are compared with the document, and what a mismatch leads to. */
public sealed interface ResponseCheckMode {
  /** Responses are not looked at. */
  ResponseCheckMode OFF = new Off();

  /** Every response is checked, a mismatch is logged. */
  ResponseCheckMode LOG = new Log();

  /** Every response is checked, a mismatch becomes a 500. */
  ResponseCheckMode ENFORCE = new Enforce();

  /** Responses are not looked at. */
  record Off() implements ResponseCheckMode {
    @Override
    public String toString() {
      return "off";
    }
  }

  /**
   * Some responses are checked, a mismatch is logged.
   *
   * @param rate which share, above 0 and at most 1
   */
  record Sample(double rate) implements ResponseCheckMode {
    /** Refuses a rate outside the range. */
    public Sample {
      if (!(rate > 0 && rate <= 1)) {
        throw new IllegalArgumentException("a sample rate is above 0 and at most 1, not " + rate);
      }
    }

    @Override
    public String toString() {
      return "sample:" + rate;
    }
  }

  /** Every response is checked, a mismatch is logged. */
  record Log() implements ResponseCheckMode {
    @Override
    public String toString() {
      return "log";
    }
  }

  /** Every response is checked, a mismatch becomes a 500. */
  record Enforce() implements ResponseCheckMode {
    @Override
    public String toString() {
      return "enforce";
    }
  }

  /**
   * {@return the mode a text names, or empty if it names none}
   *
   * @param text {@code off}, {@code log}, {@code enforce}, or {@code sample:} and a rate above 0
   *     and at most 1
   */
  static Optional<ResponseCheckMode> parse(String text) {
    return switch (text) {
      case "off" -> Optional.of(OFF);
      case "log" -> Optional.of(LOG);
      case "enforce" -> Optional.of(ENFORCE);
      default -> {
        OptionalDouble rate = OperationExtension.sampleRate(text);
        yield rate.isPresent() ? Optional.of(new Sample(rate.getAsDouble())) : Optional.empty();
      }
    };
  }
}
