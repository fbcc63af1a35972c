package io.brrtrouter.server.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a body that comes: files are stored, unless they are small, and what is no file is kept
 * in memory, in all no more than a limit. So are the header fields of all of them, which count like
 * what is in memory. A file of a media type that is not wanted is not read.
 */
final class StoredParts implements PartTaker {
  /** A file as small as that is kept in memory; there are no more of them than parts. */
  private static final int IN_MEMORY = 16 * 1024;

  private final MultipartPlan plan;
  private final PartStore store;
  private final long most;

  /** Octets in memory of the parts before. */
  private long held;

  /** About what the value of the parts in memory takes. */
  private long decodedBytes;

  private @Nullable Part head;
  private boolean file;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private PartStore.@Nullable File stored;

  /**
   * No part has come yet.
   *
   * @param most octets that may be in memory
   */
  StoredParts(MultipartPlan plan, PartStore store, long most) {
    this.plan = plan;
    this.store = store;
    this.most = most;
  }

  /** There is too much in memory; an answer, not a surprise. */
  static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;

    TooMuch(long most) {
      super("the parts of the body that are no files have more than " + most + " octets");
    }
  }

  @Override
  public void line(int octets) throws IOException {
    store.hold(DecodedSize.ofField(octets));
  }

  @Override
  public boolean begin(Part part) {
    head = part;
    content.reset();
    stored = null;
    file = plan.isFile(part);
    if (!file) {
      return true;
    }
    Flaws flaws = new Flaws();
    plan.decode(List.of(part), flaws);
    return flaws.size() == 0;
  }

  @Override
  public void content(byte[] octets, int from, int length) throws IOException {
    PartStore.File target = stored;
    if (target == null && file && content.size() + length > IN_MEMORY) {
      target = store.begin();
      target.write(content.toByteArray(), 0, content.size());
      content.reset();
      stored = target;
    }
    if (target != null) {
      target.write(octets, from, length);
    } else if (!file && held + content.size() + length > most) {
      throw new TooMuch(most);
    } else {
      store.hold(length);
      content.write(octets, from, length);
    }
  }

  @Override
  public Part end() {
    Part part = Objects.requireNonNull(head);
    if (stored != null) {
      return part.with(stored);
    }
    byte[] octets = content.toByteArray();
    held += file ? 0 : octets.length;
    // A file is a string, whatever its octets are.
    decodedBytes += file ? 2L * octets.length : DecodedSize.of(octets);
    return part.with(octets);
  }

  /** {@return about what the value takes that the parts in memory are decoded into} */
  long decodedBytes() {
    return decodedBytes;
  }
}
