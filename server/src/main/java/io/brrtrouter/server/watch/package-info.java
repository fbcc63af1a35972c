/** Files that may change: tells when what is in them has changed, whatever a change looks like. */
@NullMarked
package io.brrtrouter.server.watch;

import org.jspecify.annotations.NullMarked;
