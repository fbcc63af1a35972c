package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streamed content, collected in memory for whoever asks in the process. A client that has read as
 * much as {@link #MOST} goes.
 */
final class CollectedContent implements ContentSink {
  /** Octets: more than a test looks at. */
  static final int MOST = 64 << 20;

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final List<Runnable> actions = new ArrayList<>();
  private @Nullable Ending ending;

  private CollectedContent() {}

  /**
   * {@return the content, whole}
   *
   * @throws IllegalStateException if it cannot be completed, or has more than a test looks at
   */
  static Body of(Body.Streamed streamed) {
    CollectedContent collected = new CollectedContent();
    try {
      streamed.writer().writeTo(collected);
    } catch (Exception failure) {
      throw new IllegalStateException("the content of the response was not completed", failure);
    }
    long announced = streamed.length();
    if (announced >= 0 && collected.content.size() != announced) {
      throw new IllegalStateException(
          "the content has " + collected.content.size() + " octets, and announced " + announced);
    }
    return new Body.Bytes(collected.content.toByteArray());
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    if (content.size() + (long) length > MOST) {
      end();
    }
    flush();
    content.write(octets, from, length);
  }

  private void end() {
    if (ending == null) {
      ending = Ending.GONE;
      actions.forEach(Runnable::run);
    }
  }

  @Override
  public void flush() throws IOException {
    if (ending != null) {
      throw new ClientGoneException();
    }
  }

  @Override
  public @Nullable Ending ending() {
    return ending;
  }

  @Override
  public void onEnding(Runnable action) {
    if (ending == null) {
      actions.add(action);
    } else {
      action.run();
    }
  }
}
