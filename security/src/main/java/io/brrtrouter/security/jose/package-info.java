/**
 * JOSE: compact signatures as text, keys, algorithms, and whether a signature is one of a key.
 * Knows no claims, no clock and no network.
 */
@NullMarked
package io.brrtrouter.security.jose;

import org.jspecify.annotations.NullMarked;
