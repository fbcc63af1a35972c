/** What the shop is and does; knows nothing of HTTP. Everything is kept in a database. */
@NullMarked
package io.brrtrouter.examples.petstore.shop;

import org.jspecify.annotations.NullMarked;
