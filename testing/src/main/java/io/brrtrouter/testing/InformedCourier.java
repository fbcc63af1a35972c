package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.util.List;

/** Adds to responses what the server's response check found, which the server tells nobody. */
record InformedCourier(Courier courier, Breaches breaches) implements Courier {

  @Override
  public Incoming open(String method, String target, Headers headers, byte[] body) {
    return courier.open(method, target, headers, body);
  }

  @Override
  public List<String> violations(Headers headers) {
    return headers.first("X-Request-Id").map(breaches::take).orElse(List.of());
  }

  @Override
  public void close() {
    courier.close();
  }
}
