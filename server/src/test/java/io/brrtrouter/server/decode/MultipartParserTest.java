package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.brrtrouter.server.Effort;
import io.brrtrouter.server.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

  private static MultipartParser.Result parse(String body) {
    return MultipartParser.parse(TestBody.octets(body), "b", FormLimits.DEFAULT, false);
  }

  private static List<String> contents(MultipartParser.Result result) {
    return ((MultipartParser.Parsed) result)
        .parts().stream()
            .map(part -> new String(part.content(), StandardCharsets.ISO_8859_1))
            .toList();
  }

  @Nested
  class WhatIsMultipart {

    @Test
    void hasPartsBetweenBoundaries() {
      assertThat(contents(parse("--b\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n")))
          .containsExactly("one", "two");
    }

    @Test
    void mayHaveAPreambleAndAnEpilogue() {
      assertThat(contents(parse("read me\r\n--b\r\n\r\none\r\n--b--\r\nbye --b")))
          .containsExactly("one");
    }

    @Test
    void mayEndWithTheClosingBoundary() {
      assertThat(contents(parse("--b\r\n\r\none\r\n--b--"))).containsExactly("one");
    }

    @Test
    void mayHavePaddingBehindBoundaries() {
      assertThat(contents(parse("--b \t\r\n\r\none\r\n--b-- \r\n"))).containsExactly("one");
    }

    @Test
    void mayHaveNoParts() {
      assertThat(contents(parse("--b--\r\n"))).isEmpty();
    }

    @Test
    void mayHaveEmptyParts() {
      assertThat(contents(parse("--b\r\n\r\n--b\r\n\r\n\r\n--b\r\nA: x\r\n\r\n--b--")))
          .containsExactly("", "", "");
    }

    /** The line end before its header fields is looked at when they are. */
    @Test
    void mayHaveAPartThatBeginsWhereTheWindowEnds() throws IOException {
      for (int length = 16_350; length < 16_400; length++) {
        String body = "x".repeat(length) + "\r\n--b\r\nA: x\r\n\r\none\r\n--b--";
        MultipartParser.Result result =
            MultipartParser.parse(
                new ByteArrayInputStream(TestBody.octets(body)),
                "b",
                FormLimits.DEFAULT,
                false,
                new CollectedParts());
        assertThat(contents(result)).as("behind %d octets", length).containsExactly("one");
      }
    }

    @Test
    void keepsLineEndsAndDashesInside() {
      assertThat(contents(parse("--b\r\n\r\n\r\n--\r\n-b\n--b\n\r\n\r\n--b--")))
          .containsExactly("\r\n--\r\n-b\n--b\n\r\n");
    }

    /** Browsers send the names of files in UTF-8 as they are. */
    @Test
    void hasNamesInUtf8() {
      MultipartParser.Parsed parsed =
          (MultipartParser.Parsed)
              MultipartParser.parse(
                  """
                  --b\r
                  Content-Disposition: form-data; name="файл"; filename="日本 é.txt"\r
                  X-A: 日\r
                  \r
                  x\r
                  --b--\r
                  """
                      .getBytes(StandardCharsets.UTF_8),
                  "b",
                  FormLimits.DEFAULT,
                  true);
      Part part = parsed.parts().getFirst();
      assertThat(part.name()).isEqualTo("файл");
      assertThat(part.fileName()).contains("日本 é.txt");
      assertThat(part.headers().get("X-A")).isEqualTo("æ\u0097¥"); // a character per octet
    }

    @Test
    void hasFoldedHeaderFields() {
      MultipartParser.Parsed parsed =
          (MultipartParser.Parsed) parse("--b\r\nX-A: one\r\n two\r\n\tthree\r\n\r\n\r\n--b--");
      assertThat(parsed.parts().getFirst().headers()).isEqualTo(Headers.of("X-A", "one two three"));
    }
  }

  @Nested
  class Boundaries {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "b",
          "----WebKitFormBoundary7MA4YWxkTrZu0gW",
          "a b",
          "'()+_,-./:=?",
          "0123456789012345678901234567890123456789012345678901234567890123456789"
        })
    void areOneToSeventyCharacters(String boundary) {
      byte[] body = ("--" + boundary + "--").getBytes(StandardCharsets.US_ASCII);
      assertThat(MultipartParser.parse(body, boundary, FormLimits.DEFAULT, false))
          .isEqualTo(new MultipartParser.Parsed(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "b ",
          "b\"",
          "b\r\n",
          "é",
          "01234567890123456789012345678901234567890123456789012345678901234567890"
        })
    void areNothingElse(String boundary) {
      assertThat(MultipartParser.parse(new byte[0], boundary, FormLimits.DEFAULT, false))
          .isEqualTo(
              new MultipartParser.Malformed(
                  "the media type has no boundary parameter of 1 to 70 legal characters"));
    }
  }

  @Nested
  class Limits {

    @Test
    void holdFifty() {
      assertThat(parse("--b\r\n\r\n\r\n".repeat(50) + "--b--"))
          .isInstanceOf(MultipartParser.Parsed.class);
      assertThat(parse("--b\r\n\r\n\r\n".repeat(51) + "--b--"))
          .isEqualTo(new MultipartParser.TooMany(50));
    }

    @Test
    void holdEightKibibytesOfHeaderFields() {
      String fits = "X: " + "x".repeat(8192 - 5);
      assertThat(parse("--b\r\n" + fits + "\r\n\r\n\r\n--b--"))
          .isEqualTo(
              new MultipartParser.Malformed("part 1 has header fields of more than 8192 octets"));
      assertThat(parse("--b\r\n" + fits.substring(2) + "\r\n\r\n\r\n--b--"))
          .isEqualTo(new MultipartParser.Malformed("part 1 has a malformed header field"));
    }

    /** Only spaces and tabs around a value are none of it. */
    @ParameterizedTest
    @ValueSource(strings = {"\u000b", "\u000c", "\u001f", "\u0000"})
    void haveNoControlsAroundTheirValues(String control) {
      String type = "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Type: ";
      for (String value : List.of("text/html" + control, control + "text/html")) {
        assertThat(parse(type + value + "\r\n\r\nx\r\n--b--"))
            .isEqualTo(new MultipartParser.Malformed("part 1 has a malformed header field"));
      }
    }
  }

  @Nested
  class MalformedBodies {

    static Stream<Path> fixtures() throws IOException, URISyntaxException {
      Path root =
          Path.of(
              Objects.requireNonNull(MultipartParserTest.class.getResource("multipart/invalid"))
                  .toURI());
      return Files.list(root).sorted();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void areRefused(Path fixture) throws IOException {
      String input = Files.readString(fixture.resolve("input.txt")).replace("\n", "\r\n");
      assertThat(MultipartParser.parse(TestBody.octets(input), "b", FormLimits.DEFAULT, true))
          .isEqualTo(
              new MultipartParser.Malformed(
                  Files.readString(fixture.resolve("expected.txt")).strip()));
    }
  }

  @Nested
  class RandomBodies {
    private static final String[] PIECES = {
      "--",
      "b",
      "--b",
      "--b--",
      "\r\n",
      "\r",
      "\n",
      "\r\n--b\r\n",
      "\r\n--b--",
      ":",
      " ",
      "\t",
      "x",
      "Content-Disposition: form-data; name=\"a\"",
      "\r\n\r\n",
      "Content-Type: text/plain\r\n",
      "; filename=",
      "\"",
      "\\",
      "*=utf-8''%41",
      "\u0000",
      "\u00ff",
      "-"
    };

    @Test
    void neverThrowAndStayWithinLimits() {
      Random random = new Random(20261122);
      FormLimits limits = new FormLimits(10, 3, 64);
      int parsed = 0;
      for (int round = 0; round < 100_000; round++) {
        byte[] body = body(random);
        boolean named = random.nextBoolean();
        switch (MultipartParser.parse(body, "b", limits, named)) {
          case MultipartParser.Parsed(List<Part> parts) -> {
            parsed++;
            assertThat(parts).hasSizeLessThanOrEqualTo(3);
            for (Part part : parts) {
              String content = new String(part.content(), StandardCharsets.ISO_8859_1);
              assertThat("\r\n" + content).doesNotContain("\r\n--b");
              assertThat(part.headers().toString().length()).isLessThanOrEqualTo(64);
            }
          }
          case MultipartParser.Malformed(String message) -> assertThat(message).isNotBlank();
          case MultipartParser.TooMany(int limit) -> assertThat(limit).isEqualTo(3);
          case MultipartParser.Stopped _ -> fail("nobody said so");
        }
      }
      assertThat(parsed).isGreaterThan(500);
    }

    @Test
    void areTheSameHoweverTheyCome() throws IOException {
      Random random = new Random(20261127);
      FormLimits limits = new FormLimits(10, 3, 64);
      for (int round = 0; round < 100_000; round++) {
        byte[] body = body(random);
        boolean named = random.nextBoolean();
        assertThat(
                MultipartParser.parse(
                    inPieces(body, random), "b", limits, named, new CollectedParts()))
            .isEqualTo(MultipartParser.parse(body, "b", limits, named));
      }
    }

    @Test
    void areReadToTheirEndHoweverTheyCome() throws IOException {
      Random random = new Random(8);
      for (int round = 0; round < 200; round++) {
        byte[] large = new byte[random.nextInt(100_000)];
        random.nextBytes(large);
        List<Part> parts = List.of(part(random), part(random).with(large), part(random));
        InputStream comes = inPieces(write(parts, "xYz"), random);
        assertThat(
                MultipartParser.parse(comes, "xYz", FormLimits.DEFAULT, true, new CollectedParts()))
            .isEqualTo(new MultipartParser.Parsed(parts));
        assertThat(comes.read()).isNegative();
      }
    }

    /** What is read at once may end anywhere in a head. */
    @Test
    void areReadToTheirEndWhereverTheirPartsBegin() throws IOException {
      Random random = new Random(9);
      for (int length = 16_000; length < 16_500; length++) {
        List<Part> parts = List.of(part(random).with(new byte[length]), part(random));
        InputStream comes = new ByteArrayInputStream(write(parts, "xYz"));
        assertThat(
                MultipartParser.parse(comes, "xYz", FormLimits.DEFAULT, true, new CollectedParts()))
            .isEqualTo(new MultipartParser.Parsed(parts));
      }
    }

    /** {@return octets of which a read gives a few, as of a slow connection, or many} */
    private static InputStream inPieces(byte[] body, Random random) {
      int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 20_000);
      return new ByteArrayInputStream(body) {
        @Override
        public synchronized int read(byte[] taker, int from, int length) {
          return super.read(taker, from, Math.min(length, 1 + random.nextInt(most)));
        }
      };
    }

    private static byte[] body(Random random) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      if (random.nextInt(3) > 0) {
        body.writeBytes("--b\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = random.nextInt(12); i > 0; i--) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        body.writeBytes(piece.getBytes(StandardCharsets.ISO_8859_1));
      }
      if (random.nextInt(3) > 0) {
        body.writeBytes("\r\n--b--".getBytes(StandardCharsets.US_ASCII));
      }
      return body.toByteArray();
    }

    @Test
    void takeTimeInProportionToTheirLength() {
      String boundary = "-".repeat(70);
      byte[] body = new byte[16 << 20];
      byte[] pattern = ("\r\n--" + "-".repeat(69)).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < body.length; i++) {
        body[i] = pattern[i % pattern.length];
      }
      // Quadratic time would be hours, not seconds.
      Duration effort =
          Effort.of(() ->
              assertThat(MultipartParser.parse(body, boundary, FormLimits.DEFAULT, true))
                  .isInstanceOf(MultipartParser.Malformed.class));
      assertThat(effort).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void comeBackAsTheyWereWritten() {
      Random random = new Random(7);
      for (int round = 0; round < 2_000; round++) {
        List<Part> parts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          parts.add(part(random));
        }
        assertThat(MultipartParser.parse(write(parts, "xYz"), "xYz", FormLimits.DEFAULT, true))
            .isEqualTo(new MultipartParser.Parsed(parts));
      }
    }

    private static Part part(Random random) {
      byte[] content = new byte[random.nextInt(40)];
      random.nextBytes(content);
      for (int i = 0; i < content.length; i++) {
        content[i] = random.nextInt(4) == 0 ? (byte) "\r\n-x".charAt(i % 4) : content[i];
      }
      String name = "n" + random.nextInt(3) + (random.nextBoolean() ? "日é\"\\;=" : "");
      Optional<String> fileName =
          random.nextBoolean() ? Optional.of("C:\\a\\" + name) : Optional.empty();
      String disposition =
          "form-data; name="
              + quoted(name)
              + fileName.map(file -> "; filename=" + quoted(file)).orElse("");
      String octets =
          new String(disposition.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      Headers headers = Headers.of("Content-Disposition", octets, "Content-Type", "image/png");
      return new Part(name, fileName, headers, content);
    }

    private static String quoted(String text) {
      return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static byte[] write(List<Part> parts, String boundary) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (Part part : parts) {
        body.writeBytes(("--" + boundary + "\r\n").getBytes(StandardCharsets.US_ASCII));
        part.headers()
            .forEach((name, value) ->
                body.writeBytes(
                    (name + ": " + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(part.content());
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
      return body.toByteArray();
    }
  }
}
