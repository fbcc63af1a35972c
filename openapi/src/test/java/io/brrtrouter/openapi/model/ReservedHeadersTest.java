package io.brrtrouter.openapi.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedHeadersTest {

  @ParameterizedTest
  @CsvSource({
    "Connection, true, false",
    "Content-Length, true, false",
    "Expect, true, false",
    "HOST, true, false",
    "keep-alive, true, false",
    "Proxy-Authorization, true, false",
    "Proxy-Connection, true, false",
    "TE, true, false",
    "Trailer, true, false",
    "Transfer-Encoding, true, false",
    "Upgrade, true, false",
    "Idempotency-Key, false, true",
    "Webhook-Id, false, true",
    "webhook-signature, false, true",
    "Webhook-Timestamp, false, true",
    "X-Hub-Signature-256, false, true",
    "X-Shop, false, false",
    "Content-Language, false, false"
  })
  void some_fields_are_decided_by_who_sends(String name, boolean ofConnection, boolean ofSender) {
    assertThat(ReservedHeaders.isOfConnection(name)).isEqualTo(ofConnection);
    assertThat(ReservedHeaders.isOfSender(name)).isEqualTo(ofSender);
  }
}
