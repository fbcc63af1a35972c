package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventContentTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /**
   * Each schema refers to the next one twice: looked at one by one there are 30 million of them.
   */
  @Test
  @Timeout(60)
  void schemas_that_many_refer_to_are_looked_at_once() {
    StringBuilder schemas = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      String next = "{\"$ref\":\"#/$defs/S" + (i + 1) + "\"}";
      schemas.append("\"S%d\":{\"allOf\":[%s,%s]},".formatted(i, next, next));
    }
    SchemaResource resource =
        new SchemaResource(
            URI.create("https://example.com/events"),
            json(
                """
                {"properties":{"data":{"$ref":"#/$defs/S0"}},"$defs":{%s
                "S25":{"contentMediaType":"application/json","contentSchema":{"type":"array"}}}}
                """
                    .formatted(schemas)),
            List.of(""),
            pointer -> new SourceLocation("events.json", 1, 1));

    EventContent content =
        EventContent.compile(
            resource, "", View.PLAIN, SchemaCompiler.builder().build(), JsonLimits.DEFAULT);

    assertThat(content.check(json("{\"data\":\"[]\"}"))).isEmpty();
    assertThat(content.check(json("{\"data\":\"{}\"}"))).hasSize(1);
  }
}
