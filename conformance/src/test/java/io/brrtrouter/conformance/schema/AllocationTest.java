package io.brrtrouter.conformance.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Here and not beside the engine, whose module does not read the management module. */
@DisplayName("The verdict path")
class AllocationTest {

  @Test
  void allocatesNothingForAFlatObject() {
    CompiledSchema schema =
        compile(
            """
            {"type": "object", "required": ["id", "name", "status"], "additionalProperties": false,
             "properties": {"id": {"type": "string", "format": "uuid"},
                            "name": {"$ref": "#/$defs/name"},
                            "status": {"enum": ["available", "sold"]},
                            "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 50},
                            "price": {"type": "number", "exclusiveMinimum": 0, "multipleOf": 0.01},
                            "good": {"type": "boolean"}},
             "$defs": {"name": {"type": "string", "minLength": 1, "maxLength": 50}}}\
            """);
    JsonNode instance =
        json(
            """
            {"id": "123e4567-e89b-12d3-a456-426614174000", "name": "Rex", "status": "sold",
             "age": 3, "price": 1.5, "good": true}\
            """);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int valid = schema.isValid(instance) ? 1 : 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 1; i < 1000; i++) {
      valid += schema.isValid(instance) ? 1 : 0;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(valid).isEqualTo(1000);
    assertThat(allocated).isLessThan(1000);
  }

  private static CompiledSchema compile(String schema) {
    return SchemaCompiler.builder()
        .assertFormats(true)
        .build()
        .compile(SchemaResource.of(URI.create("urn:brrt:flat"), json(schema)), "", View.PLAIN);
  }

  private static JsonNode json(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ((ParsedJson.Valid) JsonReader.read(bytes, JsonLimits.DEFAULT)).value();
  }
}
