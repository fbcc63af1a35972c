package io.brrtrouter.server.dispatch;

/**
 * What becomes of responses that are being written when another generation serves. Immutable.
 *
 * @param ends whether those that do not say themselves are to end then
 * @param kept how many generations that are replaced may be kept for the others, 1 or more; beyond
 *     it those of the oldest are to end
 */
public record ReloadPolicy(boolean ends, int kept) {
  /** Enough for clients that connect again once in a while; each holds a compiled document. */
  public static final int KEPT = 4;

  /** They go on, of {@link #KEPT} generations. */
  public static final ReloadPolicy DEFAULT = new ReloadPolicy(false, KEPT);

  /** Refuses to keep none. */
  public ReloadPolicy {
    if (kept < 1) {
      throw new IllegalArgumentException("1 generation or more is kept, not " + kept);
    }
  }
}
