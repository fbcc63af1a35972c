/** What a scraper has of a running server. */
@NullMarked
package io.brrtrouter.conformance.metrics;

import org.jspecify.annotations.NullMarked;
