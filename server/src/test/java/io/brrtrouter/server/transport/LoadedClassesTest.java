package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a server that uses neither TLS nor HTTP/2 does not pay for: a start loads nothing of them.
 */
class LoadedClassesTest {

  @Test
  void a_plain_server_loads_nothing_of_tls_and_http_2() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xlog:class+load:stdout",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Served.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> loaded =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(loaded)
        .anyMatch(line -> line.contains("io.brrtrouter.server.transport.Connection "));
    assertThat(loaded).contains("200");
    List<String> needless = loaded.stream().filter(LoadedClassesTest::isNeedless).toList();
    assertThat(needless).isEmpty();
  }

  private static boolean isNeedless(String line) {
    return line.contains(" io.netty.handler.")
        || line.contains(".transport.Tls ")
        || line.contains(".transport.H2")
        || line.contains(".transport.Opening ");
  }

  /** Answers one request. */
  static final class Served {
    public static void main(String[] args) throws IOException {
      try (TestServer server = new TestServer();
          RawClient client = server.client()) {
        System.out.println();
        System.out.println(client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").read().status());
      }
    }
  }
}
