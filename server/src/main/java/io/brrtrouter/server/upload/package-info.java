/** What comes with requests and is too large for memory, until they are answered. */
@NullMarked
package io.brrtrouter.server.upload;

import org.jspecify.annotations.NullMarked;
