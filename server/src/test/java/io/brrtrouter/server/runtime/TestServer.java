package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A server without sockets, from a document in the test, and short ways to ask it. */
public final class TestServer {
  /** What every response has, unless it has its own. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "X-Request-ID",
          "X-Content-Type-Options",
          "X-Frame-Options",
          "Referrer-Policy",
          "Content-Security-Policy");

  private final BrrtServer server;

  private TestServer(BrrtServer server) {
    this.server = server;
  }

  /** {@return a server of a document} */
  public static TestServer of(String document, Consumer<BrrtServer.Builder> configure) {
    BrrtServer.Builder builder = BrrtServer.builder().document(file(document));
    configure.accept(builder);
    return new TestServer(builder.startInProcess());
  }

  /** {@return a server of a document that mocks every operation} */
  public static TestServer mocking(String document) {
    return of(document, builder -> builder.mock(true));
  }

  /** {@return a file with a document, {@code api.yaml} in a directory of its own} */
  public static Path file(String document) {
    try {
      Path directory = Files.createTempDirectory("brrt-test");
      directory.toFile().deleteOnExit();
      Path file = directory.resolve("api.yaml");
      file.toFile().deleteOnExit();
      return Files.writeString(file, document);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@return a configuration with settings changed: name, value, name, value} */
  public static ServerConfig config(String... settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("port", "0");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return ServerConfig.defaults().with(all);
  }

  /** {@return what came of reading a server's document again} */
  public static String reload(BrrtServer server) {
    return server.reload().toString();
  }

  /** {@return the server itself} */
  public BrrtServer server() {
    return server;
  }

  /** {@return the response to a {@code GET}} */
  public HttpResponse get(String target, String... headers) {
    return ask("GET", target, "", headers);
  }

  /** {@return the response to a {@code POST} of JSON} */
  public HttpResponse post(String target, String json) {
    return ask("POST", target, json, "Content-Type", "application/json");
  }

  /** {@return the response to a request} */
  public HttpResponse ask(String method, String target, String body, String... headers) {
    Peer peer = Peer.of(InetSocketAddress.createUnresolved("client", 1234));
    return ask(peer, method, target, body, headers);
  }

  /** {@return the response to a {@code GET} from an IP address} */
  public HttpResponse getFrom(String address, String target, String... headers) {
    Peer peer = Peer.of(new InetSocketAddress(InetAddress.ofLiteral(address), 1234));
    return ask(peer, "GET", target, "", headers);
  }

  private HttpResponse ask(
      Peer peer, String method, String target, String body, String... headers) {
    HttpRequest head =
        new HttpRequest(Method.of(method), target, "HTTP/1.1", Headers.of(headers), peer);
    return server.exchange(head, body.getBytes(StandardCharsets.UTF_8));
  }

  /** {@return the content of a response} */
  public static String text(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  /** {@return status, headers and content, without the fields every response has} */
  public static String wire(HttpResponse response) {
    StringBuilder wire = new StringBuilder().append(response.status()).append('\n');
    response
        .headers()
        .forEach((name, value) -> {
          if (!EVERYWHERE.contains(name)) {
            wire.append(name).append(": ").append(value).append('\n');
          }
        });
    String text = text(response);
    return text.isEmpty() ? wire.toString() : wire.append('\n').append(text).toString();
  }
}
