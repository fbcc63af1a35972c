package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.schema.SchemaException;
import io.brrtrouter.schema.View;
import tools.jackson.databind.JsonNode;

/** Decides whether what may be missing has a default. */
final class Defaults {
  private Defaults() {}

  /** {@return the presence of what may be missing} */
  static Presence presence(TypeReader types, Value value, Group group, Facets facets) {
    JsonNode fallback = facets.defaultValue;
    if (fallback == null || facets.defaultOrigin == null) {
      return new Presence.Optional();
    }
    for (Layer layer : group.layers()) {
      if (!isValid(types, layer.site(), fallback)) {
        types.remarks.warn(
            "default-invalid",
            facets.defaultOrigin,
            "the default " + fallback + " does not satisfy its schema and is not applied",
            "give a default that is valid");
        return new Presence.Optional();
      }
    }
    return fallback.isNull() && !value.nullable()
        ? new Presence.Optional()
        : new Presence.Defaulted(fallback);
  }

  private static boolean isValid(TypeReader types, Site site, JsonNode value) {
    try {
      return types.references.compile(site, View.PLAIN).isValid(value);
    } catch (SchemaException e) {
      return false;
    }
  }
}
