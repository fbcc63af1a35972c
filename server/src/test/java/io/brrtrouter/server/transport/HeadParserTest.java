package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a packet ends makes no difference: the rows of {@link FramingTest}, octet by octet. */
class HeadParserTest {
  private static final TransportLimits LIMITS = new Settings().limits();

  static Stream<Arguments> errors() {
    // Sizes of bodies are not the parser's.
    return FramingTest.errors().filter(row -> !row.get()[2].equals(413));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void an_error_is_the_same(String what, String octets, int status, String detail) {
    TransportFailure failure = failureOf(octets);
    assertThat(failure).isNotNull();
    assertThat(failure.detail()).isEqualTo(detail);
    assertThat(failure.kind().status()).isEqualTo(status);
  }

  static Stream<Arguments> requests() {
    return FramingTest.requests();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void a_request_is_none(String what, String octets) {
    assertThat(failureOf(octets)).isNull();
  }

  /** {@return what is wrong with octets that come one after the other, or null} */
  private static @Nullable TransportFailure failureOf(String text) {
    HeadParser heads = new HeadParser(LIMITS, Peer.of(new InetSocketAddress(0)));
    ChunkedDecoder chunks = null;
    byte[] waiting = {};
    try {
      for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
        waiting = Arrays.copyOf(waiting, waiting.length + 1);
        waiting[waiting.length - 1] = octet;
        int used;
        if (chunks != null) {
          used = chunks.read(waiting, 0, waiting.length, null);
        } else {
          used = heads.parse(waiting, 0, waiting.length);
          if (heads.isComplete()) {
            if (!heads.take().isChunked()) {
              return null;
            }
            chunks = new ChunkedDecoder(LIMITS);
          }
        }
        waiting = Arrays.copyOfRange(waiting, used, waiting.length);
      }
      return null;
    } catch (FramingException e) {
      return e.failure();
    } catch (TooLargeException e) {
      throw new AssertionError(e);
    }
  }
}
