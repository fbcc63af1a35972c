package io.brrtrouter.testing;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Hands requests to the server directly: everything but the transport takes part. */
record InProcessCourier(BrrtServer server) implements Courier {
  private static final Peer PEER =
      Peer.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  private static final byte[] NOTHING = {};

  @Override
  public TestResponse send(String method, String target, Headers headers, byte[] body) {
    Headers.Builder complete = headers.toBuilder();
    if (!headers.contains("Host")) {
      complete.set("Host", "localhost");
    }
    if (body.length > 0) {
      complete.set("Content-Length", String.valueOf(body.length));
    }
    HttpRequest head =
        new HttpRequest(Method.of(method), target, "HTTP/1.1", complete.build(), PEER);
    HttpResponse response = server.exchange(head, body);
    byte[] content = method.equals("HEAD") ? NOTHING : bytes(response.body());
    return new TestResponse(method + " " + target, response.status(), response.headers(), content);
  }

  private static byte[] bytes(Body body) {
    return switch (body) {
      case Body.Empty _ -> NOTHING;
      case Body.Bytes(byte[] bytes) -> bytes;
      case Body.Json(var value) -> value.toString().getBytes(StandardCharsets.UTF_8);
      case Body.Streamed _, Body.Seekable _ ->
          throw new IllegalStateException("content that was not collected");
      case Body.Tunnel _ ->
          throw new IllegalStateException(
              "a WebSocket needs a connection: start the server with a port, and open it there");
    };
  }

  @Override
  public void close() {}
}
