@NullMarked
package io.brrtrouter.server.coding;

import org.jspecify.annotations.NullMarked;
