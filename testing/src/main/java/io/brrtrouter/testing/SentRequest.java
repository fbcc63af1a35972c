package io.brrtrouter.testing;

import io.brrtrouter.server.http.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What was sent, for people: it ends up in logs of builds, so that nothing secret is in it. */
final class SentRequest {
  /** In characters. */
  private static final int LONGEST = 1_000;

  private static final Pattern SECRET =
      Pattern.compile(
          ".*(authorization|cookie|key|token|secret|password).*", Pattern.CASE_INSENSITIVE);

  private SentRequest() {}

  /** {@return header fields and the beginning of the body; empty when there is neither} */
  static String of(Headers headers, byte[] body) {
    StringBuilder text = new StringBuilder();
    headers.forEach((name, value) ->
        text.append(name)
            .append(": ")
            .append(SECRET.matcher(name).matches() ? "***" : value)
            .append('\n'));
    if (body.length > 0) {
      text.append('\n').append(beginning(body)).append('\n');
    }
    return text.toString();
  }

  private static String beginning(byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException octets) {
      return "(" + body.length + " octets that are no text)";
    }
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST))
            + "... ("
            + body.length
            + " octets in all)";
  }
}
