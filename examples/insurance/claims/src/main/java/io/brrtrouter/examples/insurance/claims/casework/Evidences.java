package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Evidence;
import io.brrtrouter.examples.insurance.claims.generated.model.EvidenceUpload;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Photos and papers of claims. */
public final class Evidences {
  /** More is no evidence but a burden. */
  public static final int MOST = 20;

  /** Octets that tell a format. */
  private static final int LONGEST = 8;

  private final Map<String, List<Piece>> pieces = new ConcurrentHashMap<>();

  Evidences() {}

  /** What a file is. */
  public enum Format {
    /** {@code application/pdf}. */
    PDF("25504446"),
    /** {@code image/jpeg}. */
    JPEG("ffd8ff"),
    /** {@code image/png}. */
    PNG("89504e470d0a1a0a");

    private final String begins;

    Format(String begins) {
      this.begins = begins;
    }

    /**
     * {@return what a file is, by how it begins: the sender may say anything}
     *
     * @param content the file
     */
    public static Optional<Format> of(byte[] content) {
      String beginning = HexFormat.of().formatHex(content, 0, Math.min(LONGEST, content.length));
      return Stream.of(values()).filter(each -> beginning.startsWith(each.begins)).findFirst();
    }

    /** {@return what the names of such files end with} */
    public String suffix() {
      return this == JPEG ? ".jpg" : "." + name().toLowerCase(Locale.ROOT);
    }
  }

  /** A file. */
  public static final class Piece {
    private final Evidence about;
    private final Format format;
    private final byte[] content;

    private Piece(Evidence about, Format format, byte[] content) {
      this.about = about;
      this.format = format;
      this.content = content;
    }

    /** {@return what is told about it} */
    public Evidence about() {
      return about;
    }

    /** {@return what it is} */
    public Format format() {
      return format;
    }

    /** {@return its octets} Nobody changes them. */
    public byte[] content() {
      return content;
    }
  }

  /**
   * Keeps a file.
   *
   * @param claim the claim's id
   * @param upload the file
   * @param format what it is
   * @return what is told about it; empty when there is too much evidence already
   */
  public Optional<Evidence> add(String claim, EvidenceUpload upload, Format format) {
    String hash = sha256(upload.file().content());
    synchronized (this) {
      List<Piece> kept = new ArrayList<>(of(claim));
      if (kept.size() == MOST) {
        return Optional.empty();
      }
      Evidence about = about(kept.size() + 1, upload, hash);
      kept.add(new Piece(about, format, upload.file().content()));
      pieces.put(claim, List.copyOf(kept));
      return Optional.of(about);
    }
  }

  private static Evidence about(int id, EvidenceUpload upload, String hash) {
    return Evidence.builder()
        .id(id)
        .kind(upload.kind())
        .takenOn(upload.takenOn())
        .note(upload.note())
        .size(upload.file().content().length)
        .sha256(hash)
        .build();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /**
   * {@return the files of a claim, oldest first}
   *
   * @param claim the claim's id
   */
  public List<Piece> of(String claim) {
    return pieces.getOrDefault(claim, List.of());
  }

  /**
   * {@return a file}
   *
   * @param claim the claim's id
   * @param id the number of the file, from 1
   */
  public Optional<Piece> find(String claim, int id) {
    return of(claim).stream().filter(piece -> piece.about().id() == id).findFirst();
  }
}
