package io.brrtrouter.schema;

import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/**
 * {@code unevaluatedProperties} or {@code unevaluatedItems}, JSON Schema core section 11. Judged
 * after the other keywords of its schema, with the marks of what they evaluated.
 */
final class Unevaluated {
  private final Subschema owner;
  private final String keyword;
  private final Subschema schema;
  private final boolean dropped;
  private Subschema resolved;

  Unevaluated(Subschema owner, String keyword, Subschema schema, boolean dropped) {
    this.owner = owner;
    this.keyword = keyword;
    this.schema = schema;
    this.dropped = dropped;
    this.resolved = schema;
  }

  Subschema schema() {
    return schema;
  }

  boolean drops() {
    return dropped;
  }

  void link() {
    resolved = schema.resolved();
  }

  boolean valid(JsonNode instance, Evaluation evaluation, Marks marks) {
    if (dropped || marks.complete()) {
      return true;
    }
    int position = 0;
    for (JsonNode part : instance) {
      if (!marks.has(position) && !resolved.valid(part, evaluation)) {
        return false;
      }
      position++;
    }
    return true;
  }

  void explain(JsonNode instance, Explanation explanation, Marks marks) {
    if (dropped) {
      return;
    }
    forEach(instance, marks, (token, part) -> explain(token, part, explanation));
  }

  private void explain(String token, JsonNode part, Explanation explanation) {
    if (resolved.isFalse()) {
      explanation.reportMember(token, owner, keyword, null, "is not allowed here");
    } else {
      explanation.child("/" + keyword, token, schema, part);
    }
  }

  void strip(JsonNode instance, Stripping stripping, Marks marks) {
    forEach(
        instance,
        marks,
        (token, part) -> {
          if (instance.isArray()) {
            stripping.item(Integer.parseInt(token), resolved);
          } else {
            stripping.memberOrDrop(token, resolved, dropped);
          }
        });
  }

  private static void forEach(JsonNode instance, Marks marks, BiConsumer<String, JsonNode> action) {
    int position = 0;
    if (instance.isArray()) {
      for (JsonNode item : instance) {
        if (!marks.has(position)) {
          action.accept(Integer.toString(position), item);
        }
        position++;
      }
      return;
    }
    for (Map.Entry<String, JsonNode> entry : instance.properties()) {
      if (!marks.has(position)) {
        action.accept(entry.getKey(), entry.getValue());
      }
      position++;
    }
  }
}
