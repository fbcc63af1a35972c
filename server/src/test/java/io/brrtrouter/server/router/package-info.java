@NullMarked
package io.brrtrouter.server.router;

import org.jspecify.annotations.NullMarked;
