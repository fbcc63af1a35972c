package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LifecycleTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Life, version: "1"}
      paths: {/a: {get: {responses: {"204": {description: ok}}}}}
      """;

  @Test
  void nothing_leads_back_from_draining() {
    Lifecycle lifecycle =
        new Lifecycle(ServerConfig.defaults(), Resources.of(ServerConfig.defaults()));
    lifecycle.close();
    lifecycle.ready();
    assertThat(lifecycle.readiness()).isEqualTo(Readiness.DRAINING);
  }

  @Test
  @Timeout(60)
  void readiness_fails_on_new_connections_before_they_are_refused() throws Exception {
    BrrtServer server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .mock(true)
            .config(TestServer.config("shutdown.delay_ms", "1 h"))
            .output(new PrintStream(new ByteArrayOutputStream()))
            .start();
    Thread closing = Thread.ofPlatform().start(server::close);
    while (status(server, "/ready") == 200) {
      Thread.onSpinWait(); // Another request each time, until the closing thread has run.
    }

    assertThat(status(server, "/ready")).isEqualTo(503);
    assertThat(status(server, "/a")).isEqualTo(204);
    closing.interrupt();
    assertThat(closing.join(Duration.ofSeconds(30))).isTrue();
  }

  private static int status(BrrtServer server, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server.url() + path).toURL().openConnection();
    connection.setRequestProperty("Connection", "close");
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
