package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TestReportTest {
  private static final String REGISTERED = "pa/ss+wo=rd-Xq3";
  private static final String SIGNED = "e30.e30.MEUCIQDx7mfvPq9sYw2tLr4nKb6jHg8cZa0e";

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-Key: ann-key-0123456789 is not known             | true
          right-key-8361b0c1f0                               | true
          connecting to redis://:redis-password-of-a-test@h  | true
          client-secret-of-a-test                            | true
          eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmE   | true
          Authorization: Basic YW5uYTpwYXNzd29yZA==          | true
          authorization: bearer opaque.token~of-someone      | true
          Set-Cookie: session=0123456789abcdef; Secure       | true
          pbkdf2-sha256$i=600000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMLR4elr9 | true
          $2b$10$abcdefghijklmnopqrstuuRNjabcdefghijklmnopqrstuuRNj12345678 | true
          -----BEGIN PRIVATE KEY-----                        | true
          Authorization: Bearer ***                          | false
          WWW-Authenticate: Bearer realm="pets"              | false
          Cookie: session=***                                | false
          a key of ann is known                              | false
          rotate-key-of-the-shop                             | false
          -----BEGIN CERTIFICATE-----                        | false
          """)
  void knows_secrets(String line, boolean secret) {
    TestReport report = new TestReport(Path.of("report"), List.of(line));
    assertThat(report.secrets(KnownSecrets.NONE))
        .isEqualTo(secret ? List.of("report: " + line) : List.of());
  }

  @Test
  void has_what_was_said_and_not_why_a_test_failed() throws IOException {
    report(
        "server/target/surefire-reports/TEST-a.xml",
        """
        <testcase name="ann-key-0000000001">
          <failure>expected ann-key-0000000002</failure>
          <system-out><![CDATA[first
        ann-key-0000000003]]></system-out>
          <system-err>ann-key-0000000004</system-err>
        </testcase>
        <testcase name="ann-key-0000000005"/>
        """);
    report("examples/shop/target/surefire-reports/b-output.txt", "ann-key-0000000006");
    report("security/target/said.log", "DEBUG Keys -- ann-key-0000000008");
    report("server/target/other/TEST-c.xml", "<system-out>ann-key-0000000007</system-out>");

    List<TestReport> reports = TestReport.below(root);

    assertThat(reports)
        .extracting(report -> report.module(root))
        .containsExactly("examples/shop", "security", "server");
    assertThat(reports.stream().flatMap(report -> report.secrets(KnownSecrets.NONE).stream()))
        .extracting(line -> line.replaceAll(".*ann-key-([0-9]{10}).*", "$1"))
        .containsExactly("0000000006", "0000000008", "0000000003", "0000000004");
  }

  /** One secret that a suite registered, one constant, and a token, each told in every spelling. */
  static List<String> leaks() {
    return List.of(
        REGISTERED,
        "user:" + REGISTERED,
        base64(REGISTERED),
        base64("user:" + REGISTERED),
        base64("a:" + REGISTERED + ":b"),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes("??" + REGISTERED)),
        Base64.getMimeEncoder(60, bytes(" ")).encodeToString(bytes(REGISTERED)),
        HexFormat.of().formatHex(bytes(REGISTERED)),
        "0" + HexFormat.of().withUpperCase().formatHex(bytes(REGISTERED)),
        HexFormat.of().withPrefix("%").formatHex(bytes(REGISTERED)),
        REGISTERED.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"),
        "a-constant-of-a-suite",
        base64("a-constant-of-a-suite"),
        SIGNED,
        SIGNED.substring(SIGNED.lastIndexOf('.') + 1),
        "..." + SIGNED.substring(SIGNED.length() - KnownSecrets.PART),
        SIGNED.substring(SIGNED.length() - 20, SIGNED.length() - 8),
        HexFormat.of().formatHex(bytes(SIGNED.substring(SIGNED.length() - 20))),
        base64("ann-key-0123456789"),
        HexFormat.of().formatHex(bytes("a client-secret-of-a-test")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  @ParameterizedTest
  @MethodSource("leaks")
  void a_secret_that_is_planted_is_found_in_every_spelling(String leak) throws IOException {
    report("server/target/secrets.txt", REGISTERED + "\n" + SIGNED + "\n");
    report(
        "security/src/test/java/ATest.java",
        "class ATest { static final String A_PASSWORD = \"a-constant-of-a-suite\"; }");
    report(
        "security/target/said.log", "DEBUG Keys -- nothing\nDEBUG Keys -- <" + leak + "> told\n");

    KnownSecrets known = KnownSecrets.below(root);

    assertThat(TestReport.below(root).stream().flatMap(each -> each.secrets(known).stream()))
        .singleElement()
        .asString()
        .endsWith("DEBUG Keys -- <" + leak + "> told");
  }

  @Test
  void what_everybody_may_see_of_a_token_is_no_leak() throws IOException {
    report("server/target/secrets.txt", SIGNED + "\ne30.e30.AAAAAAAAAAAAAAAAAAAA\nshort\n");

    KnownSecrets known = KnownSecrets.below(root);

    assertThat(known.areIn(SIGNED.substring(0, SIGNED.lastIndexOf('.')))).isFalse();
    assertThat(known.areIn(SIGNED.substring(SIGNED.length() - KnownSecrets.PART + 1))).isFalse();
    assertThat(known.areIn("AAAAAAAAAAAAAAAAAAAA short")).isFalse();
  }

  private void report(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
