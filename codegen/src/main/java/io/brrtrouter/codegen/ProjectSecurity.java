package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the files of a new project say about who may call: nothing verifies credentials yet, how to
 * try it out nevertheless, and which settings change that.
 *
 * @param schemes the security schemes that operations take, by name, in document order
 * @param trial a command that asks the first operation that demands credentials, where one is known
 */
record ProjectSecurity(Map<String, SecurityScheme> schemes, Optional<String> trial) {
  private static final Set<Provider> MODULE = EnumSet.of(Provider.JWKS, Provider.BASIC);

  /** Keeps the order. */
  ProjectSecurity {
    schemes = Collections.unmodifiableMap(new LinkedHashMap<>(schemes));
  }

  /**
   * {@return what there is to say}
   *
   * @param document the document
   * @param samples a request for each operation
   */
  static ProjectSecurity of(OpenApi document, List<Sample> samples) {
    Set<String> taken = new HashSet<>();
    for (Operation operation : document.operations()) {
      for (SecurityRequirement requirement : operation.security()) {
        taken.addAll(requirement.schemes().keySet());
      }
    }
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    document
        .components()
        .securitySchemes()
        .forEach((name, scheme) -> {
          if (taken.contains(name)) {
            schemes.put(name, scheme);
          }
        });
    return new ProjectSecurity(schemes, CurlCommand.first(document, samples));
  }

  private boolean isPublic() {
    return schemes.isEmpty();
  }

  /** {@return what a command that starts the server ends with} */
  String option() {
    return isPublic() ? "" : " --dev-security";
  }

  /**
   * {@return a section of the project's page}
   *
   * @param config the path of the settings
   */
  String readme(String config) {
    if (isPublic()) {
      return "";
    }
    String command = trial.map(curl -> "\n```console\n" + curl + "\n```\n").orElse("");
    return """

    ## Who may call

    The document secures operations, and nothing verifies credentials yet: without `--dev-security` the server does not start. With it the
    credentials are those for development, which everybody knows, on this machine only: `development-only` as key, as token, and as
    password of `developer`. `development-only.no-scopes` in its place is somebody without scopes.
    %s
    `%s` has the settings that verify the credentials of callers; once they are there, leave `--dev-security` out. Tests send the credentials for
    development, as `settings = "security.development=true"` of `@BrrtTest` allows. In a handler, `Request.current().principal()` is who calls.
    """
        .formatted(command, config);
  }

  /** {@return whether what verifies is in a module of its own} */
  boolean needsModule() {
    return schemes.values().stream().map(Provider::of).anyMatch(MODULE::contains);
  }

  /** {@return lines of the Dockerfile} */
  String container() {
    if (isPublic()) {
      return "";
    }
    String example =
        schemes.entrySet().stream()
            .flatMap(each -> Provider.of(each.getValue()).variable(each.getKey()).stream())
            .findFirst()
            .map(variable -> " (-e " + variable + ")")
            .orElse("");
    return """
    # It starts when something verifies the credentials of callers: configure that in config.yaml, in environment variables%s
    # or in files that are mounted.
    """
        .formatted(example);
  }

  /** {@return a section of the settings, commented out} */
  String settings() {
    if (isPublic()) {
      return "";
    }
    Map<Provider, List<String>> sections = new TreeMap<>();
    schemes.forEach((name, scheme) ->
        sections.computeIfAbsent(Provider.of(scheme), any -> new ArrayList<>()).add(name));
    StringBuilder text =
        new StringBuilder(
            """

            # Who verifies the credentials of callers, for each security scheme of the document. The server starts when each has somebody, or
            # with --dev-security. Without the first two characters of each line these are settings.
            #
            """);
    List<String> unknown = sections.getOrDefault(Provider.CODE, List.of());
    if (sections.size() > (unknown.isEmpty() ? 0 : 1)) {
      text.append("# security:\n");
    }
    sections.forEach((provider, names) -> text.append(provider.section(names, schemes)));
    return text.toString();
  }

  /** What verifies a kind of credentials: a section of the settings, or code. */
  private enum Provider {
    API_KEYS(
        "api_keys",
        "",
        """
        #       keys:
        #         a_client:                  # becomes the subject of the principal
        #           key_env: A_CLIENT_KEY    # a variable; or key_file, or key with what brrt hash makes of it
        #           scopes: []
        """,
        "KEY=..."),
    JWKS(
        "jwks",
        "",
        """
        #       jwks_url: https://id.example.com/.well-known/jwks.json
        #       iss: https://id.example.com/
        #       aud: my-audience
        """,
        "JWKS_URL=..."),
    BASIC(
        "basic",
        "",
        """
        #       users_file: users.txt
        """,
        "USERS_FILE=..."),
    MUTUAL_TLS(
        "mutual_tls",
        "#   # Certificates are presented to tls, which has to be set up with client_ca_file.\n",
        "",
        ""),
    /** Of HTTP schemes that the server does not know. */
    CODE("", "", "", "");

    private final String section;
    private final String note;
    private final String example;
    private final String variable;

    Provider(String section, String note, String example, String variable) {
      this.section = section;
      this.note = note;
      this.example = example;
      this.variable = variable;
    }

    static Provider of(SecurityScheme scheme) {
      if (scheme.takesBearerToken()) {
        return JWKS;
      }
      return switch (scheme.type()) {
        case "apiKey" -> API_KEYS;
        case "mutualTLS" -> MUTUAL_TLS;
        default -> scheme.scheme().orElse("").equalsIgnoreCase("basic") ? BASIC : CODE;
      };
    }

    /** {@return an environment variable with its value to be, where one is enough} */
    Optional<String> variable(String scheme) {
      return variable.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "BRRTR_SECURITY_%s_%s_%s".formatted(capitals(section), capitals(scheme), variable));
    }

    private static String capitals(String name) {
      return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    String section(List<String> names, Map<String, SecurityScheme> schemes) {
      StringBuilder text = new StringBuilder();
      if (this == CODE) {
        for (String name : names) {
          text.append("# Application.java: builder.security(\"%s\", ...)\n".formatted(name));
        }
        return text.toString();
      }
      text.append(note).append("#   ").append(section).append(":\n");
      for (String name : names) {
        SecurityScheme scheme = Objects.requireNonNull(schemes.get(name), name);
        text.append("#     %s:%s\n".formatted(key(name), place(scheme))).append(example);
      }
      return text.toString();
    }

    private static String key(String name) {
      return name.matches("[A-Za-z_][A-Za-z0-9_-]*") ? name : '"' + name + '"';
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
}
