package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Pbkdf2Hash;
import io.brrtrouter.server.auth.UnusableSecretException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that other programs made: Python's hashlib, and crypt of libxcrypt. */
class PasswordHashTest {
  private static final String LONGEST = "0123456789".repeat(7) + "ab";
  private static final String OF_LONGEST =
      "$2b$10$zyxwvutsrqponmlkjihgfeYVMH34szQC0ROMAmN53gFYlE2wob4kC";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          secret-password, $pbkdf2-sha256$i=100000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU
          secret-password, "$pbkdf2-sha256$i=100000,l=32$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU"
          pässwörd, $pbkdf2-sha256$i=600000$AAECAwQFBgcICQoLDA0ODw$l0uXQwXezpWgtYHXH17vsTUbx2tTgNr9kMaPbDXuxfM
          secret-password, $2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK
          secret-password, $2y$10$ABCDEFGHIJKLMNOPQRSTUueUi4UMj6C.Lk4AlBlkCorzhVXRmDJ86
          pässwörd, $2a$11$0123456789abcdefghijke/ay9tPhppwkNOO0SduMGltexbTgQdrK
          """)
  void stand_for_their_password_and_no_other(String password, String text) throws Exception {
    PasswordHash hash = PasswordHash.parse(text);
    assertThat(hash.matches(password)).isTrue();
    assertThat(hash.matches(password + "x")).isFalse();
    assertThat(hash.matches(password.substring(1))).isFalse();
    assertThat(hash.matches("")).isFalse();
    assertThat(hash).isEqualTo(PasswordHash.parse(text));
    assertThat(hash.toString()).doesNotContain(text.substring(text.length() - 10));
  }

  @Test
  void of_long_passwords_count_to_their_last_octet() throws Exception {
    PasswordHash pbkdf2 =
        PasswordHash.parse(
            "$pbkdf2-sha256$i=100000$ZmVkY2JhOTg3NjU0MzIxMA$K3sLL5gEa3rlqyNKkXlfwFgu5alVhoGjSo/pmBe"
                + "T6Jm95wWvTYNZ4jx1NbtfyP7wabXMOMHNgO9P6+k15gwG6w");
    assertThat(pbkdf2.matches("x".repeat(300))).isTrue();
    assertThat(pbkdf2.matches("x".repeat(299))).isFalse();

    PasswordHash bcrypt = PasswordHash.parse(OF_LONGEST);
    assertThat(bcrypt.matches(LONGEST)).isTrue();
    assertThat(bcrypt.matches(LONGEST + "c")).as("bcrypt would not look at the 73rd").isFalse();
  }

  /** RFC 2104 section 2 fills up a key with octets of zero: HMAC cannot tell them from its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK",
        "$pbkdf2-sha256$i=100000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU"
      })
  void do_not_stand_for_passwords_with_an_octet_of_zero(String text) throws Exception {
    PasswordHash hash = PasswordHash.parse(text);
    assertThat(hash.matches("secret-password\0secret-password")).isFalse();
    assertThat(hash.matches("secret-password\0")).isFalse();
    assertThat(hash.matches("secret-password\0\0\0")).isFalse();
  }

  @Test
  void that_are_made_here_are_read_here() throws Exception {
    String written = Pbkdf2Hash.of("pässword").written();
    assertThat(written).matches("\\$pbkdf2-sha256\\$i=600000\\$[^$=]{22}\\$[^$=]{43}");
    assertThat(Pbkdf2Hash.of("pässword").written()).as("salts").isNotEqualTo(written);
    assertThat(PasswordHash.parse(written).matches("pässword")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secret                                   | it is neither PBKDF2 ($pbkdf2-sha256$...) nor bcrypt ($2b$12$...)
          $argon2id$v=19$m=65536,t=3,p=4$c2Fs$aGFz | it is neither PBKDF2 ($pbkdf2-sha256$...) nor bcrypt ($2b$12$...)
          $pbkdf2-sha256$29000$abc$def             | it is not of the form $pbkdf2-sha256$i=600000$salt$hash in base64
          $pbkdf2-sha256$i=99999$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU | it has 99999 iterations, and 100000 to 10000000 are needed
          $pbkdf2-sha256$i=10000001$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU | it has 10000001 iterations, and 100000 to 10000000 are needed
          $pbkdf2-sha256$i=600000$MQ$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU | its salt has 1 octet, and 16 to 64 are needed
          $pbkdf2-sha256$i=600000$MTIzNDU2Nzg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU | its salt has 8 octets, and 16 to 64 are needed
          $pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGM | its hash has 8 octets, and 32 to 64 are needed
          $pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZ$LR4elr9TeGM | its salt is not base64
          $pbkdf2-sha256$i=600000,l=64$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU | its hash has another length than it says
          $2b$09$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK | it has the cost 9, and 10 to 14 are needed
          $2b$15$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK | it has the cost 15, and 10 to 14 are needed
          $2x$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK | it is not bcrypt of the form $2a$, $2b$ or $2y$ with 60 characters
          $2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpR  | it is not bcrypt of the form $2a$, $2b$ or $2y$ with 60 characters
          """)
  void that_are_weak_or_of_another_form_are_refused(String text, String message) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(message);
  }
}
