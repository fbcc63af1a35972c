/** What becomes of claims; knows nothing of HTTP, keeps everything in memory. */
@NullMarked
package io.brrtrouter.examples.insurance.claims.casework;

import org.jspecify.annotations.NullMarked;
