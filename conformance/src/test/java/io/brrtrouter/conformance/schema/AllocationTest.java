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
  private static final int VERDICTS = 1000;

  /** Anything that a verdict allocates is in each of them, what happens now and then is not. */
  private static final int MEASUREMENTS = 10;

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
    // Once at first: the JVM links what runs for the first time, and that is allocated too.
    assertThat(schema.isValid(instance)).isTrue();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      least = Math.min(least, allocated(schema, instance));
    }
    assertThat(least).isLessThan(VERDICTS);
  }

  /** {@return the bytes that this thread allocated for verdicts; compilers may add to it} */
  private static long allocated(CompiledSchema schema, JsonNode instance) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int valid = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < VERDICTS; i++) {
      valid += schema.isValid(instance) ? 1 : 0;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(valid).isEqualTo(VERDICTS);
    return allocated;
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
