package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A server without sockets, from a document in the test, and short ways to ask it. */
final class TestServer {
  final BrrtServer server;

  private TestServer(BrrtServer server) {
    this.server = server;
  }

  static TestServer of(String document, Consumer<BrrtServer.Builder> configure) {
    BrrtServer.Builder builder = BrrtServer.builder().document(file(document));
    configure.accept(builder);
    return new TestServer(builder.startInProcess());
  }

  static Path file(String document) {
    try {
      Path file = Files.createTempDirectory("brrt-test").resolve("api.yaml");
      file.toFile().deleteOnExit();
      file.getParent().toFile().deleteOnExit();
      return Files.writeString(file, document);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  HttpResponse get(String target, String... headers) {
    return ask("GET", target, "", headers);
  }

  HttpResponse ask(String method, String target, String body, String... headers) {
    HttpRequest head =
        new HttpRequest(
            Method.of(method),
            target,
            "HTTP/1.1",
            Headers.of(headers),
            InetSocketAddress.createUnresolved("client", 1234),
            false);
    return server.exchange(head, body.getBytes(StandardCharsets.UTF_8));
  }

  static String text(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  /** Status, headers and content as they would be on the wire, request id aside. */
  static String wire(HttpResponse response) {
    StringBuilder wire = new StringBuilder().append(response.status()).append('\n');
    response
        .headers()
        .forEach((name, value) ->
            wire.append(name)
                .append(": ")
                .append(name.equals("X-Request-ID") ? "ID" : value)
                .append('\n'));
    return wire.append('\n').append(text(response)).toString();
  }
}
