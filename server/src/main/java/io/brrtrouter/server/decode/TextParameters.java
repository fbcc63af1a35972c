package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.router.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The parameters of a place that holds one text for each: a path, the header fields, the query as a
 * whole. Immutable.
 */
final class TextParameters {
  private final String[] names;
  private final List<ParameterPlan> plans;
  private final List<TextDecoder> decoders;

  TextParameters(List<ParameterPlan> plans, List<TextDecoder> decoders) {
    this.names = plans.stream().map(ParameterPlan::name).toArray(String[]::new);
    this.plans = List.copyOf(plans);
    this.decoders = List.copyOf(decoders);
  }

  boolean isEmpty() {
    return names.length == 0;
  }

  /** Decodes what a template took of a path. */
  Parameters path(Match<?> match, ViolationList violations) {
    if (isEmpty()) {
      return Parameters.EMPTY;
    }
    @Nullable JsonNode[] values = new JsonNode[names.length];
    for (int i = 0; i < names.length; i++) {
      int index = index(match, names[i], i);
      values[i] = value(i, index < 0 ? null : match.rawValue(index), violations);
    }
    return new Parameters(names, values, name -> texts(match, name), false);
  }

  /** Decodes header fields; several fields of a name are one list (RFC 9110 section 5.3). */
  Parameters header(Headers headers, ViolationList violations) {
    if (isEmpty()) {
      return Parameters.EMPTY;
    }
    @Nullable JsonNode[] values = new JsonNode[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = value(i, headers.combined(names[i]), violations);
    }
    return new Parameters(names, values, headers::all, true);
  }

  /** Decodes a query as one text. */
  Parameters query(String query, ViolationList violations) {
    JsonNode value = value(0, query.isEmpty() ? null : query, violations);
    return new Parameters(
        names,
        new @Nullable JsonNode[] {value},
        name -> query.isEmpty() || !name.equals(names[0]) ? List.of() : List.of(query),
        false);
  }

  private @Nullable JsonNode value(int i, @Nullable String raw, ViolationList violations) {
    if (raw == null) {
      return plans.get(i).settle(null, List.of(), violations);
    }
    Flaws flaws = new Flaws();
    JsonNode decoded = decoders.get(i).decode(raw, 0, raw.length(), flaws);
    return plans.get(i).settle(decoded, flaws.drain(), violations);
  }

  /** Templates mostly declare parameters in their own order, so look there first. */
  private static int index(Match<?> match, String name, int guess) {
    if (guess < match.size() && match.name(guess).equals(name)) {
      return guess;
    }
    for (int i = 0; i < match.size(); i++) {
      if (match.name(i).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> texts(Match<?> match, String name) {
    int index = index(match, name, 0);
    return index < 0 ? List.of() : List.of(match.rawValue(index));
  }
}
