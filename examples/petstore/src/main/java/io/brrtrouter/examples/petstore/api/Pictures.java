package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.shop.Photo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Pictures that come with the shop. */
final class Pictures {
  /** A paw, 32 by 32, as PNG. */
  static final byte[] PAW = read("paw.png");

  private Pictures() {}

  private static byte[] read(String name) {
    try (InputStream in = Photo.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
