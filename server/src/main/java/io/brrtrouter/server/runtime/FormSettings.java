package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;

/**
 * Forms and queries.
 *
 * @param maxFields parameters in a query or a form
 * @param maxParts parts of a multipart body
 * @param maxPartHeaderBytes octets of one part's header fields
 */
public record FormSettings(int maxFields, int maxParts, int maxPartHeaderBytes) {
  static FormSettings of(ConfigValues values) {
    return new FormSettings(
        values.get(ConfigKeys.MAX_FIELDS),
        values.get(ConfigKeys.MAX_PARTS),
        values.get(ConfigKeys.MAX_PART_HEADER));
  }
}
