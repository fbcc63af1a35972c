package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.MediaDecoder;
import org.jspecify.annotations.Nullable;

/** What the head of a request says about its body. */
sealed interface Intake {

  /**
   * The body may come.
   *
   * @param media reads it; null when none was announced, or nothing can read it
   * @param unlessEmpty why it is refused should it have content, null if it is not
   */
  record Welcome(@Nullable MediaDecoder media, @Nullable Rejection unlessEmpty) implements Intake {
    static final Welcome WITHOUT_BODY = new Welcome(null, null);
  }

  /**
   * The body need not come.
   *
   * @param rejection why
   */
  record Unwelcome(Rejection rejection) implements Intake {}
}
