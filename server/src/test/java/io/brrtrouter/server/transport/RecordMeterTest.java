package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordMeterTest {
  private static final String HANDSHAKE = "1603030003 aabbcc";
  private static final String CHANGE = "1403030001 01";
  private static final String DATA = "1703030004 16030300";
  private static final String ALERT = "1503030000";

  private final RecordMeter meter = new RecordMeter();

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** {@return what is wrong first when octets come in steps} */
  private @Nullable String read(String hex, int step) {
    byte[] all = octets(hex);
    String wrong = null;
    for (int at = 0; at < all.length && wrong == null; at += step) {
      ByteBuf in = Unpooled.wrappedBuffer(all, at, Math.min(step, all.length - at));
      wrong = meter.read(in);
      assertThat(in.readableBytes()).isEqualTo(in.capacity());
    }
    return wrong;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 9, 1_000})
  void one_handshake_is_no_second_one_however_it_comes(int step) {
    String all = HANDSHAKE + CHANGE + HANDSHAKE + ALERT + DATA + DATA;
    assertThat(read(all, step)).isNull();
    assertThat(meter.isWaiting()).isFalse();
    assertThat(read(HANDSHAKE, step)).isEqualTo("a client wants a second handshake");
  }

  @ParameterizedTest
  @CsvSource({
    "1703034800,", // 2^14 + 2048
    "1703034801, a TLS record is longer than any may be",
    "170303ffff, a TLS record is longer than any may be",
  })
  void a_record_has_a_length_that_it_may_have(String head, @Nullable String wrong) {
    assertThat(read(head, 3)).isEqualTo(wrong);
  }

  @Test
  void a_record_is_waited_for_as_long_as_what_has_come_of_it_earns() {
    TransportTimeouts timeouts = new Settings().timeouts();
    long before = System.nanoTime();
    read(DATA + "1703033000" + "00".repeat(5 * 1024 - 5), 700);
    long after = System.nanoTime();
    long most = timeouts.body().plus(timeouts.bodyPerKib().multipliedBy(5)).toNanos();
    assertThat(meter.isLate(before + most - 1, timeouts)).isFalse();
    assertThat(meter.isLate(after + most, timeouts)).isTrue();
    long later = after + Duration.ofHours(1).toNanos();
    meter.beginAgain(later);
    assertThat(meter.isLate(later + most - 1, timeouts)).isFalse();
    assertThat(meter.isLate(later + most, timeouts)).isTrue();
    read("00".repeat(0x3000 - 5 * 1024 + 5), 900);
    assertThat(meter.isLate(later + 10 * most, timeouts)).isFalse();
  }
}
