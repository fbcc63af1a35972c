package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentWriter;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What handlers answer that is written while it is sent. */
@Timeout(60)
class StreamedResponseTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Streams, version: "1"}
      paths:
        /report:
          get:
            operationId: report
            responses:
              "200": {description: ok, content: {text/csv: {schema: {type: string}}}}
        /other:
          get:
            operationId: other
            responses: {"204": {description: ok}}
      """;

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private volatile String contentType = "text/csv";
  private volatile ContentWriter writer = _ -> {};

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("http.max_streams", "1", "responses.check", "enforce"))
          .handler("report", _ -> HttpResponse.streamed(200, contentType, writer))
          .handler("other", _ -> HttpResponse.of(204))
          .listener(
              new ExchangeListener() {
                @Override
                public void completed(CompletedExchange exchange) {
                  completed.add(exchange);
                }
              })
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void lines_come_as_they_are_written() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    writer =
        sink -> {
          sink.write("name\r\n".getBytes(UTF_8));
          sink.flush();
          assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
          sink.write("Rex\r\n".getBytes(UTF_8));
        };
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      socket
          .getOutputStream()
          .write(
              "GET /report HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n".getBytes(UTF_8));
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      String head = lines.lines().takeWhile(line -> !line.isEmpty()).toList().toString();
      assertThat(head)
          .contains("Content-Type: text/csv", "X-Content-Type-Options: nosniff", "X-Request-ID: ")
          .contains("Transfer-Encoding: chunked")
          .doesNotContain("Content-Length", "Content-Encoding");
      assertThat(lines.readLine()).isEqualTo("6");
      assertThat(lines.readLine()).isEqualTo("name");
      seen.countDown();
      assertThat(lines.lines().limit(4)).containsExactly("", "5", "Rex", "");
    }
    CompletedExchange exchange = completed.take();
    assertThat(exchange.bytes()).isEqualTo(11);
    assertThat(exchange.aborted()).isFalse();
  }

  @Test
  void what_is_not_declared_is_withheld_and_not_written() throws Exception {
    contentType = "text/html";
    writer =
        _ -> {
          throw new AssertionError("written though it is withheld");
        };
    String answer = Wire.ask(server.port(), "GET /report HTTP/1.1", "Host: a");
    assertThat(Wire.status(answer)).isEqualTo(500);
    assertThat(answer).contains("urn:brrtrouter:problem:response-contract");
  }

  @Test
  void whoever_writes_counts_until_it_ends_and_takes_the_room_of_streams_only() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stubborn = new CountDownLatch(1);
    writer =
        sink -> {
          sink.write("name\r\n".getBytes(UTF_8));
          sink.flush();
          begun.countDown();
          while (true) {
            try {
              stubborn.await();
              return;
            } catch (InterruptedException _) {
              // It does not care that the client has gone.
            }
          }
        };
    KeptConnection gone = new KeptConnection(server);
    gone.send("GET /report HTTP/1.1\r\nHost: a\r\n\r\n");
    try (KeptConnection other = new KeptConnection(server)) {
      begun.await();
      Answer refused = other.get("/report");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.content()).contains("urn:brrtrouter:problem:overloaded");
      while (!other.get("/metrics").content().contains("brrtrouter_requests_in_flight 0.0")) {
        Thread.onSpinWait(); // The refused one may not be over yet.
      }
      assertThat(other.get("/metrics").content()).contains("brrtrouter_streams_in_flight 1.0");
      assertThat(other.get("/other").status()).isEqualTo(204);
      gone.reset();
      CompletedExchange exchange = completed.take();
      while (!exchange.aborted()) {
        exchange = completed.take();
      }
      assertThat(exchange.bytes()).isEqualTo(6);
      assertThat(other.get("/report").status()).isEqualTo(503);
      stubborn.countDown();
      while (!other.get("/metrics").content().contains("brrtrouter_streams_in_flight 0.0")) {
        Thread.onSpinWait();
      }
    }
    assertThat(Wire.status(Wire.ask(server.port(), "GET /report HTTP/1.1", "Host: a")))
        .isEqualTo(200);
  }

  @Test
  void clients_that_close_give_their_places_back() throws Exception {
    writer =
        sink -> {
          sink.write("name\r\n".getBytes(UTF_8));
          sink.flush();
          new CountDownLatch(1).await();
        };
    for (int i = 0; i < 3; i++) { // There is one place.
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
        socket.getOutputStream().write("GET /report HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
        assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
        for (String line = lines.readLine(); !line.equals("name"); line = lines.readLine()) {
          assertThat(line).as("before the content").isNotNull();
        }
        assertThat(lines.readLine()).as("all that has come is read").isEmpty();
      }
      CompletedExchange exchange = completed.poll(20, TimeUnit.SECONDS);
      while (exchange != null && !exchange.aborted()) { // That of metrics.
        exchange = completed.poll(20, TimeUnit.SECONDS);
      }
      assertThat(exchange).as("client %d has gone", i).isNotNull();
      try (KeptConnection other = new KeptConnection(server)) {
        while (!other.get("/metrics").content().contains("brrtrouter_streams_in_flight 0.0")) {
          Thread.onSpinWait(); // Whoever writes is being interrupted.
        }
      }
    }
  }

  @Test
  void whoever_asks_in_the_process_gets_it_whole() {
    writer =
        sink -> {
          sink.write("name\r\n".getBytes(UTF_8));
          sink.flush();
          sink.write("Rex\r\n".getBytes(UTF_8));
        };
    HttpResponse response = server.exchange(request(), new byte[0]);
    assertThat(response.status()).isEqualTo(200);
    assertThat(((Body.Bytes) response.body()).bytes()).isEqualTo("name\r\nRex\r\n".getBytes(UTF_8));
    writer =
        _ -> {
          throw new IOException("no more paper");
        };
    assertThatThrownBy(() -> server.exchange(request(), new byte[0]))
        .hasStackTraceContaining("no more paper");
    writer =
        sink -> {
          byte[] page = new byte[1 << 20];
          while (true) {
            sink.write(page);
          }
        };
    assertThatThrownBy(() -> server.exchange(request(), new byte[0]))
        .hasStackTraceContaining("ClientGoneException");
  }

  private static HttpRequest request() {
    return new HttpRequest(
        Method.of("GET"),
        "/report",
        "HTTP/1.1",
        Headers.empty(),
        Peer.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }
}
