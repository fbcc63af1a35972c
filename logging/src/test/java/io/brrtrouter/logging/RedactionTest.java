package io.brrtrouter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.log.SensitiveNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken out of text, and what is left. */
class RedactionTest {
  private static final String SECRET = "Zq8xW3vKp0LmT7";
  private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.Zq8xW3vKp0LmT7";
  private static final List<String> NAMES =
      List.of(
          "authorization",
          "Authorization",
          "X-API-Key",
          "x_api_key",
          "password",
          "db.password",
          "client_secret",
          "clientSecret",
          "access_token",
          "Set-Cookie",
          "cookie",
          "api key");

  private final Redaction redaction = new Redaction(SensitiveNames.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password=abc                                 | password=***
          password=abc, user=x                         | password=***, user=x
          {password=abc, user=x}                       | {password=***, user=x}
          Login[user=x, password=abc]                  | Login[user=x, password=***]
          {"password":"a\\"b","user":"x"}              | {"password":***,"user":"x"}
          {"password": 1234, "user": "x"}              | {"password": ***, "user": "x"}
          {"passwords":["a]b","c"],"n":1}              | {"passwords":***,"n":1}
          {\\"password\\":\\"abc\\",\\"n\\":1}         | {\\"password\\":***,\\"n\\":1}
          x-api-key: abc                               | x-api-key: ***
          API key: abc                                 | API key: ***
          Cookie: a=1; b=2                             | Cookie: ***
          Authorization: Digest a b c                  | Authorization: ***
          token -> abc then                            | token -> *** then
          token => abc then                            | token => *** then
          headers["authorization"] = "abc" ok          | headers["authorization"] = *** ok
          <password>abc</password>                     | <password>***</password>
          a=1&client_secret=abc&b=2                    | a=1&client_secret=***&b=2
          client_secret=a&b                            | client_secret=***
          next=%3Faccess_token%3Dabc ok                | next=%3Faccess_token%3D*** ok
          sent Bearer abc.def ok                       | sent Bearer *** ok
          sent basic YTpi                              | sent basic ***
          https://user:pw@host/a                       | https://***@host/a
          redis://:p/w@host:1                          | redis://***@host:1
          https://host:80/a@b                          | https://host:80/a@b
          https://host/a?m=a@b.c                       | https://host/a?m=a@b.c
          [::1] http://[::1]:80/a                      | [::1] http://[::1]:80/a
          io.brrtrouter:brrtrouter-logging at 12:30:45 | io.brrtrouter:brrtrouter-logging at 12:30:45
          the token has expired                        | the token has expired
          petstore.yaml:41:9: error                    | petstore.yaml:41:9: error
          """)
  void secrets_are_found_by_their_names_and_forms(String text, String plain) {
    assertThat(redaction.redact(text)).isEqualTo(plain);
  }

  @Test
  void tokens_and_keys_are_found_wherever_they_are() {
    assertThat(redaction.redact("x" + JWT + ",")).isEqualTo("x***,");
    assertThat(
            redaction.redact(
                "a\n-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nb"))
        .isEqualTo("a\n***\nb");
    assertThat(redaction.redact("-----BEGIN PRIVATE KEY-----\nabc")).isEqualTo("***");
    assertThat(redaction.redact("-----BEGIN CERTIFICATE-----\nabc"))
        .isEqualTo("-----BEGIN CERTIFICATE-----\nabc");
  }

  @Test
  void an_argument_is_taken_out_whole_where_a_name_asks_for_it() {
    assertThat(redaction.arguments("user={} password={} n={}", new Object[] {"u", "a b", 1}))
        .containsExactly("u", Redaction.MASK, 1);
    assertThat(redaction.arguments("{\"secret\": \"{}\"}", new Object[] {"a\" b"}))
        .containsExactly(Redaction.MASK);
  }

  @Test
  void more_names_are_taken_where_they_are_configured() {
    Redaction more = new Redaction(SensitiveNames.DEFAULT.with(List.of("x-tenant", "")));

    assertThat(more.redact("X_Tenant=abc tenant=abc")).isEqualTo("X_Tenant=*** tenant=abc");
  }

  @Test
  void what_is_too_long_is_cut() {
    String text = "a".repeat(Redaction.LONGEST - 20) + " redis://user:" + SECRET + "@host";

    assertThat(redaction.redact(text)).doesNotContain(SECRET.substring(0, 4)).contains("more char");
  }

  /** Whatever is around it, and however often. */
  @Test
  void no_secret_passes_wherever_it_is_placed() {
    Random random = new Random(20261128);
    for (int i = 0; i < 20_000; i++) {
      String text = noise(random) + bearing(random) + noise(random);
      assertThat(redaction.redact(text)).as("of %s", text).doesNotContain(SECRET);
    }
  }

  private static String bearing(Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return switch (random.nextInt(11)) {
      case 0 -> name + "=" + SECRET;
      case 1 -> name + ": " + SECRET;
      case 2 -> "\"" + name + "\":\"" + SECRET + "\"";
      case 3 -> "\\\"" + name + "\\\" : \\\"" + SECRET + "\\\"";
      case 4 -> " " + name + " = '" + SECRET + "'";
      case 5 -> name + "=[" + SECRET + ", x]";
      case 6 -> " Bearer " + SECRET;
      case 7 -> " Basic\t" + SECRET;
      case 8 -> JWT;
      case 9 -> "https://u:" + SECRET + "@h";
      default -> "-----BEGIN EC PRIVATE KEY-----" + SECRET;
    };
  }

  private static String noise(Random random) {
    List<String> parts =
        List.of(
            " ", "\n", ",", ";", "a", "=", ":", "\"", "{", "}", "[", "]", "&", "<", ">", "eyJ", "-",
            "://", "user", "%3D", "(", ")", "\u2028", "token", "\\", "'", "Basic ", "@", "/");
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      noise.append(parts.get(random.nextInt(parts.size())));
    }
    // What directly precedes a name would be part of it.
    return noise.append(' ').toString();
  }

  /** Whatever is in it, each character is looked at a bounded number of times. */
  @ParameterizedTest
  @ValueSource(
      strings = {"eyJ", "a:", "password ", "://", "&a", "[", "\"", "=\"", "-----BEGIN ", "Basic "})
  void hostile_text_costs_what_it_is_long(String part) {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      results.add(redaction.redact(part.repeat(Redaction.LONGEST / part.length())));
    }

    assertThat(results).hasSize(20);
  }
}
