package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who is let in, by what their credentials are worth: {@code k} in a header, {@code q} in the
 * query, {@code b} a token, which {@code c} refuses, {@code m} a certificate.
 */
class SecurityCheckTest {
  private static final SourceLocation PLACE = new SourceLocation("api.yaml", 1, 1);

  private static final Map<String, SecurityScheme> SCHEMES =
      Map.of(
          "k", scheme("apiKey", "X-Key", ParameterLocation.HEADER),
          "q", scheme("apiKey", "key", ParameterLocation.QUERY),
          "b", scheme("oauth2", null, null),
          "c", scheme("oauth2", null, null),
          "m", scheme("mutualTLS", null, null));

  private final AtomicInteger asked = new AtomicInteger();
  private boolean lenient;
  private boolean slow;
  private @Nullable StepUp stepUp;

  private static SecurityScheme scheme(String type, String name, ParameterLocation in) {
    return new SecurityScheme(
        PLACE,
        type,
        Optional.empty(),
        Optional.ofNullable(name),
        Optional.ofNullable(in),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        Map.of());
  }

  /** Says what the credential itself says: {@code good}, {@code good.read.write}, {@code bad}. */
  private final class Speaking implements SecurityProvider {
    private final boolean resistsGuessing;

    Speaking(boolean resistsGuessing) {
      this.resistsGuessing = resistsGuessing;
    }

    @Override
    public boolean resistsGuessing() {
      return resistsGuessing;
    }

    @Override
    public Verification verifyOnLoop(Credential credential, HttpRequest request) {
      return slow ? Verification.NEEDS_THREAD : verify(credential, request);
    }

    @Override
    public Verification verify(Credential credential, HttpRequest request) {
      asked.incrementAndGet();
      String text =
          switch (credential) {
            case Credential.ApiKey(String key) -> key;
            case Credential.Bearer(String token) -> token;
            default -> "bad";
          };
      String[] words = text.split("\\.");
      return switch (words[0]) {
        case "good" ->
            new Verification.Accepted(
                "me", Arrays.asList(words).subList(1, words.length), claims(text));
        case "down" -> new Verification.Unavailable("it does not answer");
        case "broken" -> throw new IllegalStateException("broken");
        default -> Verification.refused("it is bad");
      };
    }

    private static Map<String, Object> claims(String text) {
      Map<String, Object> claims = new LinkedHashMap<>();
      if (text.contains("strong")) {
        claims.put("acr", "strong");
      } else if (text.contains("weak")) {
        claims.put("acr", "weak");
      }
      if (text.contains("millis")) {
        claims.put("auth_time", 990_000);
      } else if (text.contains("ahead")) {
        claims.put("auth_time", text.contains("further") ? 1_081 : 1_080);
      } else if (text.contains("recent")) {
        claims.put("auth_time", 990);
      } else if (text.contains("old")) {
        claims.put("auth_time", 900);
      } else if (text.contains("text")) {
        claims.put("auth_time", "990");
      }
      return claims;
    }
  }

  private static Verification no(Credential credential, HttpRequest request) {
    return Verification.refused("it is of another issuer");
  }

  private SecurityCheck check(String requirements, String k, String q, String b) {
    List<SecurityRequirement> alternatives = new ArrayList<>();
    for (String alternative : requirements.split(" or ")) {
      Map<String, List<String>> schemes = new LinkedHashMap<>();
      for (String name : alternative.equals("{}") ? new String[0] : alternative.split("\\+")) {
        String[] parts = name.split(":");
        schemes.put(parts[0], parts.length == 1 ? List.of() : Arrays.asList(parts[1].split("\\.")));
      }
      alternatives.add(new SecurityRequirement(PLACE, schemes));
    }
    SecurityProvider guessable = new Speaking(false);
    SecurityDomain domain =
        new SecurityDomain(
            SCHEMES,
            Map.of(
                "k",
                guessable,
                "q",
                guessable,
                "b",
                new Speaking(true),
                "c",
                SecurityCheckTest::no),
            "R",
            lenient);
    List<String> headers = new ArrayList<>();
    if (!k.equals("-")) {
      headers.addAll(List.of("X-Key", k));
    }
    if (!b.equals("-")) {
      headers.addAll(List.of("Authorization", "Bearer " + b));
    }
    HttpRequest request =
        new HttpRequest(
            Method.GET,
            q.equals("-") ? "/" : "/?key=" + q,
            "HTTP/1.1",
            Headers.of(headers.toArray(String[]::new)),
            Peer.of(new InetSocketAddress(0)));
    return SecurityPlan.compile(alternatives, domain, stepUp, new ArrayList<>()).check(request);
  }

  private static String told(SecurityDecision decision) {
    return switch (decision) {
      case SecurityDecision.Granted(List<Principal> who) when who.isEmpty() -> "anybody";
      case SecurityDecision.Granted(List<Principal> who) ->
          String.join("+", who.stream().map(Principal::scheme).toList());
      case SecurityDecision.Challenged(List<String> challenges, String _) ->
          "401 " + String.join(" & ", challenges).replaceAll(" realm=\"R\"| in=\"\\w+\",?|,", "");
      case SecurityDecision.Denied(List<String> challenges, List<String> missing, String _) ->
          "403 " + String.join(" ", missing) + (challenges.isEmpty() ? "" : " told");
      case SecurityDecision.Unavailable(String scheme) -> "503 " + scheme;
      case SecurityDecision.NeedsThread(Supplier<SecurityDecision> rest, boolean _) ->
          told(rest.get());
    };
  }

  private static final String TABLE =
      """
      # requirements    | header      | query | token       | decision
      k                 | good        | -     | -           | k
      k                 | bad         | -     | -           | 401 ApiKey name="X-Key"
      k                 | -           | -     | -           | 401 ApiKey name="X-Key"
      k                 | down        | -     | -           | 503 k
      k:admin           | good.admin  | -     | -           | k
      k:admin           | good        | -     | -           | 403 admin
      k+q               | good        | good  | -           | k+q
      q+k               | good        | good  | -           | q+k
      k+q               | good        | -     | -           | 401 ApiKey name="X-Key" & ApiKey name="key"
      k+q               | good        | bad   | -           | 401 ApiKey name="X-Key" & ApiKey name="key"
      k+q               | bad         | down  | -           | 401 ApiKey name="X-Key" & ApiKey name="key"
      k+q               | down        | good  | -           | 503 k
      k or q            | good        | -     | -           | k
      k or q            | -           | good  | -           | q
      k or q            | good        | good  | -           | k
      k or q            | bad         | good  | -           | q
      k or q            | down        | good  | -           | q
      k or q            | down        | bad   | -           | 503 k
      k or q            | down        | -     | -           | 503 k
      k:admin or q      | good        | good  | -           | q
      k:admin or q      | good        | bad   | -           | 403 admin told
      k:admin or q or {} | good       | bad   | -           | 401 ApiKey name="X-Key" & ApiKey name="key"
      b:read or c or {} | -           | -     | good        | anybody
      k:admin or q      | good        | -     | -           | 403 admin
      k:admin or q      | good        | down  | -           | 503 q
      k+b or q          | good        | good  | -           | q
      k or {}           | -           | -     | -           | anybody
      {} or k           | good        | -     | -           | k
      k or {}           | bad         | -     | -           | 401 ApiKey name="X-Key"
      k or {}           | down        | -     | -           | 503 k
      k:admin or {}     | good        | -     | -           | anybody
      k+q or {}         | good        | -     | -           | anybody
      k+q or {}         | bad         | -     | -           | 401 ApiKey name="X-Key" & ApiKey name="key"
      k+q or {}         | down        | -     | -           | 503 k
      k or q or {}      | good        | bad   | -           | k
      k or b or {}      | -           | -     | a b         | 401 ApiKey name="X-Key" & Bearer error="invalid_token" error_description="what follows Bearer in the Authorization field is no token which has letters digits and -._~+/ only and = at its end"
      b                 | -           | -     | -           | 401 Bearer
      b:read            | -           | -     | bad         | 401 Bearer scope="read" error="invalid_token" error_description="it is bad"
      b:read            | -           | -     | good        | 403 read told
      b:read            | -           | -     | good.read   | b
      b:read.write      | -           | -     | good.read   | 403 write told
      b:read or b:write | -           | -     | good.write  | b
      b:read or b:write | -           | -     | good        | 403 read write told
      b:read+k          | bad         | -     | good        | 401 Bearer scope="read" & ApiKey name="X-Key"
      b:read+k          | good        | -     | good        | 403 read told
      k or b            | -           | -     | bad         | 401 ApiKey name="X-Key" & Bearer error="invalid_token" error_description="it is bad"
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void is_decided_on_a_loop(String requirements, String k, String q, String b, String decision) {
    assertThat(told(check(requirements, k, q, b).decide())).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void is_decided_alike_on_a_thread(
      String requirements, String k, String q, String b, String decision) {
    slow = true;

    assertThat(told(check(requirements, k, q, b).decide())).isEqualTo(decision);
  }

  /** Whether each step on a thread is one that guesses may trouble; only {@code b} resists. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k             | good | -    | true       | k
          b             | -    | good | false      | b
          b             | -    | bad  | false      | 401 Bearer error="invalid_token" error_description="it is bad"
          b or k        | good | good | false      | b
          b or k        | good | bad  | false true | k
          k or b        | good | good | true       | k
          b+k           | good | good | false true | b+k
          b+k           | good | bad  | false      | 401 Bearer error="invalid_token" error_description="it is bad" & ApiKey name="X-Key"
          b:read or k   | -    | good | false      | 403 read told
          b or {}       | -    | good | false      | b
          b+q or {}     | -    | good | false      | anybody
          b+q or k+q or {} | good | good | false true | anybody
          """)
  void asks_those_that_resist_guessing_until_it_takes_another(
      String requirements, String k, String b, String guessable, String decided) {
    slow = true;
    List<String> steps = new ArrayList<>();
    SecurityDecision decision = check(requirements, k, "-", b).decide();
    while (decision instanceof SecurityDecision.NeedsThread(var rest, boolean mayGuess)) {
      steps.add(String.valueOf(mayGuess));
      decision = rest.get();
    }

    assertThat(String.join(" ", steps)).isEqualTo(guessable);
    assertThat(told(decision)).isEqualTo(decided);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k or {} | bad  | anybody
          k or {} | down | anybody
          k or {} | good | k
          k       | bad  | 401 ApiKey name="X-Key"
          """)
  void ignores_what_is_not_good_where_that_is_configured(
      String requirements, String k, String decision) {
    lenient = true;

    assertThat(told(check(requirements, k, "-", "-").decide())).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "k:a or k:b or k:c, good, -, 1",
    "k+q or q+k, good, bad, 2",
    "k+q, good, -, 0",
    "k+q or {}, good, -, 1",
    "k+q or {}, bad, -, 1"
  })
  void asks_a_provider_once_and_not_before_it_must(
      String requirements, String k, String q, int times) {
    for (boolean thread : new boolean[] {false, true}) {
      slow = thread;
      asked.set(0);
      told(check(requirements, k, q, "-").decide());
      assertThat(asked).hasValue(times);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          good.read.strong.recent  | b
          good.read.strong.old     | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="a more recent authentication is required" acr_values="strong stronger" max_age="60"
          good.read.strong.ahead   | b
          good.read.strong.ahead.further | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="the token has no auth_time in seconds since 1970 that says when its user authenticated; let its issuer put one into access tokens" acr_values="strong stronger" max_age="60"
          good.read.strong.millis  | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="the token has no auth_time in seconds since 1970 that says when its user authenticated; let its issuer put one into access tokens" acr_values="strong stronger" max_age="60"
          good.read.strong.text    | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="the token has no auth_time in seconds since 1970 that says when its user authenticated; let its issuer put one into access tokens" acr_values="strong stronger" max_age="60"
          good.read.strong         | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="the token has no auth_time in seconds since 1970 that says when its user authenticated; let its issuer put one into access tokens" acr_values="strong stronger" max_age="60"
          good.read.weak.recent    | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="a different authentication level is required" acr_values="strong stronger" max_age="60"
          good.read.recent         | 401 Bearer scope="read" error="insufficient_user_authentication" error_description="the token has no acr that says how its user authenticated; let its issuer put one into access tokens" acr_values="strong stronger" max_age="60"
          good.strong.recent       | 403 read told
          """)
  void asks_for_a_stronger_authentication(String token, String decision) {
    stepUp = new StepUp(List.of("strong", "stronger"), 60, () -> Instant.ofEpochSecond(1_050));

    assertThat(told(check("b:read", "-", "-", token).decide())).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k        | -    | -    | -    | the request carries no credential that satisfies the operation's security requirements
          k or b   | bad  | -    | -    | the credential of security scheme k is refused: it is bad
          k+q      | good | -    | -    | the credential of security scheme q is missing: k and q are needed together
          k+q+b    | -    | -    | good | the credentials of security schemes k and q are missing: k and q and b are needed together
          m        | -    | -    | -    | the request carries no credential that satisfies the operation's security requirements: this connection is not encrypted; use https, and present a client certificate in the TLS handshake
          m+k or m | -    | -    | -    | the request carries no credential that satisfies the operation's security requirements: this connection is not encrypted; use https, and present a client certificate in the TLS handshake
          m or k   | -    | -    | -    | the request carries no credential that satisfies the operation's security requirements
          m+k      | good | -    | -    | the credential of security scheme m is missing: m and k are needed together; this connection is not encrypted; use https, and present a client certificate in the TLS handshake
          k+q or b | good | -    | bad  | the credential of security scheme b is refused: it is bad
          k+q      | -    | -    | -    | the request carries no credential that satisfies the operation's security requirements
          """)
  void says_what_is_missing(String requirements, String k, String q, String b, String detail) {
    assertThat(check(requirements, k, q, b).decide())
        .isInstanceOfSatisfying(
            SecurityDecision.Challenged.class, told -> assertThat(told.detail()).isEqualTo(detail));
  }

  /** One line for the detail, one for each challenge, and one for what is missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k:admin               | good   | -    | -       | the credentials are good, but do not grant admin / admin
          k:admin.root          | good   | -    | -       | the credentials are good, but do not grant admin and root / admin root
          k:admin or b          | good   | -    | bad     | the credential of security scheme k is good, but does not grant admin; the credential of security scheme b is refused: it is bad / Bearer realm="R", error="invalid_token", error_description="it is bad" / admin
          k:admin or b          | good   | -    | a b     | the credential of security scheme k is good, but does not grant admin; what follows Bearer in the Authorization field is no token, which has letters, digits and -._~+/ only, and = at its end / Bearer realm="R", error="invalid_token", error_description="what follows Bearer in the Authorization field is no token, which has letters, digits and -._~+/ only, and = at its end" / admin
          b:a or q              | -      | bad  | good    | the credential of security scheme b is good, but does not grant a; the credential of security scheme q is refused: it is bad / Bearer realm="R", scope="a", error="insufficient_scope" / ApiKey realm="R", in="query", name="key" / a
          k:a or b:b            | good   | -    | good    | the credentials are good, but do not grant enough: what is missing is a for k, or b for b / Bearer realm="R", scope="b", error="insufficient_scope" / a b
          k:a or b:b or q       | good   | bad  | good    | the credentials of security schemes k and b are good, but do not grant enough: what is missing is a for k, or b for b; the credential of security scheme q is refused: it is bad / Bearer realm="R", scope="b", error="insufficient_scope" / ApiKey realm="R", in="query", name="key" / a b
          b:a or b:b            | -      | -    | good    | the credentials are good, but do not grant enough: what is missing is a for b, or b for b / Bearer realm="R", scope="a", error="insufficient_scope" / Bearer realm="R", scope="b", error="insufficient_scope" / a b
          k:a+q:b               | good   | good | -       | the credentials are good, but do not grant a and b / a b
          k:a+q:b or b:c.d      | good   | good | good    | the credentials are good, but do not grant enough: what is missing is a for k and b for q, or c and d for b / Bearer realm="R", scope="c d", error="insufficient_scope" / a b c d
          k:a or k:a+q          | good   | good | -       | the credentials are good, but do not grant a / a
          b:a or c              | -      | -    | good    | the credentials are good, but do not grant a / Bearer realm="R", scope="a", error="insufficient_scope" / a
          """)
  void says_what_is_not_granted(String requirements, String k, String q, String b, String told) {
    SecurityDecision decision = check(requirements, k, q, b).decide();
    while (decision instanceof SecurityDecision.NeedsThread(var rest, boolean _)) {
      decision = rest.get();
    }
    assertThat(decision)
        .isInstanceOfSatisfying(
            SecurityDecision.Denied.class,
            denied -> {
              List<String> all = new ArrayList<>(List.of(denied.detail()));
              all.addAll(denied.challenges());
              all.add(String.join(" ", denied.missing()));
              assertThat(String.join(" / ", all)).isEqualTo(told);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          good.strong.old | a more recent authentication is required
          good.strong     | the token has no auth_time in seconds since 1970 that says when its user authenticated; let its issuer put one into access tokens
          good.weak       | a different authentication level is required
          good            | the token has no acr that says how its user authenticated; let its issuer put one into access tokens
          """)
  void says_why_an_authentication_is_not_enough(String token, String why) {
    stepUp = new StepUp(List.of("strong"), 60, () -> Instant.ofEpochSecond(1_050));
    SecurityCheck check = check("b or k", "-", "-", token);

    assertThat(check.decide())
        .isInstanceOfSatisfying(
            SecurityDecision.Challenged.class,
            told -> assertThat(told.detail()).isEqualTo("the token is good, but " + why));
    assertThat(check.findings().getFirst().finding())
        .startsWith("accepted as me, scopes [")
        .endsWith("], but " + why);
  }

  @Test
  void lets_nobody_in_when_a_provider_fails() {
    assertThatThrownBy(() -> check("k or {}", "broken", "-", "-").decide())
        .isInstanceOf(ProviderException.class)
        .hasMessage("the provider of security scheme k failed")
        .hasRootCauseMessage("broken");
  }

  @Test
  void tells_what_was_found_out_without_secrets() {
    SecurityCheck check = check("k:admin or q or b", "good", "bad", "-");
    check.decide();

    assertThat(check.findings())
        .hasToString("[k: accepted as me, scopes [], q: refused: it is bad, b: no credential]");
  }

  /** Whoever issues credentials decides what is in them, and log and terminal get to see it. */
  @Test
  void tells_nothing_that_begins_a_line_or_moves_a_cursor() {
    SecurityCheck check = check("q:admin", "-", "good.a%0D%0Ab.%1B[2J.%E2%80%AEc", "-");
    check.decide();

    assertThat(check.findings())
        .hasToString("[q: accepted as me, scopes [a\ufffd\ufffdb, \ufffd[2J, \ufffdc]]");
  }
}
