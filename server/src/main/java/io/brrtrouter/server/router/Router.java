package io.brrtrouter.server.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of the path template that matches a path, in a tree of segments. Immutable, safe
 * for use by many threads.
 *
 * <p>Implements the matching of paths of OpenAPI 3.1.1 section 4.8.8.2 over the segments of RFC
 * 3986 section 3.3. The rules:
 *
 * <ol>
 *   <li>A path is its segments, separated by {@code /}. None is skipped, be it empty or {@code .}
 *       or {@code ..}, and a trailing {@code /} counts. An escaped slash ({@code %2F}) separates
 *       nothing.
 *   <li>Literal text matches equivalent text, case-sensitive: an unreserved character (RFC 3986
 *       section 2.3) equals its escape, a character beyond ASCII the escapes of its UTF-8, and so
 *       does a character that may only be escaped in a path. Every other escape is not the
 *       character.
 *   <li>A parameter takes at least one character and never a {@code /}.
 *   <li>A segment with several parameters is divided from the left: each parameter but the last
 *       ends before the first occurrence, after its first character, of the text behind it; the
 *       last one reaches to the text that ends the segment. So {@code {a}-{b}} divides {@code
 *       x-y-z} into {@code x} and {@code y-z}.
 *   <li>Of the templates that match, the one is chosen whose segments come first in the following
 *       order, compared from the left: literal segments; then those with the longer text before the
 *       first parameter; then the longer text behind the last parameter; then more text in all;
 *       then more parameters; then the text itself by code point. The order templates were added in
 *       does not matter.
 *   <li>No two templates are {@linkplain PathTemplate#equals equal}.
 * </ol>
 *
 * <p>The cost of a match depends on the length of the path and on how many templates the path
 * begins like, not on the number of templates: of many literal alternatives for a segment its hash
 * finds the one. A path begins like several where a segment has both a literal and a templated
 * alternative: when the one leads nowhere, the other is tried. So where each of the first n
 * segments may be either, as many as 2 to the power of n beginnings are looked at, but each of them
 * once, and never more than templates have. Only the match is allocated.
 *
 * <pre>{@code
 * Router<String> router =
 *     Router.<String>builder().add("/pets/{petId}", "showPet").add("/pets", "listPets").build();
 * Match<String> match = router.match("/pets/7%2F8");
 * match.value();     // showPet
 * match.rawValue(0); // 7%2F8
 * }</pre>
 *
 * @param <T> the kind of value
 */
public final class Router<T> {
  private final Node<T> root;

  private Router(Node<T> root) {
    this.root = root;
  }

  Node<T> root() {
    return root;
  }

  /**
   * {@return a builder without templates}
   *
   * @param <T> the kind of value
   */
  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * {@return the match of a path, or null if no template matches or the path has an {@linkplain
   * #invalidEscape invalid escape}}
   *
   * @param rawPath the path as sent, percent-encoded, without query
   */
  public @Nullable Match<T> match(String rawPath) {
    return invalidEscape(rawPath) >= 0 ? null : root.match(rawPath, 0, 0);
  }

  /**
   * {@return the index of the first {@code %} of a path that does not begin percent-encoded UTF-8
   * (RFC 3986 section 2.1, RFC 3629), or -1}
   *
   * <p>Such a path matches nothing, whatever the templates; ask when there is no match to tell "no
   * such path" from "not a path".
   *
   * @param rawPath the path as sent
   */
  public static int invalidEscape(String rawPath) {
    return Units.firstInvalid(rawPath);
  }

  /**
   * Collects templates. Not safe for use by several threads.
   *
   * @param <T> the kind of value
   */
  public static final class Builder<T> {
    private final List<Route<T>> routes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a template. What is wrong with it is reported by {@link #build}.
     *
     * @param template the template, as {@link PathTemplate#parse} takes it
     * @param value what it leads to
     * @return this builder
     */
    public Builder<T> add(String template, T value) {
      try {
        return add(PathTemplate.parse(template), value);
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
        return this;
      }
    }

    /**
     * Adds a template. A conflict with another is reported by {@link #build}.
     *
     * @param template the template
     * @param value what it leads to
     * @return this builder
     */
    public Builder<T> add(PathTemplate template, T value) {
      routes.add(new Route<>(template, value));
      return this;
    }

    /**
     * {@return the router over the templates added}
     *
     * @throws TemplateException if a text is no template or two templates are equal: every such
     *     problem
     */
    public Router<T> build() {
      List<String> all = new ArrayList<>(problems);
      Map<PathTemplate, PathTemplate> seen = new HashMap<>();
      for (Route<T> route : routes) {
        PathTemplate first = seen.putIfAbsent(route.template(), route.template());
        if (first != null) {
          all.add(conflict(first, route.template()));
        }
      }
      if (!all.isEmpty()) {
        throw new TemplateException(all);
      }
      return new Router<>(Tree.of(routes));
    }

    private static String conflict(PathTemplate first, PathTemplate second) {
      if (first.toString().equals(second.toString())) {
        return "path template \"" + first + "\" is there twice; keep one";
      }
      String difference =
          first.names().equals(second.names()) ? "in percent-encoding" : "in names of parameters";
      return "path templates \"%s\" and \"%s\" match the same paths: they differ only %s; keep one"
          .formatted(first, second, difference);
    }
  }
}
