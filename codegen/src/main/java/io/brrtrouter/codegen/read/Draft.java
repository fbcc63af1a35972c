package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Declaration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class that is named and perhaps not yet read. */
final class Draft {
  /** What the class will be. */
  enum Kind {
    RECORD,
    ENUM,
    UNION
  }

  final ClassName name;

  final Kind kind;

  final Set<ClassName> interfaces = new LinkedHashSet<>();
  @Nullable Declaration declaration;

  Draft(ClassName name, Kind kind) {
    this.name = name;
    this.kind = kind;
  }
}
