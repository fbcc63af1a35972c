/**
 * Settings: what they are called, what values they take, and how they are read from a file, the
 * environment and the command line, with the place of each. Knows none of the server's.
 */
@NullMarked
package io.brrtrouter.server.config;

import org.jspecify.annotations.NullMarked;
