package io.brrtrouter.security;

import io.brrtrouter.security.jose.StrictJson;
import io.brrtrouter.security.keys.Fetch;
import io.brrtrouter.server.auth.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks whether an API key is good.
 *
 * @param url where
 * @param field the header field that the key is sent in
 * @param fetch how
 */
record RemoteApiKeyQuestion(URI url, String field, Fetch fetch) implements Verdicts.Question {
  static final Verification UNKNOWN = Verification.refused("the key is not known");

  /** What a wrong path gets for each key, good ones too. */
  private static final String WRONG_PLACE =
      "it answers 404, which says nothing of a key: look at the path of the URL; 401 and 403 say that"
          + " a key is not good";

  private static final Verdicts.Answer BAD = new Verdicts.Answer.Told(UNKNOWN, Long.MAX_VALUE);

  /** Members that say whether the key is good; one that says no is enough. */
  private static final List<String> VERDICTS = List.of("valid", "active");

  /** What says anything of a key; JSON without any of it tells of something else, an error say. */
  private static final List<String> MEMBERS = List.of("valid", "active", "subject", "scopes");

  private static final ScopeClaims SCOPES = ScopeClaims.of(List.of("scopes"));

  @Override
  public Verdicts.Answer ask(String key) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header(field, key)
            .header("Accept", "application/json")
            .GET()
            .build();
    HttpResponse<byte[]> response = fetch.send(request);
    int status = response.statusCode();
    return switch (status) {
      case 200, 204 -> ofKey(answered(response), key);
      case 401, 403 -> BAD;
      case 404 -> new Verdicts.Answer.Strange(WRONG_PLACE);
      default -> new Verdicts.Answer.Strange("it answers " + status);
    };
  }

  /** A key that is good and names nobody tells its client by itself, which its digest says. */
  private static Verdicts.Answer ofKey(Verdicts.Answer answer, String key) {
    return answer instanceof Verdicts.Answer.Told(Verification.Accepted accepted, long until)
            && accepted.subject().isEmpty()
        ? new Verdicts.Answer.Told(accepted.withClient(Digest.of(key).hexadecimal()), until)
        : answer;
  }

  /** A page that asks to log in, or to come back later, is a 200 too: it says nothing of a key. */
  private static Verdicts.Answer answered(HttpResponse<byte[]> response) {
    boolean json = MediaTypes.isJson(response);
    if (response.statusCode() == 204 || (response.body().length == 0 && !json)) {
      return isComplete(response)
          ? good(Verification.accepted(""))
          : new Verdicts.Answer.Strange(
              "it answers 200 with a body that may have been cut off; an empty one needs"
                  + " Content-Length: 0");
    }
    if (!json) {
      return new Verdicts.Answer.Strange("it answers 200 with something that is not called JSON");
    }
    ObjectNode said = StrictJson.object(response.body());
    return said == null
        ? new Verdicts.Answer.Strange("it answers with JSON that is no object")
        : said(said);
  }

  /**
   * {@return whether the body is told from one that was cut off} What ends with its connection is
   * not (RFC 9112 section 8); of chunks that lack the last one the client says so itself.
   */
  private static boolean isComplete(HttpResponse<byte[]> response) {
    HttpHeaders head = response.headers();
    return response.statusCode() == 204
        || head.firstValue("Content-Length").isPresent()
        || head.firstValue("Transfer-Encoding").isPresent();
  }

  private static Verdicts.Answer said(ObjectNode said) {
    if (MEMBERS.stream().noneMatch(said::has)) {
      return new Verdicts.Answer.Strange(
          "it answers with JSON that has none of " + String.join(", ", MEMBERS));
    }
    for (String name : VERDICTS) {
      JsonNode verdict = said.get(name);
      if (verdict != null && !verdict.isBoolean()) {
        return new Verdicts.Answer.Strange(
            "it answers with \"" + name + "\" that is neither true nor false");
      }
      if (verdict != null && !verdict.booleanValue()) {
        return BAD;
      }
    }
    JsonNode subject = said.get("subject");
    JsonNode scopes = said.get("scopes");
    if ((subject != null && !subject.isString()) || (scopes != null && !isScopes(scopes))) {
      return new Verdicts.Answer.Strange(
          "it answers with a \"subject\" that is no string, or \"scopes\" that are no strings");
    }
    return good(
        Verification.accepted(subject == null ? "" : subject.stringValue(), SCOPES.scopes(said)));
  }

  private static boolean isScopes(JsonNode scopes) {
    return scopes.isString()
        || (scopes.isArray() && scopes.valueStream().allMatch(JsonNode::isString));
  }

  private static Verdicts.Answer good(Verification.Accepted accepted) {
    return new Verdicts.Answer.Told(accepted, Long.MAX_VALUE);
  }
}
