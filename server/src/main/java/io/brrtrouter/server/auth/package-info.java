/**
 * The security contract: credentials as they come over the wire, the plan made of a document's
 * security requirements, and what is known about who sent a request.
 */
@NullMarked
package io.brrtrouter.server.auth;

import org.jspecify.annotations.NullMarked;
