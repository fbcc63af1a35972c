package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.InstanceGenerator;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.Fingerprints;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Follows references between schemas as compiling them would. */
final class References {
  private final SchemaCompiler compiler;
  private final Fingerprints fingerprints;
  private final Map<URI, SchemaResource> resources = new HashMap<>();
  private final Map<Site, Optional<Site>> known = new HashMap<>();

  References(List<SchemaResource> resources) {
    SchemaCompiler.Builder builder =
        SchemaCompiler.builder().assertFormats(true).allowBacktrackingPatterns(true);
    for (SchemaResource resource : resources) {
      builder.resource(resource);
      this.resources.put(resource.uri(), resource);
    }
    compiler = builder.build();
    fingerprints = new Fingerprints(compiler);
  }

  /** {@return what the {@code $ref} or {@code $dynamicRef} of a schema leads to} */
  Optional<Site> target(Site site, String keyword) {
    return known.computeIfAbsent(
        site.child(keyword), reference -> follow(site, site.text(keyword)));
  }

  /** {@return what another reference in a schema leads to} */
  Optional<Site> follow(Site site, String reference) {
    return compiler
        .target(site.resource, site.pointer, reference)
        .map(target ->
            new Site(
                target.resource(),
                target.pointer(),
                target.resource().root().at(target.pointer())));
  }

  /** {@return the fingerprint of a schema} */
  Fingerprint fingerprint(Origin schema, View view) {
    SchemaResource resource =
        Objects.requireNonNull(resources.get(schema.resource()), schema::toString);
    return fingerprints.of(resource, schema.pointer(), view);
  }

  /** {@return a value that a schema accepts, if one is found} */
  Optional<JsonNode> example(Schema schema, View view) {
    return InstanceGenerator.generate(schema.resource(), schema.pointer(), view, compiler);
  }

  /** {@return the program of a schema, formats asserted} */
  CompiledSchema compile(Schema schema, View view) {
    return compiler.compile(schema.resource(), schema.pointer(), view);
  }

  /** {@return the program of a schema, formats asserted} */
  CompiledSchema compile(Site site, View view) {
    return compiler.compile(site.resource, site.pointer, view);
  }
}
