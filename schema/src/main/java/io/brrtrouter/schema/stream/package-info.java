/** What generated code has for bodies that go on: items one by one, and messages both ways. */
@NullMarked
package io.brrtrouter.schema.stream;

import org.jspecify.annotations.NullMarked;
