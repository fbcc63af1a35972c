package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules on security schemes and requirements (OpenAPI 3.1.1 sections 4.8.27 to 4.8.30). */
final class SecurityRules {
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "apiKey", Set.of("name", "in"),
          "http", Set.of("scheme"),
          "mutualTLS", Set.of(),
          "oauth2", Set.of("flows"),
          "openIdConnect", Set.of("openIdConnectUrl"));
  private static final Map<String, String> OWNERS =
      Map.of(
          "name", "apiKey",
          "in", "apiKey",
          "scheme", "http",
          "bearerFormat", "http",
          "flows", "oauth2",
          "oauth2MetadataUrl", "oauth2",
          "openIdConnectUrl", "openIdConnect");
  private static final Map<String, List<String>> FLOWS =
      Map.of(
          "implicit", List.of("authorizationUrl"),
          "password", List.of("tokenUrl"),
          "clientCredentials", List.of("tokenUrl"),
          "authorizationCode", List.of("authorizationUrl", "tokenUrl"),
          "deviceAuthorization", List.of("deviceAuthorizationUrl", "tokenUrl"));
  private static final List<String> FLOW_URLS =
      List.of("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl");

  private final Session session;
  private final Findings findings;

  SecurityRules(Session session) {
    this.session = session;
    this.findings = session.findings;
  }

  void scheme(LocatedNode scheme) {
    String type = Nodes.text(scheme, "type");
    if (type == null || !NEEDED.containsKey(type)) {
      return;
    }
    String detail = type.equals("http") ? "http " + Nodes.text(scheme, "scheme", "") : type;
    session.report.add(Feature.SECURITY_SCHEME, detail.strip(), scheme.nameLocation());
    for (String field : NEEDED.get(type).stream().sorted().toList()) {
      if (!Nodes.has(scheme, field)) {
        findings.error(
            "missing-field",
            scheme.nameLocation(),
            "the Security Scheme Object of type " + type + " has no \"" + field + "\"",
            "add \"" + field + "\"");
      }
    }
    for (LocatedNode member : scheme.members()) {
      String owner = OWNERS.get(member.key());
      if (owner != null && !owner.equals(type)) {
        findings.error(
            "field-not-applicable",
            member.nameLocation(),
            "\"" + member.key() + "\" is for type " + owner + ", this scheme has type " + type,
            "remove it");
      }
    }
    LocatedNode format = scheme.member("bearerFormat");
    if (format != null
        && type.equals("http")
        && !Nodes.text(scheme, "scheme", "").equalsIgnoreCase("bearer")) {
      findings.warning(
          "field-not-applicable",
          format.nameLocation(),
          "\"bearerFormat\" has no effect beside another scheme than bearer",
          "remove it");
    }
  }

  void flows(LocatedNode flows) {
    for (LocatedNode flow : flows.members()) {
      List<String> needed = FLOWS.get(flow.key());
      if (needed == null || !flow.node().isObject()) {
        continue;
      }
      for (String url : FLOW_URLS) {
        LocatedNode member = flow.member(url);
        if (member == null && needed.contains(url)) {
          findings.error(
              "missing-field",
              flow.nameLocation(),
              "the flow " + flow.key() + " has no \"" + url + "\"",
              "add \"" + url + "\"");
        } else if (member != null && !needed.contains(url)) {
          findings.error(
              "field-not-applicable",
              member.nameLocation(),
              "the flow " + flow.key() + " has no use for \"" + url + "\"",
              "remove it");
        }
      }
    }
  }

  void requirement(LocatedNode requirement) {
    session.report.add(Feature.SECURITY_REQUIREMENT, requirement.location());
    if (session.version(requirement) == Version.V3_0) {
      requirement.members().forEach(this::scopes);
    }
  }

  /** Since 3.1 any scheme may have roles; in 3.0 only these two have scopes (section 4.7.30). */
  private void scopes(LocatedNode requirement) {
    LocatedNode components = session.documents.main().member("components");
    LocatedNode schemes = components == null ? null : components.member("securitySchemes");
    LocatedNode named = schemes == null ? null : schemes.member(requirement.key());
    LocatedNode scheme =
        named == null || !named.node().isObject()
            ? null
            : session.resolver.follow(named, Kind.SECURITY_SCHEME);
    String type = scheme == null ? null : Nodes.text(scheme, "type");
    if (type != null
        && !type.equals("oauth2")
        && !type.equals("openIdConnect")
        && !requirement.node().isEmpty()) {
      findings.error(
          "scopes-not-allowed",
          requirement.location(),
          "security scheme \"" + requirement.key() + "\" of type " + type + " has no scopes",
          "write []");
    }
  }
}
