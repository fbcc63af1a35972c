/** Events that servers send (HTML standard section 9.2). */
@NullMarked
package io.brrtrouter.server.stream;

import org.jspecify.annotations.NullMarked;
