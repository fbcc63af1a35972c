package io.brrtrouter.server.http;

/**
 * The head of a request: everything known before its body is read (RFC 9110 section 6). Immutable.
 *
 * @param method the method
 * @param target the request target as sent, absolute form already reduced to origin form; {@code *}
 *     for a server-wide {@code OPTIONS}
 * @param version {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param headers the header fields
 * @param peer who is connected
 */
public record HttpRequest(
    Method method, String target, String version, Headers headers, Peer peer) {

  /** {@return the raw path: the target up to the first {@code ?}} */
  public String rawPath() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** {@return the raw query: the target after the first {@code ?}, {@code ""} without one} */
  public String rawQuery() {
    int question = target.indexOf('?');
    return question < 0 ? "" : target.substring(question + 1);
  }
}
