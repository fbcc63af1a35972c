package io.brrtrouter.server.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.ContentType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          index.html           | text/html; charset=utf-8
          INDEX.HTML           | text/html; charset=utf-8
          a.min.js             | text/javascript; charset=utf-8
          a.mjs                | text/javascript; charset=utf-8
          a.css                | text/css; charset=utf-8
          a.js.map             | application/json
          a.json               | application/json
          a.wasm               | application/wasm
          app.webmanifest      | application/manifest+json
          a.svg                | image/svg+xml
          a.png                | image/png
          favicon.ico          | image/vnd.microsoft.icon
          a.woff2              | font/woff2
          a.mp4                | video/mp4
          a.pdf                | application/pdf
          a.tar.gz             | application/gzip
          feed.xml             | application/xml
          a.csv                | text/csv; charset=utf-8
          a                    | -
          a.                   | -
          .html                | -
          a.unknown            | -
          john.doe             | -
          a.html~              | -
          """)
  void are_known_by_the_last_extension(String name, String type) {
    assertThat(MediaTypes.of(name).orElse("-")).isEqualTo(type);
  }

  @Test
  void are_all_media_types_and_in_small_letters() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(MediaTypes.class.getResourceAsStream("media-types.txt"))) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList();

      assertThat(lines)
          .hasSizeBetween(80, 120)
          .allSatisfy(line -> {
            String[] parts = line.split(" +");
            assertThat(parts).hasSize(2);
            assertThat(parts[0]).matches("[a-z0-9]+");
            assertThat(ContentType.parse(parts[1])).isPresent();
          });
      assertThat(MediaTypes.size()).isEqualTo(lines.size());
    }
  }
}
