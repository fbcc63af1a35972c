package io.brrtrouter.testing;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.OpenExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Hands requests to the server directly: everything but the transport takes part. */
record InProcessCourier(BrrtServer server) implements Courier {
  private static final Peer PEER =
      Peer.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @Override
  public Incoming open(String method, String target, Headers headers, byte[] body) {
    Headers.Builder complete = headers.toBuilder();
    if (!headers.contains("Host")) {
      complete.set("Host", "localhost");
    }
    if (body.length > 0) {
      complete.set("Content-Length", String.valueOf(body.length));
    }
    HttpRequest head =
        new HttpRequest(Method.of(method), target, "HTTP/1.1", complete.build(), PEER);
    OpenExchange exchange = server.open(head, body);
    HttpResponse response = exchange.response();
    if (response.body() instanceof Body.Tunnel) {
      throw new IllegalStateException(
          "a WebSocket needs a connection: start the server with a port, and open it there");
    }
    return new Incoming(response.status(), response.headers(), exchange.content());
  }

  @Override
  public void close() {}
}
