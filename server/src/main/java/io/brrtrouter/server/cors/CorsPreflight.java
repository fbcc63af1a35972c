package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers the question that browsers ask before a request that no form could have made (Fetch
 * standard section 4.8), for one path and the policy of one of its methods. Immutable; rendered
 * when the document is compiled.
 */
public final class CorsPreflight {
  private static final String METHOD = "Access-Control-Request-Method";
  private static final String HEADERS = "Access-Control-Request-Headers";
  private static final String PRIVATE_NETWORK = "Access-Control-Request-Private-Network";

  /** What pages may send without asking, as long as the value is harmless. */
  private static final List<String> SAFELISTED =
      List.of("Accept", "Accept-Language", "Content-Language");

  /** What {@code *} never stands for (Fetch standard section 2.2.2). */
  private static final String NEVER_WILD = "authorization";

  private static final CorsPreflight NONE = new CorsPreflight(CorsPolicy.OFF.terms(), List.of());

  private final Set<String> methods;
  private final Set<String> names;
  private final boolean anyName;
  private final boolean privateNetwork;
  private final Headers vary;
  private final Headers answer;

  /** For a request that asks for a safelisted name all the same: browsers look for it then. */
  private final Headers answerWithSafelisted;

  private CorsPreflight(CorsTerms terms, Collection<Method> declared) {
    this.methods = methods(terms, declared);
    this.names =
        terms.allowedHeaders().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.anyName = names.contains(CorsPolicy.ANY);
    this.privateNetwork = terms.allowPrivateNetwork();
    this.vary =
        Headers.of(
            "Vary",
            String.join(", ", "Origin", METHOD, HEADERS)
                + (privateNetwork ? ", " + PRIVATE_NETWORK : ""));
    this.answer = answer(terms, terms.allowedHeaders());
    this.answerWithSafelisted =
        answer(terms, Stream.concat(terms.allowedHeaders().stream(), SAFELISTED.stream()).toList());
  }

  /**
   * Renders the answers for a path.
   *
   * @param policy the policy of the operation that is asked for
   * @param declared the methods of the path
   * @return what answers
   */
  public static CorsPreflight of(CorsPolicy policy, Collection<Method> declared) {
    return policy.isOff() ? NONE : new CorsPreflight(policy.terms(), declared);
  }

  /** A page that may {@code GET} may {@code HEAD}: browsers do not ask for either. */
  private static Set<String> methods(CorsTerms terms, Collection<Method> declared) {
    List<String> allowed = terms.allowedMethods();
    TreeSet<String> methods = new TreeSet<>();
    for (Method method : declared) {
      String name = method.equals(Method.HEAD) ? Method.GET.token() : method.token();
      if (allowed.contains(CorsPolicy.ANY)
          || allowed.contains(method.token())
          || allowed.contains(name)) {
        methods.add(method.token());
      }
    }
    return methods;
  }

  private Headers answer(CorsTerms terms, List<String> allowed) {
    Headers.Builder headers = vary.toBuilder();
    if (!methods.isEmpty()) {
      headers.add("Access-Control-Allow-Methods", String.join(", ", methods));
    }
    if (!allowed.isEmpty()) {
      headers.add("Access-Control-Allow-Headers", String.join(", ", allowed));
    }
    return headers.add("Access-Control-Max-Age", Long.toString(terms.maxAge().toSeconds())).build();
  }

  /**
   * {@return the method that a browser asks about, null for any other request}
   *
   * @param head the head of the request
   */
  public static @Nullable String method(HttpRequest head) {
    return head.method().equals(Method.OPTIONS) && head.headers().contains("Origin")
        ? head.headers().get(METHOD)
        : null;
  }

  /** {@return what every answer to a preflight tells caches} */
  public Headers vary() {
    return vary;
  }

  /** The answer to a preflight whose origin is allowed. */
  public sealed interface Answer {}

  /**
   * The page may go on.
   *
   * @param headers the fields that say so, beside those about its origin
   */
  public record Granted(Headers headers) implements Answer {}

  /**
   * The page may not.
   *
   * @param reason a sentence that repeats nothing of the request
   */
  public record Denied(String reason) implements Answer {}

  /**
   * Answers.
   *
   * @param method what {@link #method(HttpRequest)} says
   * @param head the head of the preflight
   * @return whether its page may go on
   */
  public Answer answer(String method, HttpRequest head) {
    if (!methods.contains(method)) {
      return new Denied(
          methods.isEmpty()
              ? "Pages of other origins may use no method of this path."
              : "The method asked for is none of those that pages of other origins may use here: "
                  + String.join(", ", methods)
                  + ".");
    }
    String asked = head.headers().combined(HEADERS);
    boolean safelisted = false;
    int at = 0;
    for (String each : asked == null ? new String[0] : asked.split(",", -1)) {
      String name = each.strip().toLowerCase(Locale.ROOT);
      at += name.isEmpty() ? 0 : 1;
      boolean safe = isSafelisted(name);
      safelisted |= safe && !names.contains(name);
      if (!name.isEmpty() && !safe && !isAllowed(name)) {
        return denied(at);
      }
    }
    return new Granted(granted(safelisted && !anyName, head));
  }

  private static boolean isSafelisted(String name) {
    for (String safe : SAFELISTED) {
      if (safe.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAllowed(String name) {
    return names.contains(name) || (anyName && !name.equals(NEVER_WILD));
  }

  private Denied denied(int at) {
    return new Denied(
        "Name "
            + at
            + " of Access-Control-Request-Headers is none of the fields that pages of other origins"
            + " may send here: "
            + (names.isEmpty() ? "there are none" : answer.get("Access-Control-Allow-Headers"))
            + ".");
  }

  private Headers granted(boolean safelisted, HttpRequest head) {
    Headers headers = safelisted ? answerWithSafelisted : answer;
    return privateNetwork && "true".equals(head.headers().get(PRIVATE_NETWORK))
        ? headers.plus("Access-Control-Allow-Private-Network", "true")
        : headers;
  }
}
