package io.brrtrouter.server.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Makes connections full of requests, and breaks them: the same for the same seed. */
final class RandomRequests {
  /** Ends every connection, so that a reader that is elsewhere in the octets is found out. */
  private static final String PROBE = "GET /probe HTTP/1.1\r\nHost: probe\r\n\r\n";

  private static final String[] METHODS = {
    "GET",
    "GET",
    "GET",
    "HEAD",
    "POST",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "QUERY",
    "PURGE",
    "get",
    "M-SEARCH",
    "!#$%&'*+-.^_`|~09"
  };
  private static final String[] TARGETS = {
    "/",
    "/a",
    "/a/b?c=d&e=%20",
    "/%41%c3%a9",
    "/a;b=c/d,e",
    "//a",
    "/?",
    "/[0]|{\"}^`\\",
    "http://y",
    "http://y:80/a?b",
    "HTTPS://[::1]/",
    "http://y?q",
    "*",
    "y:80",
    "a",
    ""
  };
  private static final String[] VERSIONS = {
    "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/1.0", "HTTP/2.0"
  };
  private static final String[] FIELDS = {
    "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding: gzip, deflate, br",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64)",
    "Cookie: a=b; c=\"d\"",
    "Cookie: e=f",
    "A:",
    "a: \t ",
    "A:b",
    "A:\t b c \t",
    "X-Long: " + "x".repeat(300),
    "X-Latin: caf\u00e9\u00ff",
    "Content-Type: application/json",
    "Content-Type: text/plain",
    "Authorization: Basic dTpw",
    "Connection: close",
    "Connection: keep-alive",
    "Connection: Upgrade, HTTP2-Settings",
    "Upgrade: h2c",
    "Expect: 100-continue",
    "Expect: x",
    "TE: trailers",
    "Trailer: A",
    "If-Match: \"a\"",
    "Range: bytes=0-1",
    "Via: 1.1 a, 1.0 b",
    "!#$%&'*+-.^_`|~: !",
    "Host: y",
    "Content-Length: 0",
    "Content-Length: 3",
    "Transfer-Encoding: chunked",
    "X-Content-Length: 7",
    "Sec-WebSocket-Key: dGhl",
    "Proxy-Connection: keep-alive",
    "Keep-Alive: timeout=5"
  };
  private static final String[] HOSTS = {
    "x", "x", "x", "x:80", "[::1]:8080", "", "127.0.0.1", "x_y", "x:99999", "a@b"
  };
  private static final String[] LENGTHS = {
    "%d", "%d", "%d", "%d", "0%d", "+%d", "%d, %<d", "%d ", "%d.0", "0x%x"
  };
  private static final String[] CODINGS = {
    "chunked",
    "chunked",
    "chunked",
    "chunked",
    "Chunked",
    "gzip, chunked",
    ", chunked",
    "chunked, chunked",
    "identity",
    "chunked;q=1",
    "xchunked",
    "\"chunked\""
  };
  private static final String[] EXTENSIONS = {
    "",
    "",
    "",
    "",
    "",
    ";a",
    ";a=b",
    " ; a = \"b;\\\"c\"",
    ";a;b=c",
    ";",
    ";a=",
    ";=",
    ";a=\"b",
    " ",
    "\t;a"
  };
  private static final String[] TRAILERS = {
    "A: b",
    "Content-Length: 5",
    "Host: z",
    "Transfer-Encoding: chunked",
    "X: \u00e9",
    "B:",
    "C",
    ": d"
  };
  private static final String[] BREAKS = {
    "\r",
    "\n",
    "\r\n",
    "\r\n\r\n",
    "\n\n",
    "\r\r\n",
    "\n\r",
    " ",
    "\t",
    "\0",
    "\u007f",
    "\u0080",
    "\u000b",
    "\f",
    ":",
    ";",
    ",",
    "\"",
    "\\",
    "0",
    "f",
    "\u00ff",
    "\u001c",
    "#",
    "\r\n ",
    "\r\n\t",
    "=",
    "%"
  };
  private static final String[] LINES = {
    "Content-Length: 5\r\n",
    "Content-Length: 0\r\n",
    "content-length:1\r\n",
    "Transfer-Encoding: chunked\r\n",
    "transfer-encoding:identity\r\n",
    "Host: z\r\n",
    "Content-Length : 4\r\n",
    "Transfer-Encoding\t: chunked\r\n",
    " folded\r\n",
    "X: y\r\n",
    "GET /smuggled HTTP/1.1\r\n",
    "0\r\n",
    "\r\n",
    "0\r\n\r\n",
    "3\r\nabc\r\n",
    "Transfer-Encoding: \u000bchunked\r\n",
    "Content-Length: 5\n",
    "X: y\rContent-Length: 3\r\n"
  };

  private final Random random;

  RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  /** {@return the octets of a connection of some requests, sound or broken in up to four places} */
  byte[] connection() {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text.append(request());
    }
    for (int i = Math.max(0, random.nextInt(5) - 1); i > 0; i--) {
      mutate(text);
    }
    if (random.nextInt(10) == 0) {
      text.setLength(random.nextInt(text.length() + 1));
    } else {
      text.append(PROBE);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@return whether a connection was not cut off, so that every line of it ends} */
  static boolean isWhole(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1).endsWith(PROBE);
  }

  /** {@return where pieces of so many octets end, the last at their end} */
  int[] pieces(int length) {
    return switch (random.nextInt(3)) {
      case 0 -> random.ints(random.nextInt(6), 0, length + 1).sorted().toArray();
      case 1 -> java.util.stream.IntStream.range(1, length).toArray();
      default -> new int[0];
    };
  }

  private String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** One in so many is odd: broken on purpose, so that sound requests are in the majority. */
  private String mostly(int oneIn, String usual, String... odd) {
    return random.nextInt(oneIn) == 0 ? of(odd) : usual;
  }

  private String request() {
    StringBuilder head = new StringBuilder(random.nextInt(12) == 0 ? "\r\n" : "");
    head.append(of(METHODS)).append(' ').append(mostly(5, "/a?b", TARGETS)).append(' ');
    head.append(mostly(8, "HTTP/1.1", VERSIONS)).append("\r\n");
    head.append("Host: ").append(mostly(8, "x", HOSTS)).append("\r\n");
    for (int i = random.nextInt(6); i > 0; i--) {
      String field =
          mostly(20, of(FIELDS[random.nextInt(11)], FIELDS[14 + random.nextInt(2)]), FIELDS);
      head.append(random.nextInt(8) == 0 ? swapCase(field) : field).append("\r\n");
    }
    return switch (random.nextInt(4)) {
      case 0 -> head + lengthBody();
      case 1, 2 -> head + chunkedBody();
      default -> head + "\r\n";
    };
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      swapped.append(letter ? (char) (c ^ 0x20) : c);
    }
    return swapped.toString();
  }

  private String content(int most) {
    StringBuilder content = new StringBuilder();
    for (int i = random.nextInt(most); i > 0; i--) {
      content.append(
          random.nextInt(3) == 0 ? of(BREAKS) : String.valueOf((char) random.nextInt(256)));
    }
    return content.toString();
  }

  private String lengthBody() {
    String content = content(40);
    return "Content-Length: "
        + mostly(12, "%d", LENGTHS).formatted(content.length())
        + "\r\n\r\n"
        + content;
  }

  private String chunkedBody() {
    StringBuilder body =
        new StringBuilder("Transfer-Encoding: " + mostly(16, "chunked", CODINGS) + "\r\n\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      String content = content(20) + "x";
      String size =
          mostly(4, "%x", "%X", "0%x", "000000%x", "0000000000%x").formatted(content.length());
      body.append(size)
          .append(mostly(8, "", EXTENSIONS))
          .append("\r\n")
          .append(content)
          .append("\r\n");
    }
    body.append(of("0", "0", "00")).append(mostly(16, "", EXTENSIONS)).append("\r\n");
    while (random.nextInt(4) == 0) {
      body.append(mostly(8, "A: b", TRAILERS)).append("\r\n");
    }
    return body.append("\r\n").toString();
  }

  private void mutate(StringBuilder text) {
    if (text.isEmpty()) {
      return;
    }
    int at = random.nextInt(text.length());
    int line = text.lastIndexOf("\n", at) + 1;
    int end = text.indexOf("\n", at) + 1;
    switch (random.nextInt(14)) {
      case 0 -> text.setCharAt(at, (char) random.nextInt(256));
      case 1 -> text.setCharAt(at, of(BREAKS).charAt(0));
      case 2 -> text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(8))));
      case 3 -> text.deleteCharAt(at);
      case 4, 5 -> text.insert(at, of(BREAKS));
      case 6 -> text.insert(line, of(LINES));
      case 7 -> text.delete(line, Math.max(end, line));
      case 8 -> text.insert(line, text.substring(line, Math.max(end, line)));
      case 9 -> text.insert(line, of(" ", "\t", "\r", "\0"));
      case 10 -> lineEnd(text, at);
      case 11 -> colon(text, line);
      case 12 -> text.insert(at, text.substring(line, Math.max(at, line)));
      default -> {
        String swapped = swapCase(text.substring(line, Math.max(end, line)));
        text.replace(line, Math.max(end, line), swapped);
      }
    }
  }

  /** Writes a line end in another way. */
  private void lineEnd(StringBuilder text, int from) {
    int at = text.indexOf("\r\n", from);
    if (at >= 0) {
      text.replace(
          at, at + 2, of("\n", "\r", "\n\r", "\r\r\n", "\r\n\r\n", " \r\n", "\r\n ", "\0\r\n"));
    }
  }

  /** Puts something around the colon of a line. */
  private void colon(StringBuilder text, int from) {
    int at = text.indexOf(":", from);
    if (at >= 0) {
      text.replace(
          at, at + 1, of(" :", "\t:", "::", ":\r\n ", ": \t", "", "\0:", ":\u000b", "\r:"));
    }
  }

  /** {@return octets as a text that can be read and put into a row} */
  static String shown(byte[] octets) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    for (byte octet : octets) {
      String text =
          switch (octet) {
            case '\r' -> "\\r";
            case '\n' -> "\\n\n";
            default ->
                octet >= ' ' && octet < 127
                    ? String.valueOf((char) octet)
                    : "\\x%02x".formatted(octet);
          };
      shown.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
    return shown.toString(StandardCharsets.US_ASCII);
  }
}
