package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.TextTable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Files to download. Safe for use by many threads. */
public final class Files {
  private final Database database;

  Files(Database database) {
    this.database = database;
  }

  /**
   * {@return a file}
   *
   * @param id what it is called
   * @throws Refusal if there is none
   */
  public StoredFile get(String id) {
    return database
        .transaction(
            transaction -> transaction.first("select * from files where id = ?", Files::file, id))
        .orElseThrow(() -> Refusal.notFound("file", id));
  }

  private static StoredFile file(Row row) {
    return new StoredFile(
        row.text("id"),
        row.text("name"),
        row.text("media_type"),
        row.octets("content"),
        row.text("sha256"),
        Json.read(Files::labels, row.text("labels")));
  }

  private static Map<String, String> labels(JsonInput in) {
    Map<String, String> labels = new TreeMap<>();
    in.beginObject();
    while (in.nextField(TextTable.EMPTY) != JsonInput.END) {
      labels.put(in.unknownName(), in.readString());
    }
    return labels;
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
    return database.transaction(transaction ->
        put("upload-" + transaction.next("upload_numbers"), name, mediaType, content, labels));
  }

  StoredFile put(
      String id, String name, String mediaType, byte[] content, Map<String, String> labels) {
    StoredFile file = new StoredFile(id, name, mediaType, content, digest(content), labels);
    database.run(transaction ->
        transaction.update(
            """
            insert into files (id, name, media_type, content, sha256, labels)
            values (?, ?, ?, ?, ?, ?)
            """,
            id,
            name,
            mediaType,
            content,
            file.sha256(),
            Json.text(labels)));
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
