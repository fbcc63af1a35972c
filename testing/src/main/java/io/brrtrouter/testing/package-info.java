/**
 * Tests of an API: the same requests and assertions in process, without a socket, and over one. A
 * {@link io.brrtrouter.testing.BrrtClient} sends requests; {@link io.brrtrouter.testing.BrrtTest}
 * starts a server for a test class and hands it the client.
 */
@NullMarked
package io.brrtrouter.testing;

import org.jspecify.annotations.NullMarked;
