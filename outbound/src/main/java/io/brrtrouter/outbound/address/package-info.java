/** Where requests may go: URLs and addresses in, a reason against them out. Sends nothing. */
@NullMarked
package io.brrtrouter.outbound.address;

import org.jspecify.annotations.NullMarked;
