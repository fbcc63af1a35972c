package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.site.StaticFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a directory over sockets. */
@Timeout(120)
class StaticFilesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Files, version: "1"}
      paths:
        /pets:
          get: {operationId: pets, responses: {"200": {description: Pets., content: {text/plain: {}}}}}
      """;

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT} */
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");

  @TempDir private Path directory;
  private Path web;
  private BrrtServer server;

  @BeforeEach
  void write() throws IOException {
    web = Files.createDirectories(directory.resolve("web"));
    write("index.html", "<h1>Home</h1>");
    write("style.css", "p{}");
    write("data.bin2", "0123456789");
    write("a b.txt", "space");
    write("\u00e4.txt", "umlaut");
    write(".well-known/security.txt", "Contact: a");
    write(".env", "SECRET");
    write("docs/index.html", "<h1>Docs</h1>");
    write("docs/page.html", "<h1>Page</h1>");
    write("empty/.keep", "");
    write("assets/app-1a2b3c4d.js", "app()");
    start(files -> files);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path write(String path, String content) throws IOException {
    Path file = web.resolve(path);
    Files.createDirectories(file.getParent());
    return at(Files.writeString(file, content), TIME);
  }

  private static Path at(Path file, Instant time) throws IOException {
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private void start(UnaryOperator<StaticFiles> how, String... settings) {
    if (server != null) {
      server.close();
    }
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config(settings))
            .handler("pets", _ -> HttpResponse.text(200, "pets"))
            .files(how.apply(StaticFiles.at("/app", web)))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private String ask(String method, String target, String... fields) throws IOException {
    String[] lines = new String[fields.length + 2];
    lines[0] = method + " " + target + " HTTP/1.1";
    lines[1] = "Host: localhost";
    System.arraycopy(fields, 0, lines, 2, fields.length);
    return Wire.ask(server.port(), lines);
  }

  private static String field(String answer, String name) {
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .reduce((one, other) -> one + " && " + other)
        .orElse("-");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /app/index.html             | text/html; charset=utf-8 | <h1>Home</h1>
          /app/                       | text/html; charset=utf-8 | <h1>Home</h1>
          /app/?q=1                   | text/html; charset=utf-8 | <h1>Home</h1>
          /app/style.css              | text/css; charset=utf-8  | p{}
          /app/data.bin2              | application/octet-stream | 0123456789
          /app/a%20b.txt              | text/plain; charset=utf-8 | space
          /app/%c3%a4.txt             | text/plain; charset=utf-8 | umlaut
          /%61pp/%73tyle.css          | text/css; charset=utf-8  | p{}
          /app/docs/                  | text/html; charset=utf-8 | <h1>Docs</h1>
          /app/docs/page.html         | text/html; charset=utf-8 | <h1>Page</h1>
          /app/.well-known/security.txt | text/plain; charset=utf-8 | Contact: a
          """)
  void a_file_is_sent_with_its_type(String target, String type, String content) throws IOException {
    String answer = ask("GET", target);

    assertThat(Wire.status(answer)).isEqualTo(200);
    assertThat(field(answer, "Content-Type")).isEqualTo(type);
    assertThat(Wire.content(answer)).isEqualTo(content);
    assertThat(field(answer, "Content-Length")).isEqualTo("" + content.length());
    assertThat(field(answer, "Last-Modified")).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(field(answer, "ETag")).matches("\"[\\w-]{16}\"");
    assertThat(field(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(field(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(field(answer, "Vary")).isEqualTo("-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/app/none.html", "/app/docs/none", "/app/.env", "/app/empty/", "/app/style.css/",
        "/app/style.css/x", "/app/index.htm", "/appx/index.html", "/app.html", "/"
      })
  void what_is_not_there_is_a_404_like_any_other(String target) throws IOException {
    String answer = ask("GET", target);

    assertThat(Wire.status(answer)).isEqualTo(404);
    assertThat(field(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(field(answer, "X-Request-ID")).isNotEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "/app,             app/",
    "/app?a=b&c=%20,   app/?a=b&c=%20",
    "/app/docs,        docs/",
    "/app/docs?x=//y,  docs/?x=//y",
    "/app/empty,       empty/"
  })
  void a_directory_is_its_path_with_a_slash(String target, String location) throws IOException {
    String answer = ask("GET", target);

    assertThat(Wire.status(answer)).isEqualTo(307);
    assertThat(field(answer, "Location")).isEqualTo(location);
    assertThat(Wire.status(ask("HEAD", target))).isEqualTo(307);
  }

  @Test
  void HEAD_has_the_fields_of_GET() throws IOException {
    String get = ask("GET", "/app/style.css");
    String head = ask("HEAD", "/app/style.css");

    for (String name :
        new String[] {
          "Content-Type",
          "Content-Length",
          "ETag",
          "Last-Modified",
          "Accept-Ranges",
          "Cache-Control"
        }) {
      assertThat(field(head, name)).as(name).isEqualTo(field(get, name)).isNotEqualTo("-");
    }
    assertThat(Wire.content(head)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void nothing_else_is_allowed(String method) throws IOException {
    String answer = ask(method, "/app/style.css", "Content-Length: 0");

    assertThat(Wire.status(answer)).isEqualTo(405);
    assertThat(field(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void OPTIONS_says_what_is() throws IOException {
    String answer = ask("OPTIONS", "/app/style.css");

    assertThat(Wire.status(answer)).isEqualTo(204);
    assertThat(field(answer, "Allow")).isEqualTo("GET, HEAD, OPTIONS");
  }

  @Test
  void clients_get_parts_and_nothing_that_they_have() throws IOException {
    String whole = ask("GET", "/app/data.bin2");
    String tag = field(whole, "ETag");
    String part = ask("GET", "/app/data.bin2", "Range: bytes=2-4");

    assertThat(Wire.status(part)).isEqualTo(206);
    assertThat(field(part, "Content-Range")).isEqualTo("bytes 2-4/10");
    assertThat(Wire.content(part)).isEqualTo("234");
    assertThat(Wire.status(ask("GET", "/app/data.bin2", "Range: bytes=10-"))).isEqualTo(416);
    String same = ask("GET", "/app/data.bin2", "If-None-Match: " + tag);
    assertThat(Wire.status(same)).isEqualTo(304);
    assertThat(field(same, "ETag")).isEqualTo(tag);
    assertThat(field(same, "Cache-Control")).isEqualTo("no-cache");
    assertThat(
            Wire.status(
                ask("HEAD", "/app/data.bin2", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT")))
        .isEqualTo(304);
    assertThat(Wire.status(ask("GET", "/app/data.bin2", "If-Match: \"other\""))).isEqualTo(412);
  }

  @Test
  void a_file_that_is_replaced_is_the_other_one() throws IOException {
    String before = ask("GET", "/app/style.css");
    Path other = at(Files.writeString(directory.resolve("other"), "p{x}"), TIME);
    Files.move(other, web.resolve("style.css"), StandardCopyOption.ATOMIC_MOVE);
    String after = ask("GET", "/app/style.css", "If-None-Match: " + field(before, "ETag"));

    assertThat(Wire.status(after)).isEqualTo(200);
    assertThat(Wire.content(after)).isEqualTo("p{x}");
  }

  @Test
  void browsers_are_told_what_a_page_may_do() throws IOException {
    String answer = ask("GET", "/app/");

    assertThat(field(answer, "Content-Security-Policy"))
        .isEqualTo(StaticFiles.CONTENT_SECURITY_POLICY);
    assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    start(files -> files.withContentSecurityPolicy("default-src https:"));
    assertThat(field(ask("GET", "/app/"), "Content-Security-Policy"))
        .isEqualTo("default-src https:");
  }

  @Test
  void pages_of_other_origins_get_what_the_policy_allows() throws IOException {
    start(files -> files, "cors.origins", "https://shop.example");
    String answer = ask("GET", "/app/style.css", "Origin: https://shop.example");

    assertThat(field(answer, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
    assertThat(field(answer, "Vary")).contains("Origin");
    String preflight =
        ask(
            "OPTIONS",
            "/app/style.css",
            "Origin: https://shop.example",
            "Access-Control-Request-Method: GET");
    assertThat(field(preflight, "Access-Control-Allow-Methods")).contains("GET");
  }

  @Test
  void clients_keep_files_as_long_as_it_is_said() throws IOException {
    start(files -> files.withMaxAge(Duration.ofHours(1)).withImmutable("assets", "docs/old"));

    assertThat(field(ask("GET", "/app/style.css"), "Cache-Control"))
        .isEqualTo("public, max-age=3600");
    assertThat(field(ask("GET", "/app/assets/app-1a2b3c4d.js"), "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(field(ask("GET", "/app/docs/"), "Cache-Control")).isEqualTo("public, max-age=3600");
  }

  @Test
  void another_index_is_sent_or_none() throws IOException {
    start(files -> files.withIndex("page.html"));
    assertThat(Wire.content(ask("GET", "/app/docs/"))).isEqualTo("<h1>Page</h1>");
    assertThat(Wire.status(ask("GET", "/app/"))).isEqualTo(404);

    start(files -> files.withIndex(""));
    assertThat(Wire.status(ask("GET", "/app/docs/"))).isEqualTo(404);
  }

  @Nested
  class An_application_with_paths_of_its_own {
    @BeforeEach
    void falls_back() {
      start(files ->
          files.withFallback("index.html").withMaxAge(Duration.ofHours(1)).withImmutable("assets"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/app/users/7",
          "/app/users/",
          "/app/users/john.doe",
          "/app/empty/",
          "/app/assets/x",
          "/app/docs/none",
          "/app/%c3%a4"
        })
    void gets_its_page(String target) throws IOException {
      String answer = ask("GET", target);

      assertThat(Wire.status(answer)).isEqualTo(200);
      assertThat(Wire.content(answer)).isEqualTo("<h1>Home</h1>");
      assertThat(field(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(field(answer, "Cache-Control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/app/assets/gone.js",
          "/app/gone.css",
          "/app/users/7.png",
          "/app/.env",
          "/app/..",
          "/app/users/../x",
          "/app//users",
          "/app/users%2f7",
          "/app/users%00"
        })
    void but_not_in_place_of_a_script_or_of_what_is_not_served(String target) throws IOException {
      assertThat(Wire.status(ask("GET", target))).isEqualTo(404);
    }
  }

  @Nested
  class What_is_below_the_root {
    @BeforeEach
    void has_files() throws IOException {
      server.close();
      write("pets", "a file");
      write("health", "a file");
      server =
          BrrtServer.builder()
              .document(TestServer.file(DOCUMENT))
              .config(TestServer.config())
              .handler("pets", _ -> HttpResponse.text(200, "pets"))
              .files(StaticFiles.at("/", web))
              .files(StaticFiles.at("/app/docs", web.resolve("docs")))
              .output(new PrintStream(OutputStream.nullOutputStream()))
              .start();
    }

    @ParameterizedTest
    @CsvSource({
      "/,               200, <h1>Home</h1>",
      "/style.css,      200, p{}",
      "/docs/page.html, 200, <h1>Page</h1>",
      "/pets,           200, pets",
      "/pets/,          404,",
      "/app/docs/page.html, 200, <h1>Page</h1>",
      "/app/docs/style.css, 404,",
      "/app/,           404,"
    })
    void is_what_nothing_else_has_and_the_longest_prefix_counts(
        String target, int status, String content) throws IOException {
      String answer = ask("GET", target);

      assertThat(Wire.status(answer)).isEqualTo(status);
      if (status == 200) {
        assertThat(Wire.content(answer)).isEqualTo(content);
      }
    }

    @Test
    void does_not_hide_endpoints_and_operations() throws IOException {
      assertThat(Wire.content(ask("GET", "/health"))).isEqualTo("{\"status\":\"ok\"}");
      assertThat(field(ask("POST", "/pets", "Content-Length: 0"), "Allow"))
          .isEqualTo("GET, HEAD, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "//evil.example/..", "/%2f%2fevil.example"})
    void redirects_to_no_other_host(String target) throws IOException {
      Files.createDirectories(web.resolve("evil.example"));

      assertThat(Wire.status(ask("GET", target))).isEqualTo(404);
      assertThat(field(ask("GET", "/evil.example"), "Location")).isEqualTo("evil.example/");
    }
  }

  @Nested
  class The_same_in_content_codings {
    @BeforeEach
    void stand_beside_it() throws IOException {
      write("big.js", "plain content");
      write("big.js.gz", "gzip content");
      write("big.js.br", "br");
      write("big.js.zst", "zstd content, longer");
      write("one.js", "plain");
      write("one.js.gz", "gz");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            gzip, deflate, br, zstd        | br   | br
            gzip, zstd                     | gzip | gzip content
            zstd, gzip;q=0.9               | zstd | zstd content, longer
            *                              | br   | br
            br;q=0, *                      | gzip | gzip content
            zstd                           | zstd | zstd content, longer
            deflate                        | -    | plain content
            identity, gzip;q=0.5           | -    | plain content
            gzip;q=0                       | -    | plain content
            identity;q=0, zstd;q=0.1       | zstd | zstd content, longer
            *;q=0                          | -    | plain content
            """)
    void are_chosen_by_weight_and_then_length(String accepted, String coding, String content)
        throws IOException {
      String answer = ask("GET", "/app/big.js", "Accept-Encoding: " + accepted);

      assertThat(Wire.status(answer)).isEqualTo(200);
      assertThat(field(answer, "Content-Encoding")).isEqualTo(coding);
      assertThat(Wire.content(answer)).isEqualTo(content);
      assertThat(field(answer, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
      assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(field(answer, "ETag")).startsWith("\"");
    }

    @Test
    void have_tags_and_parts_of_their_own() throws IOException {
      String plain = ask("GET", "/app/big.js");
      String coded = ask("GET", "/app/big.js", "Accept-Encoding: gzip");
      String tag = field(coded, "ETag");

      assertThat(tag).isNotEqualTo(field(plain, "ETag"));
      String same = ask("GET", "/app/big.js", "Accept-Encoding: gzip", "If-None-Match: " + tag);
      assertThat(Wire.status(same)).isEqualTo(304);
      assertThat(field(same, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(Wire.status(ask("GET", "/app/big.js", "If-None-Match: " + tag))).isEqualTo(200);
      String part = ask("GET", "/app/big.js", "Accept-Encoding: gzip", "Range: bytes=0-3");
      assertThat(Wire.status(part)).isEqualTo(206);
      assertThat(Wire.content(part)).isEqualTo("gzip");
      assertThat(field(part, "Content-Encoding")).isEqualTo("gzip");
      String head = ask("HEAD", "/app/big.js", "Accept-Encoding: gzip");
      assertThat(field(head, "Content-Length")).isEqualTo("12");
    }

    @Test
    void are_not_coded_again_nor_is_their_tag_weak() throws IOException {
      start(files -> files, "compression.enabled", "true", "compression.min_bytes", "1");
      String answer = ask("GET", "/app/one.js", "Accept-Encoding: gzip");

      assertThat(Wire.content(answer)).isEqualTo("gz");
      assertThat(field(answer, "Content-Encoding")).isEqualTo("gzip");
      assertThat(field(answer, "Vary")).isEqualTo("Accept-Encoding");
      assertThat(field(answer, "ETag")).startsWith("\"");
    }

    @Test
    void count_only_where_they_are_not_older() throws IOException {
      at(web.resolve("big.js.br"), TIME.minusSeconds(1));
      at(web.resolve("big.js.gz"), TIME.plusSeconds(1));
      assertThat(field(ask("GET", "/app/big.js", "Accept-Encoding: br, gzip"), "Content-Encoding"))
          .isEqualTo("gzip");

      at(web.resolve("one.js.gz"), TIME.minusSeconds(1));
      String answer = ask("GET", "/app/one.js", "Accept-Encoding: gzip");
      assertThat(field(answer, "Content-Encoding") + field(answer, "Vary")).isEqualTo("--");
    }

    @Test
    void are_the_page_of_a_directory_too() throws IOException {
      write("index.html.gz", "coded page");
      String answer = ask("GET", "/app/", "Accept-Encoding: gzip");

      assertThat(Wire.content(answer)).isEqualTo("coded page");
      assertThat(field(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    }

    @Test
    void are_files_by_their_own_names() throws IOException {
      String answer = ask("GET", "/app/big.js.gz");

      assertThat(field(answer, "Content-Encoding")).isEqualTo("-");
      assertThat(field(answer, "Content-Type")).isEqualTo("application/gzip");
    }

    @Test
    void elsewhere_are_not_served() throws IOException {
      Path secret = at(Files.writeString(directory.resolve("secret"), "SECRET"), TIME);
      Files.delete(web.resolve("one.js.gz"));
      Files.createSymbolicLink(web.resolve("one.js.gz"), secret);

      assertThat(Wire.content(ask("GET", "/app/one.js", "Accept-Encoding: gzip")))
          .isEqualTo("plain");
    }
  }

  @Nested
  class Symbolic_links {
    @Test
    void lead_to_what_is_inside() throws IOException {
      Files.createSymbolicLink(web.resolve("same.css"), Path.of("style.css"));
      Files.createSymbolicLink(web.resolve("manual"), web.resolve("docs"));

      assertThat(Wire.content(ask("GET", "/app/same.css"))).isEqualTo("p{}");
      assertThat(Wire.content(ask("GET", "/app/manual/page.html"))).isEqualTo("<h1>Page</h1>");
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void to_a_directory_that_is_exchanged_lead_to_the_new_one() throws IOException {
      Path volume = Files.createDirectories(directory.resolve("volume"));
      Files.createDirectories(volume.resolve("..1"));
      Files.writeString(volume.resolve("..1/page.txt"), "first");
      Files.createSymbolicLink(volume.resolve("..data"), Path.of("..1"));
      Files.createSymbolicLink(volume.resolve("page.txt"), Path.of("..data/page.txt"));
      web = volume;
      start(files -> files);
      assertThat(Wire.content(ask("GET", "/app/page.txt"))).isEqualTo("first");

      Files.createDirectories(volume.resolve("..2"));
      Files.writeString(volume.resolve("..2/page.txt"), "second");
      Files.createSymbolicLink(volume.resolve("..tmp"), Path.of("..2"));
      Files.move(volume.resolve("..tmp"), volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(Wire.content(ask("GET", "/app/page.txt"))).isEqualTo("second");
      assertThat(Wire.status(ask("GET", "/app/..data/page.txt"))).isEqualTo(404);
    }

    /** As releases are installed. */
    @Test
    void may_be_the_directory_itself() throws IOException {
      Path current = directory.resolve("current");
      Files.createSymbolicLink(current, web);
      web = current;
      start(files -> files);
      assertThat(Wire.content(ask("GET", "/app/style.css"))).isEqualTo("p{}");

      Path release = Files.createDirectories(directory.resolve("release"));
      Files.writeString(release.resolve("style.css"), "new");
      Files.createSymbolicLink(directory.resolve("next"), release);
      Files.move(directory.resolve("next"), current, StandardCopyOption.ATOMIC_MOVE);
      assertThat(Wire.content(ask("GET", "/app/style.css"))).isEqualTo("new");
    }
  }

  @Test
  void a_directory_that_is_gone_is_our_fault_and_comes_back() throws IOException {
    Path aside = directory.resolve("aside");
    Files.move(web, aside, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Wire.status(ask("GET", "/app/style.css"))).isEqualTo(500);

    Files.move(aside, web, StandardCopyOption.ATOMIC_MOVE);
    assertThat(Wire.status(ask("GET", "/app/style.css"))).isEqualTo(200);
  }

  @Test
  void files_that_are_sent_count_as_streams() throws IOException {
    start(files -> files, "http.max_streams", "1");
    Path large = web.resolve("large.bin2");
    try (RandomAccessFile opened = new RandomAccessFile(large.toFile(), "rw")) {
      opened.setLength(64L << 20);
    }
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.getOutputStream()
          .write(
              "GET /app/large.bin2 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(slow.getInputStream().read()).isEqualTo('H');

      assertThat(Wire.status(ask("GET", "/app/style.css"))).isEqualTo(503);
      assertThat(Wire.status(ask("HEAD", "/app/style.css"))).isEqualTo(200);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (Wire.status(ask("GET", "/app/style.css")) != 200) {
      assertThat(System.nanoTime()).as("in time: the stream ends").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void files_are_configured_too() throws IOException {
    server.close();
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            port: 0
            static:
              web:
                prefix: /web
                directory: %s
                spa_fallback: docs/page.html
                max_age_secs: 10 min
                immutable: [assets]
                index: none.html
              docs:
                prefix: /web/manual
                directory: %s
                content_security_policy: default-src 'none'
            """
                .formatted(web, web.resolve("docs")));
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(ServerConfig.read(Optional.of(file), Map.of(), Map.of()))
            .handler("pets", _ -> HttpResponse.text(200, "pets"))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();

    String style = ask("GET", "/web/style.css");
    assertThat(Wire.content(style)).isEqualTo("p{}");
    assertThat(field(style, "Cache-Control")).isEqualTo("public, max-age=600");
    assertThat(Wire.content(ask("GET", "/web/users/7"))).isEqualTo("<h1>Page</h1>");
    assertThat(Wire.content(ask("GET", "/web/"))).isEqualTo("<h1>Page</h1>");
    String manual = ask("GET", "/web/manual/");
    assertThat(Wire.content(manual)).isEqualTo("<h1>Docs</h1>");
    assertThat(field(manual, "Content-Security-Policy")).isEqualTo("default-src 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "app", "/app/", "//", "/a//b", "/a/../b", "/.a", "/a b", "/a%20b", "/{a}", "/a?b",
        "/a:b"
      })
  void a_prefix_is_a_path_that_nobody_has_to_escape(String prefix) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StaticFiles.at(prefix, web))
        .withMessage("a prefix is / or segments such as /app, not \"" + prefix + "\"");
  }

  @Test
  void paths_and_times_are_checked_where_they_are_given() {
    StaticFiles files = StaticFiles.at("/app", web);

    assertThatIllegalArgumentException().isThrownBy(() -> files.withIndex("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withIndex(".."));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withFallback("../a"));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withFallback("/a"));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withImmutable("assets/"));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withMaxAge(Duration.ofDays(367)));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withMaxAge(Duration.ofDays(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> files.withContentSecurityPolicy("a\nb"));
  }
}
