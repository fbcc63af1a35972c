package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.site.StaticFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that would lead elsewhere, octet by octet over sockets. */
@Timeout(120)
class StaticFilesAttacksTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Files, version: "1"}
      paths:
        /pets:
          get: {operationId: pets, responses: {"200": {description: Pets., content: {text/plain: {}}}}}
      """;

  /** What no answer may have. */
  private static final String SECRET = "TOP-SECRET";

  @TempDir private static Path directory;
  private static BrrtServer below;
  private static BrrtServer root;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path web = Files.createDirectories(directory.resolve("web"));
    Files.writeString(directory.resolve("secret.txt"), SECRET);
    Files.createDirectories(directory.resolve("web-private"));
    Files.writeString(directory.resolve("web-private/secret.txt"), SECRET);
    Files.writeString(web.resolve("index.html"), "page");
    Files.writeString(web.resolve("a.txt"), "a");
    Files.createDirectories(web.resolve("sub"));
    Files.writeString(web.resolve("sub/b.txt"), "b");
    Files.writeString(web.resolve(".hidden"), SECRET);
    Files.createDirectories(web.resolve(".git"));
    Files.writeString(web.resolve(".git/config"), SECRET);
    Files.createDirectories(web.resolve("sub/.svn"));
    Files.writeString(web.resolve("sub/.svn/entries"), SECRET);
    Files.createSymbolicLink(web.resolve("out.txt"), Path.of("../secret.txt"));
    Files.createSymbolicLink(web.resolve("far.txt"), directory.resolve("secret.txt"));
    Files.createSymbolicLink(web.resolve("outside"), Path.of(".."));
    Files.createSymbolicLink(web.resolve("beside"), Path.of("../web-private"));
    Files.createSymbolicLink(web.resolve("system"), Path.of("/"));
    Files.createSymbolicLink(web.resolve("twice"), Path.of("outside"));
    Files.createSymbolicLink(web.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(web.resolve("nowhere"), Path.of("none"));
    // Whoever opened that would wait for a writer for ever.
    new ProcessBuilder("mkfifo", web.resolve("pipe").toString()).start().waitFor();
    below = server("/app", web);
    root = server("/", web);
  }

  private static BrrtServer server(String prefix, Path web) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(TestServer.config())
        .handler("pets", _ -> HttpResponse.text(200, "pets"))
        .files(StaticFiles.at(prefix, web).withFallback("index.html"))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  @AfterAll
  static void close() {
    below.close();
    root.close();
  }

  /** Behind the prefix. Those of 200 get the page of the application, which is in the directory. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      textBlock =
          """
          # dots
          /../secret.txt 404
          /.. 404
          /../ 404
          /. 404
          /./a.txt 404
          /sub/.. 404
          /sub/../a.txt 404
          /sub/../../secret.txt 404
          /sub/../../../../../../../../etc/passwd 404
          /../web-private/secret.txt 404
          /../web/a.txt 404
          /... 404
          /.../secret.txt 404
          /..../secret.txt 404
          /....//secret.txt 404
          /.../...//secret.txt 404
          # escaped dots and slashes
          /%2e%2e/secret.txt 404
          /%2E%2E/secret.txt 404
          /.%2e/secret.txt 404
          /%2e./secret.txt 404
          /%2e%2e%2fsecret.txt 404
          /..%2fsecret.txt 404
          /..%2Fsecret.txt 404
          /sub%2f..%2f..%2fsecret.txt 404
          /sub%2fb.txt 404
          /%2e/a.txt 404
          /%2fetc%2fpasswd 404
          # escaped twice and more
          /%252e%252e/secret.txt 404
          /%252e%252e%252fsecret.txt 404
          /..%252fsecret.txt 404
          /%25252e%25252e%25252fsecret.txt 404
          /sub%252fb.txt 404
          # other separators
          /..%5csecret.txt 404
          /..%5Csecret.txt 404
          /%5c..%5csecret.txt 404
          /sub%5cb.txt 404
          /..%255csecret.txt 404
          /%2e%2e%5c%2e%2e%5csecret.txt 404
          /..%ef%bc%8fsecret.txt 404
          /%ef%bc%8e%ef%bc%8e/secret.txt 404
          /..%e2%88%95secret.txt 404
          # octets that are no UTF-8, overlong ones first
          /%c0%ae%c0%ae/secret.txt 400
          /%c0%2e%c0%2e/secret.txt 400
          /..%c0%afsecret.txt 400
          /..%c1%9csecret.txt 400
          /%e0%80%ae%e0%80%ae/secret.txt 400
          /%e0%80%af 400
          /%f0%80%80%ae/secret.txt 400
          /%f8%80%80%80%ae/secret.txt 400
          /%ff 400
          /%ed%a0%80 400
          /%uff0e%uff0e/secret.txt 400
          # escapes that are none
          /% 400
          /%2 400
          /%zz 400
          /%2g%2e/secret.txt 400
          /%%32%65%%32%65/secret.txt 400
          # controls
          /..%00/secret.txt 404
          /%00 404
          /a.txt%00 404
          /a.txt%00.html 404
          /..%00%2fsecret.txt 404
          /out.txt%00.png 404
          /sub%0d%0aSet-Cookie:%20a=b 404
          /sub%0a 404
          /a.txt%7f 404
          /%08../secret.txt 404
          # absolute paths, drives, shares, streams, devices
          //etc/passwd 404
          //secret.txt 404
          ///a.txt 404
          /sub//b.txt 404
          /C:/secret.txt 404
          /C:%5csecret.txt 404
          /C%3a%2fsecret.txt 404
          /file:///etc/passwd 404
          /%5c%5chost%5cshare 404
          /a.txt::$DATA 404
          /a.txt%3a%3a$DATA 404
          /a.txt:x 404
          # what Windows drops or folds
          /a.txt. 404
          /a.txt.. 404
          /a.txt%20 404
          /a.txt%20. 404
          /.git./config 404
          /A.TXT 404
          /SUB/B.TXT 404
          /.GIT/config 404
          # parameters in segments
          /..;/secret.txt 404
          /..;a=b/secret.txt 404
          /sub/..;/..;/secret.txt 404
          /;/../secret.txt 404
          /..%3b/secret.txt 404
          /a.txt;x=.js 404
          # files that are not served
          /.hidden 404
          /%2ehidden 404
          /.git 404
          /.git/ 404
          /.git/config 404
          /%2egit/config 404
          /sub/.svn/entries 404
          /.well-known/../.hidden 404
          # links
          /out.txt 404
          /far.txt 404
          /outside/secret.txt 404
          /beside/secret.txt 404
          /system/etc/hostname 200
          /system/etc/hosts.txt 404
          /twice/secret.txt 404
          /loop 200
          /loop/a.txt 404
          /nowhere 200
          /outside 200
          /outside/ 200
          # no files
          /pipe 200
          /a.txt/ 404
          /a.txt/b.txt 404
          /a.txt/../../secret.txt 404
          """)
  void leads_nowhere(String target, int status) throws IOException {
    for (BrrtServer server : new BrrtServer[] {below, root}) {
      String path = server == below ? "/app" + target : target;
      String answer = Wire.ask(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost");

      assertThat(answer).as(path).doesNotContain(SECRET).doesNotContain("root:");
      assertThat(Wire.status(answer)).as(path).isEqualTo(status);
      if (status == 200) {
        assertThat(Wire.content(answer)).as(path).isEqualTo("page");
      }
      assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("\r\nset-cookie");
    }
  }

  /** What a path must not have raw is refused before, or found to be nothing. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "..\\secret.txt",
    "sub\\b.txt",
    "\\..\\secret.txt",
    "..\u00c0\u00afsecret.txt",
    "\u00c0\u00ae\u00c0\u00ae/secret.txt",
    "a.txt#/../secret.txt",
    "..\t/secret.txt"
  })
  void raw_octets_lead_nowhere(String target) throws IOException {
    String answer = Wire.ask(below.port(), "GET /app/" + target + " HTTP/1.1", "Host: localhost");

    assertThat(answer).doesNotContain(SECRET);
    assertThat(Wire.status(answer)).isIn(400, 404);
  }

  @Test
  void absolute_targets_lead_nowhere_else() throws IOException {
    int port = below.port();

    assertThat(
            Wire.status(
                Wire.ask(
                    port, "GET http://localhost/app/../secret.txt HTTP/1.1", "Host: localhost")))
        .isEqualTo(404);
    assertThat(Wire.status(Wire.ask(port, "GET file:///etc/passwd HTTP/1.1", "Host: localhost")))
        .isEqualTo(400);
  }

  @Test
  void long_paths_lead_nowhere() throws IOException {
    int port = below.port();
    String name = "a".repeat(300);
    String names = "/a".repeat(2_000);
    String dots = "/..".repeat(2_000);

    assertThat(status(port, "/app/" + name + ".txt")).isEqualTo(404);
    assertThat(status(port, "/app" + names + ".txt")).isEqualTo(404);
    assertThat(status(port, "/app" + dots + "/etc/passwd")).isEqualTo(404);
    assertThat(status(port, "/app/" + "%2e".repeat(2_000))).isEqualTo(404);
    assertThat(status(port, "/app/" + "a".repeat(9_000))).isEqualTo(414);
  }

  private static int status(int port, String path) throws IOException {
    return Wire.status(Wire.ask(port, "GET " + path + " HTTP/1.1", "Host: localhost"));
  }

  /** Out by a link, and in again: what counts is where it leads. */
  @Test
  void what_is_in_the_directory_is_served() throws IOException {
    assertThat(status(below.port(), "/app/outside/web/a.txt")).isEqualTo(200);
    assertThat(status(below.port(), "/app/a.txt?../../secret.txt")).isEqualTo(200);
    assertThat(status(below.port(), "/app/sub/b.txt")).isEqualTo(200);
    assertThat(status(root.port(), "/sub/b.txt")).isEqualTo(200);
  }
}
