package io.brrtrouter.server.limit;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Makes a {@link SharedLimiter}. Modules that know somebody who counts offer one, which is found by
 * {@link java.util.ServiceLoader}.
 */
public interface SharedLimiterSource {

  /** {@return the schemes of the URLs it knows, in lower case} */
  Set<String> schemes();

  /**
   * Opens one. Does not wait for whoever counts: the server asks once when it starts, and starts
   * without an answer too.
   *
   * @param settings where and how
   * @return the limiter, closed when the server has stopped
   */
  SharedLimiter open(Settings settings);

  /**
   * Where the buckets are, and how to get at them.
   *
   * @param url where; may have a password
   * @param timeout how long one request waits at most
   * @param prefix what the names of all buckets begin with
   */
  record Settings(URI url, Duration timeout, String prefix) {
    /** {@return the settings without what must not be shown} */
    @Override
    public String toString() {
      return "Settings[hidden]";
    }
  }
}
