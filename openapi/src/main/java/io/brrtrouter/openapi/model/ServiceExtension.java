package io.brrtrouter.openapi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What {@code x-service} and the extensions beside it say about an operation: that another service
 * answers it, and at which path of that service.
 *
 * @param service the name of the service, by which it is configured
 * @param basePath what the paths of the service begin with, {@code /inventory} for example; empty
 *     for nothing
 * @param path the path below it, a template of the operation's path parameters; empty for the path
 *     as it was sent
 */
public record ServiceExtension(String service, String basePath, Optional<String> path) {
  /** The name of the extension that names the service. */
  public static final String FIELD = "x-service";

  /** The name of the extension with the path of the service. */
  public static final String PATH = "x-brrtrouter-downstream-path";

  /** The name of the extension with what paths of the service begin with. */
  public static final String BASE_PATH = "x-service-base-path";

  private static final int LONGEST_NAME = 63;

  /**
   * {@return what an operation says; empty where no service answers it}
   *
   * @param operation an operation of a document that was read without errors
   */
  public static Optional<ServiceExtension> of(Operation operation) {
    return OperationExtension.SERVICE
        .of(operation)
        .map(name ->
            new ServiceExtension(
                name.stringValue(),
                OperationExtension.SERVICE_BASE_PATH
                    .of(operation)
                    .map(JsonNode::stringValue)
                    .map(base -> base.equals("/") ? "" : base)
                    .orElse(""),
                OperationExtension.DOWNSTREAM_PATH.of(operation).map(JsonNode::stringValue)));
  }

  /**
   * {@return whether a text is the name of a service: small letters, digits, hyphens and
   * underscores, a letter first}
   *
   * @param text the text
   */
  public static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_NAME
        && text.charAt(0) >= 'a'
        && text.charAt(0) <= 'z'
        && text.chars()
            .allMatch(
                c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
  }

  /**
   * {@return whether a text is a path that other paths begin with: {@code /} or {@code
   * /inventory/v2}, without slash at the end, parameters and dot segments}
   *
   * @param text the text
   */
  public static boolean isBasePath(String text) {
    return text.equals("/")
        || (isPath(text) && !text.endsWith("/") && text.indexOf('{') < 0 && text.indexOf('}') < 0);
  }

  /**
   * {@return whether a text is a path, in which parameters may stand: it begins with a slash, has
   * neither query nor fragment, characters of a path only (RFC 3986 section 3.3), no dot segments
   * and each brace has its other one}
   *
   * @param text the text
   */
  public static boolean isPath(String text) {
    if (!text.startsWith("/") || !isBalanced(text)) {
      return false;
    }
    for (String segment : text.split("/", -1)) {
      String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      if (plain.equals(".") || plain.equals("..")) {
        return false;
      }
    }
    return isPathText(literals(text));
  }

  private static boolean isBalanced(String text) {
    int open = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' && open >= 0) {
        return false;
      }
      if (c == '}' && (open < 0 || open == i - 1)) {
        return false;
      }
      open = c == '{' ? i : c == '}' ? -1 : open;
    }
    return open < 0;
  }

  private static String literals(String text) {
    StringBuilder literals = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inside = c == '{' || (inside && c != '}');
      if (!inside && c != '}') {
        literals.append(c);
      }
    }
    return literals.toString();
  }

  private static boolean isPathText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()
            || Character.digit(text.charAt(i + 1), 16) < 0
            || Character.digit(text.charAt(i + 2), 16) < 0) {
          return false;
        }
      } else if (!isPathCharacter(c)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPathCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "/-._~!$&'()*+,;=:@".indexOf(c) >= 0;
  }

  /**
   * {@return the names of the parameters in a path, in order}
   *
   * @param path a path or path template
   */
  public static List<String> parameters(String path) {
    List<String> names = new ArrayList<>();
    int open = path.indexOf('{');
    while (open >= 0 && path.indexOf('}', open) > 0) {
      names.add(path.substring(open + 1, path.indexOf('}', open)));
      open = path.indexOf('{', open + 1);
    }
    return names;
  }
}
