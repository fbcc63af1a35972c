package io.brrtrouter.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is sent for a cookie, or why it cannot be set (RFC 6265bis section 4.1). {@code x*9} in a
 * row is 9 times the letter x.
 */
class SetCookieTest {
  private static final Pattern TIMES = Pattern.compile("x\\*([0-9]+)");

  @ParameterizedTest(name = "{0}={1} {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # Safe unless told otherwise.
          sid             | x      | | sid=x; Path=/; Secure; HttpOnly; SameSite=Lax
          sid             | ``     | | sid=; Path=/; Secure; HttpOnly; SameSite=Lax
          sid             | !$%&'()*+-./:<=>?@[]^_{}~ | | sid=!$%&'()*+-./:<=>?@[]^_{}~; Path=/; Secure; HttpOnly; SameSite=Lax
          sid             | x      | Path=/app HttpOnly=false SameSite=STRICT | sid=x; Path=/app; Secure; SameSite=Strict
          sid             | x      | Secure=false | sid=x; Path=/; HttpOnly; SameSite=Lax
          sid             | x      | Domain=a-1.example.org Max-Age=90.5 | sid=x; Path=/; Domain=a-1.example.org; Max-Age=90; Secure; HttpOnly; SameSite=Lax
          sid             | x      | Max-Age=34560000 | sid=x; Path=/; Max-Age=34560000; Secure; HttpOnly; SameSite=Lax
          sid             | x      | SameSite=NONE Partitioned=true | sid=x; Path=/; Secure; HttpOnly; SameSite=None; Partitioned
          sid             | x      | SameSite=NONE Partitioned=true Expired=true | sid=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=None; Partitioned
          __Host-sid      | x      | | __Host-sid=x; Path=/; Secure; HttpOnly; SameSite=Lax
          __Secure-sid    | x      | Path=/a Domain=example.org | __Secure-sid=x; Path=/a; Domain=example.org; Secure; HttpOnly; SameSite=Lax
          __Host-sid      | x      | HttpOnly=false | __Host-sid=x; Path=/; Secure; SameSite=Lax
          # Names and values that would be read as something else.
          a=b             | x      | | the name of a cookie is a token, not "a=b"
          a b             | x      | | the name of a cookie is a token, not "a b"
          sid             | a;b    | | the value of cookie sid has a character at index 1 that no cookie can have; encode it, as base64url for example
          sid             | a,b    | | the value of cookie sid has a character at index 1 that no cookie can have; encode it, as base64url for example
          sid             | a b    | | the value of cookie sid has a character at index 1 that no cookie can have; encode it, as base64url for example
          sid             | "a"    | | the value of cookie sid has a character at index 0 that no cookie can have; encode it, as base64url for example
          sid             | a\\b   | | the value of cookie sid has a character at index 1 that no cookie can have; encode it, as base64url for example
          sid             | é      | | the value of cookie sid has a character at index 0 that no cookie can have; encode it, as base64url for example
          # More than browsers keep.
          sid             | x*4094 | | cookie sid has 4097 octets of name and value; browsers keep at most 4096
          sid             | x      | Path=/x*1024 | the path of cookie sid has 1025 octets; browsers pass over one of more than 1024
          sid             | x      | Domain=x*1025 | the domain of cookie sid has 1025 octets; browsers pass over one of more than 1024
          sid             | x      | Max-Age=34560001 | cookie sid lives for 34560001 s; browsers keep none for more than 34560000
          sid             | x      | Max-Age=-1 | the age of cookie sid is not negative
          # Attributes that would be passed over.
          sid             | x      | Path=app | the path of cookie sid begins with "/", not "app"
          sid             | x      | Path=/a;Domain | the path of cookie sid has a control character, a semicolon or a character beyond ASCII at index 2
          sid             | x      | Domain=bücher.example | the domain of cookie sid has a control character, a semicolon or a character beyond ASCII at index 1
          sid             | x      | Domain=.example.org | the domain of cookie sid is a host such as example.com, not ".example.org"
          sid             | x      | Domain=example..org | the domain of cookie sid is a host such as example.com, not "example..org"
          sid             | x      | Domain=example.org. | the domain of cookie sid is a host such as example.com, not "example.org."
          sid             | x      | Domain=example.org:80 | the domain of cookie sid is a host such as example.com, not "example.org:80"
          # Promises that do not go together.
          sid             | x      | Secure=false SameSite=NONE | cookie sid with SameSite=None must be Secure
          sid             | x      | Secure=false Partitioned=true | cookie sid with Partitioned must be Secure
          __Secure-sid    | x      | Secure=false | cookie __Secure-sid must be Secure by its name
          __host-sid      | x      | Secure=false | cookie __host-sid must be Secure by its name
          __Http-sid      | x      | Secure=false | cookie __Http-sid must be Secure by its name
          __Host-sid      | x      | Path=/a | cookie __Host-sid must have the path "/" and no domain by its name
          __HOST-sid      | x      | Domain=example.org | cookie __HOST-sid must have the path "/" and no domain by its name
          __Http-sid      | x      | HttpOnly=false | cookie __Http-sid must be HttpOnly by its name
          __Host-Http-sid | x      | HttpOnly=false | cookie __Host-Http-sid must be HttpOnly by its name
          """)
  void is_sent_or_refused(String name, String value, String changes, String expected) {
    assertThat(sent(name, repeated(value), changes == null ? "" : repeated(changes)))
        .isEqualTo(expected);
  }

  private static String repeated(String text) {
    return TIMES
        .matcher(text)
        .replaceAll((MatchResult times) -> "x".repeat(Integer.parseInt(times.group(1))));
  }

  private static String sent(String name, String value, String changes) {
    try {
      SetCookie cookie = SetCookie.of(name, value);
      for (String change : changes.isEmpty() ? new String[0] : changes.split(" ")) {
        int equals = change.indexOf('=');
        cookie = changed(cookie, change.substring(0, equals), change.substring(equals + 1));
      }
      return cookie.render();
    } catch (IllegalArgumentException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static SetCookie changed(SetCookie cookie, String attribute, String value) {
    return switch (attribute) {
      case "Path" -> cookie.withPath(value);
      case "Domain" -> cookie.withDomain(value);
      case "Max-Age" ->
          cookie.withMaxAge(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1_000)));
      case "Secure" -> cookie.withSecure(Boolean.parseBoolean(value));
      case "HttpOnly" -> cookie.withHttpOnly(Boolean.parseBoolean(value));
      case "SameSite" -> cookie.withSameSite(SetCookie.SameSite.valueOf(value));
      case "Partitioned" -> cookie.withPartitioned(Boolean.parseBoolean(value));
      case "Expired" -> cookie.expired();
      default -> throw new AssertionError(attribute);
    };
  }
}
