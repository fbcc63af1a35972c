/** Security providers: what verifies the credentials that a document's security schemes name. */
@NullMarked
package io.brrtrouter.security;

import org.jspecify.annotations.NullMarked;
