package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;

/** Adds to responses what the server's response check found, which the server tells nobody. */
record InformedCourier(Courier courier, Breaches breaches) implements Courier {

  @Override
  public TestResponse send(String method, String target, Headers headers, byte[] body) {
    TestResponse response = courier.send(method, target, headers, body);
    return response
        .headers()
        .first("X-Request-Id")
        .map(id -> response.withViolations(breaches.take(id)))
        .orElse(response);
  }

  @Override
  public void close() {
    courier.close();
  }
}
