/**
 * What is sent and received piece by piece while a request or a response lasts: the types that
 * generated requests and responses have for it.
 */
@NullMarked
package io.brrtrouter.schema.stream;

import org.jspecify.annotations.NullMarked;
