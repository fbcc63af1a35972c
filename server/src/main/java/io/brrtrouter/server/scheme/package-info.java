/**
 * What is configured of a security scheme, and who makes the provider of it: the room for modules
 * that verify credentials in ways the server does not know.
 */
@NullMarked
package io.brrtrouter.server.scheme;

import org.jspecify.annotations.NullMarked;
