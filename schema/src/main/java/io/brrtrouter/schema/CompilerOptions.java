package io.brrtrouter.schema;

import java.util.Map;
import java.util.Optional;

/** What a {@link SchemaCompiler} was told once and for all. */
record CompilerOptions(
    boolean assertFormats,
    Map<String, Format> formats,
    boolean allowBacktrackingPatterns,
    int mostExponent) {

  CompilerOptions {
    formats = Map.copyOf(formats);
  }

  /** The format of strings with a name, a registered one first. */
  Optional<Format> format(String name) {
    Format registered = formats.get(name);
    return registered != null ? Optional.of(registered) : Formats.named(name);
  }
}
