package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.SchemaResource;
import java.util.List;

final class Schemas {
  Schemas(List<SchemaResource> resources) {}
}
