/** Where keys come from: the network, a file or the configuration, kept fresh in the background. */
@NullMarked
package io.brrtrouter.security.keys;

import org.jspecify.annotations.NullMarked;
