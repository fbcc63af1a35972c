package io.brrtrouter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** What this build is. */
final class Product {
  private Product() {}

  /** {@return the version of the product, for example {@code 0.1.0}} */
  static String version() {
    try (InputStream resource =
        Objects.requireNonNull(Product.class.getResourceAsStream("product.properties"))) {
      Properties properties = new Properties();
      properties.load(resource);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
