package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SchemaResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema to validate by and a valid instance of realistic size.
 *
 * @param resource the document the schema stands in
 * @param pointer where it stands
 * @param instance the instance as sent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SchemaSubject(SchemaResource resource, String pointer, byte[] instance) {

  static final JsonMapper JSON = new JsonMapper();

  /**
   * {@return the subject of a name}
   *
   * @param name {@code scalars}, {@code pet}, {@code tree}, {@code shapes}; with test data of
   *     others {@code adyen} and {@code discord}
   */
  static SchemaSubject named(String name) {
    return switch (name) {
      case "adyen" ->
          ofDocument("adyen/CheckoutService-v72.yaml", "/components/schemas/PaymentRequest", name);
      case "discord" ->
          ofDocument("discord/openapi.json", "/components/schemas/MessageCreateRequest", name);
      default ->
          new SchemaSubject(
              SchemaResource.of(
                  URI.create("urn:benchmark:" + name), JSON.readTree(read(name + ".schema.json"))),
              "",
              read(name + ".json"));
    };
  }

  private static SchemaSubject ofDocument(String document, String pointer, String instance) {
    Path path = Path.of(System.getProperty("brrt.data", "../shared/data"), "real", document);
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    Schema schema =
        OpenApiLoader.load(path, LoadOptions.defaults())
            .api()
            .map(api -> api.components().schemas().get(name))
            .orElseThrow(() -> new IllegalStateException("cannot read " + name + " of " + path));
    return new SchemaSubject(schema.resource(), pointer, read(instance + ".json"));
  }

  JsonNode tree() {
    return JSON.readTree(instance);
  }

  /** {@return the document as text for validators that read it themselves} */
  String documentText() {
    return resource.root().toString();
  }

  private static byte[] read(String file) {
    try (InputStream in = SchemaSubject.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
