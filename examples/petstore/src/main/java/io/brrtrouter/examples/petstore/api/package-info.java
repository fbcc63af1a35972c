/** The operations of {@code openapi.yaml}, a class for each part of the shop. */
@NullMarked
package io.brrtrouter.examples.petstore.api;

import org.jspecify.annotations.NullMarked;
