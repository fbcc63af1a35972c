/** What a real browser makes of the server's answers. */
@NullMarked
package io.brrtrouter.conformance.browser;

import org.jspecify.annotations.NullMarked;
