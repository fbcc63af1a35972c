package io.brrtrouter.server.transport;

import org.jspecify.annotations.Nullable;

/**
 * What a log may show of a failure that a peer has caused: of which kind it and its causes are, and
 * where they come from. Their messages may quote what the peer has sent, characters that a terminal
 * obeys and secrets included, in clear or as numbers.
 */
final class WordlessFailure extends Throwable {
  private static final long serialVersionUID = 1;

  /** Causes that are shown; no failure has more, unless it is a cause of its own. */
  private static final int MOST_CAUSES = 8;

  private WordlessFailure(Throwable failure, @Nullable WordlessFailure cause) {
    super(failure.getClass().getName(), cause, false, true);
    setStackTrace(failure.getStackTrace());
  }

  /** {@return a failure without its messages} */
  static WordlessFailure of(Throwable failure) {
    return of(failure, MOST_CAUSES);
  }

  private static WordlessFailure of(Throwable failure, int more) {
    Throwable cause = failure.getCause();
    return new WordlessFailure(failure, cause == null || more == 0 ? null : of(cause, more - 1));
  }
}
