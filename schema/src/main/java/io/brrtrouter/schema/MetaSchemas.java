package io.brrtrouter.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The meta-schemas of draft 2020-12 and of the OpenAPI base dialect, from the class path. */
final class MetaSchemas {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";
  private static final String OAS = "https://spec.openapis.org/oas/3.1/";

  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry(DRAFT + "schema", "schema"),
          Map.entry(DRAFT + "meta/core", "core"),
          Map.entry(DRAFT + "meta/applicator", "applicator"),
          Map.entry(DRAFT + "meta/unevaluated", "unevaluated"),
          Map.entry(DRAFT + "meta/validation", "validation"),
          Map.entry(DRAFT + "meta/meta-data", "meta-data"),
          Map.entry(DRAFT + "meta/format-annotation", "format-annotation"),
          Map.entry(DRAFT + "meta/format-assertion", "format-assertion"),
          Map.entry(DRAFT + "meta/content", "content"),
          Map.entry(OAS + "dialect/base", "oas-3.1-dialect"),
          Map.entry(OAS + "meta/base", "oas-3.1-base"));

  private MetaSchemas() {}

  static Optional<SchemaResource> find(URI uri) {
    String file = FILES.get(uri.toString());
    return file == null
        ? Optional.empty()
        : Optional.of(SchemaResource.of(uri, read("meta-schemas/" + file + ".json")));
  }

  private static JsonNode read(String name) {
    try (InputStream in = MetaSchemas.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
