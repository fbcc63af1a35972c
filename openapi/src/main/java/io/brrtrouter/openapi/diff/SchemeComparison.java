package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.OAuthFlow;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares security schemes that an operation takes. */
final class SchemeComparison {
  private final Changes changes;

  SchemeComparison(Changes changes) {
    this.changes = changes;
  }

  /** {@return whether two schemes take the same credentials from the same issuers} */
  static boolean same(SecurityScheme before, SecurityScheme after) {
    return before.type().equals(after.type())
        && scheme(before).equals(scheme(after))
        && place(before).equals(place(after))
        && issuers(before).equals(issuers(after))
        && discovery(before).equals(discovery(after));
  }

  private static Map<String, List<String>> issuers(SecurityScheme scheme) {
    Map<String, List<String>> issuers = new HashMap<>();
    scheme.flows().forEach((name, flow) -> issuers.put(name, urls(flow)));
    return issuers;
  }

  void compare(Site site, SecurityScheme before, SecurityScheme after) {
    if (!before.type().equals(after.type()) || !scheme(before).equals(scheme(after))) {
      add(
          site,
          SecurityRule.SECURITY_SCHEME_TYPE_CHANGED,
          before,
          after,
          "the type changed from %s to %s".formatted(type(before), type(after)));
      return;
    }
    if (!place(before).equals(place(after))) {
      add(
          site,
          SecurityRule.SECURITY_SCHEME_PLACE_CHANGED,
          before,
          after,
          "the key moved from %s to %s".formatted(place(before), place(after)));
    }
    if (!discovery(before).equals(discovery(after))) {
      add(
          site,
          SecurityRule.OAUTH_FLOW_CHANGED,
          before,
          after,
          "discovery changed from %s to %s".formatted(discovery(before), discovery(after)));
    }
    flows(site, before, after);
    boolean noted =
        !before.description().equals(after.description())
            || !before.bearerFormat().equals(after.bearerFormat())
            || before.deprecated() != after.deprecated();
    if (noted) {
      add(
          site,
          SecurityRule.SECURITY_SCHEME_DOCUMENTATION_CHANGED,
          before,
          after,
          "description, bearerFormat or deprecation changed");
    }
  }

  private void add(
      Site site, SecurityRule rule, SecurityScheme before, SecurityScheme after, String message) {
    changes.add(site, rule, before.location(), after.location(), message);
  }

  private void flows(Site site, SecurityScheme before, SecurityScheme after) {
    Owner owner = new Owner("the security scheme", before.location(), after.location());
    before
        .flows()
        .forEach((name, flow) -> {
          OAuthFlow now = after.flows().get(name);
          if (now == null) {
            changes.removed(
                site,
                SecurityRule.OAUTH_FLOW_REMOVED,
                flow.location(),
                owner,
                "the flow " + name + " was removed");
          } else {
            flow(site.in("flow " + name), flow, now);
          }
        });
    after
        .flows()
        .forEach((name, flow) -> {
          if (!before.flows().containsKey(name)) {
            changes.added(
                site,
                SecurityRule.OAUTH_FLOW_ADDED,
                owner,
                flow.location(),
                "the flow " + name + " was added");
          }
        });
  }

  private void flow(Site site, OAuthFlow before, OAuthFlow after) {
    if (!urls(before).equals(urls(after))) {
      changes.add(
          site,
          SecurityRule.OAUTH_FLOW_CHANGED,
          before.location(),
          after.location(),
          "the URLs changed from %s to %s"
              .formatted(String.join(", ", urls(before)), String.join(", ", urls(after))));
    }
    Set<String> removed = new LinkedHashSet<>(before.scopes().keySet());
    removed.removeAll(after.scopes().keySet());
    Set<String> added = new LinkedHashSet<>(after.scopes().keySet());
    added.removeAll(before.scopes().keySet());
    removed.forEach(scope ->
        changes.add(
            site,
            SecurityRule.OAUTH_SCOPE_REMOVED,
            before.location(),
            after.location(),
            "the scope \"" + scope + "\" was removed"));
    added.forEach(scope ->
        changes.add(
            site,
            SecurityRule.OAUTH_SCOPE_ADDED,
            before.location(),
            after.location(),
            "the scope \"" + scope + "\" was added"));
  }

  private static String type(SecurityScheme scheme) {
    return scheme.type() + (scheme(scheme).isEmpty() ? "" : " " + scheme(scheme));
  }

  private static String scheme(SecurityScheme scheme) {
    return scheme.scheme().orElse("");
  }

  /** {@return where an API key is; names of header fields have no case} */
  private static String place(SecurityScheme scheme) {
    if (!scheme.type().equals("apiKey")) {
      return "";
    }
    boolean header = scheme.in().filter(ParameterLocation.HEADER::equals).isPresent();
    String name = scheme.name().orElse("");
    return scheme.in().map(ParameterLocation::word).orElse("")
        + " "
        + (header ? name.toLowerCase(Locale.ROOT) : name);
  }

  private static String discovery(SecurityScheme scheme) {
    return scheme.openIdConnectUrl().or(scheme::oauth2MetadataUrl).orElse("none");
  }

  private static List<String> urls(OAuthFlow flow) {
    return Arrays.asList(
            flow.authorizationUrl(),
            flow.deviceAuthorizationUrl(),
            flow.tokenUrl(),
            flow.refreshUrl())
        .stream()
        .map(url -> url.orElse("none"))
        .toList();
  }
}
