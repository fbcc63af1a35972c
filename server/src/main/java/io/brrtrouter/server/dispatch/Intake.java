package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.decode.MediaDecoder;
import org.jspecify.annotations.Nullable;

/** What the head of a request says about its body. */
sealed interface Intake {

  /**
   * The body may come.
   *
   * @param media reads it; null when the operation takes no body, or none was announced
   */
  record Welcome(@Nullable MediaDecoder media) implements Intake {
    static final Welcome WITHOUT_BODY = new Welcome(null);
  }

  /**
   * The body need not come.
   *
   * @param rejection why
   */
  record Unwelcome(Rejection rejection) implements Intake {}
}
