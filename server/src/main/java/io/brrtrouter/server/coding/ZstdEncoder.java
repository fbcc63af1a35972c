package io.brrtrouter.server.coding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.github.luben.zstd.util.Native;
import java.io.IOException;
import java.io.OutputStream;

/** That of zstd-jni (RFC 8878, in windows as RFC 9659 allows them). */
final class ZstdEncoder implements Encoder {
  /** 2 to its power is how far a stream looks back: 256 KiB, as that is what it takes in memory. */
  private static final int WINDOW_LOG = 18;

  /**
   * Loads the library.
   *
   * @throws LinkageError if it is not there
   */
  ZstdEncoder() {
    Native.load();
  }

  @Override
  public byte[] encode(byte[] content, int level) {
    return Zstd.compress(content, level);
  }

  @Override
  public OutputStream stream(OutputStream out, int level) throws IOException {
    return new ZstdOutputStream(out, level).setWindowLog(WINDOW_LOG).setCloseFrameOnFlush(false);
  }
}
