package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("Random schemas")
class DifferentialTest {

  @Test
  void areJudgedAsAnotherImplementationJudgesThem() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    List<String> different = new ArrayList<>();
    int valid = 0;
    int invalid = 0;
    for (long seed = 10_000; seed < 11_000; seed++) {
      RandomSchemas random = new RandomSchemas(seed);
      ObjectNode document = random.document();
      CompiledSchema ours =
          SchemaCompiler.builder()
              .build()
              .compile(SchemaResource.of(URI.create("urn:random"), document), "", View.PLAIN);
      Schema theirs = registry.getSchema(document.toString(), InputFormat.JSON);
      for (int i = 0; i < 6; i++) {
        JsonNode instance = random.instance();
        boolean expected = theirs.validate(instance.toString(), InputFormat.JSON).isEmpty();
        valid += expected ? 1 : 0;
        invalid += expected ? 0 : 1;
        if (ours.isValid(instance) != expected) {
          different.add("networknt " + expected + " " + document + " on " + instance);
        }
      }
    }
    assertThat(different).isEmpty();
    assertThat(valid).isGreaterThan(1000);
    assertThat(invalid).isGreaterThan(1000);
  }
}
