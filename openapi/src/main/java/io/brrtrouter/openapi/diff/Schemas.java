package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The schemas of one document: follows references, and knows each conjunction by its parts. */
final class Schemas {
  /** References that may lead to one another; loading has refused longer chains. */
  private static final int MAX_CHAIN = 64;

  private final SchemaCompiler compiler;
  private final Map<List<Place>, SchemaView> views = new HashMap<>();
  private final Map<Place, Optional<Place>> targets = new HashMap<>();

  Schemas(List<SchemaResource> resources) {
    SchemaCompiler.Builder builder =
        SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true);
    resources.forEach(builder::resource);
    compiler = builder.build();
  }

  /** {@return what schemas say together; nothing when there are none} */
  SchemaView view(List<Place> places) {
    SchemaView known = views.get(places);
    if (known == null) {
      known = new SchemaView(this, places);
      views.put(places, known);
    }
    return known;
  }

  /** {@return where the schema really stands: a mere reference is what it refers to} */
  Place target(Place place) {
    Place at = place;
    for (int i = 0; i < MAX_CHAIN && at.isWhole() && at.node().size() == 1; i++) {
      Optional<Place> next = reference(at, "$ref");
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }

  /** {@return what a reference of a schema leads to; empty when it has none, or leads nowhere} */
  Optional<Place> reference(Place place, String keyword) {
    JsonNode reference = place.keyword(keyword);
    if (!reference.isString()) {
      return Optional.empty();
    }
    if (!keyword.equals("$ref")) {
      return resolve(place, reference.stringValue());
    }
    return targets.computeIfAbsent(place, any -> resolve(place, reference.stringValue()));
  }

  private Optional<Place> resolve(Place place, String reference) {
    return compiler.target(place.resource(), place.pointer(), reference).map(Place::of);
  }

  /** {@return whether every value is valid; empty when that cannot be told} */
  Optional<Boolean> allow(List<Place> places, Collection<JsonNode> values, Direction direction) {
    View view = direction == Direction.REQUEST ? View.REQUEST : View.RESPONSE;
    try {
      for (Place place : places) {
        if (!place.isWhole()) {
          return Optional.empty();
        }
        CompiledSchema schema = compiler.compile(place.resource(), place.pointer(), view);
        if (!values.stream().allMatch(schema::isValid)) {
          return Optional.of(false);
        }
      }
      return Optional.of(true);
    } catch (SchemaException notCompiled) {
      return Optional.empty();
    }
  }
}
