package io.brrtrouter.openapi.diff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Path templates, in which names of parameters are no part of what is matched. */
final class Templates {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");

  private Templates() {}

  /** {@return the template without names} */
  static String shape(String template) {
    return PARAMETER.matcher(template).replaceAll("{}");
  }

  /** {@return for each name in one template the name at its place in another of that shape} */
  static Map<String, String> names(String from, String to) {
    List<String> olds = names(from);
    List<String> news = names(to);
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < Math.min(olds.size(), news.size()); i++) {
      names.put(olds.get(i), news.get(i));
    }
    return names;
  }

  private static List<String> names(String template) {
    return PARAMETER.matcher(template).results().map((MatchResult each) -> each.group(1)).toList();
  }
}
