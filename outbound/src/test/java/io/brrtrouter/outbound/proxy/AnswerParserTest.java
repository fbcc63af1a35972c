package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.outbound.proxy.AnswerParser.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of the head of a response is read. */
class AnswerParserTest {
  private static final int MOST = 4_096;
  private static final int BUFFER = 1_024;

  private static AnswerParser parser() {
    return new AnswerParser(
        Http1Config.custom().setMaxLineLength(MOST).setMaxHeaderCount(200).build(), MOST);
  }

  /** A field in each line, without end. */
  private static final class Fields extends InputStream {
    private static final byte[] LINE = RawService.octets("X: " + "a".repeat(995) + "\r\n");
    private final byte[] begin = RawService.octets("HTTP/1.1 200 OK\r\n");
    private long read;

    @Override
    public int read() {
      long at = read++;
      return at < begin.length ? begin[(int) at] : LINE[(int) ((at - begin.length) % LINE.length)];
    }

    @Override
    public int read(byte[] octets, int from, int length) {
      for (int i = 0; i < length; i++) {
        octets[from + i] = (byte) read();
      }
      return length;
    }
  }

  @Test
  void more_than_a_head_may_have_is_not_read() {
    Fields fields = new Fields();

    assertThatThrownBy(() -> parser().parse(new SessionInputBufferImpl(BUFFER), fields))
        .isInstanceOf(MessageConstraintException.class);
    assertThat(fields.read).isLessThanOrEqualTo(MOST + 2 * BUFFER);
  }

  private static byte[] head(int octets) {
    String begin = "HTTP/1.1 200 OK\r\nX: ";
    return RawService.octets(begin + "a".repeat(octets - begin.length() - 4) + "\r\n\r\n");
  }

  /** However much of what is behind it has come too. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 5_000})
  void all_octets_of_a_head_count_and_none_behind_it(int behind) throws Exception {
    SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER);
    InputStream exact =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(head(MOST)), new ByteArrayInputStream(new byte[behind]));
    assertThat(parser().parse(buffer, exact)).isInstanceOf(Answer.class);

    InputStream more =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(head(MOST + 1)), new ByteArrayInputStream(new byte[behind]));
    assertThatThrownBy(() -> parser().parse(new SessionInputBufferImpl(BUFFER), more))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too large");
  }
}
