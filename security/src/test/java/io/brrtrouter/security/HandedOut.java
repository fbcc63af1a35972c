package io.brrtrouter.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the tokens that tests hand out to a file, for {@code WhatTestsSaidTest} of {@code
 * conformance}: nothing that the product says has a part of one. A run begins it anew.
 */
final class HandedOut {
  private static final Path FILE = Path.of("target/secrets.txt");

  /** Tests that try a million tokens need not write a million lines. */
  private static final int MOST = 5_000;

  private static int count;

  private HandedOut() {}

  /** {@return the token} */
  static synchronized String token(String token) {
    if (count < MOST) {
      try {
        Files.writeString(
            FILE,
            token + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            count == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
      count++;
    }
    return token;
  }
}
