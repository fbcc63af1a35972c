package io.brrtrouter.examples.petstore.shop;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** Files to download. Safe for use by many threads. */
public final class Files {
  private final ConcurrentMap<String, StoredFile> files = new ConcurrentHashMap<>();
  private final AtomicLong uploads = new AtomicLong();

  Files() {}

  /**
   * {@return a file}
   *
   * @param id what it is called
   * @throws Refusal if there is none
   */
  public StoredFile get(String id) {
    StoredFile file = files.get(id);
    if (file == null) {
      throw Refusal.notFound("file", id);
    }
    return file;
  }

  /**
   * Keeps an uploaded file.
   *
   * @param name the file's name
   * @param mediaType its media type
   * @param content its bytes
   * @param labels anything worth remembering about it
   * @return the file as kept
   */
  public StoredFile add(String name, String mediaType, byte[] content, Map<String, String> labels) {
    return put("upload-" + uploads.incrementAndGet(), name, mediaType, content, labels);
  }

  StoredFile put(
      String id, String name, String mediaType, byte[] content, Map<String, String> labels) {
    StoredFile file = new StoredFile(id, name, mediaType, content, digest(content), labels);
    files.put(id, file);
    return file;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
