package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long keys that nobody drew at random. */
class GuessableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaaaaaa",
        "0000000000000000",
        "----------------",
        "abababababababab",
        "1234512345123451",
        "1234567812345678",
        "changeme-changeme",
        "changemechangemec",
        "Secret!Secret!Secret",
        "passwordpassword",
        "pass_word_pass_word",
        "TESTtestTESTtest",
        "0123456789abcdef0123456789abcdef",
        "the-key-of-the-press-the-key-of-the-press"
      })
  void that_repeat_a_few_characters(String key) {
    assertThat(Guessable.why(key)).isEqualTo("repeats a few characters, which can be guessed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "your-api-key-here",
        "my-secret-password",
        "change-me-please-1",
        "test-secret-key-123",
        "<insert-your-token-here>",
        "REPLACE_THIS_WITH_YOUR_KEY",
        "this-with-my-secret-key",
        "default admin password",
        "a-string-secret-at-least-256-bits-long",
        "changeme12345678",
        "password12345678",
        "1234-password-5678-9"
      })
  void that_are_made_of_placeholders(String key) {
    assertThat(Guessable.why(key))
        .isEqualTo("is made of words that stand for a key, which can be guessed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcdef",
        "my-secret-8361b0c1f0",
        "test_sk_4eC39HqLyjWD",
        "the-key-of-the-press-in-halifax",
        "ключ-от-склада-в-галифаксе"
      })
  void and_not_those_of_somebodys_own(String key) {
    assertThat(Guessable.why(key)).isNull();
  }

  @Test
  void nor_random_ones() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[16];
      random.nextBytes(octets);
      assertThat(Guessable.why(Base64.getUrlEncoder().encodeToString(octets))).isNull();
      assertThat(Guessable.why("%016x".formatted(random.nextLong()))).isNull();
      assertThat(Guessable.why("%016d".formatted(new BigInteger(53, random)))).isNull();
      assertThat(
              Guessable.why(
                  random
                      .ints(16, '!', '~' + 1)
                      .mapToObj(Character::toString)
                      .collect(Collectors.joining())))
          .isNull();
    }
  }
}
