package io.brrtrouter.openapi.read;

import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Template expressions in braces, in paths (OpenAPI 3.1.1 section 4.8.8) and server URLs. */
final class Templates {
  /** How often a name may occur. */
  enum Repeats {
    ALLOWED,
    REFUSED
  }

  private Templates() {}

  /**
   * {@return the names in the braces of a text; null after a finding that the braces are malformed
   * or a name is repeated}
   */
  static @Nullable Set<String> names(
      String template, Repeats repeats, SourceLocation at, Findings findings) {
    Set<String> names = new LinkedHashSet<>();
    String reason = null;
    int open = -1;
    for (int i = 0; i < template.length() && reason == null; i++) {
      char c = template.charAt(i);
      if (c == '{' && open < 0) {
        open = i;
      } else if (c == '}' && open >= 0) {
        reason = add(template.substring(open + 1, i), repeats, names);
        open = -1;
      } else if (c == '{' || c == '}') {
        reason = "braces do not match";
      }
    }
    if (reason == null && open >= 0) {
      reason = "a brace is not closed";
    }
    if (reason != null) {
      findings.error(
          "malformed-template",
          at,
          "in \"" + template + "\" " + reason,
          repeats == Repeats.REFUSED
              ? "write each variable once, as {name}"
              : "write each variable as {name}");
      return null;
    }
    return names;
  }

  private static @Nullable String add(String name, Repeats repeats, Set<String> names) {
    if (name.isEmpty()) {
      return "the braces hold no name";
    }
    return names.add(name) || repeats == Repeats.ALLOWED ? null : "{" + name + "} occurs twice";
  }
}
