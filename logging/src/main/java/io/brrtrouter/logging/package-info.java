/** Lines of a log: what they have, what they hide, and how they come out of a process. */
@NullMarked
package io.brrtrouter.logging;

import org.jspecify.annotations.NullMarked;
