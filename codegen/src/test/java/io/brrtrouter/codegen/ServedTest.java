package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server of generated code and handlers as a user writes them ({@code served/Shop.java}), asked
 * as clients ask it.
 */
class ServedTest {
  private static final Path FOLDER = Path.of("src/test/resources/served");
  private static final String ID = "c2f1a3a4-6e0d-4a2b-9d7e-0a1b2c3d4e5f";

  private static BrrtServer server;

  @BeforeAll
  static void start() throws ReflectiveOperationException, IOException {
    Path document = FOLDER.resolve("openapi.yaml");
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "served", Part.SERVICE).files());
    files.add(new SourceFile("served/Shop.java", Files.readString(FOLDER.resolve("Shop.java"))));
    ClassLoader loader = Classes.of(files);
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.defaults().with("responses.check", "enforce"));
    Object shop = loader.loadClass("served.Shop").getConstructor().newInstance();
    loader
        .loadClass("served.server.ServedServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("served.api.ServedApi"))
        .invoke(null, builder, shop);
    server = builder.startInProcess();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse ask(String method, String target, String body, String... headers) {
    return server.exchange(
        new HttpRequest(
            Method.of(method),
            target,
            "HTTP/1.1",
            Headers.of(headers),
            Peer.of(InetSocketAddress.createUnresolved("client", 1))),
        body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String text(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] octets)
        ? new String(octets, StandardCharsets.UTF_8)
        : "";
  }

  @Test
  void every_parameter_arrives_in_its_type_and_every_header_leaves() {
    HttpResponse response =
        ask(
            "GET",
            "/things/"
                + ID
                + "?factor=1.50&exact=true&tags=a&tags=b&filter[kind]=small&filter[min]=3"
                + "&since=2026-11-26T10:00:00Z&nick=Tom",
            "",
            "X-Trace",
            "abc");

    assertThat(text(response))
        .isEqualTo(
            "{\"id\":\""
                + ID
                + "\",\"kind\":\"large\",\"size\":9,\"note\":\"1.50 GetThingFilter[kind=SMALL, min=3]"
                + " Tom abc\"}");
    assertThat(response.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(response.headers().get("X-Count")).isEqualTo("10");
    assertThat(response.headers().get("X-Tags")).isEqualTo("a,b");
    assertThat(response.headers().get("X-Since")).isEqualTo("2026-11-26T10:00:00Z");
    assertThat(response.headers().get("X-Exact")).isEqualTo("true");
  }

  @Test
  void what_was_not_sent_is_absent() {
    HttpResponse response = ask("GET", "/things/" + ID, "");

    assertThat(text(response)).contains("\"note\":\"null null no nick null\"");
    assertThat(response.headers().contains("X-Tags")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | 404 | ''                       | ''
          409 | 409 | application/problem+json | {"title":"conflict"}
          500 | 500 | application/octet-stream | broken
          """)
  void every_status_has_its_answer(int session, int status, String type, String body) {
    HttpResponse response = ask("GET", "/things/" + ID, "", "Cookie", "session=" + session);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.headers().first("Content-Type").orElse("")).isEqualTo(type);
    assertThat(text(response)).isEqualTo(body);
  }

  @Test
  void an_answer_of_null_and_one_that_breaks_the_document_are_failures() {
    assertThat(ask("GET", "/things/" + ID, "", "Cookie", "session=1").status()).isEqualTo(500);
    assertThat(text(ask("GET", "/things/" + ID, "", "Cookie", "session=2")))
        .contains("response-contract");
    assertThat(text(ask("GET", "/things/" + ID, "", "Cookie", "session=3")))
        .contains("response-contract");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json                  | {"kind": "small", "id": "%s"}  | 201
          application/json                  | {"kind": "tiny", "id": "%s"}   | 400
          application/json                  | {"kind": "small", "id": "%s", "size": 10} | 400
          application/json                  | {"kind": "small"}              | 400
          application/x-www-form-urlencoded | kind=small&id=%s&size=4        | 201
          application/x-www-form-urlencoded | kind=tiny&id=%s                | 400
          """)
  void a_body_may_come_in_several_media_types(String type, String body, int status) {
    HttpResponse response = ask("POST", "/things", body.formatted(ID), "Content-Type", type);

    assertThat(response.status()).isEqualTo(status);
    if (status == 201) {
      assertThat(text(response)).startsWith("{\"id\":\"" + ID + "\",\"kind\":\"small\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json              | "a"                                                            | 200 | json a
          application/json              | null                                                           | 200 | json null
          application/json              | 1                                                              | 400 | ''
          text/plain                    | hello                                                          | 200 | text hello
          text/plain                    | hello, world                                                   | 400 | ''
          image/png                     | 12345                                                          | 200 | image of 5
          multipart/form-data;boundary=b | --b~Content-Disposition: form-data; name=photo~Content-Type: application/octet-stream~~\u00e9\u0000x~--b~Content-Disposition: form-data; name=note~~n~--b--~ | 200 | photo of 3, n
          """)
  void a_body_may_be_of_several_types(String type, String body, int status, String answer) {
    HttpResponse response = ask("POST", "/notes", body.replace("~", "\r\n"), "Content-Type", type);

    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(text(response)).isEqualTo(answer);
      assertThat(response.headers().get("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }
  }

  /** A part: {@code name filename type content}, of which filename and type may be a minus. */
  private static String part(String words) {
    String[] each = words.strip().split(" ", 4);
    return "--b\r\nContent-Disposition: form-data; name="
        + each[0]
        + (each[1].equals("-") ? "" : "; filename=\"" + each[1] + "\"")
        + (each[2].equals("-") ? "" : "\r\nContent-Type: " + each[2])
        + "\r\n\r\n"
        + each[3]
        + "\r\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          photo a.png image/png \u0000\u00ff\u00e9           | 200 | FilePart[fileName=a.png, contentType=image/png, 3 octets] null null
          photo - - text                                        | 200 | FilePart[fileName=null, contentType=null, 4 octets] null null
          photo a.txt text/plain;charset=utf-8 \u00c3\u00a9   | 200 | FilePart[fileName=a.txt, contentType=text/plain;charset=utf-8, 2 octets] null null
          photo a.json application/json [1,2]                   | 200 | FilePart[fileName=a.json, contentType=application/json, 5 octets] null null
          photo a - x; scan b image/tiff yy                     | 200 | FilePart[fileName=a, contentType=null, 1 octets] FilePart[fileName=b, contentType=image/tiff, 2 octets] null
          photo a - x; scan b text/plain \u00e9\u00e9         | 200 | FilePart[fileName=a, contentType=null, 1 octets] FilePart[fileName=b, contentType=text/plain, 2 octets] null
          photo a - x; more b image/png yy; more c - z          | 200 | FilePart[fileName=a, contentType=null, 1 octets] null [FilePart[fileName=b, contentType=image/png, 2 octets], FilePart[fileName=c, contentType=null, 1 octets]]
          photo a - x; more b image/png yy                      | 200 | FilePart[fileName=a, contentType=null, 1 octets] null [FilePart[fileName=b, contentType=image/png, 2 octets]]
          photo a - x; photo b - y                              | 400 | ''
          photo a - x; scan b image/tiff 0123456789             | 400 | ''
          more b image/png yy                                   | 400 | ''
          """)
  void a_file_comes_with_what_its_sender_says_about_it(String parts, int status, String answer) {
    StringBuilder body = new StringBuilder();
    for (String part : parts.split(";(?= )", -1)) {
      body.append(part(part));
    }
    HttpResponse response =
        ask("POST", "/files", body + "--b--\r\n", "Content-Type", "multipart/form-data;boundary=b");

    assertThat(response.status()).isEqualTo(status);
    if (status == 200) {
      assertThat(text(response)).isEqualTo(answer);
    }
  }

  @Test
  void parts_that_no_schema_describes_are_octets() {
    String body = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\n";
    HttpResponse response =
        ask("POST", "/parts", body, "Content-Type", "multipart/form-data; boundary=b");

    assertThat(text(response)).isEqualTo(body.length() + " octets");
  }

  @Test
  void a_body_that_is_optional_may_be_missing() {
    assertThat(text(ask("POST", "/notes", ""))).isEqualTo("nothing");
  }

  @Test
  void an_integer_that_no_long_holds_is_the_clients_fault() {
    HttpResponse response = ask("GET", "/things/" + ID + "?limit=9223372036854775808", "");

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).contains("\"name\":\"limit\"").contains("beyond 64 bits");
  }
}
