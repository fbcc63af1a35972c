package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesTest {
  private static final Candidates KINDS =
      Candidates.of(
          "kind", List.of("cat", "lion"), List.of("dog"), List.of(), List.of("cat", "fish"));

  private static String of(Candidates table, int alternatives, String json) {
    StringBuilder found = new StringBuilder();
    JsonDecoder<String> decoder =
        in -> {
          long[] candidates = in.candidates(table);
          int before = in.position();
          IntStream.range(0, alternatives)
              .filter(i -> Candidates.has(candidates, i))
              .forEach(i -> found.append(i).append(' '));
          in.skip();
          return "consumed from " + before;
        };
    Json.decode(decoder, json.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT, Checks.ALL);
    return found.toString().strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"kind\": \"cat\"}                         | 0 2 3",
        "{\"kind\": \"dog\"}                         | 1 2",
        "  {\"a\": {\"kind\": \"dog\"}, \"kind\": \"fish\"} | 2 3",
        "{\"kin\\u0064\": \"li\\u006fn\"}            | 0 2",
        "{\"kind\": \"bird\"}                        | 2",
        "{\"kind\": 7}                               | 2",
        "{\"kind\": null}                            | 2",
        "{\"kind\": {\"kind\": \"cat\"}}             | 2",
        "{\"other\": \"cat\"}                        | 0 1 2 3",
        "{}                                          | 0 1 2 3",
        "[\"kind\"]                                  | 0 1 2 3",
        "\"kind\"                                    | 0 1 2 3",
        "7                                           | 0 1 2 3",
        "{\"kind\": \"ca                             | 2",
        "{\"kind\"                                   | 2",
        "{                                           | 0 1 2 3"
      })
  void looks_at_one_property(String json, String expected) {
    assertThat(of(KINDS, 4, json)).isEqualTo(expected);
  }

  @Test
  @SuppressWarnings("unchecked")
  void takes_more_alternatives_than_a_word_has_bits() {
    List<String>[] alternatives =
        IntStream.range(0, 200).mapToObj(i -> List.of("t" + i)).toArray(List[]::new);

    assertThat(of(Candidates.of("type", alternatives), 200, "{\"type\": \"t130\"}"))
        .isEqualTo("130");
  }
}
