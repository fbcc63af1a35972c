package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.model.OperationExtension;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operation asks of the authentication behind a token, beside its scopes: how it was done
 * and how long ago (RFC 9470). Immutable.
 *
 * @param acrValues authentication context classes, one of which the claim {@code acr} must have;
 *     any will do when there are none
 * @param maxAge most seconds since the claim {@code auth_time}; negative for any age
 * @param clock tells the time
 */
public record StepUp(List<String> acrValues, long maxAge, InstantSource clock) {

  /** Copies the list. */
  public StepUp {
    acrValues = List.copyOf(acrValues);
  }

  /**
   * {@return what an extension asks}
   *
   * @param value a value that {@link OperationExtension#STEP_UP} allows
   * @param clock tells the time
   */
  public static StepUp parse(JsonNode value, InstantSource clock) {
    List<String> classes = new ArrayList<>();
    value.path("acrValues").forEach(each -> classes.add(each.stringValue()));
    return new StepUp(classes, value.path("maxAge").longValue(-1), clock);
  }

  /** {@return what is missing of it, null for nothing} */
  @Nullable String missing(Map<String, Object> claims) {
    if (!acrValues.isEmpty()
        && !(claims.get("acr") instanceof String acr && acrValues.contains(acr))) {
      return "a different authentication level is required";
    }
    return maxAge < 0 || isRecent(claims.get("auth_time"))
        ? null
        : "a more recent authentication is required";
  }

  private boolean isRecent(@Nullable Object authTime) {
    return authTime instanceof Number seconds
        && clock.instant().getEpochSecond() - seconds.doubleValue() <= maxAge;
  }

  /** {@return the parameters of a challenge that asks for it (RFC 9470 section 3)} */
  String parameters(String missing) {
    StringBuilder parameters =
        new StringBuilder(", error=\"insufficient_user_authentication\", error_description=\"")
            .append(missing)
            .append('"');
    if (!acrValues.isEmpty()) {
      parameters.append(", acr_values=\"").append(String.join(" ", acrValues)).append('"');
    }
    if (maxAge >= 0) {
      parameters.append(", max_age=\"").append(maxAge).append('"');
    }
    return parameters.toString();
  }
}
