package io.brrtrouter.codegen;

import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What verifies a kind of credentials: a section of {@code security} of the settings, or code. */
enum ProviderSection {
  API_KEYS("api_keys"),
  JWKS("jwks"),
  BASIC("basic"),
  MUTUAL_TLS("mutual_tls"),
  /** Of HTTP schemes that the server does not know. */
  CODE("");

  /** Certificates of clients are presented to TLS, which has to ask for them. */
  static final String TLS =
      """
      tls:    # asks for the certificates
        certificate_file: server.pem
        key_file: server.key
        client_auth: want                # need turns away whoever has none, from /health too
        client_ca_file: clients.pem      # certificates of those who issue the clients'
      """;

  /** Words that YAML takes for something else than text. */
  private static final Set<String> NO_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final String section;

  ProviderSection(String section) {
    this.section = section;
  }

  static ProviderSection of(SecurityScheme scheme) {
    if (scheme.takesBearerToken()) {
      return JWKS;
    }
    return switch (scheme.type()) {
      case "apiKey" -> API_KEYS;
      case "mutualTLS" -> MUTUAL_TLS;
      default -> scheme.scheme().orElse("").equalsIgnoreCase("basic") ? BASIC : CODE;
    };
  }

  /** {@return an environment variable of a scheme with its value to be, where there is a first} */
  static Optional<String> variable(String name, SecurityScheme scheme) {
    ProviderSection section = of(scheme);
    String setting =
        switch (section) {
          case API_KEYS -> "KEY";
          case JWKS -> discovery(scheme).isPresent() ? "AUD" : "JWKS_URL";
          case BASIC -> "USERS_FILE";
          case MUTUAL_TLS, CODE -> "";
        };
    return setting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "BRRTR_SECURITY_%s_%s_%s=..."
                .formatted(capitals(section.section), capitals(name), setting));
  }

  /** {@return a name as it stands in the name of an environment variable} */
  static String capitals(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** {@return the line that the schemes of it stand below} */
  String head() {
    return section.isEmpty() ? "" : "  " + section + ":\n";
  }

  /**
   * {@return the settings of a scheme}
   *
   * @param name the scheme
   * @param variable the name of the scheme in that of a variable, which no other scheme has
   * @param scheme what it is
   * @param scopes what operations ask of it
   */
  String text(String name, String variable, SecurityScheme scheme, List<String> scopes) {
    if (this == CODE) {
      return "# Application.java: builder.security(\"%s\", ...)\n".formatted(name);
    }
    return "    %s:%s\n".formatted(key(name), place(scheme))
        + switch (this) {
          case API_KEYS ->
              """
                    keys:
                      a_client:                  # becomes the subject of the principal
                        key_env: A_CLIENT_%s    # a variable; or key_file, or key with what brrt hash makes of it
                        scopes: %s
              """
                  .formatted(variable, list(scopes));
          case JWKS -> token(scheme);
          case BASIC ->
              """
                    users_file: users.txt    # a line for each: %s; brrt hash --password makes the hash
              """
                  .formatted(
                      scopes.isEmpty() ? "name:hash" : "name:hash:" + String.join(" ", scopes));
          case MUTUAL_TLS ->
              """
                    subjects:
                      a_client:                        # becomes the subject of the principal
                        dn: "CN=a-client,O=Example"    # openssl x509 -in client.pem -noout -subject -nameopt RFC2253 shows it
                        scopes: %s
              """
                  .formatted(list(scopes));
          case CODE -> "";
        };
  }

  private static String token(SecurityScheme scheme) {
    return discovery(scheme)
        .map(field ->
            "      aud: my-audience    # keys and issuer come from %s of the document\n"
                .formatted(field))
        .orElse(
            """
                  jwks_url: https://id.example.com/.well-known/jwks.json
                  iss: https://id.example.com/
                  aud: my-audience
            """);
  }

  /** {@return the field of the document by which the server finds the keys} */
  private static Optional<String> discovery(SecurityScheme scheme) {
    return scheme
        .openIdConnectUrl()
        .map(_ -> "openIdConnectUrl")
        .or(() -> scheme.oauth2MetadataUrl().map(_ -> "oauth2MetadataUrl"));
  }

  private static String list(List<String> scopes) {
    return scopes.stream().map(ProviderSection::word).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String key(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_-]*") ? word(name) : quoted(name);
  }

  private static String word(String text) {
    boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_./-]*(:[A-Za-z0-9_./-]+)*");
    return plain && !NO_TEXT.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String place(SecurityScheme scheme) {
    return scheme.type().equals("apiKey")
        ? "    # in the %s %s"
            .formatted(
                scheme.in().orElseThrow().word(),
                scheme.name().orElseThrow().replaceAll("\\p{Cntrl}", " "))
        : "";
  }
}
