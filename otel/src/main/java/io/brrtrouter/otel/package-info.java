/**
 * Requests in traces of OpenTelemetry, by its stable semantic conventions of HTTP, set up by its
 * standard variables.
 */
@NullMarked
package io.brrtrouter.otel;

import org.jspecify.annotations.NullMarked;
