package io.brrtrouter.security.spiffe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPIFFE-ID section 2. */
class SpiffeIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spiffe://example.org/web",
        "spiffe://example.org/ns/Default/sa/a_b-c.d",
        "spiffe://1.2.3.4/x",
        "spiffe://a_b/...",
        "spiffe://example.org/.hidden"
      })
  void a_name_of_a_workload_has_a_trust_domain_and_a_path(String text) {
    assertThat(SpiffeId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spiffe://",
        "spiffe:///web",
        "spiffe://example.org",
        "spiffe://example.org/",
        "spiffe://example.org/web/",
        "spiffe://example.org//web",
        "spiffe://example.org/./web",
        "spiffe://example.org/web/..",
        "spiffe://example.org/web%20x",
        "spiffe://example.org/wéb",
        "spiffe://example.org/web?x=1",
        "spiffe://example.org/web#x",
        "spiffe://example.org:8443/web",
        "spiffe://user@example.org/web",
        "spiffe://Example.org/web",
        "spiffe://[::1]/web",
        "SPIFFE://example.org/web",
        "spiffe:/example.org/web",
        "https://example.org/web",
        " spiffe://example.org/web",
        "spiffe://example.org/web\n"
      })
  void anything_else_is_none(String text) {
    assertThat(SpiffeId.parse(text)).isNull();
  }

  @Test
  void a_name_has_a_greatest_length() {
    String longest = "spiffe://td/" + "x".repeat(2048 - 12);
    assertThat(SpiffeId.parse(longest)).isNotNull();
    assertThat(SpiffeId.parse(longest + "x")).isNull();
    assertThat(SpiffeId.parse("spiffe://" + "d".repeat(255) + "/x")).isNotNull();
    assertThat(SpiffeId.parse("spiffe://" + "d".repeat(256) + "/x")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "spiffe://example.org/shop/web,   true",
    "spiffe://example.org/shop/a/b,   true",
    "spiffe://example.org/shop,       false",
    "spiffe://example.org/shopping/a, false",
    "spiffe://example.org/bank,       true",
    "spiffe://example.org/bank/x,     false",
    "spiffe://other.org/shop/web,     false",
    "spiffe://third.org/shop/web,     false",
  })
  void only_workloads_that_are_allowed_are_accepted(String id, boolean accepted) {
    Workloads workloads =
        Workloads.of(
            "example.org", Set.of("spiffe://example.org/shop/*", "spiffe://example.org/bank"));
    assertThat(workloads.accept(SpiffeId.parse(id))).isEqualTo(accepted);
  }

  @Test
  void all_of_a_trust_domain_are_accepted_where_none_is_named() {
    Workloads workloads = Workloads.of("example.org", Set.of());
    assertThat(workloads.accept(SpiffeId.parse("spiffe://example.org/any"))).isTrue();
    assertThat(workloads.accept(SpiffeId.parse("spiffe://example.org.evil/any"))).isFalse();
    assertThat(workloads.accept(SpiffeId.parse("spiffe://sub.example.org/any"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Example.org | spiffe://example.org/x     | ELSEWHERE
          example.org | spiffe://example.org/x     | FIT
          example.org | spiffe://example.org/x/*   | FIT
          example.org | /x                         | NO_ID
          example.org | spiffe://example.org/* x   | NO_ID
          example.org | spiffe://example.org/a/*/b | NO_ID
          example.org | spiffe://other.org/x       | ELSEWHERE
          """)
  void workloads_are_allowed_by_ids_of_the_trust_domain(
      String trustDomain, String allowed, Workloads.Fitness fitness) {
    assertThat(Workloads.fitness(allowed, trustDomain)).isEqualTo(fitness);
  }
}
