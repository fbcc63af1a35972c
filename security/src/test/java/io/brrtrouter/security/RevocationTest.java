package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.builder;
import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.onLoop;
import static io.brrtrouter.security.Tokens.verify;
import static io.brrtrouter.security.Tokens.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.auth.Verification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone, because it reads logs. */
@Isolated
class RevocationTest {
  private static final Verification REVOKED = Verification.refused("the token is revoked");
  private final String token = TestKey.P256.token("ES256", claims("\"jti\":\"t1\""));
  private final Revoked revoked = new Revoked(false);

  private static final class Revoked implements TokenCheck {
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final boolean blocks;

    Revoked(boolean blocks) {
      this.blocks = blocks;
    }

    @Override
    public Answer check(Map<String, Object> claims) {
      String id = (String) claims.get("jti");
      if (id.equals("lost")) {
        throw new IllegalStateException("no list");
      }
      return id.equals("away") ? Answer.UNKNOWN : ids.contains(id) ? Answer.REVOKED : Answer.GOOD;
    }

    @Override
    public boolean mayBlock() {
      return blocks;
    }
  }

  private static JwtProvider provider(TokenCheck check) {
    return withKeys(builder(new TestClock()).revocation(check), TestKey.P256.namedJwk());
  }

  @Test
  void a_token_that_is_revoked_after_it_was_verified_is_refused_at_once() {
    JwtProvider provider = provider(revoked);
    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    assertThat(onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);

    revoked.ids.add("t1");
    assertThat(onLoop(provider, token)).isEqualTo(REVOKED);
    assertThat(verify(provider, token)).isEqualTo(REVOKED);
    revoked.ids.clear();
    assertThat(onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void who_may_block_is_not_asked_on_an_event_loop() {
    Revoked slow = new Revoked(true);
    JwtProvider provider = provider(slow);

    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    assertThat(onLoop(provider, token)).isInstanceOf(Verification.NeedsThread.class);
    slow.ids.add("t1");
    assertThat(verify(provider, token)).isEqualTo(REVOKED);
  }

  @Test
  void a_check_may_block_unless_it_says_that_it_does_not() {
    TokenCheck good = claims -> TokenCheck.Answer.GOOD;

    assertThat(good.mayBlock()).isTrue();
  }

  @Test
  void who_cannot_tell_at_present_lets_nobody_in() {
    String away = TestKey.P256.token("ES256", claims("\"jti\":\"away\""));

    assertThat(verify(provider(revoked), away))
        .isEqualTo(
            new Verification.Unavailable(
                "nobody can tell at present whether the token is revoked"));
  }

  @Test
  void who_fails_lets_nobody_in() {
    String lost = TestKey.P256.token("ES256", claims("\"jti\":\"lost\""));
    JwtProvider provider = provider(revoked);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> provider.verify(new Credential.Bearer(lost), Tokens.REQUEST))
          .isInstanceOf(IllegalStateException.class);
      assertThat(onLoop(provider, lost)).isInstanceOf(Verification.NeedsThread.class);
    }
  }

  @Test
  void a_bad_token_is_not_asked_about() {
    JwtProvider provider =
        provider(claims -> {
          throw new AssertionError("asked");
        });

    assertThat(verify(provider, TestKey.P256.token("ES256", "{}")))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void tokens_and_subjects_of_a_file_are_refused_as_soon_as_it_names_them(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "# nobody yet\n");
    String anonymous = TestKey.P256.token("ES256", claims());
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
    assertThat(verify(provider, anonymous)).isInstanceOf(Verification.Accepted.class);

    Files.writeString(file, " t1 \nt2\nsub:ben\n");
    assertThat(onLoop(provider, token)).isInstanceOf(Verification.Accepted.class);
    provider.reload();
    assertThat(onLoop(provider, token)).isEqualTo(REVOKED);
    assertThat(verify(provider, token)).isEqualTo(REVOKED);
    assertThat(onLoop(provider, anonymous)).isInstanceOf(Verification.Accepted.class);

    Files.writeString(file, "sub:anna");
    provider.reload();
    assertThat(onLoop(provider, anonymous)).isEqualTo(REVOKED);

    Files.delete(file);
    provider.reload();
    assertThat(verify(provider, token)).as("what was known stays so").isEqualTo(REVOKED);
  }

  /** Who reads the log knows the subject by the claim that is configured for it. */
  @Test
  void a_subject_is_that_of_the_principal_or_of_the_claim_sub(@TempDir Path directory)
      throws Exception {
    String uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    String ofAnna =
        TestKey.P256.token(
            "ES256",
            claims("\"login\":\"Anna Smith\"")
                .replace("\"sub\":\"anna\"", "\"sub\":\"" + uuid + "\""));
    Path file = Files.writeString(directory.resolve("revoked"), "sub:Anna\n");
    JwtProvider provider =
        withKeys(
            builder(new TestClock()).subjectClaim("login").revokedFile(file),
            TestKey.P256.namedJwk());
    assertThat(verify(provider, ofAnna)).isInstanceOf(Verification.Accepted.class);

    for (String line : List.of("sub:Anna Smith", "sub: Anna Smith ", "sub:" + uuid)) {
      Files.writeString(file, line);
      provider.reload();
      assertThat(verify(provider, ofAnna)).as(line).isEqualTo(REVOKED);
      Files.writeString(file, "# nobody");
      provider.reload();
      assertThat(verify(provider, ofAnna)).isInstanceOf(Verification.Accepted.class);
    }
  }

  @Test
  void an_identifier_with_a_colon_says_that_it_is_one(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "jti:onrtac:7\njti: t1\n");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());

    assertThat(verify(provider, token)).isEqualTo(REVOKED);
    assertThat(verify(provider, TestKey.P256.token("ES256", claims("\"jti\":\"onrtac:7\""))))
        .isEqualTo(REVOKED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sub:anna", "user:anna", "sub :anna", "onrtac:7", "urn:uuid:f81d4fae"})
  void what_has_something_else_before_a_colon_is_refused(String line, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "# by hand\nt2\n" + line);
    String wrong =
        " has a colon and begins with neither \"sub:\" nor \"jti:\"; write \"sub:\" before a"
            + " subject, and \"jti:\" before the jti of a token that has a colon itself";

    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(file + ": line 3" + wrong);

    Files.writeString(file, "t1");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    Files.writeString(file, line);
    provider.reload();
    assertThat(verify(provider, token)).as("what was known stays so").isEqualTo(REVOKED);
  }

  /** As editors of Windows write it. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\uFEFFt1\r\nt2\r\n", "\uFEFF# by hand\nt1", "\uFEFF sub:anna", "\uFEFF\nt1"})
  void a_byte_order_mark_at_the_start_does_not_count(String text, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), text);
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());

    assertThat(verify(provider, token)).isEqualTo(REVOKED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "t1 # stolen|REMARK",
        "t1\t# stolen|REMARK",
        "jti:t1 # stolen|REMARK",
        "sub:anna # has left|REMARK",
        "t1 // stolen|SPACE",
        "t1 stolen|SPACE",
        "t1, t2|SPACE",
        "\uFEFFt1|MARK",
        "t1\uFEFF|MARK",
        "sub:\uFEFFanna|MARK",
        "\uFEFF# remark|MARK",
      })
  void what_would_spoil_an_identifier_is_refused(
      String line, String reason, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t0\n" + line + "\n");
    String wrong =
        switch (reason) {
          case "REMARK" -> " has a remark behind it; put that on a line of its own";
          case "SPACE" ->
              " has white space in it; write one jti in a line, remarks on lines of their own, and"
                  + " \"jti:\" before the jti of a token that has white space itself";
          default -> " has a byte order mark (U+FEFF), which is seen by nobody; take it out";
        };

    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(file + ": line 2" + wrong);

    Files.writeString(file, "t1");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    Files.writeString(file, "t0\n" + line);
    provider.reload();
    assertThat(verify(provider, token)).as("what was known stays so").isEqualTo(REVOKED);
  }

  /** Else a slip of the pen would leave in whoever is revoked from then on. */
  @Test
  void a_line_that_cannot_be_used_keeps_no_other_out_and_takes_nothing_back(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t0\n");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    String before = TestKey.P256.token("ES256", claims("\"jti\":\"t0\""));
    try (Lines log = new Lines(RevokedTokens.class)) {
      Files.writeString(file, "a secret: x\nt1\n");
      for (int i = 0; i < 2; i++) {
        provider.reload();
        assertThat(verify(provider, token)).isEqualTo(REVOKED);
        assertThat(verify(provider, before)).isEqualTo(REVOKED);
      }
      Files.writeString(file, "t1\n");
      provider.reload();
      assertThat(verify(provider, token)).isEqualTo(REVOKED);
      assertThat(verify(provider, before)).isInstanceOf(Verification.Accepted.class);

      String exchanged = "INFO Revoked tokens of " + file + " are exchanged.";
      assertThat(log.lines())
          .containsExactly(
              exchanged,
              "WARN "
                  + file
                  + ": line 1 has a colon and begins with neither \"sub:\" nor \"jti:\"; write"
                  + " \"sub:\" before a subject, and \"jti:\" before the jti of a token that has a"
                  + " colon itself; the line revokes nothing, the others count, and so does all that"
                  + " was revoked before",
              exchanged,
              fewer(file, 1, 2));
    }
  }

  /** Else whoever is revoked from then on stays in until somebody finds the octet. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#\nsub:M\u00fcller\nt1\n", // ISO 8859-1
        "#\nt0\u00c3\nt1\n", // Cut off before the end of a character, as it is of a line
        "#\r\n\u00e2\u0082\r\nt1",
        "#\n\u00ed\u00a0\u0080\nt1", // A surrogate
        "#\n\u00c0\u008a\nt1", // An end of line in more octets than it takes
        "\u00ef\u00bb\u00bft1\nt2\u00ff\n",
        "t1\n\u00fe\u00ff",
      })
  void a_line_that_is_not_utf_8_is_told_of_and_the_others_count(
      String octets, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t0\n");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    String before = TestKey.P256.token("ES256", claims("\"jti\":\"t0\""));
    try (Lines log = new Lines(RevokedTokens.class)) {
      Files.write(file, octets.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < 3; i++) {
        provider.reload();
        assertThat(verify(provider, token)).isEqualTo(REVOKED);
        assertThat(verify(provider, before)).as("what was known stays so").isEqualTo(REVOKED);
      }
      assertThat(log.lines())
          .containsExactly(
              "INFO Revoked tokens of " + file + " are exchanged.",
              "WARN "
                  + file
                  + ": line 2 is not UTF-8; write the file in UTF-8; the line revokes nothing, the"
                  + " others count, and so does all that was revoked before");
    }
    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(file + ": line 2 is not UTF-8; write the file in UTF-8");
  }

  @Test
  void the_encoding_of_a_remark_does_not_matter(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("revoked");
    Files.writeString(file, "# von M\u00fcller\nt1\n", StandardCharsets.ISO_8859_1);

    assertThat(
            verify(
                withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk()),
                token))
        .isEqualTo(REVOKED);
  }

  @Test
  void of_many_lines_that_cannot_be_used_a_few_are_told(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t0\n");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    try (Lines log = new Lines(RevokedTokens.class)) {
      Files.writeString(file, "sub:\n".repeat(9) + "t1");
      provider.reload();
      assertThat(verify(provider, token)).isEqualTo(REVOKED);
      assertThat(log.lines())
          .hasSize(7)
          .last()
          .isEqualTo("WARN " + file + ": so it is of 4 lines more");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"t1\0", "\u001bt1", "t\u00071", "jti:t\t1", "sub:anna\u0085b", "jti:\u007f"})
  void a_control_character_refuses_its_line(String line, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t0\n" + line + "\n");

    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(file + ": line 2 has a control character in it; take it out");
  }

  @Test
  void an_identifier_with_white_space_says_that_it_is_one(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "jti:t 1\n");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());

    assertThat(verify(provider, TestKey.P256.token("ES256", claims("\"jti\":\"t 1\""))))
        .isEqualTo(REVOKED);
  }

  /** Whoever writes a file anew empties it first: what was revoked is not good meanwhile. */
  @Test
  void a_file_that_is_emptied_revokes_what_it_did_and_says_so_once(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t1\nsub:ben\n");
    JwtProvider provider =
        withKeys(
            builder(new TestClock()).scheme("door").revokedFile(file), TestKey.P256.namedJwk());
    try (Lines log = new Lines(RevokedTokens.class)) {
      Files.writeString(file, "");
      for (int i = 0; i < 3; i++) {
        provider.reload();
        assertThat(verify(provider, token)).isEqualTo(REVOKED);
      }
      Files.writeString(file, "t1\n");
      provider.reload();
      assertThat(verify(provider, token)).isEqualTo(REVOKED);
      Files.writeString(file, "t2\nt1\n");
      provider.reload();
      assertThat(verify(provider, token)).isEqualTo(REVOKED);
      Files.writeString(file, "# nothing\n");
      provider.reload();
      assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);

      String exchanged =
          "INFO Revoked tokens of " + file + " for security scheme door are exchanged.";
      assertThat(log.lines())
          .containsExactly(
              "WARN Revoked tokens for security scheme door are not exchanged: "
                  + file
                  + ": is empty, as a file is while it is written; a line with # alone says that"
                  + " nothing is revoked; those from before stay in force",
              exchanged,
              fewer(file, 1, 2),
              exchanged,
              exchanged,
              fewer(file, 0, 2));
    }
  }

  private static String fewer(Path file, int now, int before) {
    return "WARN %s names %d of them now, %d before: which it does not name any more are good again"
        .formatted(file, now, before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "\n", " ", "# nothing\n\n", "\uFEFF"})
  void remarks_and_blank_lines_are_an_empty_list(String text, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t1");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    assertThat(verify(provider, token)).isEqualTo(REVOKED);

    Files.writeString(file, text);
    provider.reload();
    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void a_start_takes_an_empty_file_for_an_empty_list(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("revoked"));
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    assertThat(verify(provider, token)).isInstanceOf(Verification.Accepted.class);

    Files.writeString(file, "t1");
    provider.reload();
    assertThat(verify(provider, token)).isEqualTo(REVOKED);
  }

  @Test
  void a_file_that_cannot_be_read_any_more_revokes_what_it_did(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), "t1");
    JwtProvider provider =
        withKeys(builder(new TestClock()).revokedFile(file), TestKey.P256.namedJwk());
    try (Lines log = new Lines(RevokedTokens.class)) {
      Files.delete(file);
      Files.createDirectory(file);
      provider.reload();
      assertThat(verify(provider, token)).isEqualTo(REVOKED);

      assertThat(log.lines())
          .containsExactly(
              "WARN Revoked tokens are not exchanged: "
                  + file
                  + " is a directory, not a file; those from before stay in force");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub:", "jti: "})
  void a_line_that_revokes_nothing_is_refused(String line, @TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("revoked"), line);

    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .hasMessage(
            file + ": line 1 has nothing after \"" + line.strip() + "\", and revokes nothing");
  }

  @Test
  void a_whole_token_is_refused_and_not_shown(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("revoked"), "a\neyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln");

    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(file))
        .hasMessage(file + ": line 2 is a whole token; write the jti that is in it");
  }

  @Test
  void a_file_of_revoked_tokens_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> builder(new TestClock()).revokedFile(Path.of("/nowhere")))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage("there is no file /nowhere");
  }
}
