package io.brrtrouter.openapi.source;

/**
 * Bounds on one file of a document, and on all its files together; beyond one the file is refused
 * with a located finding.
 *
 * @param bytes size of the file
 * @param depth nesting of mappings and sequences, aliases expanded
 * @param aliases YAML aliases in the file
 * @param nodes values in the file, aliases expanded
 */
public record DocumentLimits(int bytes, int depth, int aliases, int nodes) {

  /**
   * The largest file that anybody may ask for, which watching goes by too: what is behind so many
   * octets of a file is not looked at.
   */
  public static final int MOST_BYTES = 256 << 20;

  /** The limits unless configured otherwise: 16 MiB, 256 levels, 1,000 aliases, 1,000,000 nodes. */
  public static final DocumentLimits DEFAULT = new DocumentLimits(16 << 20, 256, 1_000, 1_000_000);

  /** Files as large as one may be that a document may consist of: all of it is in memory. */
  private static final int LARGEST_FILES = 4;

  /** Refuses bounds below 1; a file without aliases may be asked for. */
  public DocumentLimits {
    if (bytes < 1 || depth < 1 || aliases < 0 || nodes < 1) {
      throw new IllegalArgumentException("document limits must be at least 1, aliases at least 0");
    }
  }

  /** {@return the size of all files of a document together: four times that of one, 64 MiB} */
  public long together() {
    return (long) LARGEST_FILES * bytes;
  }

  /** {@return how many octets of a file are read: one more than it may have} */
  public int mostRead() {
    return bytes == Integer.MAX_VALUE ? bytes : bytes + 1;
  }
}
