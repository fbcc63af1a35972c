/** Items that are sent one by one: events (HTML standard section 9.2), JSON values, parts. */
@NullMarked
package io.brrtrouter.server.stream;

import org.jspecify.annotations.NullMarked;
