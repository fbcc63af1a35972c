package io.brrtrouter.examples.petstore.shop;

import java.util.Map;

/**
 * A file somebody left with us.
 *
 * @param id what it is called in addresses
 * @param name the file's name
 * @param mediaType its media type
 * @param content its bytes; never changed
 * @param sha256 digest of the content, in hexadecimal
 * @param labels anything worth remembering about it
 */
@SuppressWarnings("ArrayRecordComponent") // files are sent, not compared
public record StoredFile(
    String id,
    String name,
    String mediaType,
    byte[] content,
    String sha256,
    Map<String, String> labels) {

  /** Copies the labels. */
  public StoredFile {
    labels = Map.copyOf(labels);
  }
}
