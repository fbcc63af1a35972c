package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way to load keys; called by one thread at a time. */
public interface KeyLoader extends AutoCloseable {

  /**
   * Loads the keys; blocks for a bounded time.
   *
   * @param previous what was loaded last, to be returned where nothing has changed; null at first
   * @return the keys
   * @throws IOException if they cannot be read; the message says why, and holds no secret
   * @throws InvalidKeySetException if what was read is no key set
   * @throws InterruptedException if interrupted
   */
  Keys load(@Nullable Keys previous)
      throws IOException, InvalidKeySetException, InterruptedException;

  /** {@return where the keys are, for logs and reports; no secret} */
  String origin();

  @Override
  default void close() {}
}
