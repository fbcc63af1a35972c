package io.brrtrouter.server.decode;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parts of a body that is there: what is copied of it is bounded by what it is. */
final class CollectedParts implements PartTaker {
  static final byte[] NONE = {};

  private @Nullable Part head;
  private byte[] content = NONE;

  @Override
  public void line(int octets) {}

  @Override
  public boolean begin(Part part) {
    head = part;
    content = NONE;
    return true;
  }

  @Override
  public void content(byte[] octets, int from, int length) {
    int before = content.length;
    if (before == 0) {
      content = Arrays.copyOfRange(octets, from, from + length);
    } else {
      content = Arrays.copyOf(content, before + length);
      System.arraycopy(octets, from, content, before, length);
    }
  }

  @Override
  public Part end() {
    return Objects.requireNonNull(head).with(content);
  }
}
