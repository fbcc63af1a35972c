/** What the insurer is and does; knows nothing of HTTP, keeps everything in memory. */
@NullMarked
package io.brrtrouter.examples.insurance.policies.contracts;

import org.jspecify.annotations.NullMarked;
