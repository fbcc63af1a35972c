package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashSet;
import java.util.Set;

/** Template expressions in braces, in paths (OpenAPI 3.1.1 section 4.8.8) and server URLs. */
final class Templates {
  private Templates() {}

  /**
   * {@return the names in the braces of a text; malformed braces and repeated names are findings}
   */
  static Set<String> names(LocatedNode text, Findings findings) {
    return names(text.node().stringValue(), text.location(), findings);
  }

  static Set<String> names(String template, SourceLocation at, Findings findings) {
    Set<String> names = new LinkedHashSet<>();
    int open = -1;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '{' && open < 0) {
        open = i;
      } else if (c == '}' && open >= 0) {
        add(template.substring(open + 1, i), names, template, at, findings);
        open = -1;
      } else if (c == '{' || c == '}') {
        malformed(template, "braces do not match", at, findings);
        return names;
      }
    }
    if (open >= 0) {
      malformed(template, "a brace is not closed", at, findings);
    }
    return names;
  }

  private static void add(
      String name, Set<String> names, String template, SourceLocation at, Findings findings) {
    if (name.isEmpty()) {
      malformed(template, "the braces hold no name", at, findings);
    } else if (!names.add(name)) {
      malformed(template, "{" + name + "} occurs twice", at, findings);
    }
  }

  private static void malformed(
      String template, String reason, SourceLocation at, Findings findings) {
    findings.error(
        "malformed-template",
        at,
        "in \"" + template + "\" " + reason,
        "write each variable once, as {name}");
  }
}
