/** Transactions over plain JDBC; knows H2 and PostgreSQL, and nothing of pets or HTTP. */
@NullMarked
package io.brrtrouter.examples.petstore.database;

import org.jspecify.annotations.NullMarked;
