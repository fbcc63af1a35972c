package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Header;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SourceLocation;
import java.util.Map;
import java.util.Optional;

/** What a parameter and a header have in common: a value by a schema or in a media type. */
record Valued(
    String sort, SourceLocation location, Optional<Schema> schema, Map<String, MediaType> content) {
  static Valued of(Parameter parameter) {
    return new Valued("parameter", parameter.location(), parameter.schema(), parameter.content());
  }

  static Valued of(Header header) {
    return new Valued("header", header.location(), header.schema(), header.content());
  }
}
