package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HttpRequest;

/**
 * A request's head and what it says about the connection (RFC 9112 sections 6 and 9).
 *
 * @param request the request
 * @param contentLength the length of the body, 0 without one, -1 when chunked
 * @param keepAlive whether the client lets the connection live on
 * @param expectsContinue whether the client waits for a 100 before it sends the body
 */
record RequestHead(
    HttpRequest request, long contentLength, boolean keepAlive, boolean expectsContinue) {

  boolean isChunked() {
    return contentLength < 0;
  }

  boolean isHttp10() {
    return request.version().equals(HeadParser.HTTP_1_0);
  }
}
