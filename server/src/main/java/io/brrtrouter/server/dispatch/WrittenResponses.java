package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.OnReload;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The responses of one generation that are being written, and which of them are to end because
 * another one serves. Safe for use by many threads.
 */
final class WrittenResponses {
  private enum Stage {
    /** The generation serves. */
    SERVING,
    /** Another one does, and responses go on unless they say otherwise. */
    REPLACED,
    /** Another one does, and responses end unless they say otherwise. */
    ENDING,
    /** Too many are kept: all responses are to end. */
    RETIRED;

    boolean ends(OnReload onReload) {
      return switch (this) {
        case SERVING -> false;
        case REPLACED -> onReload == OnReload.END;
        case ENDING -> onReload != OnReload.CONTINUE;
        case RETIRED -> true;
      };
    }
  }

  private final Set<ReplaceableSink> open = ConcurrentHashMap.newKeySet();
  private volatile Stage stage = Stage.SERVING;
  private volatile boolean over;

  /** A response begins to be written; it may have to end at once. */
  void begin(ReplaceableSink sink) {
    open.add(sink);
    tell(sink); // Whoever replaces the generation meanwhile may have missed it.
  }

  /** A response is written. */
  void end(ReplaceableSink sink) {
    open.remove(sink);
  }

  /**
   * Another generation serves.
   *
   * @param ends whether responses end that do not say themselves
   */
  void replace(boolean ends) {
    become(ends ? Stage.ENDING : Stage.REPLACED);
  }

  /** The generation is not kept any longer. */
  void retire() {
    become(Stage.RETIRED);
  }

  /** {@return whether another generation serves} */
  boolean isReplaced() {
    return stage != Stage.SERVING;
  }

  /** No request needs the generation any more. */
  void finish() {
    over = true;
  }

  /** {@return whether no request needs the generation any more} */
  boolean isOver() {
    return over;
  }

  private void become(Stage next) {
    stage = next;
    open.forEach(this::tell);
  }

  private void tell(ReplaceableSink sink) {
    if (stage.ends(sink.onReload())) {
      sink.replace();
    }
  }
}
