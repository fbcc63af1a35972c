package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.TestDatabase;

/** On H2. */
class ShopAtOnceTest extends ShopAtOnce {
  ShopAtOnceTest() {
    super(TestDatabase.h2());
  }
}
