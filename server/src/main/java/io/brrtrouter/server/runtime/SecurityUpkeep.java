package io.brrtrouter.server.runtime;

import io.brrtrouter.server.auth.SecurityProvider;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets security providers read their files again from time to time, and closes those that the
 * server has made. Safe for use by several threads.
 */
final class SecurityUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.security");

  private final List<SecurityProvider> providers;
  private final List<SecurityProvider> made;
  private final Duration pause;
  private final Thread thread;

  SecurityUpkeep(List<SecurityProvider> providers, List<SecurityProvider> made, Duration pause) {
    this.providers = List.copyOf(providers);
    this.made = List.copyOf(made);
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("brrt-secrets").unstarted(this::reload);
    if (!providers.isEmpty()) {
      thread.start();
    }
  }

  private void reload() {
    try {
      while (true) {
        Thread.sleep(pause);
        providers.forEach(SecurityUpkeep::reload);
      }
    } catch (InterruptedException _) {
      // The server has stopped.
    }
  }

  private static void reload(SecurityProvider provider) {
    try {
      provider.reload();
    } catch (RuntimeException failure) {
      LOG.error("a security provider failed to read its files again", failure);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    for (SecurityProvider provider : made) {
      if (provider instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failure) {
          LOG.warn("a security provider failed to close", failure);
        }
      }
    }
  }
}
