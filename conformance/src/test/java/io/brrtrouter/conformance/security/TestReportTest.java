package io.brrtrouter.conformance.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestReportTest {
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
    assertThat(report.secrets()).isEqualTo(secret ? List.of("report: " + line) : List.of());
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
    assertThat(reports.stream().flatMap(report -> report.secrets().stream()))
        .extracting(line -> line.replaceAll(".*ann-key-([0-9]{10}).*", "$1"))
        .containsExactly("0000000006", "0000000008", "0000000003", "0000000004");
  }

  private void report(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
