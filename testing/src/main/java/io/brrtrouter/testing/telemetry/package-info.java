/**
 * A collector of telemetry in tests: what a server sends by OTLP, decoded by OpenTelemetry's own
 * protobuf classes. For those who have {@code io.opentelemetry.proto:opentelemetry-proto} on the
 * class path of their tests.
 */
@NullMarked
package io.brrtrouter.testing.telemetry;

import org.jspecify.annotations.NullMarked;
