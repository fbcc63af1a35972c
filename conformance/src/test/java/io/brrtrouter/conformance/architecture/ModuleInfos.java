package io.brrtrouter.conformance.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads module declarations from where classes came from; tests run on the class path. */
final class ModuleInfos {
  private ModuleInfos() {}

  static ModuleDescriptor of(Class<?> type) {
    try {
      URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      Path place = Path.of(location);
      if (Files.isDirectory(place)) {
        return read(place.resolve("module-info.class"));
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return read(jar.getPath("module-info.class"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModuleDescriptor read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ModuleDescriptor.read(in);
    }
  }
}
