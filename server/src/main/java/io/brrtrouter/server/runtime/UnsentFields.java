package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds header fields that operations take and pages of other origins cannot send: a browser asks
 * in a preflight whether it may, and is told that it may not (Fetch standard section 4.8).
 */
final class UnsentFields {
  private static final String ANY = "*";
  private static final String AUTHORIZATION = "Authorization";
  private static final String CONTENT_TYPE = "Content-Type";

  /** A browser asks about some values of it only. */
  private static final String RANGE = "Range";

  /** Of these a browser does not ask (section 2.2.2). */
  private static final Set<String> FORMS =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  /** Names of operations that a warning has; more are a number. */
  private static final int MOST = 3;

  /**
   * What a browser sends without asking; and what it never lets a page set (section 2.2.2), beside
   * the prefixes below.
   */
  private static final Set<String> NEVER_ASKED = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    NEVER_ASKED.addAll(
        List.of(
            "Accept",
            "Accept-Language",
            "Content-Language",
            "Accept-Charset",
            "Accept-Encoding",
            "Access-Control-Request-Headers",
            "Access-Control-Request-Method",
            "Connection",
            "Content-Length",
            "Cookie",
            "Cookie2",
            "Date",
            "DNT",
            "Expect",
            "Host",
            "Keep-Alive",
            "Origin",
            "Referer",
            "Set-Cookie",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Via",
            "User-Agent"));
  }

  private final ConfigValues values;
  private final OpenApi document;

  /** A field that a list does not have. */
  private record Unlisted(String field, Optional<Operation> own) {}

  UnsentFields(ConfigValues values, OpenApi document) {
    this.values = values;
    this.document = document;
  }

  /** {@return a warning for each field, and each list that does not have it} */
  List<Finding> findings() {
    if (values.get(BrowserKeys.ORIGINS).isEmpty()
        && values.get(BrowserKeys.ORIGIN_PATTERNS).isEmpty()) {
      return List.of();
    }
    Map<Unlisted, List<Operation>> unlisted = new LinkedHashMap<>();
    for (Operation operation : document.operations()) {
      for (Unlisted each : unlisted(operation)) {
        unlisted.computeIfAbsent(each, _ -> new ArrayList<>()).add(operation);
      }
    }
    List<String> wanted = new ArrayList<>(values.get(BrowserKeys.ALLOWED_HEADERS));
    unlisted.keySet().stream()
        .filter(each -> each.own().isEmpty())
        .forEach(each -> wanted.add(each.field()));
    List<Finding> findings = new ArrayList<>();
    unlisted.forEach((each, operations) -> findings.add(finding(each, operations, wanted)));
    return findings;
  }

  private Set<Unlisted> unlisted(Operation operation) {
    CorsExtension extension = CorsExtension.of(operation);
    if (extension instanceof CorsExtension.Off) {
      return Set.of();
    }
    Optional<List<String>> own =
        extension instanceof CorsExtension.Changes changes
            ? changes.allowedHeaders()
            : Optional.empty();
    List<String> allowed = own.orElseGet(() -> values.get(BrowserKeys.ALLOWED_HEADERS));
    Set<Unlisted> unlisted = new LinkedHashSet<>();
    boolean given = own.isPresent() || values.isGiven(BrowserKeys.ALLOWED_HEADERS);
    for (String field : credentials(operation, allowed, given)) {
      unlisted.add(new Unlisted(field, own.map(_ -> operation)));
    }
    if (takesMoreThanForms(operation) && !isAllowed(CONTENT_TYPE, allowed)) {
      unlisted.add(new Unlisted(CONTENT_TYPE, own.map(_ -> operation)));
    }
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in() == ParameterLocation.HEADER
          && !isNeverAsked(parameter.name())
          && !isAllowed(parameter.name(), allowed)) {
        unlisted.add(new Unlisted(parameter.name(), own.map(_ -> operation)));
      }
    }
    return unlisted;
  }

  private static boolean takesMoreThanForms(Operation operation) {
    return operation.requestBody().stream()
        .flatMap(body -> body.content().keySet().stream())
        .anyMatch(type -> !FORMS.contains(essence(type)));
  }

  private static String essence(String type) {
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Those of the first alternative, where a page can send what none of them asks for; {@code
   * Authorization} of any, where a list does without what is allowed unless set.
   */
  private Set<String> credentials(Operation operation, List<String> allowed, boolean given) {
    List<List<String>> alternatives =
        operation.security().stream()
            .map(requirement ->
                fields(requirement).stream().filter(field -> !isAllowed(field, allowed)).toList())
            .toList();
    Set<String> credentials = new LinkedHashSet<>();
    if (!alternatives.isEmpty() && alternatives.stream().noneMatch(List::isEmpty)) {
      credentials.addAll(alternatives.getFirst());
    }
    if (given && alternatives.stream().anyMatch(each -> each.contains(AUTHORIZATION))) {
      credentials.add(AUTHORIZATION);
    }
    return credentials;
  }

  private List<String> fields(SecurityRequirement requirement) {
    List<String> fields = new ArrayList<>();
    for (String name : requirement.schemes().keySet()) {
      SecurityScheme scheme = document.components().securitySchemes().get(name);
      if (scheme == null) {
        continue;
      }
      switch (scheme.type()) {
        case "apiKey" -> {
          if (scheme.in().filter(in -> in == ParameterLocation.HEADER).isPresent()) {
            scheme.name().ifPresent(fields::add);
          }
        }
        case "http", "oauth2", "openIdConnect" -> fields.add(AUTHORIZATION);
        default -> {}
      }
    }
    return fields;
  }

  /** The first three are no parameters either (OpenAPI 3.1.1 section 4.8.12.2). */
  private static boolean isNeverAsked(String field) {
    return field.equalsIgnoreCase(AUTHORIZATION)
        || field.equalsIgnoreCase(CONTENT_TYPE)
        || NEVER_ASKED.contains(field)
        || field.regionMatches(true, 0, "Sec-", 0, 4)
        || field.regionMatches(true, 0, "Proxy-", 0, 6);
  }

  /** An asterisk is not for {@code Authorization} (section 4.8). */
  private static boolean isAllowed(String field, List<String> allowed) {
    return allowed.stream()
        .anyMatch(each ->
            each.equalsIgnoreCase(field)
                || (each.equals(ANY) && !field.equalsIgnoreCase(AUTHORIZATION)));
  }

  private Finding finding(Unlisted unlisted, List<Operation> operations, List<String> wanted) {
    String list = unlisted.own().isPresent() ? "its x-cors.allowedHeaders" : "cors.allowed_headers";
    return new Finding(
        "cors-header-not-allowed",
        Severity.WARNING,
        unlisted.own().map(UnsentFields::extension).orElseGet(this::setting),
        "%s %s %s, which %s does not allow: browsers will %s"
            .formatted(
                named(operations),
                operations.size() == 1 ? "takes" : "take",
                unlisted.field(),
                list,
                limit(unlisted.field())),
        fix(unlisted, list, wanted));
  }

  /** What is safe without asking is a single range with a first position (section 2.2.2). */
  private static String limit(String field) {
    return field.equalsIgnoreCase(RANGE)
        ? "let pages of other origins send it with one range from a first position only"
        : "not let pages of other origins send it";
  }

  /** A list that is not there yet would replace what is allowed without one. */
  private String fix(Unlisted unlisted, String list, List<String> wanted) {
    if (unlisted.own().isPresent() || values.isGiven(BrowserKeys.ALLOWED_HEADERS)) {
      return "add " + unlisted.field() + " to " + (unlisted.own().isPresent() ? "it" : list);
    }
    return "set " + list + " to [" + String.join(", ", wanted) + "]";
  }

  private static SourceLocation extension(Operation operation) {
    return operation.extensionLocations().getOrDefault(CorsExtension.FIELD, operation.location());
  }

  private SourceLocation setting() {
    for (ConfigKey<?> key :
        List.of(BrowserKeys.ALLOWED_HEADERS, BrowserKeys.ORIGINS, BrowserKeys.ORIGIN_PATTERNS)) {
      if (values.isGiven(key)) {
        return values.place(key);
      }
    }
    throw new IllegalStateException("nothing is configured");
  }

  private static String named(List<Operation> operations) {
    String names =
        operations.stream()
            .limit(MOST)
            .map(OperationExtension::handlerName)
            .collect(Collectors.joining(", "));
    if (operations.size() == 1) {
      return names;
    }
    int more = operations.size() - MOST;
    return "%d operations (%s%s)"
        .formatted(operations.size(), names, more > 0 ? " and " + more + " more" : "");
  }
}
