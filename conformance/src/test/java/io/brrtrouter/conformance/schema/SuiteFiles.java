package io.brrtrouter.conformance.schema;

import io.brrtrouter.conformance.TestData;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Files of suites, below the directory of system property {@code brrt.data}. */
final class SuiteFiles {
  private static final String REMOTES = "http://localhost:1234/";
  private static final JsonLimits LARGE =
      new JsonLimits(256, 1 << 24, 1 << 16, 1 << 16, 10_000_000, 1_000_000, 1_000);

  private SuiteFiles() {}

  /** The files directly in a directory. */
  static List<Path> files(String directory) {
    try (Stream<Path> files = Files.list(TestData.require(directory))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(Path file) {
    if (JsonReader.read(bytes(file), LARGE) instanceof ParsedJson.Valid(JsonNode value)) {
      return value;
    }
    throw new AssertionError(file + " is not JSON");
  }

  /** Answers for the documents the suite expects at a web server. */
  static Optional<SchemaResource> remote(URI uri) {
    String address = uri.toString();
    if (!address.startsWith(REMOTES)) {
      return Optional.empty();
    }
    Path file =
        TestData.require("json-schema-test-suite/remotes")
            .resolve(address.substring(REMOTES.length()));
    return Files.isRegularFile(file)
        ? Optional.of(SchemaResource.of(uri, json(file)))
        : Optional.empty();
  }
}
