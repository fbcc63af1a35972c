/**
 * The OpenAPI Specification's objects as immutable records, in its own words. Documents of version
 * 3.0 are converted to the 3.1 model when read; the additions of 3.2 are part of it. References are
 * resolved: two uses of one {@code $ref} target share one record.
 */
@NullMarked
package io.brrtrouter.openapi.model;

import org.jspecify.annotations.NullMarked;
