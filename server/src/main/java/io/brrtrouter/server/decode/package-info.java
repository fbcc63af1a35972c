/**
 * From what was sent to typed values: parameters by style, location and schema, bodies by media
 * type. Knows documents and schemas, and nothing of routes, handlers or generations.
 */
@NullMarked
package io.brrtrouter.server.decode;

import org.jspecify.annotations.NullMarked;
