/** Content codings (RFC 9110 section 8.4.1), those of libraries as far as they are there. */
@NullMarked
package io.brrtrouter.server.coding;

import org.jspecify.annotations.NullMarked;
