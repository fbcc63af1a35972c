/** Files that users name: read whole, but never more of them than makes sense. */
@NullMarked
package io.brrtrouter.server.files;

import org.jspecify.annotations.NullMarked;
