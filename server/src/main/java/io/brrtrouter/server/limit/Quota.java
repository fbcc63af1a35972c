package io.brrtrouter.server.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one client may ask for: a bucket of so many requests that fills evenly, by the quota in
 * one window. Immutable.
 */
public final class Quota {
  private final String policy;
  private final int requests;
  private final Duration window;
  private final int burst;

  /** Nanoseconds for one more request, less than one too few. */
  private final long interval;

  private final String policyField;
  private final String fieldStart;

  /**
   * Makes a quota.
   *
   * @param policy what clients know it by: letters and hyphens
   * @param requests how many, at least 1
   * @param window in which time; at least a nanosecond for each request
   */
  public Quota(String policy, int requests, Duration window) {
    this(policy, requests, window, requests);
  }

  /**
   * Makes a quota of which not all may be used at once.
   *
   * @param policy what clients know it by: letters and hyphens
   * @param requests how many, at least 1
   * @param window in which time; at least a nanosecond for each request
   * @param burst how many of them at once, at least 1
   */
  public Quota(String policy, int requests, Duration window, int burst) {
    if (requests < 1 || window.toNanos() < requests || burst < 1 || burst > requests) {
      throw new IllegalArgumentException(
          "no quota: " + requests + " in " + window + ", " + burst + " at once");
    }
    this.burst = burst;
    this.policy = policy;
    this.requests = requests;
    this.window = window;
    this.interval = window.toNanos() / requests;
    this.policyField =
        "\"%s\";q=%d;w=%d".formatted(policy, requests, Standing.seconds(window.toNanos()));
    this.fieldStart = "\"" + policy + "\";r=";
  }

  /** {@return how many requests} */
  public int requests() {
    return requests;
  }

  /** {@return in which time} */
  public Duration window() {
    return window;
  }

  /** {@return how many requests are in a full bucket} */
  public int burst() {
    return burst;
  }

  /** {@return the nanoseconds after which a client may ask once more} */
  public long interval() {
    return interval;
  }

  /**
   * {@return the quota in words, {@code 3 requests at once, 5 in 60 s} for example; one that may be
   * used all at once without saying so}
   *
   * @param one what is counted, one of it
   */
  public String of(String one) {
    String all = "in " + Standing.seconds(window.toNanos()) + " s";
    return burst == requests
        ? counted(requests, one) + " " + all
        : counted(burst, one) + " at once, " + requests + " " + all;
  }

  private static String counted(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /** {@return the value of {@code RateLimit-Policy}} */
  String policyField() {
    return policyField;
  }

  /** {@return what the value of {@code RateLimit} begins with} */
  String fieldStart() {
    return fieldStart;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quota that
        && policy.equals(that.policy)
        && requests == that.requests
        && window.equals(that.window)
        && burst == that.burst;
  }

  @Override
  public int hashCode() {
    return policyField.hashCode();
  }

  /** {@return the quota as clients are told it} */
  @Override
  public String toString() {
    return policyField;
  }
}
