package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/cors.md")
class CorsGuideTest {
  private static final String PAGE = "docs/cors.md";

  @TempDir private Path directory;

  @Test
  void answers_as_the_page_shows() throws IOException {
    List<String> files = Pages.blocks(PAGE, "yaml");
    Path config = Files.writeString(directory.resolve("config.yaml"), files.get(0));
    Path document = Files.writeString(directory.resolve("shop.yaml"), files.get(1));
    List<String> exchanges = Pages.blocks(PAGE, "http");

    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of()))
            .mock(true)
            .startInProcess()) {
      assertThat(exchanges)
          .hasSize(3)
          .allSatisfy(exchange -> {
            int blank = exchange.indexOf("\n\n");
            assertThat(told(server.exchange(request(exchange.substring(0, blank)), new byte[0])))
                .isEqualTo(shown(exchange.substring(blank + 2)));
          });
    }
  }

  private static HttpRequest request(String text) {
    List<String> lines = text.lines().toList();
    String[] first = lines.getFirst().split(" ");
    Headers.Builder headers = Headers.builder();
    fields(lines).forEach(headers::add);
    return new HttpRequest(
        Method.of(first[0]),
        first[1],
        first[2],
        headers.build(),
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  private static Map<String, String> shown(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> shown = fields(lines);
    shown.put("status", lines.getFirst());
    return shown;
  }

  private static Map<String, String> told(HttpResponse response) {
    Map<String, String> told = new LinkedHashMap<>();
    response
        .headers()
        .forEach((name, value) -> {
          if (name.equals("Vary") || name.toLowerCase(Locale.ROOT).startsWith("access-control-")) {
            told.put(name, value);
          }
        });
    told.put("status", String.valueOf(response.status()));
    return told;
  }

  private static Map<String, String> fields(Collection<String> lines) {
    Map<String, String> fields = new LinkedHashMap<>();
    lines.stream()
        .skip(1)
        .map(line -> line.split(": ", 2))
        .forEach(field -> fields.put(field[0], field[1]));
    return fields;
  }
}
