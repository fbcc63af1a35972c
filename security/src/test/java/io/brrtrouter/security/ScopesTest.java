package io.brrtrouter.security;

import static io.brrtrouter.security.Tokens.builder;
import static io.brrtrouter.security.Tokens.claims;
import static io.brrtrouter.security.Tokens.verify;
import static io.brrtrouter.security.Tokens.withKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"x\":1 | ''",
        "\"scope\":\"\" | ''",
        "\"scope\":\"   \" | ''",
        "\"scope\":\"read\" | read",
        "\"scope\":\"read write\" | read,write",
        "\"scope\":\" read  write \" | read,write",
        "\"scope\":\"read,write\" | 'read,write'",
        "\"scope\":\"read write read\" | read,write",
        "\"scope\":[\"read\",\"write\"] | read,write",
        "\"scope\":[\"read\",7,null,\"\",[\"x\"],\"write\"] | read,write",
        "\"scope\":\"read\\twrite admin\" | admin",
        "\"scope\":\"read\\nwrite\" | ''",
        "\"scope\":\"read\\r\\nSet-Cookie:x\" | ''",
        "\"scope\":\"\\u001b[31mread \\u0000 \\u0085 \\u007f\" | ''",
        "\"scope\":[\"read\\n\",\"a b\",\"write\"] | a b,write",
        "\"scope\":7 | ''",
        "\"scope\":null | ''",
        "\"scope\":{\"read\":true} | ''",
        "\"scp\":\"read\" | read",
        "\"scp\":[\"read\"] | read",
        "\"scopes\":\"read write\" | read,write",
        "\"scopes\":[\"read\"] | read",
        "\"scp\":[\"write\"],\"scope\":\"read\" | read,write",
        "\"roles\":[\"admin\"] | ''",
        "\"SCOPE\":\"read\" | ''"
      })
  void scopes_are_in_scope_scp_and_scopes(String members, String expected) {
    assertThat(scopes(builder(new TestClock()), members)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "realm_access.roles | \"realm_access\":{\"roles\":[\"admin\",\"user\"]} | admin,user",
        "resource_access.app.roles | \"resource_access\":{\"app\":{\"roles\":[\"x\"]}} | x",
        "resource_access.my.app.roles | \"resource_access\":{\"my.app\":{\"roles\":[\"x\"]}} | x",
        "realm_access.roles | \"realm_access\":[\"roles\"] | ''",
        "realm_access.roles | \"realm_access\":\"roles\" | ''",
        "realm_access.roles | \"realm_access.roles\":[\"x\"] | x",
        "https://example.com/roles | \"https://example.com/roles\":[\"x\"] | x",
        "roles | \"roles\":\"a b\",\"scope\":\"read\" | a,b",
        "'a.' | \"a\":{\"\":\"x\"} | x",
        ".a | \"\":{\"a\":\"x\"} | ''"
      })
  void a_path_leads_into_members_and_names_may_have_dots(
      String path, String members, String expected) {
    assertThat(scopes(builder(new TestClock()).scopeClaims(path), members)).isEqualTo(expected);
  }

  @Test
  void several_claims_count_together() {
    assertThat(
            scopes(
                builder(new TestClock()).scopeClaims("scope", "realm_access.roles"),
                "\"realm_access\":{\"roles\":[\"admin\",\"read\"]},\"scope\":\"read\""))
        .isEqualTo("read,admin");
  }

  @Test
  void a_claim_has_a_name() {
    assertThatThrownBy(() -> JwtProvider.builder().scopeClaims("scope", " "))
        .hasMessage("scopeClaims is empty: give it a value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sub | \"x\":1 | anna",
        "email | \"email\":\"anna@example.com\" | anna@example.com",
        "user.id | \"user\":{\"id\":\"7\"} | 7",
        "client_id | \"x\":1 | ''"
      })
  void the_subject_is_in_the_claim_that_is_set(String claim, String members, String expected) {
    assertThat(accepted(builder(new TestClock()).subjectClaim(claim), members).subject())
        .isEqualTo(expected);
  }

  @Test
  void all_claims_reach_the_handler() {
    assertThat(accepted(builder(new TestClock()), "\"tenant\":\"t1\"").claims().keySet())
        .containsExactly("iss", "aud", "sub", "exp", "tenant");
  }

  private static String scopes(JwtProviderBuilder builder, String members) {
    List<String> scopes = accepted(builder, members).scopes();
    return String.join(",", scopes);
  }

  private static Verification.Accepted accepted(JwtProviderBuilder builder, String members) {
    JwtProvider provider = withKeys(builder, TestKey.RSA.namedJwk());
    return (Verification.Accepted) verify(provider, TestKey.RSA.token("RS256", claims(members)));
  }
}
