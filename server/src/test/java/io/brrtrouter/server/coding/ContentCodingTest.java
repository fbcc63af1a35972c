package io.brrtrouter.server.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.ZstdInputStream;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodingTest {
  private static final String TEXT = "the same again and ".repeat(10_000);

  /** Collects what is written, and what of it was flushed. */
  private static final class Collected implements ContentSink {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private int flushed;

    @Override
    public void write(byte[] octets, int from, int length) {
      all.write(octets, from, length);
    }

    @Override
    public void flush() {
      flushed = all.size();
    }

    @Override
    public @Nullable Ending ending() {
      return Ending.DRAINING;
    }

    @Override
    public void onEnding(Runnable action) {
      action.run();
    }
  }

  private static InputStream decoder(ContentCoding coding, InputStream in) throws IOException {
    return switch (coding) {
      case GZIP -> new GZIPInputStream(in);
      case ZSTD -> new ZstdInputStream(in);
      case BROTLI -> brotli(in);
    };
  }

  /** Gives what there is, as browsers do; otherwise it would wait for the end. */
  private static InputStream brotli(InputStream in) throws IOException {
    BrotliInputStream decoder = new BrotliInputStream(in);
    decoder.enableEagerOutput();
    return decoder;
  }

  private static String decoded(ContentCoding coding, byte[] octets) throws IOException {
    try (InputStream in = decoder(coding, new ByteArrayInputStream(octets))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** {@return what can be decoded of what has no end} */
  private static String prefix(ContentCoding coding, byte[] octets, int length) throws IOException {
    try (InputStream in = decoder(coding, new ByteArrayInputStream(octets))) {
      byte[] prefix = new byte[length];
      for (int i = 0; i < length; i++) {
        prefix[i] = (byte) in.read(); // One by one: not every decoder can stop within a buffer.
      }
      return new String(prefix, UTF_8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void is_there_where_its_library_is(ContentCoding coding) {
    assertThat(coding.isAvailable()).isTrue();
    assertThat(ContentCoding.of(coding.token())).hasValue(coding);
  }

  @Test
  void has_the_name_that_is_registered() {
    assertThat(ContentCoding.available())
        .extracting(ContentCoding::token)
        .containsExactly("zstd", "br", "gzip");
    assertThat(ContentCoding.of("deflate")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void gives_back_what_was_coded(ContentCoding coding) throws IOException {
    for (int level = 1; level <= ContentCoding.MOST; level++) {
      byte[] coded = coding.encode(TEXT.getBytes(UTF_8), level);

      assertThat(coded.length).as("level %d", level).isLessThan(TEXT.length() / 100);
      assertThat(decoded(coding, coded)).isEqualTo(TEXT);
    }
    assertThat(decoded(coding, coding.encode(new byte[0], 6))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void gives_back_what_was_written(ContentCoding coding) throws Exception {
    byte[] octets = new byte[1 << 20];
    new Random(7).nextBytes(octets);
    Collected sink = new Collected();
    ContentWriter content =
        out -> {
          int at = 0;
          for (int size = 1; at < octets.length; size = size * 3 % 70_001 + 1) {
            int length = Math.min(size, octets.length - at);
            out.write(octets, at, length);
            at += length;
          }
        };
    coding.coded(content, octets.length, 6).writeTo(sink);

    try (InputStream in = decoder(coding, new ByteArrayInputStream(sink.all.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_flushed_can_be_decoded_at_once(ContentCoding coding) throws Exception {
    Collected sink = new Collected();
    ContentWriter content =
        out -> {
          String expected = "";
          for (int i = 0; i < 100; i++) {
            String line = "{\"line\":" + i + "}\n";
            out.write(line.getBytes(UTF_8));
            out.flush();
            expected += line;
            assertThat(sink.flushed).isEqualTo(sink.all.size());
            assertThat(prefix(coding, sink.all.toByteArray(), expected.length()))
                .isEqualTo(expected);
          }
        };
    coding.coded(content, Body.Streamed.UNKNOWN_LENGTH, 6).writeTo(sink);

    assertThat(decoded(coding, sink.all.toByteArray())).endsWith("{\"line\":99}\n");
  }

  @ParameterizedTest
  @EnumSource
  void what_fails_has_no_end_that_says_it_is_whole(ContentCoding coding) {
    Collected sink = new Collected();
    ContentWriter content =
        out -> {
          out.write("half".getBytes(UTF_8));
          out.flush();
          throw new EOFException("no more");
        };

    assertThatThrownBy(() -> coding.coded(content, Body.Streamed.UNKNOWN_LENGTH, 6).writeTo(sink))
        .isInstanceOf(EOFException.class)
        .hasMessage("no more");
    assertThat(sink.all.size()).isEqualTo(sink.flushed);
    assertThatThrownBy(() -> decoded(coding, sink.all.toByteArray()))
        .isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @EnumSource
  void what_was_announced_is_written_or_it_fails(ContentCoding coding) {
    ContentWriter four = out -> out.write("four".getBytes(UTF_8));

    assertThatThrownBy(() -> coding.coded(four, 5, 6).writeTo(new Collected()))
        .hasMessage("4 octets of content were written, and 5 were announced");
    assertThatThrownBy(() -> coding.coded(four, 3, 6).writeTo(new Collected()))
        .hasMessage("the content has more than the 3 octets that were announced");
  }

  @Test
  void the_end_of_the_response_is_that_of_the_sink() throws Exception {
    boolean[] told = new boolean[1];
    ContentCoding.GZIP
        .coded(
            out -> {
              assertThat(out.ending()).isEqualTo(ContentSink.Ending.DRAINING);
              out.onEnding(() -> told[0] = true);
            },
            Body.Streamed.UNKNOWN_LENGTH,
            6)
        .writeTo(new Collected());

    assertThat(told[0]).isTrue();
  }

  /** Loads this room anew, without the libraries of codings. */
  private static final class WithoutLibraries extends URLClassLoader {
    WithoutLibraries(URL room) {
      super(new URL[] {room}, ContentCodingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.github.luben.") || name.startsWith("com.aayushatharva.")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("io.brrtrouter.server.coding.")) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void without_its_library_there_is_none() throws Exception {
    URL room = ContentCoding.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new WithoutLibraries(room)) {
      Class<?> codings = loader.loadClass(ContentCoding.class.getName());

      assertThat(codings).isNotSameAs(ContentCoding.class);
      assertThat((List<?>) codings.getMethod("available").invoke(null))
          .extracting(Object::toString)
          .containsExactly("GZIP");
      Object zstd =
          ((Optional<?>) codings.getMethod("of", String.class).invoke(null, "zstd")).get();
      assertThatThrownBy(() ->
              codings.getMethod("encode", byte[].class, int.class).invoke(zstd, new byte[1], 6))
          .hasRootCauseMessage("nothing here can write zstd");
    }
  }
}
