/**
 * From located documents to the model: a table of the specification's objects ({@link
 * io.brrtrouter.openapi.read.Grammar}), a walk that checks documents against it and follows
 * references, and a second walk that builds the records.
 */
@NullMarked
package io.brrtrouter.openapi.read;

import org.jspecify.annotations.NullMarked;
