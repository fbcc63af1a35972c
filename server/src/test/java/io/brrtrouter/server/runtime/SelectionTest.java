package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests get of a response that has the whole (RFC 9110 sections 13 and 14). */
class SelectionTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Files, version: "1"}
      paths:
        /strong: &it
          get:
            responses:
              "200":
                description: Octets.
                headers: {ETag: {schema: {type: string}}}
                content: {text/plain: {}}
        /weak: *it
        /dated: *it
        /bare: *it
        /empty: *it
        /whole: *it
        /bytes: *it
        /streamed: *it
        /plain: *it
        /json:
          get: {responses: {"200": {description: It., content: {application/json: {}}}}}
        /gone:
          get: {responses: {"410": {description: Not any more., content: {text/plain: {}}}}}
        /changed:
          put: {responses: {"200": {description: Done., content: {text/plain: {}}}}}
      """;

  /** {@code Sun, 06 Nov 1994 08:49:37 GMT} and a half. */
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37.500Z");

  private static final String OCTETS = "0123456789abcdefghij";

  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final TestServer server =
      TestServer.of(
          DOCUMENT,
          builder ->
              builder
                  .config(
                      TestServer.config(
                          "responses.check", "enforce",
                          "compression.enabled", "true",
                          "compression.min_bytes", "20"))
                  .handler("GET /strong", _ -> seekable(OCTETS, EntityTag.strong("v,1"), TIME))
                  .handler("GET /weak", _ -> seekable(OCTETS, EntityTag.weak("v1"), null))
                  .handler("GET /dated", _ -> seekable(OCTETS, null, TIME))
                  .handler("GET /bare", _ -> seekable(OCTETS, null, null))
                  .handler("GET /empty", _ -> seekable("", EntityTag.strong("v0"), TIME))
                  .handler(
                      "GET /whole",
                      _ ->
                          seekable(OCTETS, EntityTag.strong("v1"), TIME)
                              .withHeader("Accept-Ranges", "none"))
                  .handler(
                      "GET /bytes",
                      _ ->
                          HttpResponse.text(200, OCTETS)
                              .withETag(EntityTag.strong("v1"))
                              .withLastModified(TIME)
                              .withHeader("Cache-Control", "max-age=5")
                              .withHeader("Content-Language", "en"))
                  .handler(
                      "GET /streamed",
                      _ ->
                          HttpResponse.streamed(
                                  200,
                                  "text/plain",
                                  sink -> sink.write(OCTETS.getBytes(ISO_8859_1)))
                              .withETag(EntityTag.strong("v1")))
                  .handler("GET /plain", _ -> HttpResponse.text(200, OCTETS))
                  .handler(
                      "GET /json",
                      _ -> HttpResponse.json(200, Map.of("a", 1)).withETag(EntityTag.strong("v1")))
                  .handler(
                      "GET /gone",
                      _ ->
                          new HttpResponse(
                              410,
                              HttpResponse.text(410, "").headers(),
                              new Body.Seekable(content(OCTETS, EntityTag.strong("v1"), TIME))))
                  .handler("PUT /changed", _ -> seekable(OCTETS, EntityTag.strong("v1"), TIME)));

  private static HttpResponse seekable(
      String octets, @Nullable EntityTag tag, @Nullable Instant time) {
    return HttpResponse.seekable(200, "text/plain", content(octets, tag, time))
        .withHeader("Cache-Control", "no-cache")
        .withHeader("Content-Disposition", "inline");
  }

  private static SeekableContent content(
      String octets, @Nullable EntityTag tag, @Nullable Instant time) {
    return SeekableContent.of(
        new Version(octets.length(), time, tag),
        (sink, from, length) -> sink.write(octets.getBytes(ISO_8859_1), (int) from, (int) length));
  }

  /**
   * Rows of: method and path; fields of the request, joined by {@code &&}; status; fields of the
   * response, those with {@code !} not there; its content, of which a line end is {@code /} and a
   * boundary {@code B}.
   */
  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          GET /strong  | | 200 | ETag: "v,1" && Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT && Accept-Ranges: bytes && Cache-Control: no-cache && Content-Disposition: inline && Content-Type: text/plain && !Content-Range | 0123456789abcdefghij
          GET /weak    | | 200 | ETag: W/"v1" && !Last-Modified && Accept-Ranges: bytes | 0123456789abcdefghij
          GET /dated   | | 200 | !ETag && Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT && Accept-Ranges: bytes | 0123456789abcdefghij
          GET /bare    | | 200 | !ETag && !Last-Modified && Accept-Ranges: bytes | 0123456789abcdefghij
          GET /empty   | | 200 | Accept-Ranges: bytes | ``
          GET /bytes   | | 200 | !Accept-Ranges | 0123456789abcdefghij
          GET /gone    | | 410 | !Accept-Ranges && !ETag && !Last-Modified | 0123456789abcdefghij
          HEAD /strong | | 200 | Content-Length: 20 && ETag: "v,1" && Accept-Ranges: bytes && Content-Type: text/plain | ``
          HEAD /gone   | | 410 | Content-Length: 20 | ``
          # ranges: RFC 9110 section 14.1.2
          GET /strong | Range: bytes=0-0      | 206 | Content-Range: bytes 0-0/20 && ETag: "v,1" && Cache-Control: no-cache && Content-Type: text/plain && !Accept-Ranges | 0
          GET /strong | Range: bytes=2-4      | 206 | Content-Range: bytes 2-4/20 | 234
          GET /strong | Range: bytes=0-19     | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: bytes=0-       | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: bytes=18-      | 206 | Content-Range: bytes 18-19/20 | ij
          GET /strong | Range: bytes=18-99    | 206 | Content-Range: bytes 18-19/20 | ij
          GET /strong | Range: bytes=-3       | 206 | Content-Range: bytes 17-19/20 | hij
          GET /strong | Range: bytes=-20      | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: bytes=-21      | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: BYTES=2-4      | 206 | Content-Range: bytes 2-4/20 | 234
          GET /strong | Range: bytes= 2-4 , , | 206 | Content-Range: bytes 2-4/20 | 234
          GET /strong | Range: bytes=0-99999999999999999999999 | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: bytes=-99999999999999999999999  | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /weak   | Range: bytes=2-4      | 206 | Content-Range: bytes 2-4/20 && ETag: W/"v1" | 234
          GET /bare   | Range: bytes=2-4      | 206 | Content-Range: bytes 2-4/20 | 234
          # out of what there is: section 15.5.17
          GET /strong | Range: bytes=20-      | 416 | Content-Range: bytes */20 && Content-Type: application/problem+json && Cache-Control: no-store | *
          GET /strong | Range: bytes=20-30    | 416 | Content-Range: bytes */20 | *
          GET /strong | Range: bytes=-0       | 416 | Content-Range: bytes */20 | *
          GET /strong | Range: bytes=50-60,-0 | 416 | Content-Range: bytes */20 | *
          GET /strong | Range: bytes=99999999999999999999999- | 416 | Content-Range: bytes */20 | *
          GET /empty  | Range: bytes=0-       | 416 | Content-Range: bytes */0 | *
          GET /empty  | Range: bytes=0-0      | 416 | Content-Range: bytes */0 | *
          GET /empty  | Range: bytes=-0       | 416 | Content-Range: bytes */0 | *
          GET /empty  | Range: bytes=-5       | 200 | !Content-Range | ``
          # fields that do not count: section 14.2
          GET /strong | Range: bytes=4-2      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0-0,4-2  | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=         | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=,        | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=-        | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=--1      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=1--      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=a-b      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=+1-2     | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=1 - 2    | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0x1-2    | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=5        | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes 0-1      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: lines=0-1      | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: 0-1            | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0-0,2-2,4-4,6-6,8-8,10-10,12-12,14-14,16-16,18-18,0-0,2-2,4-4,6-6,8-8,10-10,12-12 | 200 | !Content-Range | 0123456789abcdefghij
          HEAD /strong | Range: bytes=2-4     | 200 | Content-Length: 20 && !Content-Range | ``
          GET /whole  | Range: bytes=2-4      | 200 | Accept-Ranges: none && !Content-Range | 0123456789abcdefghij
          GET /bytes  | Range: bytes=2-4      | 200 | !Content-Range | 0123456789abcdefghij
          GET /gone   | Range: bytes=2-4      | 410 | !Content-Range | 0123456789abcdefghij
          PUT /changed | Range: bytes=2-4     | 200 | !Content-Range | 0123456789abcdefghij
          # several: sections 14.6 and 15.3.7.2
          GET /strong | Range: bytes=0-1,4-5  | 206 | !Content-Range && Content-Type: multipart/byteranges; boundary=B && ETag: "v,1" | --B/Content-Type: text/plain/Content-Range: bytes 0-1/20//01/--B/Content-Type: text/plain/Content-Range: bytes 4-5/20//45/--B--/
          GET /strong | Range: bytes=-1,0-0   | 206 | Content-Type: multipart/byteranges; boundary=B | --B/Content-Type: text/plain/Content-Range: bytes 19-19/20//j/--B/Content-Type: text/plain/Content-Range: bytes 0-0/20//0/--B--/
          GET /strong | Range: bytes=0-5,3-8  | 206 | Content-Range: bytes 0-8/20 && Content-Type: text/plain | 012345678
          GET /strong | Range: bytes=5-8,0-4  | 206 | Content-Range: bytes 0-8/20 | 012345678
          GET /strong | Range: bytes=0-1,50-60 | 206 | Content-Range: bytes 0-1/20 | 01
          GET /strong | Range: bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0-,0- | 206 | Content-Range: bytes 0-19/20 | 0123456789abcdefghij
          GET /strong | Range: bytes=9-9,0-1,5-6,2-4 | 206 | Content-Type: multipart/byteranges; boundary=B | --B/Content-Type: text/plain/Content-Range: bytes 9-9/20//9/--B/Content-Type: text/plain/Content-Range: bytes 0-6/20//0123456/--B--/
          # If-Range: section 13.1.5
          GET /strong | Range: bytes=0-1 && If-Range: "v,1"   | 206 | Content-Range: bytes 0-1/20 | 01
          GET /strong | Range: bytes=0-1 && If-Range: "v2"    | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0-1 && If-Range: W/"v,1" | 200 | !Content-Range | 0123456789abcdefghij
          GET /weak   | Range: bytes=0-1 && If-Range: W/"v1"  | 200 | !Content-Range | 0123456789abcdefghij
          GET /weak   | Range: bytes=0-1 && If-Range: "v1"    | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0-1 && If-Range: Sun, 06 Nov 1994 08:49:37 GMT | 206 | Content-Range: bytes 0-1/20 | 01
          GET /strong | Range: bytes=0-1 && If-Range: Sun, 06 Nov 1994 08:49:38 GMT | 200 | !Content-Range | 0123456789abcdefghij
          GET /dated  | Range: bytes=0-1 && If-Range: Sunday, 06-Nov-94 08:49:37 GMT | 206 | Content-Range: bytes 0-1/20 | 01
          GET /bare   | Range: bytes=0-1 && If-Range: Sun, 06 Nov 1994 08:49:37 GMT | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=0-1 && If-Range: v,1     | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | Range: bytes=99- && If-Range: "v2"    | 200 | !Content-Range | 0123456789abcdefghij
          GET /strong | If-Range: "v2"                        | 200 | !Content-Range | 0123456789abcdefghij
          # If-None-Match: section 13.1.2
          GET /strong | If-None-Match: "v,1"                  | 304 | ETag: "v,1" && Cache-Control: no-cache && !Content-Type && !Content-Disposition && !Last-Modified && !Accept-Ranges && !Content-Length | ``
          GET /strong | If-None-Match: W/"v,1"                | 304 | ETag: "v,1" | ``
          GET /strong | If-None-Match: "a", , W/"b" ,"v,1"    | 304 | ETag: "v,1" | ``
          GET /strong | If-None-Match: *                      | 304 | ETag: "v,1" | ``
          GET /strong | If-None-Match: "v", "1"               | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-None-Match: v,1                    | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-None-Match: "v,1                   | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /weak   | If-None-Match: "v1"                   | 304 | ETag: W/"v1" | ``
          HEAD /strong | If-None-Match: "v,1"                 | 304 | ETag: "v,1" && !Content-Length | ``
          GET /bare   | If-None-Match: "v,1"                  | 200 | !ETag | 0123456789abcdefghij
          GET /gone   | If-None-Match: *                      | 410 | !ETag | 0123456789abcdefghij
          PUT /changed | If-None-Match: *                     | 200 | !ETag | 0123456789abcdefghij
          PUT /changed | If-Match: "other"                    | 200 | !ETag | 0123456789abcdefghij
          # If-Modified-Since: section 13.1.3, and the three formats of section 5.6.7
          GET /strong | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT  | 304 | ETag: "v,1" && !Content-Type | ``
          GET /dated  | If-Modified-Since: Sun, 06 Nov 1994 08:49:38 GMT  | 304 | Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT && !Content-Type | ``
          GET /dated  | If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT  | 200 | Accept-Ranges: bytes | 0123456789abcdefghij
          GET /dated  | If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT | 304 | !Content-Type | ``
          GET /dated  | If-Modified-Since: Sun Nov  6 08:49:37 1994       | 304 | !Content-Type | ``
          GET /dated  | If-Modified-Since: yesterday                      | 200 | Accept-Ranges: bytes | 0123456789abcdefghij
          GET /dated  | If-Modified-Since: Mon, 06 Nov 1994 08:49:37 GMT  | 200 | Accept-Ranges: bytes | 0123456789abcdefghij
          GET /bare   | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT  | 200 | Accept-Ranges: bytes | 0123456789abcdefghij
          HEAD /dated | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT  | 304 | !Content-Length | ``
          # If-Match and If-Unmodified-Since: sections 13.1.1 and 13.1.4
          GET /strong | If-Match: "v,1"       | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-Match: *           | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-Match: "a", "v,1"  | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-Match: "a"         | 412 | Content-Type: application/problem+json && Cache-Control: no-store && !ETag | *
          GET /strong | If-Match: W/"v,1"     | 412 | !ETag | *
          GET /weak   | If-Match: W/"v1"      | 412 | !ETag | *
          HEAD /strong | If-Match: "a"        | 412 | !ETag | ``
          GET /dated  | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200 | !ETag | 0123456789abcdefghij
          GET /dated  | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 412 | !ETag | *
          GET /dated  | If-Unmodified-Since: then                          | 200 | !ETag | 0123456789abcdefghij
          GET /bare   | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 200 | !ETag | 0123456789abcdefghij
          # the order: section 13.2.2
          GET /strong | If-Match: "v,1" && If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-None-Match: "a" && If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 200 | ETag: "v,1" | 0123456789abcdefghij
          GET /strong | If-Match: "a" && If-None-Match: "v,1"    | 412 | !ETag | *
          GET /strong | If-Match: "v,1" && If-None-Match: "v,1"  | 304 | ETag: "v,1" | ``
          GET /strong | If-None-Match: "v,1" && Range: bytes=0-1 | 304 | !Content-Range | ``
          GET /strong | If-None-Match: "v,1" && Range: bytes=99- | 304 | !Content-Range | ``
          GET /strong | If-Match: "a" && Range: bytes=99-        | 412 | !Content-Range | *
          GET /strong | If-Match: "v,1" && Range: bytes=0-1      | 206 | Content-Range: bytes 0-1/20 | 01
          # whatever has a validator
          GET /bytes    | If-None-Match: "v1" | 304 | ETag: "v1" && Cache-Control: max-age=5 && Vary: Accept-Encoding && !Content-Type && !Content-Language && !Last-Modified | ``
          GET /bytes    | If-None-Match: W/"v1" && Accept-Encoding: gzip | 304 | ETag: W/"v1" && Vary: Accept-Encoding | ``
          GET /bytes    | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | 304 | ETag: "v1" | ``
          GET /bytes    | If-Match: "v2"      | 412 | !ETag | *
          GET /bytes    | If-None-Match: "v2" | 200 | ETag: "v1" && Vary: Accept-Encoding | 0123456789abcdefghij
          GET /json     | If-None-Match: "v1" | 304 | ETag: "v1" && !Content-Type | ``
          GET /json     | If-None-Match: "v2" | 200 | ETag: "v1" | {"a":1}
          GET /streamed | If-None-Match: "v1" | 304 | ETag: "v1" | ``
          GET /streamed | If-None-Match: "v2" | 200 | ETag: "v1" | 0123456789abcdefghij
          GET /plain    | If-None-Match: *    | 200 | !ETag | 0123456789abcdefghij
          GET /plain    | If-Match: "v1"      | 200 | !ETag | 0123456789abcdefghij
          """)
  void is_what_the_head_asks_for(
      String asked, @Nullable String fields, int status, String expected, String content) {
    String[] line = asked.split(" ", 2);
    HttpResponse response = server.ask(line[0], line[1], "", namesAndValues(fields));
    assertThat(response.status()).isEqualTo(status);
    for (String field : expected.split(" && ", -1)) {
      if (field.startsWith("!")) {
        assertThat(response.headers().all(field.substring(1))).as(field).isEmpty();
      } else {
        String[] pair = field.split(": ", 2);
        assertThat(response.headers().all(pair[0]).stream().map(SelectionTest::shown))
            .as(pair[0])
            .containsExactly(pair[1]);
      }
    }
    if (!content.equals("*")) {
      assertThat(shown(TestServer.text(response))).isEqualTo(content);
    }
  }

  private static String[] namesAndValues(@Nullable String fields) {
    return fields == null
        ? new String[0]
        : Pattern.compile(" && ")
            .splitAsStream(fields)
            .flatMap(field -> Stream.of(field.split(": ", 2)))
            .toArray(String[]::new);
  }

  private static String shown(String text) {
    return BOUNDARY.matcher(text).replaceAll("B").replace("\r\n", "/");
  }

  @Test
  void problems_say_what_there_is() {
    assertThat(TestServer.text(server.get("/strong", "Range", "bytes=20-")))
        .contains("\"type\":\"urn:brrtrouter:problem:range-not-satisfiable\"")
        .contains("The content has 20 octets, and no range of the Range field is in them.");
    assertThat(TestServer.text(server.get("/strong", "If-Match", "\"a\"")))
        .contains("\"type\":\"urn:brrtrouter:problem:precondition-failed\"");
  }
}
