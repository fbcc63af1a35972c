@NullMarked
package io.brrtrouter.server.transport;

import org.jspecify.annotations.NullMarked;
