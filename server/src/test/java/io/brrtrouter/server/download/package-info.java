/** Tests of files that clients get. */
@NullMarked
package io.brrtrouter.server.download;

import org.jspecify.annotations.NullMarked;
