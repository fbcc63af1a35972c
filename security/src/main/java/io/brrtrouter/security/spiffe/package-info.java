/** Names of workloads, and which of them are accepted. Knows no tokens and no certificates. */
@NullMarked
package io.brrtrouter.security.spiffe;

import org.jspecify.annotations.NullMarked;
