package io.brrtrouter.server.cors;

import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a policy says, before anything is made of it. {@link CorsPolicy.Builder} explains it. */
record CorsTerms(
    List<String> origins,
    List<String> originPatterns,
    @Nullable Predicate<String> originPredicate,
    List<String> allowedHeaders,
    List<String> allowedMethods,
    boolean allowCredentials,
    List<String> exposeHeaders,
    Duration maxAge,
    boolean allowPrivateNetwork,
    boolean refuseUnlisted) {

  /** What an API with JSON and tokens cannot do without. */
  static final List<String> ALLOWED_HEADERS = List.of("Content-Type", "Authorization");

  /** What browsers take where nothing is said (Fetch standard section 4.8). */
  static final Duration MAX_AGE = Duration.ofSeconds(5);

  private static final String ANY = CorsPolicy.ANY;
  private static final List<String> METHODS = Method.CONSTANTS.stream().map(Method::token).toList();

  CorsTerms {
    origins = List.copyOf(origins);
    originPatterns = List.copyOf(originPatterns);
    allowedHeaders = List.copyOf(allowedHeaders);
    allowedMethods = List.copyOf(allowedMethods);
    exposeHeaders = List.copyOf(exposeHeaders);
  }

  boolean isOff() {
    return origins.isEmpty() && originPatterns.isEmpty() && originPredicate == null;
  }

  /** {@return everything that is wrong, by itself or together} */
  List<CorsMistake> mistakes() {
    List<CorsMistake> mistakes = new ArrayList<>();
    for (String origin : origins) {
      String complaint = origin.equals(ANY) ? null : originComplaint(origin);
      if (complaint != null) {
        mistakes.add(CorsMistake.of("origins", origin, complaint));
      }
    }
    for (String pattern : originPatterns) {
      String complaint = OriginPattern.complaint(pattern);
      if (complaint != null) {
        mistakes.add(CorsMistake.of("origin_patterns", pattern, complaint));
      }
    }
    names("allowed_headers", allowedHeaders, mistakes);
    names("expose_headers", exposeHeaders, mistakes);
    methods(mistakes);
    credentials(mistakes);
    if (maxAge.isNegative()) {
      mistakes.add(new CorsMistake("max_age", "is negative", "0 keeps nothing"));
    }
    return mistakes;
  }

  private static @Nullable String originComplaint(String origin) {
    String complaint = Origins.complaint(origin);
    return complaint != null && origin.indexOf('*') >= 0
        ? "is a pattern; list it under origin_patterns"
        : complaint;
  }

  private static void names(String setting, List<String> names, List<CorsMistake> mistakes) {
    for (String name : names) {
      if (!Tokens.isToken(name)) {
        mistakes.add(
            new CorsMistake(
                setting, "has \"" + name + "\", which is no name of a header field", "correct it"));
      }
    }
  }

  private void methods(List<CorsMistake> mistakes) {
    for (String method : allowedMethods) {
      if (!method.equals(ANY) && !METHODS.contains(method)) {
        mistakes.add(
            new CorsMistake(
                "allowed_methods",
                "has \"" + method + "\", which is no method of HTTP",
                Spelling.nearest(method, METHODS)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("* allows every method that a path declares")));
      }
    }
  }

  /** Browsers take {@code *} for a name where cookies come along. */
  private void credentials(List<CorsMistake> mistakes) {
    if (!allowCredentials) {
      return;
    }
    if (isOff()) {
      mistakes.add(
          new CorsMistake(
              "allow_credentials",
              "is true, but there are no origins to allow them to",
              "list some under origins, or remove it"));
    }
    if (origins.contains(ANY)) {
      mistakes.add(
          new CorsMistake(
              "origins",
              "has \"*\", and allow_credentials is true: any page could act for its visitor",
              "list the origins, or do not allow credentials"));
    }
    if (origins.contains(Origins.OPAQUE)) {
      mistakes.add(
          new CorsMistake(
              "origins",
              "has \"null\", which is what any page can become, and allow_credentials is true:"
                  + " any page could act for its visitor",
              "list the origins, or do not allow credentials"));
    }
    List<String> wild = new ArrayList<>();
    if (allowedHeaders.contains(ANY)) {
      wild.add("allowed_headers");
    }
    if (exposeHeaders.contains(ANY)) {
      wild.add("expose_headers");
    }
    for (String setting : wild) {
      mistakes.add(
          new CorsMistake(
              setting,
              "has \"*\", and allow_credentials is true, where browsers take it for a name",
              "list the names, or do not allow credentials"));
    }
  }
}
