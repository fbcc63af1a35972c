package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Schema;
import java.util.Optional;

final class SchemaComparison {
  SchemaComparison(Schemas before, Schemas after, Changes changes) {}

  void compare(Site site, Optional<Schema> before, Optional<Schema> after, Direction direction) {}

  boolean mayBeComposite(Optional<Schema> before, Optional<Schema> after) {
    return true;
  }
}
