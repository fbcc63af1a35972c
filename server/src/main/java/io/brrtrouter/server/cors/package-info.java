/**
 * What browsers are told and asked: pages of other origins (Fetch standard section 3.2) and
 * requests that other sites forge. Has never heard of operations' handlers or of sockets.
 */
@NullMarked
package io.brrtrouter.server.cors;

import org.jspecify.annotations.NullMarked;
