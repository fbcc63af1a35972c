/** Figures that parts of a server and of an application have for Prometheus. */
@NullMarked
package io.brrtrouter.server.measure;

import org.jspecify.annotations.NullMarked;
