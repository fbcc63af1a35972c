package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the files of a new project say about who may call: nothing verifies credentials yet, how to
 * try it out nevertheless, and which settings change that.
 *
 * @param schemes the security schemes that operations take, by name, in document order
 * @param scopes the scopes that operations ask of each, by name of the scheme
 * @param alike the schemes that no environment variable can mean, because the document has another
 *     whose name is the same in capitals and underscores
 * @param trial a command that asks the first operation that demands credentials, where one is known
 */
record ProjectSecurity(
    Map<String, SecurityScheme> schemes,
    Map<String, List<String>> scopes,
    Set<String> alike,
    Optional<String> trial) {
  private static final Set<ProviderSection> MODULE =
      EnumSet.of(ProviderSection.JWKS, ProviderSection.BASIC, ProviderSection.MUTUAL_TLS);

  /** Keeps the order. */
  ProjectSecurity {
    schemes = Collections.unmodifiableMap(new LinkedHashMap<>(schemes));
    scopes = Map.copyOf(scopes);
    alike = Set.copyOf(alike);
  }

  /**
   * {@return what there is to say}
   *
   * @param document the document
   * @param samples a request for each operation
   */
  static ProjectSecurity of(OpenApi document, List<Sample> samples) {
    Map<String, SequencedSet<String>> taken = new HashMap<>();
    for (Operation operation : document.operations()) {
      for (SecurityRequirement requirement : operation.security()) {
        requirement
            .schemes()
            .forEach((name, scopes) ->
                taken.computeIfAbsent(name, any -> new LinkedHashSet<>()).addAll(scopes));
      }
    }
    Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
    document
        .components()
        .securitySchemes()
        .forEach((name, scheme) -> {
          if (taken.containsKey(name)) {
            schemes.put(name, scheme);
          }
        });
    Map<String, List<String>> scopes = new HashMap<>();
    taken.forEach((name, asked) -> scopes.put(name, List.copyOf(asked)));
    return new ProjectSecurity(
        schemes,
        scopes,
        alike(document.components().securitySchemes().keySet()),
        CurlCommand.first(document, samples));
  }

  private static Set<String> alike(Set<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(ProviderSection::capitals))
        .values()
        .stream()
        .filter(same -> same.size() > 1)
        .flatMap(List::stream)
        .collect(Collectors.toSet());
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

    A provider in code, `builder.security(...)` in `Application.java`, verifies in tests too and refuses the credentials for development, so that tests which send
    them fail, and `mvn package` with them. In these tests, write what it accepts in place of `development-only`.
    """
        .formatted(command, config);
  }

  /** {@return whether what verifies is in a module of its own} */
  boolean needsModule() {
    return schemes.values().stream().map(ProviderSection::of).anyMatch(MODULE::contains);
  }

  /** {@return lines of the Dockerfile} */
  String container() {
    if (isPublic()) {
      return "";
    }
    String example =
        schemes.entrySet().stream()
            .filter(each -> !alike.contains(each.getKey()))
            .flatMap(each -> ProviderSection.variable(each.getKey(), each.getValue()).stream())
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
    Map<ProviderSection, List<String>> sections = new TreeMap<>();
    schemes.forEach((name, scheme) ->
        sections.computeIfAbsent(ProviderSection.of(scheme), any -> new ArrayList<>()).add(name));
    Map<String, String> variables = variables();
    StringBuilder settings = new StringBuilder();
    if (!sections.keySet().equals(EnumSet.of(ProviderSection.CODE))) {
      settings.append("security:\n");
    }
    sections.forEach((provider, names) -> {
      settings.append(provider.head());
      names.forEach(name ->
          settings.append(
              provider.text(
                  name,
                  Objects.requireNonNull(variables.get(name), name),
                  Objects.requireNonNull(schemes.get(name), name),
                  scopes.getOrDefault(name, List.of()))));
    });
    if (sections.containsKey(ProviderSection.MUTUAL_TLS)) {
      settings.append(ProviderSection.TLS);
    }
    if (schemes.keySet().stream().anyMatch(alike::contains)) {
      settings.append(
          "# Environment variables cannot set %s: they would be called alike.\n"
              .formatted(
                  schemes.keySet().stream()
                      .filter(alike::contains)
                      .collect(Collectors.joining(", "))));
    }
    return """

    # Who verifies the credentials of callers, for each security scheme of the document. The server starts when each has somebody, or
    # with --dev-security. Without the first two characters of each line below these are settings.

    """
        + settings.toString().replaceAll("(?m)^(?=.)", "# ");
  }

  /**
   * {@return names of the schemes in variables: whoever has the key of one has not that of another}
   */
  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    Set<String> given = new HashSet<>();
    schemes.keySet().forEach(name -> given.add(ProviderSection.capitals(name)));
    Set<String> free = new HashSet<>(given);
    for (String name : schemes.keySet()) {
      String capitals = ProviderSection.capitals(name);
      String variable = capitals;
      // The first has the name; the others one that is nobody's.
      if (!free.remove(capitals)) {
        int number = 2;
        while (!given.add(capitals + "_" + number)) {
          number++;
        }
        variable = capitals + "_" + number;
      }
      variables.put(name, variable);
    }
    return variables;
  }
}
