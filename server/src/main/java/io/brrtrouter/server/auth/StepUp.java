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
  private static final String NO_ACR =
      "the token has no acr that says how its user authenticated; let its issuer put one into access"
          + " tokens";

  /** Seconds by which the clock of an issuer may be ahead. */
  private static final long SKEW = ClockSkew.DEFAULT.toSeconds();

  private static final String NO_AUTH_TIME =
      "the token has no auth_time in seconds since 1970 that says when its user authenticated; let"
          + " its issuer put one into access tokens";

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

  /**
   * {@return what is missing of it, null for nothing} Who does not state a claim never will,
   * however often a client has its user authenticate again: that is said in other words.
   */
  @Nullable String missing(Map<String, Object> claims) {
    if (!acrValues.isEmpty()) {
      if (!(claims.get("acr") instanceof String acr)) {
        return NO_ACR;
      }
      if (!acrValues.contains(acr)) {
        return "a different authentication level is required";
      }
    }
    if (maxAge < 0) {
      return null;
    }
    if (!(claims.get("auth_time") instanceof Number seconds)) {
      return NO_AUTH_TIME;
    }
    double age = clock.instant().getEpochSecond() - seconds.doubleValue();
    // Nobody has authenticated in the future: those are milliseconds, or made up.
    return age < -SKEW || Double.isNaN(age)
        ? NO_AUTH_TIME
        : age <= maxAge ? null : "a more recent authentication is required";
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
