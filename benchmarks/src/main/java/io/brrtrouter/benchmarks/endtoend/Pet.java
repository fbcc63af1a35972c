package io.brrtrouter.benchmarks.endtoend;

import java.nio.charset.StandardCharsets;

/** The body of every request: 300 bytes. */
final class Pet {
  static final int LENGTH = 300;

  private static final String TEXT =
      """
      {"id":"7f3c1c60-4b52-4d3e-9f1a-0d9d7c3f5a11","name":"Rex","species":"dog","age":4,\
      "price":129.95,"tags":["friendly","small","trained","vaccinated","neutered"],\
      "owner":{"name":"Maria Silva","email":"maria.silva@example.com"},"status":"available",\
      "created_at":"2026-02-03T10:15:30Z"}\
      """;

  private Pet() {}

  /** {@return the body, filled up with spaces in front, which JSON allows} */
  static byte[] json() {
    byte[] json =
        TEXT.indent(LENGTH - TEXT.length()).stripTrailing().getBytes(StandardCharsets.UTF_8);
    if (json.length != LENGTH) {
      throw new IllegalStateException("the pet has " + json.length + " bytes");
    }
    return json;
  }
}
