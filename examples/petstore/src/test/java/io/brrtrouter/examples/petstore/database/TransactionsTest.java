package io.brrtrouter.examples.petstore.database;

import io.brrtrouter.examples.petstore.TestDatabase;

/** On H2. */
class TransactionsTest extends Transactions {
  TransactionsTest() {
    super(TestDatabase.h2());
  }
}
