package io.brrtrouter.outbound.proxy;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.BasicLineParser;

/**
 * Reads heads of responses (RFC 9112), and refuses those that two readers could understand
 * differently. One for each connection.
 */
final class AnswerParser implements HttpMessageParser<ClassicHttpResponse> {
  private static final int FEWEST_FINAL = 200;
  private static final int MOST_FINAL = 599;

  private final DefaultHttpResponseParser parser;
  private final int mostOctets;

  AnswerParser(Http1Config config, int mostOctets) {
    this.parser = new DefaultHttpResponseParser(config, BasicLineParser.INSTANCE, null);
    this.mostOctets = mostOctets;
  }

  /** A head, and what has been read behind it. */
  static final class Answer extends BasicClassicHttpResponse {
    private static final long serialVersionUID = 1L;
    private final transient SessionInputBuffer behind;

    Answer(ClassicHttpResponse head, SessionInputBuffer behind) {
      super(head.getCode(), head.getReasonPhrase());
      this.behind = behind;
      setVersion(head.getVersion());
      setHeaders(head.getHeaders());
    }

    /** {@return whether there is more than one response: nobody asked for another} */
    boolean hasMoreBehind() {
      return behind.length() > 0;
    }
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream input)
      throws IOException, HttpException {
    Begun begun = new Begun(input, buffer.length());
    ClassicHttpResponse head = parser.parse(buffer, begun);
    if (head == null) {
      throw new NoHttpResponseException("the connection ended before the response");
    }
    if (begun.octets - buffer.length() > mostOctets) {
      throw tooLarge();
    }
    if (head.getCode() >= FEWEST_FINAL) {
      check(head);
    }
    return new Answer(head, buffer);
  }

  /** To the parser, the end of a connection is the end of a head: it would be complete too soon. */
  private final class Begun extends FilterInputStream {
    private boolean begun;

    /** How many octets there are, with those that were there before. */
    private long octets;

    Begun(InputStream input, int before) {
      super(input);
      octets = before;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      // More is read only while the head has not ended.
      if (octets > mostOctets) {
        throw tooLarge();
      }
      int read = super.read(target, from, length);
      if (read < 0) {
        throw begun
            ? new EOFException("the connection ended within the head")
            : new NoHttpResponseException("the connection ended before the response");
      }
      begun = true;
      octets += read;
      return read;
    }
  }

  private static MessageConstraintException tooLarge() {
    return new MessageConstraintException("the head of the response is too large");
  }

  /** RFC 9112 sections 6.1 and 6.3. */
  private static void check(ClassicHttpResponse head) throws ProtocolException {
    if (head.getCode() > MOST_FINAL) {
      throw new ProtocolException("there is no status " + head.getCode());
    }
    for (Header field : head.getHeaders("Content-Length")) {
      String digits = field.getValue();
      if (digits == null
          || digits.isEmpty()
          || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new ProtocolException("the response has a Content-Length that is no number");
      }
    }
    boolean coded = head.containsHeader("Transfer-Encoding");
    if (coded && head.containsHeader("Content-Length")) {
      throw new ProtocolException("the response has Transfer-Encoding and Content-Length");
    }
    if (coded && head.countHeaders("Transfer-Encoding") > 1) {
      throw new ProtocolException("the response has several Transfer-Encoding fields");
    }
    if (coded && head.getVersion() != null && head.getVersion().lessEquals(HttpVersion.HTTP_1_0)) {
      throw new ProtocolException("a response of HTTP/1.0 has Transfer-Encoding");
    }
  }
}
