package io.brrtrouter.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of clients that is the same for every document. That of Java clients is the package
 * {@code io.brrtrouter.codegen.client}, compiled and tested with this module, whose sources are in
 * its jar.
 */
final class ClientSources {
  private static final List<String> CLASSES =
      List.of(
          "Content",
          "FormField",
          "FormText",
          "HeaderField",
          "Incoming",
          "IncomingItems",
          "ItemPublisher",
          "ItemText",
          "MediaTypes",
          "MultipartText",
          "Percent",
          "Reply",
          "RequestWriter",
          "Schema",
          "SchemaDocuments",
          "Settings",
          "Shape",
          "Style",
          "StyledText",
          "Transport",
          "UnexpectedResponseException",
          "Values");

  /** Those that write requests, and know nobody who sends them. */
  private static final List<String> WRITING =
      List.of(
          "Content",
          "FormField",
          "FormText",
          "ItemText",
          "MediaTypes",
          "MultipartText",
          "Percent",
          "RequestWriter",
          "Schema",
          "SchemaDocuments",
          "Style",
          "StyledText",
          "Values");

  private ClientSources() {}

  /** {@return the sources of Java classes by their names, as they are here} */
  static Map<String, String> java() {
    return sources(CLASSES);
  }

  /** {@return the sources of those that write requests, by their names} */
  static Map<String, String> writing() {
    return sources(WRITING);
  }

  private static Map<String, String> sources(List<String> names) {
    Map<String, String> sources = new LinkedHashMap<>();
    names.forEach(name -> sources.put(name, read("client/" + name + ".java")));
    return sources;
  }

  /** {@return the source of a TypeScript module} */
  static String typeScript() {
    return read("typescript/http.ts");
  }

  private static String read(String path) {
    try (InputStream in = ClientSources.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is missing from the generator");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
