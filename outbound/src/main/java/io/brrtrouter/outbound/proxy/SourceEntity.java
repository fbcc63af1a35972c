package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.http.ContentSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.jspecify.annotations.Nullable;

/** The body of a request that is handed on while it comes. */
final class SourceEntity extends AbstractHttpEntity {
  private static final int BUFFER = 16 << 10;

  private final ContentSource source;
  private final long length;
  private @Nullable IOException failure;
  private volatile boolean begun;
  private volatile boolean complete;

  /**
   * A body.
   *
   * @param source has it
   * @param length how many octets, -1 if only its end tells
   */
  SourceEntity(ContentSource source, long length) {
    super((String) null, null, length < 0);
    this.source = source;
    this.length = length;
  }

  /** {@return what the client did wrong, null if nothing: the service has no part in it} */
  @Nullable IOException failure() {
    return failure;
  }

  /**
   * {@return whether some of it was to be sent and not all was: that takes as long as the client
   * likes, and a service may answer, and end, before}
   */
  boolean isUnderWay() {
    return begun && !complete;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    begun = true;
    byte[] octets = new byte[BUFFER];
    int read = read(octets);
    while (read >= 0) {
      out.write(octets, 0, read);
      out.flush(); // Nobody knows when more comes.
      read = read(octets);
    }
    complete = true;
  }

  private int read(byte[] octets) throws IOException {
    try {
      return source.read(octets, 0, octets.length);
    } catch (IOException wrong) {
      failure = wrong;
      throw wrong;
    }
  }

  @Override
  public InputStream getContent() {
    return source;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public void close() {} // The server has it.
}
