/**
 * Text of YAML 1.2 or JSON files as values that know where they are written. Nothing here knows
 * what an OpenAPI document is.
 */
@NullMarked
package io.brrtrouter.openapi.source;

import org.jspecify.annotations.NullMarked;
