package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.OnReload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink whose writer is told too that the generation which answers is replaced. Safe for use as
 * the sink is.
 */
final class ReplaceableSink implements ContentSink {
  private static final Logger LOG = LoggerFactory.getLogger(ReplaceableSink.class);

  private final ContentSink sink;
  private final OnReload onReload;

  /** To be run when it is replaced, and no more then. Guarded by itself, as is what follows. */
  private final List<Runnable> actions = new ArrayList<>(1);

  private boolean replaced;

  ReplaceableSink(ContentSink sink, OnReload onReload) {
    this.sink = sink;
    this.onReload = onReload;
  }

  OnReload onReload() {
    return onReload;
  }

  /** The response is to end, because another generation serves; again does nothing. */
  void replace() {
    List<Runnable> told;
    synchronized (actions) {
      replaced = true;
      told = List.copyOf(actions);
      actions.clear();
    }
    told.forEach(ReplaceableSink::run);
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      LOG.error("an action for the end of a response threw", failure);
    }
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    sink.write(octets, from, length);
  }

  @Override
  public void write(int length, Source source) throws IOException {
    sink.write(length, source);
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  @Override
  public @Nullable Ending ending() {
    Ending ofSink = sink.ending();
    return ofSink == null && isReplaced() ? Ending.REPLACED : ofSink;
  }

  @Override
  public void onEnding(Runnable action) {
    sink.onEnding(action);
    boolean late;
    synchronized (actions) {
      late = replaced;
      if (!late) {
        actions.add(action);
      }
    }
    if (late) {
      run(action);
    }
  }

  private boolean isReplaced() {
    synchronized (actions) {
      return replaced;
    }
  }
}
