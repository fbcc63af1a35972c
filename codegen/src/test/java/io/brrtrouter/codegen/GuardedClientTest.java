package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a generated client makes of servers that do not do as the document says. */
class GuardedClientTest {
  private static final Path FOLDER = Path.of("src/test/resources/client-guarded");
  private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

  private static Class<?> guest;

  @BeforeAll
  static void compile() throws ClassNotFoundException, IOException {
    List<SourceFile> files =
        new ArrayList<>(
            Documents.generate(
                    FOLDER.resolve("openapi.yaml"),
                    "guarded",
                    EnumSet.of(Part.MODELS, Part.CODECS, Part.HANDLERS, Part.CLIENT))
                .files());
    assertThat(files)
        .noneMatch(file -> file.text().contains("io.brrtrouter.server"))
        .noneMatch(file -> file.text().contains("io.brrtrouter.codegen"))
        .noneMatch(file -> file.text().contains("io.brrtrouter.openapi"));
    files.add(new SourceFile("guarded/Guest.java", Files.readString(FOLDER.resolve("Guest.java"))));
    guest = Classes.of(files).loadClass("guarded.Guest");
  }

  private static String get(URI base, String how) throws ReflectiveOperationException {
    return (String) guest.getMethod("get", URI.class, String.class).invoke(null, base, how);
  }

  private static String answer(String status, String headers, String body) {
    return "HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(
            status,
            body.length(),
            headers.isEmpty() ? "" : headers.replace("~", "\r\n") + "\r\n",
            body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 OK | Content-Type: application/json~X-Count: 9 | {"name":"Rex"} | OkJson[body=Pet[name=Rex, kind=null, tags=null], xCount=9, xKinds=null, xSize=null, xLevel=Absent[]]
          200 OK | Content-Type: application/json;charset=utf-8~X-Count: 9~X-Kinds: dog, ,cat~X-Kinds: dog~X-Size: width,1.50,name,5~X-Level: 4 | {"name":"Rex"} | OkJson[body=Pet[name=Rex, kind=null, tags=null], xCount=9, xKinds=[DOG, CAT, DOG], xSize=GetPetResponseXSize[width=1.50, name=5], xLevel=Value[value=4]]
          200 OK | Content-Type: text/plain~X-Count: 0 | 5 | OkText[body=5, xCount=0, xKinds=null, xSize=null, xLevel=Absent[]]
          418 No | Content-Type: application/problem+json | {"title":"tea"} | 418 tea
          """)
  void reads_what_the_document_declares(String status, String headers, String body, String came)
      throws Exception {
    try (OneAnswer server = new OneAnswer(answer(status, headers, body))) {
      assertThat(get(server.base(), "plainly")).isEqualTo(came);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          500 Oh | '' | broken | get_pet answered 500: the document declares no such status~get_pet50060
          500 Oh | Content-Type: application/problem+json | {"title":"Not now","detail":"The\\nstore is closed."} | get_pet answered 500: the document declares no such status; it says "Not now: The store is closed."~get_pet500520
          500 Oh | Content-Type: application/problem+json; charset=utf-8 | {"status":500} | get_pet answered 500: the document declares no such status~get_pet500140
          500 Oh | Content-Type: application/problem+json | broken | get_pet answered 500: the document declares no such status~get_pet50060
          302 Found | Location: /elsewhere | '' | get_pet answered 302: the document declares no such status~get_pet30200
          200 OK | X-Count: 1~Content-Type: text/html | <p> | get_pet answered 200: the body is text/html, and the document declares application/json, text/plain~get_pet200130
          200 OK | Content-Type: text/html | <p> | get_pet answered 200: the body is text/html, and the document declares application/json, text/plain~get_pet20030
          200 OK | X-Count: 1 | {} | get_pet answered 200: the body has no Content-Type, and the document declares application/json, text/plain~get_pet200120
          404 No | Content-Type: application/json | {} | get_pet answered 404: the body is application/json, and the document declares application/problem+json~get_pet40420
          200 OK | X-Count: 1~Content-Type: application/json | {"name": | get_pet answered 200: the body is not JSON: line 1, column 9: the text ends where a value is expected~get_pet200180
          200 OK | X-Count: 1~Content-Type: application/json | {"name":"Rexrex","kind":"cow","tags":["a","a"]} | get_pet answered 200: the body is not what its schema says~  maxLength at /name: must have at most 5 characters, not 6~  enum at /kind: must be "dog" or "cat"~  uniqueItems at /tags: must have no equal items, but items 0 and 1 are equal~  not: must not match the schema in "not"~get_pet2001474
          200 OK | X-Count: 1~Content-Type: application/json | {"name":"Rex","kind":"cat","tags":[]} | get_pet answered 200: the body is not what its schema says~  not: must not match the schema in "not"~get_pet2001371
          404 No | Content-Type: application/problem+json | {"title":1} | get_pet answered 404: the body is not what its schema says~  type at /title: must be a string, not a number~get_pet404111
          200 OK | X-Count: 1~Content-Type: text/plain | abcdef | get_pet answered 200: the body is not what its schema says~  maxLength: must have at most 5 characters, not 6~get_pet200161
          200 OK | X-Count: 1~Content-Type: text/plain;charset=nonsense | a | get_pet answered 200: the body is not text in the charset of text/plain;charset=nonsense~get_pet200110
          200 OK | Content-Type: application/json | {"name":"Rex"} | get_pet answered 200: the header X-Count is required but was not sent~get_pet200140
          200 OK | X-Count: x~Content-Type: application/json | {"name":"Rex"} | get_pet answered 200: the header X-Count is not what its schema says~get_pet200x140
          200 OK | X-Count: 1~X-Kinds: cow~Content-Type: application/json | {"name":"Rex"} | get_pet answered 200: the header X-Kinds is not what its schema says~  enum at /0: must be "dog" or "cat"~get_pet2001141
          200 OK | X-Count: 10~Content-Type: application/json | {"name":"Rex"} | get_pet answered 200: the header X-Count is not what its schema says~  maximum: must be at most 9~get_pet20010141
          """)
  void tells_what_the_document_does_not_declare(
      String status, String headers, String body, String came) throws Exception {
    try (OneAnswer server = new OneAnswer(answer(status, headers, body))) {
      assertThat(get(server.base(), "plainly").replace('\n', '~')).isEqualTo(came);
    }
  }

  @Test
  void what_is_not_validated_is_bound_as_it_is() throws Exception {
    String body = "{\"name\":\"Rexrex\",\"kind\":\"cat\",\"tags\":[\"a\",\"a\"]}";
    String headers = "X-Count: 1~Content-Type: application/json";
    try (OneAnswer server = new OneAnswer(answer("200 OK", headers, body))) {
      assertThat(get(server.base(), "unchecked"))
          .startsWith("OkJson[body=Pet[name=Rexrex, kind=CAT, tags=[a, a]], xCount=1");
    }
  }

  @Test
  void a_body_beyond_the_bound_is_not_read() throws Exception {
    try (OneAnswer server = new OneAnswer(answer("200 OK", "", "12345678901"))) {
      assertThat(get(server.base(), "small"))
          .startsWith("IOException: GET /v1/pets/a%2Fb: java.io.IOException: ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 OK         | Content-Type: application/json~X-Count: 9 | Ok[xCount=9]
          200 OK         | Content-Type: text/html                   | Ok[xCount=null]
          404 Not Found  | Content-Type: application/problem+json    | ClientError[status=404]
          """)
  void responses_to_head_have_no_content(String status, String headers, String came)
      throws Exception {
    try (OneAnswer server = new OneAnswer(answer(status, headers, ""))) {
      assertThat(guest.getMethod("head", URI.class).invoke(null, server.base())).isEqualTo(came);
      assertThat(server.request()).startsWith("HEAD /v1/pets/1 HTTP/1.1");
    }
  }

  @Test
  void who_cannot_be_reached_is_told_as_the_jdk_does() throws Exception {
    assertThat(get(unused(), "plainly"))
        .isEqualTo("ConnectException: GET /pets/a%2Fb: java.net.ConnectException");
  }

  /** {@return an address where nobody listens any longer} */
  private static URI unused() throws IOException {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
  }

  @Test
  void the_time_of_an_exchange_includes_its_body() throws Exception {
    String unfinished = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n";
    try (OneAnswer server = new OneAnswer(unfinished)) {
      assertThat(get(server.base(), "hasty"))
          .isEqualTo("HttpTimeoutException: GET /v1/pets/a%2Fb took longer than PT0.05S");
    }
    try (java.net.ServerSocket silent = new java.net.ServerSocket(0)) {
      URI base = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThat(get(base, "hasty"))
          .isEqualTo("HttpTimeoutException: GET /pets/a%2Fb took longer than PT0.05S");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          key and user | GET /v1/pets/a%2Fb HTTP/1.1                  | X-Key: k
          key and user | GET /v1/pets/a%2Fb HTTP/1.1                  | Authorization: Basic bWU6c8OpY3JldA==
          key          | GET /v1/pets/a%2Fb?api%20key=never HTTP/1.1  | Accept: application/json, text/plain, application/problem+json
          token        | GET /v1/pets/a%2Fb HTTP/1.1                  | Authorization: Bearer t
          query        | GET /v1/pets/a%2Fb?api%20key=q%26%3D HTTP/1.1 | Accept: application/json, text/plain, application/problem+json
          cookie       | GET /v1/pets/a%2Fb HTTP/1.1                  | Cookie: session=c%3B
          interceptor  | GET /v1/pets/a%2Fb HTTP/1.1                  | Accept: text/x
          """)
  void sends_the_first_alternative_it_has_all_credentials_of(String how, String line, String header)
      throws Exception {
    try (OneAnswer server = new OneAnswer(EMPTY)) {
      get(server.base(), how);

      assertThat(server.request()).startsWith(line + "\r\n").contains("\r\n" + header + "\r\n");
      assertThat(server.request().contains("never")).isEqualTo(line.contains("never"));
    }
  }

  @Test
  void sends_no_credential_with_an_operation_that_asks_for_none() throws Exception {
    try (OneAnswer server = new OneAnswer(EMPTY)) {
      assertThat(put(server.base(), "Rex")).isEqualTo("NoContent[]");
      assertThat(server.request()).doesNotContain("Authorization");
    }
  }

  private static String put(URI base, String name) throws ReflectiveOperationException {
    return (String) guest.getMethod("put", URI.class, String.class).invoke(null, base, name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/plain; charset=iso-8859-1 | OtherwiseAnyText[status=500, body=x]
          application/xml                | 500 1 octets
          """)
  void the_narrowest_range_counts(String type, String came) throws Exception {
    try (OneAnswer server = new OneAnswer(answer("500 Oh", "Content-Type: " + type, "x"))) {
      assertThat(put(server.base(), "Rex")).isEqualTo(came);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          break  | IllegalArgumentException: header "X-Note" can have printable characters of ASCII only; character 2 is none
          accent | IllegalArgumentException: header "X-Note" can have printable characters of ASCII only; character 1 is none
          empty  | IllegalArgumentException: path parameter "id" must not be empty
          space  | IllegalArgumentException: query parameter "spaced" cannot have an item with " ", which separates items and has no escape in its style
          """)
  void what_would_be_understood_otherwise_is_not_sent(String how, String came)
      throws ReflectiveOperationException {
    assertThat(get(URI.create("http://127.0.0.1:1"), how)).isEqualTo(came);
  }

  @Test
  void a_body_that_breaks_its_schema_is_not_sent() throws ReflectiveOperationException {
    assertThat(put(URI.create("http://127.0.0.1:1"), "Rexrex"))
        .isEqualTo(
            "IllegalArgumentException: the body of put_pet is not what its schema says:\n"
                + "  maxLength at /name: must have at most 5 characters, not 6");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://example.org",
    "/v1",
    "https://example.org?a=b",
    "https://example.org#a",
    "http:opaque"
  })
  void a_base_is_an_absolute_http_uri(String base) throws ReflectiveOperationException {
    assertThat(guest.getMethod("refused", String.class).invoke(null, base))
        .isEqualTo(
            "a base URI is like https://example.org/v1, without query and fragment: " + base);
  }

  @Test
  void the_first_absolute_server_is_where_the_api_is() {
    assertThat(
            Documents.generate(FOLDER.resolve("openapi.yaml"), "guarded", EnumSet.of(Part.CLIENT))
                .files())
        .filteredOn(file -> file.path().endsWith("GuardedPetsClient.java"))
        .singleElement()
        .extracting(SourceFile::text)
        .asString()
        .contains("settings.baseUri(URI.create(\"https://pets.example/v1\"));");
  }
}
