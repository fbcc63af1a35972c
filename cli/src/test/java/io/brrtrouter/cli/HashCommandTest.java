package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Pbkdf2Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class HashCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private HashCommand.@Nullable Terminal terminal;

  private int hash(String input, String... arguments) {
    return hash(input.getBytes(StandardCharsets.UTF_8), arguments);
  }

  private int hash(byte[] input, String... arguments) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console = new Console(stream, stream, Map.of(), false);
    HashCommand command =
        new HashCommand(console, new ByteArrayInputStream(input), Optional.ofNullable(terminal));
    return new CommandLine(command)
        .setExecutionExceptionHandler((failure, _, _) -> {
          stream.println(((Failure) failure).sentence());
          return ((Failure) failure).status();
        })
        .execute(arguments);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void of_a_key_is_its_sha_256() {
    assertThat(hash("0123456789abcdef\n")).isZero();
    assertThat(said())
        .isEqualTo("sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f\n");
  }

  @Test
  void of_a_short_key_is_refused() {
    assertThat(hash("0123456789\n")).isEqualTo(1);
    assertThat(said())
        .isEqualTo(
            "a key has at least 16 characters, or it can be guessed; --generate makes one\n");
  }

  @Test
  void of_a_new_key_comes_with_the_key() {
    assertThat(hash("", "--generate")).isZero();
    String[] lines = said().split("\n");
    assertThat(lines).hasSize(2);
    assertThat(lines[0]).matches("[A-Za-z0-9_-]{43}");
    out.reset();
    hash(lines[0]);
    assertThat(said()).isEqualTo(lines[1] + "\n");
  }

  @Test
  void of_a_password_stands_for_it_and_its_spaces() throws Exception {
    assertThat(hash(" blue door \n", "--password")).isZero();
    assertThat(said()).startsWith("$pbkdf2-sha256$i=600000$").endsWith("\n");
    Pbkdf2Hash made = Pbkdf2Hash.parse(said().strip());
    assertThat(made.matches(" blue door ")).isTrue();
    assertThat(made.matches("blue door")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1234567  | --password            | 1 | a password has at least 8 characters, or it can be guessed
          12345678 | --password,--generate | 2 | --generate makes a key, and --password takes a password: give one
          """)
  void of_what_it_cannot_be_is_refused(String input, String arguments, int status, String message) {
    assertThat(hash(input, arguments.split(","))).isEqualTo(status);
    assertThat(said()).isEqualTo(message + "\n");
  }

  @ParameterizedTest(name = "U+{1}")
  @CsvSource({
    "0, 0000",
    "1, 0001",
    "7, 0007",
    "8, 0008",
    "9, 0009",
    "11, 000B",
    "12, 000C",
    "27, 001B",
    "31, 001F",
    "127, 007F",
    "128, 0080",
    "133, 0085",
    "159, 009F"
  })
  void of_a_password_with_a_control_character_is_refused(int character, String code) {
    for (int at : new int[] {0, 4, 9}) {
      out.reset();
      StringBuilder password = new StringBuilder("blue door");
      password.insert(at, (char) character);
      assertThat(hash(password + "\n", "--password")).isEqualTo(1);
      assertThat(said())
          .isEqualTo(
              "a password has no control characters, which clients cannot send, and character "
                  + (at + 1)
                  + " of this one is U+"
                  + code
                  + "; take it out\n");
    }
  }

  /** Nobody could ever present what would stand for its octets. */
  @Test
  void of_a_password_that_is_not_UTF_8_is_refused() {
    byte[] latin = "p\u00e4ssw\u00f6rd\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(hash(latin, "--password")).isEqualTo(1);
    assertThat(said()).isEqualTo("the password is not UTF-8, as clients send it; write it so\n");
  }

  @Test
  void of_a_password_may_have_any_letters() throws Exception {
    assertThat(hash("p\u00e4ss w\u00f6rd \ud83d\udd11\n", "--password")).isZero();
    assertThat(Pbkdf2Hash.parse(said().strip()).matches("p\u00e4ss w\u00f6rd \ud83d\udd11"))
        .isTrue();
  }

  /** {@return the questions that were asked} */
  private List<String> typing(String... answers) {
    Queue<String> left = new ArrayDeque<>(List.of(answers));
    List<String> asked = new ArrayList<>();
    terminal =
        question -> {
          asked.add(question);
          String answer = left.poll();
          return answer == null ? null : answer.toCharArray();
        };
    return asked;
  }

  @Test
  void on_a_terminal_a_password_is_asked_for_twice_and_nothing_else_is_read() throws Exception {
    List<String> asked = typing("blue door", "blue door");
    assertThat(hash("something else", "--password")).isZero();
    assertThat(asked).containsExactly("The password, which is not shown: ", "Once more: ");
    assertThat(Pbkdf2Hash.parse(said().strip()).matches("blue door")).isTrue();
    out.reset();

    typing("blue door", "blue doors");
    assertThat(hash("", "--password")).isEqualTo(1);
    assertThat(said()).isEqualTo("the two are not the same; try again\n");
    out.reset();

    typing();
    assertThat(hash("", "--password")).isEqualTo(1);
    assertThat(said()).startsWith("a password has at least 8 characters");
  }

  @Test
  void on_a_terminal_a_key_is_asked_for() {
    List<String> asked = typing(" 0123456789abcdef ");
    assertThat(hash("")).isZero();
    assertThat(asked).containsExactly("The key, which is not shown: ");
    assertThat(said())
        .isEqualTo("sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          development-only           | the key is the one for development, which everybody knows; --generate makes another
          development-only.no-scopes | the key is the one for development, which everybody knows; --generate makes another
          changeme-changeme          | the key repeats a few characters, which can be guessed; --generate makes another
          aaaaaaaaaaaaaaaa           | the key repeats a few characters, which can be guessed; --generate makes another
          password12345678           | the key is made of words that stand for a key, which can be guessed; --generate makes another
          your-secret-api-key        | the key is made of words that stand for a key, which can be guessed; --generate makes another
          sha256:9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f | that is a hash already, and stands in a configuration as it is; give the key itself to have another made
          $2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK | that is a hash already, and stands in a configuration as it is; give the key itself to have another made
          """)
  void of_a_key_that_is_none_is_refused(String input, String message) {
    assertThat(hash(input + "\n")).isEqualTo(1);
    assertThat(said()).isEqualTo(message + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          changeme                   | the password is made of words that stand for a key, which can be guessed; think of another
          aaaaaaaa                   | the password repeats a few characters, which can be guessed; think of another
          abcdabcdab                 | the password repeats a few characters, which can be guessed; think of another
          pass word                  | the password is made of words that stand for a key, which can be guessed; think of another
          password123                | the password is made of words that stand for a key, which can be guessed; think of another
          development-only           | the password is the one for development, which everybody knows; think of another
          development-only.no-scopes | the password is the one for development, which everybody knows; think of another
          $2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK | that is a hash already, and stands in a configuration as it is; give the password itself to have another made
          $argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b7dWg | that is a hash already, and stands in a configuration as it is; give the password itself to have another made
          """)
  void of_a_password_that_is_none_is_refused(String input, String message) {
    assertThat(hash(input + "\n", "--password")).isEqualTo(1);
    assertThat(said()).isEqualTo(message + "\n");
  }

  @Test
  void of_what_was_made_is_refused() {
    assertThat(hash("blue door\n", "--password")).isZero();
    String made = said();
    out.reset();
    assertThat(hash(made, "--password")).isEqualTo(1);
    assertThat(said()).startsWith("that is a hash already");
  }
}
