package io.brrtrouter.security;

import io.brrtrouter.security.jose.StrictJson;
import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.server.auth.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks an authorization server about a token (RFC 7662 section 2).
 *
 * @param url where
 * @param client the name of this server there
 * @param secret what goes with it
 * @param fetch how
 * @param rules what must be said of the token
 * @param clock tells the time
 */
record Introspection(
    URI url,
    String client,
    Supplier<String> secret,
    Fetch fetch,
    ClaimRules rules,
    InstantSource clock)
    implements Verdicts.Question {
  private static final Verification INACTIVE = Verification.refused("the token is not active");

  @Override
  public Verdicts.Answer ask(String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Basic " + credentials())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "token=" + encoded(token) + "&token_type_hint=access_token"))
            .build();
    return answer(send(request));
  }

  /** RFC 6749 section 2.3.1: encoded like a form before they are put together. */
  private String credentials() {
    String pair = encoded(client) + ":" + encoded(secret.get());
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * A connection that was kept may be closed by now, and a POST is not sent again by itself. An
   * answer that breaks off or is too long would come again.
   */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return fetch.send(request);
    } catch (Fetch.UnansweredException closed) {
      return fetch.send(request);
    }
  }

  private Verdicts.Answer answer(HttpResponse<byte[]> response) {
    if (response.statusCode() == 401) {
      return new Verdicts.Answer.Strange("it does not accept the client's id and secret (401)");
    }
    if (response.statusCode() != 200) {
      return new Verdicts.Answer.Strange("it answers " + response.statusCode());
    }
    if (!MediaTypes.isJson(response)) {
      return new Verdicts.Answer.Strange("it answers 200 with something that is not called JSON");
    }
    ObjectNode said = StrictJson.object(response.body());
    JsonNode active = said == null ? null : said.get("active");
    if (said == null || active == null || !active.isBoolean()) {
      return new Verdicts.Answer.Strange(
          "it does not answer with a JSON object that says whether the token is active");
    }
    return active.booleanValue() ? checked(said) : bad(INACTIVE);
  }

  /** Whoever answers knows, and nevertheless the token must be good by what is said of it. */
  private Verdicts.Answer checked(ObjectNode said) {
    return switch (rules.check(said, null, clock.millis())) {
      case ClaimRules.Outcome.Failed(String reason) -> bad(Verification.refused(reason));
      case ClaimRules.Outcome.Passed(Verification.Accepted accepted, var lifetime) ->
          new Verdicts.Answer.Told(
              accepted,
              // Clocks may differ where it is asked, but nothing is kept beyond its end.
              lifetime.until() == Long.MAX_VALUE
                  ? lifetime.until()
                  : NumericDate.millis(said.get("exp")));
    };
  }

  private static Verdicts.Answer bad(Verification refused) {
    return new Verdicts.Answer.Told(refused, Long.MAX_VALUE);
  }

  @Override
  public String toString() {
    return "Introspection[hidden]";
  }
}
