/** Certificates and keys in files, and the TLS engines they make. */
@NullMarked
package io.brrtrouter.server.tls;

import org.jspecify.annotations.NullMarked;
