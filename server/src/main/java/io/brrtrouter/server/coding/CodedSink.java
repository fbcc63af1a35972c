package io.brrtrouter.server.coding;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentWriter;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Codes what is written to it, for another sink. Used like any other by one thread at a time. */
final class CodedSink implements ContentSink {
  private final ContentSink sink;
  private final long length;
  private final OutputStream coder;
  private long written;

  /** Opens what codes. */
  interface Coder {
    OutputStream open(OutputStream out) throws IOException;
  }

  /** Hands on what is coded, as long as it is whole. */
  private static final class Coded extends OutputStream {
    private final ContentSink sink;
    private boolean cutOff;

    Coded(ContentSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int count) throws IOException {
      if (!cutOff) {
        sink.write(octets, from, count);
      }
    }
  }

  private CodedSink(ContentSink sink, long length, OutputStream coder) {
    this.sink = sink;
    this.length = length;
    this.coder = coder;
  }

  /**
   * Lets content be written in a coding.
   *
   * @param content writes it
   * @param length how many octets it is to write, negative for any number
   * @param sink takes what is coded
   * @param coder codes
   */
  static void write(ContentWriter content, long length, ContentSink sink, Coder coder)
      throws Exception {
    Coded out = new Coded(sink);
    OutputStream coding = coder.open(out);
    boolean whole = false;
    try {
      CodedSink coded = new CodedSink(sink, length, coding);
      content.writeTo(coded);
      coded.requireAll();
      whole = true;
    } finally {
      out.cutOff = !whole; // What is not complete gets no end that says it is.
      coding.close();
    }
  }

  private void requireAll() {
    if (length != Body.Streamed.UNKNOWN_LENGTH && written != length) {
      throw new IllegalStateException(
          written + " octets of content were written, and " + length + " were announced");
    }
  }

  @Override
  public void write(byte[] octets, int from, int count) throws IOException {
    if (length != Body.Streamed.UNKNOWN_LENGTH && count > length - written) {
      throw new IllegalStateException(
          "the content has more than the " + length + " octets that were announced");
    }
    coder.write(octets, from, count);
    written += count;
  }

  @Override
  public void flush() throws IOException {
    coder.flush();
    sink.flush();
  }

  @Override
  public @Nullable Ending ending() {
    return sink.ending();
  }

  @Override
  public void onEnding(Runnable action) {
    sink.onEnding(action);
  }
}
