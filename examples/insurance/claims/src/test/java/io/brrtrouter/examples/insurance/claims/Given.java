package io.brrtrouter.examples.insurance.claims;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a test needs to be there, each made anew. */
final class Given {
  static final String REPORTER =
      """
      {"name": "Ada Berg", "born": "1985-04-02",
       "address": {"street": "Lindenweg 4", "postal_code": "10115", "city": "Berlin", "country": "DE"}}
      """;

  static final String WATER = "{\"kind\": \"water_damage\", \"source\": \"pipe\", \"rooms\": 2}";
  static final String COLLISION =
      "{\"kind\": \"collision\", \"place\": \"A 100, Berlin\", \"injured\": false}";
  static final byte[] PDF = "%PDF-1.4\nan invoice".getBytes(StandardCharsets.US_ASCII);

  private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

  private static final Map<String, Function<BrrtClient, Object>> THINGS = new LinkedHashMap<>();

  static {
    THINGS.put("claim", client -> claim(client, "P-100002", WATER, "1800.00"));
    THINGS.put("assessed", Given::assessedClaim);
    THINGS.put("refused", Given::refusedClaim);
    THINGS.put("assessment", client -> assessment(client, claim(client, "P-100002", WATER, "1")));
    THINGS.put("evidence", Given::evidence);
    THINGS.put("nobody", _ -> UUID.randomUUID());
  }

  private Given() {}

  /** {@return a text whose {@code $names} stand for things that are there now} */
  static String with(String text, BrrtClient client) {
    return NAME.matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(THINGS.get(name.group(1)).apply(client).toString()));
  }

  static String report(String policy, String loss, String estimate) {
    return """
    {"policy": "%s", "happened_at": "2026-01-14T06:30:00+01:00", "description": "It happened during the night.",
     "loss": %s, "estimate": {"amount": "%s", "currency": "EUR"}, "reporter": %s}
    """
        .formatted(policy, loss, estimate, REPORTER);
  }

  static String claim(BrrtClient client, String policy, String loss, String estimate) {
    return client
        .post("/claims")
        .json(report(policy, loss, estimate))
        .send()
        .expect(201)
        .json()
        .path("id")
        .asString();
  }

  /** {@return the id of an assessment that has begun} */
  static String assessment(BrrtClient client, String claim) {
    String location =
        client.post("/claims/" + claim + "/assessment").send().expect(202).header("Location");
    return String.valueOf(location).replaceFirst(".*/", "");
  }

  /** {@return an assessment, after asking until it is finished} */
  static JsonNode assessed(BrrtClient client, String claim) {
    String path = "/assessments/" + assessment(client, claim);
    Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
    JsonNode assessment = client.get(path).send().expect(200).json();
    while (!assessment.path("state").asString().equals("finished")) {
      assertThat(Instant.now()).isBefore(deadline);
      assessment = client.get(path).send().expect(200).json();
    }
    return assessment;
  }

  private static String assessedClaim(BrrtClient client) {
    String claim = claim(client, "P-100002", WATER, "1800.00");
    assessed(client, claim);
    return claim;
  }

  private static String refusedClaim(BrrtClient client) {
    String claim = assessedClaim(client);
    client
        .put("/claims/" + claim + "/settlement")
        .json("{\"refuse\": \"not_proven\"}")
        .send()
        .expect(200);
    return claim;
  }

  static TestRequest upload(TestRequest request, String mediaType, byte[] content) {
    return request
        .file("file", "../../evil name", mediaType, content)
        .part("kind", "invoice")
        .part("taken_on", "2026-01-15");
  }

  /** {@return the path below {@code /claims} of a file} */
  private static String evidence(BrrtClient client) {
    String claim = claim(client, "P-100002", WATER, "1800.00");
    upload(client.post("/claims/" + claim + "/evidence"), "application/pdf", PDF)
        .send()
        .expect(201);
    return claim + "/evidence/1";
  }
}
