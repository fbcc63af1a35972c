package io.brrtrouter.examples.petstore;

/** On H2. */
class AdoptionFeedTest extends WatchedAdoptions {
  AdoptionFeedTest() {
    super(TestDatabase.h2());
  }
}
