package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one request that say where it goes and where it ends, and the rules they obey
 * together (RFC 9112 sections 3.2, 6 and 9, RFC 9110 section 10.1.1).
 */
final class FramingFields {
  private @Nullable String host;
  private @Nullable String contentLength;
  private @Nullable String transferEncoding;
  private @Nullable String expectation;
  private final SingletonFields singletons = new SingletonFields();
  private boolean close;
  private boolean keepAlive;

  /** Takes note of a field. */
  void add(String name, String value) throws FramingException {
    singletons.add(name);
    switch (name.length()) {
      case 4 -> {
        if (name.equalsIgnoreCase("Host")) {
          if (host != null) {
            throw malformed("a request has one Host field");
          }
          host = value;
        }
      }
      case 6 -> {
        if (name.equalsIgnoreCase("Expect")) {
          expectation = listed(expectation, value);
        }
      }
      case 10 -> {
        if (name.equalsIgnoreCase("Connection")) {
          addConnection(value);
        }
      }
      case 14 -> {
        if (name.equalsIgnoreCase("Content-Length")) {
          if (contentLength != null) {
            throw malformed("a request has at most one Content-Length field");
          }
          contentLength = value;
        }
      }
      case 17 -> {
        if (name.equalsIgnoreCase("Transfer-Encoding")) {
          transferEncoding = listed(transferEncoding, value);
        }
      }
      default -> {}
    }
  }

  /** {@return the elements of a list field so far and those of one more line of it} */
  private static String listed(@Nullable String before, String value) {
    return before == null ? value : before + "," + value;
  }

  private void addConnection(String value) {
    if (value.equalsIgnoreCase("keep-alive")) {
      keepAlive = true;
      return;
    }
    for (String option : value.split(",", -1)) {
      String token = option.strip();
      close |= token.equalsIgnoreCase("close");
      keepAlive |= token.equalsIgnoreCase("keep-alive");
    }
  }

  /**
   * {@return the head}
   *
   * @throws FramingException if the fields or the target contradict each other
   */
  RequestHead head(String method, String target, String version, Headers headers, Peer peer)
      throws FramingException {
    boolean http11 = !version.equals(HeadParser.HTTP_1_0);
    if (host == null && http11) {
      throw malformed("an HTTP/1.1 request has a Host field"); // HTTP/2 has looked already
    }
    if (host != null) {
      Authority.require(host, "the Host field");
    }
    long length = length(http11);
    boolean expectsContinue = expectsContinue(http11);
    RequestTarget reduced = RequestTarget.parse(method, target, peer.secure());
    String authority = reduced.authority();
    // RFC 9112 section 3.2.2: the authority of an absolute target replaces the Host field.
    Headers effective = authority == null ? headers : headers.with("Host", authority);
    HttpRequest request =
        new HttpRequest(Method.of(method), reduced.target(), version, effective, peer);
    boolean persistent = !close && (http11 || keepAlive);
    return new RequestHead(request, length, persistent, expectsContinue);
  }

  private long length(boolean http11) throws FramingException {
    if (transferEncoding != null) {
      if (!http11) {
        throw malformed("an HTTP/1.0 request has no Transfer-Encoding");
      }
      if (contentLength != null) {
        throw malformed("a request has Content-Length or Transfer-Encoding, not both");
      }
      requireChunked(transferEncoding);
      return -1;
    }
    return contentLength == null ? 0 : number(contentLength);
  }

  /**
   * Refuses every list of codings but {@code chunked} alone. Empty elements, which a recipient of
   * other lists ignores (RFC 9110 section 5.6.1.2), are refused here: no client sends them, and a
   * proxy that looks for exactly {@code chunked} would take the chunks behind for requests.
   */
  private static void requireChunked(String codings) throws FramingException {
    if (codings.equalsIgnoreCase("chunked")) {
      return;
    }
    String[] all = codings.split(",", -1);
    for (String coding : all) {
      if (coding.isBlank()) {
        throw malformed("Transfer-Encoding has an empty transfer coding");
      }
    }
    for (int i = 0; i < all.length; i++) {
      boolean chunked = all[i].strip().equalsIgnoreCase("chunked");
      boolean last = i == all.length - 1;
      if (chunked != last) {
        throw malformed("chunked is the last transfer coding of a request, and once");
      }
    }
    throw new FramingException(
        Kind.NOT_IMPLEMENTED, "the server implements no transfer coding but chunked");
  }

  /** {@return the number of a Content-Length, the greatest for one beyond any limit} */
  private static long number(String digits) throws FramingException {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw notANumber();
      }
      number = number > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : number * 10 + digit;
    }
    if (digits.isEmpty()) {
      throw notANumber();
    }
    return number;
  }

  private static FramingException notANumber() {
    return malformed("Content-Length is a decimal number");
  }

  private boolean expectsContinue(boolean http11) throws FramingException {
    if (expectation == null || !http11) {
      return false; // RFC 9110 section 10.1.1: ignored in HTTP/1.0
    }
    boolean expects = false;
    for (String member : expectation.split(",", -1)) {
      String expected = member.strip();
      if (!expected.isEmpty() && !expected.equalsIgnoreCase("100-continue")) {
        throw new FramingException(
            Kind.EXPECTATION_FAILED, "the only expectation the server meets is 100-continue");
      }
      expects |= !expected.isEmpty();
    }
    return expects;
  }
}
