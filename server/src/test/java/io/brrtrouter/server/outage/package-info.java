@NullMarked
package io.brrtrouter.server.outage;

import org.jspecify.annotations.NullMarked;
