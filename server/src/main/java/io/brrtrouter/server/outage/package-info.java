/** Others that do not answer: whom to spare, and what to say of it, once. */
@NullMarked
package io.brrtrouter.server.outage;

import org.jspecify.annotations.NullMarked;
