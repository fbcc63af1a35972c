package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialFramesTest {
  private static final long LIST_SIZE = 28_000;

  private static final String SETTINGS = frame(H2Client.SETTINGS, 0, "");
  private static final String OPEN_HEAD = frame(H2Client.HEADERS, 0, "a".repeat(300));
  private static final String HEAD =
      OPEN_HEAD
          + frame(H2Client.CONTINUATION, 0, "b".repeat(500))
          + frame(H2Client.CONTINUATION, H2Client.END_HEADERS, "c");

  /** With padding, which is not taken apart. */
  private static final String DATA = frame(H2Client.DATA, 8, "d".repeat(700));

  private final FrameMeter meter = new FrameMeter(0);
  private final PartialFrames frames = new PartialFrames(meter, LIST_SIZE);

  /** What was handed on, each time. */
  private final List<String> whole = new ArrayList<>();

  private static String frame(int type, int flags, String payload) {
    int length = payload.length();
    return new String(
            new char[] {
              (char) (length >> 16),
              (char) (length >> 8 & 0xff),
              (char) (length & 0xff),
              (char) type,
              (char) flags,
              0,
              0,
              0,
              1
            })
        + payload;
  }

  private void read(String octets) {
    ByteBuf in = Unpooled.copiedBuffer(octets, ISO_8859_1);
    meter.read(in, 0);
    frames.read(
        in,
        part -> {
          whole.add(part.toString(ISO_8859_1));
          part.release();
        });
    assertThat(in.refCnt()).as("references to what was read").isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 9, 10, 200, 309, 310, 800, 4_000})
  void what_is_handed_on_is_whole_and_all_of_it_however_it_comes(int step) {
    String after = SETTINGS + HEAD + DATA + SETTINGS + HEAD + HEAD + DATA;
    String all = H2Client.PREFACE + after;
    for (int at = 0; at < all.length(); at += step) {
      read(all.substring(at, Math.min(all.length(), at + step)));
    }

    assertThat(String.join("", whole)).isEqualTo(all);
    assertThat(frames.room()).isZero();
    int end = 0;
    for (String part : whole) {
      end += part.length();
      String rest = end < H2Client.PREFACE.length() ? SETTINGS : all.substring(end);
      assertThat(rest).matches("(?s)|\0\0[\0\3].*|\0\0\1,[\1].*|\0\2\274\0\10.*|\0\1,\1.*");
    }
  }

  @Test
  void what_is_kept_is_no_larger_than_what_has_come() {
    read(H2Client.PREFACE + SETTINGS + frame(H2Client.DATA, 8, "d".repeat(16_384)).substring(0, 9));
    assertThat(frames.room()).isEqualTo(9);
    read("d".repeat(5_000));
    assertThat(frames.room()).isEqualTo(5_009);
    read("d".repeat(11_384));
    assertThat(frames.room()).isZero();
  }

  @Test
  void content_is_handed_on_as_it_comes_and_only_its_last_frame_ends_the_stream() {
    String all = frame(H2Client.DATA, 1, "d".repeat(700)) + frame(H2Client.DATA, 0, "e") + SETTINGS;
    read(H2Client.PREFACE + SETTINGS);
    for (int step = 1; step < all.length(); step += 13) {
      whole.clear();
      for (int at = 0; at < all.length(); at += step) {
        read(all.substring(at, Math.min(all.length(), at + step)));
        assertThat(frames.room()).isLessThanOrEqualTo(2 * FrameMeter.HEAD);
      }
      assertThat(frames.room()).isZero();
      String read = String.join("", whole);
      StringBuilder content = new StringBuilder();
      int at = 0;
      while (read.charAt(at + 3) == H2Client.DATA) {
        int length = read.charAt(at) << 16 | read.charAt(at + 1) << 8 | read.charAt(at + 2);
        assertThat(length).isPositive();
        assertThat(read.substring(at + 5, at + 9)).isEqualTo("\0\0\0\1");
        content.append(read, at + 9, at + 9 + length);
        assertThat((int) read.charAt(at + 4)).isEqualTo(content.length() == 700 ? 1 : 0);
        at += 9 + length;
      }
      assertThat(content).hasToString("d".repeat(700) + "e");
      assertThat(read.substring(at)).isEqualTo(SETTINGS);
    }
  }

  /** What cannot become a frame, or a head, is for the codec to say at once. */
  @ParameterizedTest
  @ValueSource(ints = {H2Client.DATA, H2Client.SETTINGS, H2Client.HEADERS})
  void what_is_wrong_of_a_frame_is_not_waited_for(int type) {
    read(H2Client.PREFACE + SETTINGS);
    whole.clear();
    String beginning = frame(type, 0, "x".repeat(16_385)).substring(0, 9);
    read(beginning);
    assertThat(whole).containsExactly(beginning);
    assertThat(frames.room()).isZero();
  }

  @Test
  void a_frame_within_a_head_is_not_waited_for() {
    read(H2Client.PREFACE + SETTINGS + OPEN_HEAD);
    assertThat(frames.room()).isEqualTo(OPEN_HEAD.length());
    whole.clear();
    read(DATA.substring(0, 10));
    assertThat(String.join("", whole)).isEqualTo(OPEN_HEAD + DATA.substring(0, 10));
  }

  @Test
  void a_continuation_of_nothing_is_not_waited_for() {
    read(H2Client.PREFACE + SETTINGS);
    whole.clear();
    read(frame(H2Client.CONTINUATION, 0, "x").substring(0, 9));
    assertThat(whole).hasSize(1);
  }

  @Test
  void a_head_that_does_not_end_is_not_kept_without_end() {
    read(H2Client.PREFACE + SETTINGS + OPEN_HEAD);
    int most = 0;
    for (int i = 0; i < 1_000; i++) {
      read(frame(H2Client.CONTINUATION, 0, "y".repeat(1_000)));
      most = Math.max(most, frames.room());
    }
    assertThat(most).isLessThan(2 * ((int) LIST_SIZE + FrameMeter.MOST_OCTETS + FrameMeter.HEAD));
    assertThat(whole).hasSizeGreaterThan(20);
  }
}
