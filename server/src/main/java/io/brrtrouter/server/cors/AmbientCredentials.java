package io.brrtrouter.server.cors;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The credentials of one operation that a browser adds to requests by itself, whoever made the page
 * that sends them. Immutable.
 *
 * @param cookies names of cookies
 * @param authorizations authentication schemes that browsers ask their users for and then repeat,
 *     in lower case: all but {@code bearer}, which they do not know
 * @param certificate whether it takes the certificate of a connection
 */
public record AmbientCredentials(
    Set<String> cookies, Set<String> authorizations, boolean certificate) {
  /** None. */
  public static final AmbientCredentials NONE = new AmbientCredentials(Set.of(), Set.of(), false);

  /** Copies the sets. */
  public AmbientCredentials {
    cookies = Set.copyOf(cookies);
    authorizations = Set.copyOf(authorizations);
  }

  /**
   * {@return those that an operation takes}
   *
   * @param requirements what it requires
   * @param schemes the document's security schemes by name
   * @param cookieName tells the cookie that the provider of a scheme also reads tokens from
   */
  public static AmbientCredentials of(
      List<SecurityRequirement> requirements,
      Map<String, SecurityScheme> schemes,
      Function<String, Optional<String>> cookieName) {
    Set<String> names = new TreeSet<>();
    requirements.forEach(requirement -> names.addAll(requirement.schemes().keySet()));
    Set<String> cookies = new TreeSet<>();
    Set<String> authorizations = new TreeSet<>();
    boolean certificate = false;
    for (String name : names) {
      cookieName.apply(name).ifPresent(cookies::add);
      SecurityScheme scheme = schemes.get(name);
      if (scheme == null) {
        continue; // is a finding elsewhere
      }
      switch (scheme.type()) {
        case "apiKey" -> cookie(scheme).ifPresent(cookies::add);
        case "http" -> authorizations.add(scheme.scheme().orElse("").toLowerCase(Locale.ROOT));
        case "mutualTLS" -> certificate = true;
        default -> {}
      }
    }
    authorizations.remove("bearer");
    return new AmbientCredentials(cookies, authorizations, certificate);
  }

  private static Optional<String> cookie(SecurityScheme scheme) {
    return scheme.in().equals(Optional.of(ParameterLocation.COOKIE))
        ? scheme.name()
        : Optional.empty();
  }

  boolean isNone() {
    return cookies.isEmpty() && authorizations.isEmpty() && !certificate;
  }

  /** {@return whether a request has one that no page can send otherwise} */
  boolean hasUnasked(HttpRequest head) {
    return (certificate && !head.peer().certificates().isEmpty())
        || (!cookies.isEmpty() && hasCookie(head));
  }

  private boolean hasCookie(HttpRequest head) {
    boolean[] found = {false};
    for (String field : head.headers().all("Cookie")) {
      Cookie.read(
          field,
          (from, nameEnd, _, _) -> {
            found[0] |= cookies.contains(field.substring(from, nameEnd));
            return !found[0];
          });
    }
    return found[0];
  }

  /** {@return whether a request has one that a page may have sent itself} */
  boolean hasAuthorization(HttpRequest head) {
    String field = authorizations.isEmpty() ? null : head.headers().get("Authorization");
    if (field == null) {
      return false;
    }
    int space = field.indexOf(' ');
    String scheme = space < 0 ? field : field.substring(0, space);
    return authorizations.contains(scheme.toLowerCase(Locale.ROOT));
  }

  /** {@return them in words} */
  List<String> names() {
    List<String> names = new ArrayList<>();
    cookies.stream().sorted().forEach(name -> names.add("the cookie " + name));
    authorizations.stream().sorted().forEach(name -> names.add("HTTP " + name));
    if (certificate) {
      names.add("a client certificate");
    }
    return names;
  }
}
