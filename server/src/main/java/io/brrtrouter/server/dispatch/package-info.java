/** From a compiled document and a request to a response. */
@NullMarked
package io.brrtrouter.server.dispatch;

import org.jspecify.annotations.NullMarked;
