/** Files that clients get, whole or in parts. */
@NullMarked
package io.brrtrouter.server.download;

import org.jspecify.annotations.NullMarked;
