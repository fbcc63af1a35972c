package io.brrtrouter.examples.petstore;

/** On H2. */
class WebhooksTest extends SentWebhooks {
  WebhooksTest() {
    super(TestDatabase.h2());
  }
}
