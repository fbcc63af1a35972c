package io.brrtrouter.security.keys;

import io.brrtrouter.server.measure.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the keys of a provider are. Safe for use by many threads. */
public sealed interface KeySource extends AutoCloseable permits CachedKeys, KeySource.Fixed {

  /** {@return the keys, null if it takes waiting to have them; never blocks} */
  @Nullable Keys current();

  /**
   * {@return the keys, null if there are none that could be relied on}
   *
   * @throws InterruptedException if interrupted while waiting for them
   */
  @Nullable Keys get() throws InterruptedException;

  /**
   * {@return whether keys are the newest, and so new that a wrong token is no reason to ask again}
   *
   * @param seen the keys
   */
  boolean isFresh(Keys seen);

  /**
   * {@return newer keys than these, or the same where there are none or it is too early to ask}
   *
   * @param seen keys that do not verify a token
   * @throws InterruptedException if interrupted while waiting for them
   */
  Keys renewed(Keys seen) throws InterruptedException;

  /** {@return how old they are and how often they were loaded; nothing where they never change} */
  default List<Measurement> measurements() {
    return List.of();
  }

  /** {@return why there are no keys, for the log; no secret} */
  String trouble();

  @Override
  void close();

  /**
   * Keys that never change.
   *
   * @param keys the keys
   */
  record Fixed(Keys keys) implements KeySource {
    @Override
    public Keys current() {
      return keys;
    }

    @Override
    public Keys get() {
      return keys;
    }

    @Override
    public boolean isFresh(Keys seen) {
      return true;
    }

    @Override
    public Keys renewed(Keys seen) {
      return keys;
    }

    @Override
    public String trouble() {
      return "";
    }

    @Override
    public void close() {}
  }
}
