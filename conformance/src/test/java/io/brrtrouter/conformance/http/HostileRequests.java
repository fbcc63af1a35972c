package io.brrtrouter.conformance.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests to the pet store that are sound at first and are then spoilt in up to four places:
 * method, target, parameters, header fields, credentials, body. A seed gives the same ones again.
 * Text stands for octets, one character for each.
 */
final class HostileRequests {
  /** What can be asked of the pet store, and of what a server answers besides. */
  private static final List<Request> SOUND =
      List.of(
          get("/pets?limit=10&offset=5&status=available"),
          get("/pets/1001"),
          get("/pets/findByStatus?status=available,reserved&verbose=true"),
          get(
              "/search?q=dog&species=dog%7Ccat&colors=black%20white&filter[min_price]=10"
                  + "&filter[born_after]=2020-01-01&near=%7B%22latitude%22:52.5,%22longitude%22:13.4%7D"
                  + "&sort=-price,name&back=/pets/1001?tab=photos",
              "X-Trace-Id: 7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a",
              "Cookie: session=0b2c4f5e9d7a4c31; seen=1001,1002"),
          get("/compare/1001,1002", "X-Display: currency=EUR,decimals=1"),
          get("/matrix/;coords=1;coords=2;coords=3?size=width,10,height,20"),
          get("/labels/.red=250.green=240.blue=20"),
          get("/download/7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a", "Range: bytes=0-9"),
          get("/exports/2026-01.csv", "Accept: text/csv"),
          get("/users?limit=1", "X-API-Key: manager-example-key-change-me"),
          get("/users/ada/posts/1", "If-None-Match: \"1\""),
          get("/events?last=3", "Accept: application/jsonl", "Last-Event-ID: 7"),
          get("/sessions/current", "Cookie: session=0b2c4f5e9d7a4c31"),
          get("/health"),
          get("/openapi.json", "Accept-Encoding: gzip"),
          new Request("HEAD", "/users/ada", List.of(), ""),
          new Request("OPTIONS", "*", List.of(), ""),
          new Request(
              "OPTIONS",
              "/pets/1001",
              List.of(
                  "Origin: https://app.example",
                  "Access-Control-Request-Method: PATCH",
                  "Access-Control-Request-Headers: content-type, x-api-key"),
              ""),
          new Request("DELETE", "/pets/1001", List.of(key("clerk")), ""),
          new Request(
              "COPY",
              "/items/7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a",
              List.of(key("clerk"), "X-Copy-Name: Ball"),
              ""),
          json(
              "POST",
              "/pets",
              "{\"species\":\"dog\",\"name\":\"Rex\",\"breed\":\"Shepherd\",\"trained\":true,"
                  + "\"price\":650.00,\"birth_date\":null,\"tags\":[\"loyal\",\"young\"]}",
              key("clerk")),
          json(
              "QUERY",
              "/pets",
              "{\"any_of\":[{\"species\":\"dog\",\"max_price\":700},{\"species\":\"bird\"}],\"limit\":5}"),
          json(
              "POST",
              "/orders",
              "{\"customer\":\"ada\",\"lines\":[{\"pet\":1003},"
                  + "{\"item\":\"7d3e2a1c-5b4f-4c8e-9a6d-1f2e3d4c5b6a\",\"quantity\":2}],\"gift\":true,"
                  + "\"ship_to\":{\"street\":\"12 Canal Street\",\"city\":\"Manchester\","
                  + "\"postal_code\":\"M1 3HE\",\"country\":\"GB\"},"
                  + "\"callback_url\":\"https://ada.example/orders\"}"),
          json(
              "POST",
              "/users",
              "{\"name\":\"edsger\",\"full_name\":\"Edsger Dijkstra\","
                  + "\"email\":\"edsger@petstore.example\",\"password\":\"goto-considered-harmful\"}",
              "Origin: https://app.example"),
          json(
              "PUT",
              "/admin/settings",
              "{\"holiday_mode\":true}",
              key("manager"),
              "X-Terminal-Key: counter-example-key-change-me"),
          json(
              "POST",
              "/webhooks",
              "{\"url\":\"https://ada.example/hooks\",\"events\":[\"pet.added\"]}"),
          typed(
              "PATCH",
              "/pets/1001",
              "application/merge-patch+json",
              "{\"status\":\"sold\",\"owner\":\"grace\",\"birth_date\":null}",
              key("clerk")),
          typed(
              "PUT",
              "/pets/1001/photos/1/caption",
              "text/plain; charset=utf-8",
              "Rex",
              key("clerk")),
          typed("PUT", "/pets/1001/avatar", "image/png", "\u0089PNG\r\n", key("clerk")),
          typed(
              "POST",
              "/form",
              "application/x-www-form-urlencoded",
              "name=Grace+Hopper&email=g%40example.org&message=The%20moth&topics=order&topics=praise"
                  + "&pets=1001%7C1002&address[city]=Bath&address[country]=GB"),
          typed(
              "POST",
              "/sessions",
              "application/x-www-form-urlencoded",
              "user=ada&remember=true",
              "Sec-Fetch-Site: same-origin"),
          typed(
              "POST",
              "/pets/1001/photos",
              "multipart/form-data; boundary=b",
              "--b\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a.png\"\r\n"
                  + "Content-Type: image/png\r\nX-Rotation: 90\r\n\r\n\u0089PNG\r\n"
                  + "--b\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nRex\r\n"
                  + "--b\r\nContent-Disposition: form-data; name=\"taken\"\r\n"
                  + "Content-Type: application/json\r\n\r\n{\"at\":\"2026-01-01T00:00:00Z\"}\r\n--b--\r\n",
              key("clerk")),
          typed(
              "POST",
              "/upload",
              "multipart/form-data; boundary=\"x y\"",
              "--x y\r\nContent-Disposition: form-data; name=file; filename*=utf-8''%e2%82%ac.txt\r\n\r\n"
                  + "content\r\n--x y\r\nContent-Disposition: form-data; name=\"labels\"\r\n\r\n"
                  + "{\"a\":\"b\"}\r\n--x y--\r\n",
              key("clerk")));

  /** What parsers of targets, fields, forms and JSON may trip over, without a line end. */
  private static final String[] PIECES = {
    "%",
    "%0",
    "%00",
    "%zz",
    "%ff",
    "%c0%ae",
    "%2e%2e%2f",
    "%2F",
    "%0d%0a",
    "%F0%9F%98%80",
    "%ed%a0%80",
    "..",
    "/",
    "//",
    "/../",
    ";",
    "?",
    "&",
    "=",
    "[",
    "]",
    "[[",
    "[a][b]",
    "|",
    "#",
    "*",
    "+",
    ",",
    ",,",
    ".",
    "{",
    "}",
    "{}",
    "[]",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\\x",
    "'",
    "<",
    ">",
    "$",
    "${x}",
    "-",
    "-1",
    "-0",
    "0",
    "00",
    "1.5",
    "1e400",
    "1e999999999",
    "1E-2147483648",
    "99999999999999999999",
    "2147483648",
    "-9223372036854775809",
    "0x1F",
    "NaN",
    "Infinity",
    "null",
    "true",
    "undefined",
    "__proto__",
    "\u0000",
    "\u0001",
    "\t",
    " ",
    "\u007f",
    "\u0080",
    "\u00ff",
    "\u00c3\u00a9",
    "\u00ef\u00bb\u00bf",
    "\u00ed\u00a0\u0080",
    "\u00f0\u009f\u0098\u0080",
    "\u00c0\u0080",
    "2026-02-30",
    "0000-00-00",
    "24:00:60Z",
    "+999999999-12-31",
    "q=",
    ";q=2",
    "*/*",
    "a/b/c"
  };

  /** Whole fields that mean something to a server. */
  private static final String[] FIELDS = {
    "Accept: ",
    "Accept: */*;q=zz",
    "Accept: text/html;q=0.000, */*;q=0",
    "Accept: application/json; a=\"",
    "Accept-Encoding: gzip;q=1.0001, identity;q=0",
    "Accept-Encoding: *;q=0",
    "Prefer: code=404",
    "Prefer: example=none, dynamic=true",
    "Prefer: code=",
    "Prefer: \"",
    "Content-Encoding: gzip",
    "Content-Encoding: identity,",
    "Content-Type: ",
    "Content-Type: application/json; charset=utf-16",
    "Content-Type: multipart/form-data",
    "Content-Type: multipart/form-data; boundary=\"",
    "Content-Type: application/x-www-form-urlencoded; charset=none",
    "Content-Type: */*",
    "Range: bytes=-1",
    "Range: bytes=99999999999999999999-",
    "If-Match: *",
    "If-None-Match: W/\"",
    "If-Modified-Since: yesterday",
    "Origin: null",
    "Origin: https://app.example",
    "Origin: a b",
    "Access-Control-Request-Method: ",
    "Access-Control-Request-Method: GET",
    "Cookie: ",
    "Cookie: =",
    "Cookie: a",
    "Cookie: session=\"; seen=,,,",
    "Cookie: a=b;;c=d; seen=1; seen=x",
    "Authorization: ",
    "Authorization: Basic",
    "Authorization: Basic ====",
    "Authorization: Bearer a.b.c",
    "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.",
    "Authorization: Digest username=\"",
    "X-API-Key: ",
    "X-API-Key: clerk-example-key-change-me",
    "X-API-Key: wrong",
    "X-Terminal-Key: \u00e9",
    "Expect: 100-continue",
    "Expect: 200-ok",
    "Connection: close",
    "Connection: upgrade",
    "Upgrade: websocket",
    "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABkAAQAAP__",
    "Sec-WebSocket-Key: a",
    "Sec-WebSocket-Version: 13",
    "Sec-Fetch-Site: cross-site",
    "X-Forwarded-For: 1.2.3.4, unknown",
    "X-Forwarded-For: [::",
    "X-Forwarded-Proto: gopher",
    "X-Forwarded-Host: a b",
    "Forwarded: for=\"[",
    "X-HTTP-Method-Override: DELETE",
    "TE: trailers",
    "Trailer: X-A",
    "traceparent: 00-0-0-0",
    "Last-Event-ID: \u00ff",
    "X-Display: currency",
    "X-Trace-Id: no-uuid",
    "Host: ",
    "Host: [::1",
    "Host: a:99999",
    "Via: 1.1 a",
    "Max-Forwards: -1",
    "Idempotency-Key: \"a"
  };

  /** Lines that change where a request ends. */
  private static final String[] LINES = {
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 99999999999999999999\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Transfer-Encoding: identity\r\n",
    "Content-Length : 4\r\n",
    " folded\r\n",
    "X\r\n",
    ": y\r\n",
    "Host: z\r\n",
    "GET /health HTTP/1.1\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\r\n",
    "0\r\n\r\n",
    "3\r\nabc\r\n",
    "ffffffff\r\n",
    "5;a=\"\r\n",
    "X: y\n",
    "X: y\rz: 1\r\n",
    "\u0016\u0003\u0001"
  };

  private static final String[] METHODS = {
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "QUERY",
    "COPY",
    "get",
    "BREW",
    "CONNECT",
    "M".repeat(33)
  };

  private static final String[] TYPES = {
    "application/json",
    "application/merge-patch+json",
    "text/plain",
    "text/plain; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "multipart/mixed; boundary=b",
    "application/octet-stream",
    "image/png",
    "application/xml",
    "x",
    ""
  };

  private final Random random;

  /**
   * A request before it is written.
   *
   * @param method the method
   * @param target the target
   * @param fields the header fields, without {@code Host} and what tells where the body ends
   * @param body the body
   */
  record Request(String method, String target, List<String> fields, String body) {

    /** {@return how it is written, with a body that ends where its head says} */
    String text() {
      return head(body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n", body);
    }

    /** {@return the same, in chunks of so many octets} */
    String chunked(int size) {
      StringBuilder chunks = new StringBuilder();
      for (int i = 0; i < body.length(); i += size) {
        String chunk = body.substring(i, Math.min(i + size, body.length()));
        chunks
            .append(Integer.toHexString(chunk.length()))
            .append("\r\n")
            .append(chunk)
            .append("\r\n");
      }
      return head("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n");
    }

    private String head(String framing, String rest) {
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: a\r\n");
      fields.forEach(field -> head.append(field).append("\r\n"));
      return head + framing + "\r\n" + rest;
    }
  }

  HostileRequests(long seed) {
    random = new Random(seed);
  }

  private static Request get(String target, String... fields) {
    return new Request("GET", target, List.of(fields), "");
  }

  private static Request json(String method, String target, String body, String... fields) {
    return typed(method, target, "application/json", body, fields);
  }

  private static Request typed(
      String method, String target, String type, String body, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Content-Type: " + type);
    return new Request(method, target, all, body);
  }

  private static String key(String of) {
    return "X-API-Key: " + of + "-example-key-change-me";
  }

  /** {@return the sound requests} */
  static List<Request> sound() {
    return SOUND;
  }

  /** {@return a request that is spoilt, but ends where its head says: it gets one answer} */
  Request framed() {
    Request request = SOUND.get(random.nextInt(SOUND.size()));
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      request = spoil(request);
    }
    return request;
  }

  /** {@return how one of them is written} */
  String write(Request request) {
    boolean empty = request.body.isEmpty();
    return random.nextInt(empty ? 20 : 3) == 0
        ? request.chunked(1 + random.nextInt(Math.max(1, request.body.length())))
        : request.text();
  }

  /** {@return the octets of one or two requests, of which anything may be spoilt} */
  String octets() {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      text.append(
          write(random.nextInt(3) == 0 ? framed() : SOUND.get(random.nextInt(SOUND.size()))));
    }
    for (int i = 1 + random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.insert(text.lastIndexOf("\n", at) + 1, of(LINES));
        case 1 -> text.setCharAt(at, (char) random.nextInt(256));
        case 2 -> text.deleteCharAt(at);
        case 3 -> text.setLength(at);
        case 4 -> text.insert(at, of("\r\n", "\n", "\r", "\r\n\r\n", "\0", " "));
        default -> text.insert(at, of(PIECES));
      }
    }
    // HTTP/2 has tests of its own.
    return text.indexOf("PRI ") == 0 ? "\r\n" + text : text.toString();
  }

  private String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private Request spoil(Request it) {
    return switch (random.nextInt(it.body.isEmpty() ? 7 : 14)) {
      case 0 -> new Request(of(METHODS), it.target, it.fields, it.body);
      case 1, 2 -> new Request(it.method, "/" + spoilt(it.target).substring(1), it.fields, it.body);
      case 3 -> new Request(it.method, more(it.target), it.fields, it.body);
      case 4, 5, 6 -> new Request(it.method, it.target, spoilt(it.fields), it.body);
      case 7 -> new Request(it.method, it.target, typedAs(it.fields, of(TYPES)), it.body);
      case 8 -> new Request(it.method, it.target, it.fields, deep());
      default -> new Request(it.method, it.target, it.fields, spoiltBody(it.body));
    };
  }

  private String spoilt(String text) {
    StringBuilder spoilt = new StringBuilder(text);
    int at = 1 + random.nextInt(text.length());
    switch (random.nextInt(5)) {
      case 0 -> spoilt.setLength(at);
      case 1 -> spoilt.insert(at, text.substring(random.nextInt(at)));
      case 2 -> spoilt.insert(at, of(PIECES).repeat(1 + random.nextInt(40)));
      default -> spoilt.insert(at, of(PIECES));
    }
    return spoilt.toString();
  }

  /** Parameters that are many, long or there twice. */
  private String more(String target) {
    String mark = target.contains("?") ? "&" : "?";
    String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "limit=1";
    return target
        + mark
        + switch (random.nextInt(4)) {
          case 0 -> query;
          case 1 -> "a=1&".repeat(random.nextInt(1500));
          case 2 -> "filter" + "[a]".repeat(random.nextInt(500)) + "=1";
          default -> "q=" + "x".repeat(random.nextInt(9000));
        };
  }

  private List<String> spoilt(List<String> fields) {
    List<String> spoilt = new ArrayList<>(fields);
    int at = fields.isEmpty() ? 0 : random.nextInt(fields.size());
    switch (fields.isEmpty() ? 0 : random.nextInt(5)) {
      case 1 -> spoilt.remove(at);
      case 2 -> spoilt.add(fields.get(at));
      case 3 -> spoilt.set(at, value(fields.get(at)));
      case 4 -> spoilt.add("X-Long: " + of(PIECES).repeat(random.nextInt(3000)));
      default -> spoilt.add(of(FIELDS));
    }
    return spoilt;
  }

  private String value(String field) {
    int colon = field.indexOf(':') + 2;
    String value = field.substring(colon);
    return field.substring(0, colon) + (value.isEmpty() ? of(PIECES) : spoilt(value));
  }

  private static List<String> typedAs(List<String> fields, String type) {
    List<String> typed = new ArrayList<>(fields);
    typed.removeIf(field -> field.startsWith("Content-Type:"));
    typed.add("Content-Type: " + type);
    return typed;
  }

  /** What is deep, long or both, for parsers that call themselves. */
  private String deep() {
    int size = 1 << random.nextInt(15);
    return switch (random.nextInt(7)) {
      case 0 -> "[".repeat(size);
      case 1 -> "[".repeat(size) + "]".repeat(size);
      case 2 -> "{\"a\":".repeat(size) + "1" + "}".repeat(size);
      case 3 -> "{\"species\":\"dog\",\"price\":" + "9".repeat(size) + "}";
      case 4 -> "{\"name\":\"" + "\\u00e9".repeat(size) + "\"}";
      case 5 -> "a=1&address[city]=".repeat(Math.min(size, 3000));
      default -> "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n".repeat(size >> 6);
    };
  }

  private String spoiltBody(String body) {
    if (body.isEmpty()) {
      return of(PIECES);
    }
    StringBuilder spoilt = new StringBuilder(body);
    int at = random.nextInt(body.length());
    int to = at + random.nextInt(body.length() - at + 1);
    switch (random.nextInt(8)) {
      case 0 -> spoilt.setLength(at);
      case 1 -> spoilt.setCharAt(at, (char) random.nextInt(256));
      case 2 -> spoilt.delete(at, to);
      case 3 -> spoilt.insert(at, body.substring(at, to));
      case 4 -> spoilt.insert(at, of("\r\n", "\n", "--b", "--b--\r\n", "\r\n\r\n"));
      case 5 -> spoilt.insert(at, body);
      case 6 -> otherValue(spoilt, at);
      default -> spoilt.insert(at, of(PIECES));
    }
    return spoilt.toString();
  }

  /** Puts another JSON value, or text of a form, where one was. */
  private void otherValue(StringBuilder body, int from) {
    int at = Math.max(body.indexOf(":", from), body.indexOf("=", from)) + 1;
    int end = at;
    while (end < body.length() && ",}&".indexOf(body.charAt(end)) < 0) {
      end++;
    }
    body.replace(
        at,
        end,
        of("null", "true", "{}", "[]", "[null]", "\"\"", "-1", "1e999", "\"\\ud800\"", "1.0", ""));
  }

  /** {@return the octets that text stands for} */
  static byte[] octetsOf(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
