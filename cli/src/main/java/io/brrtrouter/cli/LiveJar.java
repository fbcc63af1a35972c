package io.brrtrouter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;

/** A project's jar in memory: classes, resources and what its build has added. */
final class LiveJar {
  private static final String CLASS = ".class";
  private static final String ABOUT = "META-INF/";

  /** The same content is the same jar. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Map<String, byte[]> entries = new TreeMap<>();

  /** Reads what Maven has made. */
  LiveJar(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = file.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    }
  }

  /** {@return the classes, by path} */
  Map<String, byte[]> classes() {
    Map<String, byte[]> classes = new TreeMap<>(entries);
    classes.keySet().removeIf(path -> !path.endsWith(CLASS) || path.startsWith(ABOUT));
    return classes;
  }

  /** Has what was compiled, and no classes besides. */
  void compiled(Map<String, byte[]> code) {
    entries.keySet().removeAll(classes().keySet());
    entries.putAll(code);
  }

  /** Has a resource as it is in a file now, or no more. */
  void resource(String path, Path file) throws IOException {
    if (Files.isRegularFile(file)) {
      entries.put(path, Files.readAllBytes(file));
    } else {
      entries.remove(path);
    }
  }

  /** Writes the jar; nobody reads it for long, so it is not packed. */
  void write(Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out)) {
      packed.setLevel(Deflater.NO_COMPRESSION);
      for (String path : inOrder()) {
        JarEntry entry = new JarEntry(path);
        entry.setTimeLocal(NO_TIME);
        packed.putNextEntry(entry);
        packed.write(entries.get(path));
        packed.closeEntry();
      }
    }
  }

  /** The manifest stands first in a jar. */
  private Iterable<String> inOrder() {
    ArrayList<String> paths = new ArrayList<>(entries.keySet());
    if (paths.remove(JarFile.MANIFEST_NAME)) {
      paths.addFirst(JarFile.MANIFEST_NAME);
    }
    return paths;
  }

  /**
   * Writes what libraries look for, the configuration of logging for example: they do not see the
   * project's own code. Services name classes of that, so they are left out.
   */
  void writeResources(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      Path file = directory.resolve(entry.getKey()).normalize();
      if (!entry.getKey().endsWith(CLASS)
          && !entry.getKey().startsWith(ABOUT)
          && file.startsWith(directory)) {
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
    }
  }
}
