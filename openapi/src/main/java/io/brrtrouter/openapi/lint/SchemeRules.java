package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.source.LocatedNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What security schemes say about themselves (OpenAPI 3.1.1 sections 4.8.27 to 4.8.29) and is
 * allowed, but lets nobody in or lets others listen.
 */
final class SchemeRules {
  /** The registry of RFC 9110 section 16.4.1, as OpenAPI 3.1.1 section 4.8.27.1 refers to it. */
  private static final List<String> HTTP_SCHEMES =
      List.of(
          "basic",
          "bearer",
          "concealed",
          "digest",
          "dpop",
          "gnap",
          "hoba",
          "mutual",
          "negotiate",
          "oauth",
          "privatetoken",
          "scram-sha-1",
          "scram-sha-256",
          "vapid");

  private static final List<String> URLS = List.of("openIdConnectUrl", "oauth2MetadataUrl");
  private static final List<String> FLOW_URLS =
      List.of("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl");

  private final Tree tree;
  private final Report report;

  SchemeRules(Tree tree, Report report) {
    this.tree = tree;
    this.report = report;
  }

  void check() {
    LocatedNode components = tree.root().member("components");
    if (components != null) {
      Tree.entries(components, "securitySchemes").forEach(each -> scheme(tree.resolve(each)));
    }
  }

  private void scheme(LocatedNode scheme) {
    if (Report.text(scheme, "type").equals("http")) {
      http(scheme);
    }
    URLS.forEach(field -> url(scheme, field));
    Tree.entries(scheme, "flows").forEach(flow -> FLOW_URLS.forEach(field -> url(flow, field)));
  }

  private void http(LocatedNode scheme) {
    LocatedNode member = scheme.member("scheme");
    String name = Report.text(scheme, "scheme");
    if (member == null || HTTP_SCHEMES.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    String near = report.didYouMean(name, HTTP_SCHEMES, "");
    if (!near.isEmpty()) {
      report.add(
          Rule.MISSPELT_HTTP_SCHEME,
          member.location(),
          "nobody knows the HTTP authentication scheme \"" + name + "\"",
          near);
    }
  }

  private void url(LocatedNode object, String field) {
    LocatedNode member = object.member(field);
    if (member == null) {
      return;
    }
    String host = plainHost(Report.text(object, field));
    if (host != null) {
      report.add(
          Rule.INSECURE_SECURITY_URL,
          member.location(),
          "\"%s\" is plain http to %s: whoever stands between could read what is sent, and answer"
                  .formatted(field, host)
              + " instead",
          "write https://");
    }
  }

  /** {@return the host that a URL asks without encryption, null if it asks none so} */
  private static @Nullable String plainHost(String url) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      return "http".equalsIgnoreCase(uri.getScheme())
              && host != null
              && !isLoopback(host.toLowerCase(Locale.ROOT))
          ? host
          : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /** RFC 6761 section 6.3, RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }
}
