package io.brrtrouter.server.decode;

/**
 * Bounds on what is sent as named fields or parts.
 *
 * @param fields fields of one query, cookie header or form
 * @param parts parts of one multipart body
 * @param partHeader octets of the header fields of one part
 */
public record FormLimits(int fields, int parts, int partHeader) {

  /** The limits unless configured otherwise. */
  public static final FormLimits DEFAULT = new FormLimits(1000, 50, 8192);

  /** Refuses bounds below 1. */
  public FormLimits {
    if (fields < 1 || parts < 1 || partHeader < 1) {
      throw new IllegalArgumentException("every form limit must be at least 1");
    }
  }
}
