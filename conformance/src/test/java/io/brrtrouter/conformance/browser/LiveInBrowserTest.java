package io.brrtrouter.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.stream.Event;
import io.brrtrouter.server.stream.EventStream;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocket;
import io.brrtrouter.server.websocket.WebSockets;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events and WebSockets of a real browser as in production: over TLS and HTTP/2, events coded, with
 * a server that takes another document, and one that ends.
 */
class LiveInBrowserTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Live, version: "1"}
      paths:
        /events:
          get:
            operationId: events
            summary: pet
            x-sse: true
            responses: {"200": {description: events}}
        /next:
          get: {operationId: next, responses: {"204": {description: ok}}}
        /edit:
          get: {operationId: edit, responses: {"204": {description: ok}}}
        /chat:
          get:
            operationId: chat
            x-websocket: true
            responses: {"101": {description: the chat begins}}
      """;

  private static final int PATIENCE_SECONDS = 50;

  /** One for each event that the page has asked for. */
  private final Semaphore wanted = new Semaphore(0);

  /** The complete responses, by path and version of HTTP. */
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private final CountDownLatch edit = new CountDownLatch(1);
  private @Nullable BrrtServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void needs_a_browser() {
    Chromium.require();
  }

  @BeforeEach
  void writes_a_document_and_a_certificate() throws Exception {
    CertificateBuilder any = new CertificateBuilder().ecp256();
    X509Bundle certificate =
        any.copy()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .buildIssuedBy(
                any.copy().subject("CN=any").setIsCertificateAuthority(true).buildSelfSigned());
    write("server.pem", certificate.getCertificatePathPEM());
    write("server.key", certificate.getPrivateKeyPEM());
    write("api.yaml", DOCUMENT);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(directory.resolve(name), text);
  }

  private BrrtServer serve(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("port", "0");
    settings.put("cors.origins", "*");
    settings.put("cors.expose_headers", "Content-Encoding");
    settings.put("tls.certificate_file", directory.resolve("server.pem").toString());
    settings.put("tls.key_file", directory.resolve("server.key").toString());
    BrrtServer started =
        BrrtServer.builder()
            .document(directory.resolve("api.yaml"))
            .config(ServerConfig.read(Optional.empty(), Map.of(), settings))
            .handler(
                "events",
                request ->
                    EventStream.respond(
                        request,
                        events -> {
                          for (int i = 1; ; i++) {
                            wanted.acquire();
                            events.send(
                                Event.of(request.operation().summary().orElse("") + " " + i));
                          }
                        }))
            .handler(
                "next",
                _ -> {
                  wanted.release();
                  return HttpResponse.of(204);
                })
            .handler(
                "edit",
                _ -> {
                  edit.countDown();
                  return HttpResponse.of(204);
                })
            .handler("chat", WebSockets.handler(LiveInBrowserTest::echo))
            .listener(this::see)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
    server = started;
    return started;
  }

  private void see(CompletedExchange exchange) {
    if (exchange.head() != null
        && !Set.of("/next", "/edit").contains(String.valueOf(exchange.template()))) {
      seen.add(exchange.template() + " " + exchange.status() + " " + exchange.head().version());
    }
  }

  private static void echo(WebSocket socket) throws Exception {
    for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
      socket.send(next.get());
    }
  }

  /** The page asks for an event when it has the one before: none may wait for the next. */
  @Test
  void coded_events_come_one_by_one_over_http_2() throws Exception {
    BrrtServer live = serve(Map.of("compression.enabled", "true", "compression.events", "true"));

    String told =
        Chromium.run(
            "localhost",
            0,
            """
            const server = 'https://localhost:%d';
            const lines = [];
            await new Promise(done => {
              const source = new EventSource(server + '/events');
              source.onopen = () => fetch(server + '/next');
              source.onmessage = event => {
                lines.push(event.data);
                lines.length < 3 ? fetch(server + '/next') : (source.close(), done());
              };
            });
            const answer = await fetch(server + '/events');
            lines.push(answer.headers.get('content-encoding'));
            answer.body.cancel();
            return lines.join('\\n');
            """
                .formatted(live.port()));

    assertThat(told).isEqualTo("pet 1\npet 2\npet 3\ngzip");
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("/events 200 HTTP/2");
  }

  /** Its events are the same, and its connection too: the stream alone has ended. */
  @Test
  void an_event_source_comes_back_when_another_document_serves() throws Exception {
    BrrtServer live = serve(Map.of("watch", "true", "http.streams_on_reload", "end"));
    Thread editing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (edit.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  write("api.yaml", DOCUMENT.replace("summary: pet", "summary: cat"));
                }
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            });

    String told =
        Chromium.run(
            "localhost",
            0,
            """
            const server = 'https://localhost:%d';
            const lines = [];
            await new Promise(done => {
              const source = new EventSource(server + '/events');
              source.onopen = () => { lines.push('open'); fetch(server + '/next'); };
              source.onerror = () => lines.push(source.readyState);
              source.onmessage = event => {
                lines.push(event.data);
                lines.length < 4 ? fetch(server + '/edit') : (source.close(), done());
              };
            });
            return lines.join(' ');
            """
                .formatted(live.port()));

    editing.join();
    assertThat(told).isEqualTo("open pet 1 0 open cat 1");
  }

  @Test
  void a_secure_websocket_shares_the_connection_and_is_told_that_the_server_ends()
      throws Exception {
    BrrtServer live = serve(Map.of());
    Thread ending =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (wanted.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  live.close();
                }
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });

    String told =
        Chromium.run(
            "localhost",
            0,
            """
            const lines = [];
            // With what identifies a user, as the WebSocket will have it: else it is another connection.
            await fetch('https://localhost:%1$d/edit', {mode: 'no-cors', credentials: 'include'});
            await new Promise(done => {
              const socket = new WebSocket('wss://localhost:%1$d/chat');
              socket.onopen = () => socket.send('gr\\u00fc\\u00dft');
              socket.onmessage = event => {
                lines.push(event.data);
                fetch('https://localhost:%1$d/next');
              };
              socket.onclose = event => {
                lines.push('close ' + event.code + ' ' + event.wasClean);
                done();
              };
            });
            return lines.join('\\n');
            """
                .formatted(live.port()));

    ending.join();
    assertThat(told).isEqualTo("gr\u00fc\u00dft\nclose 1001 true");
    assertThat(seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("/chat 101 HTTP/2");
  }
}
