package io.brrtrouter.security;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the answers of those who are asked about credentials are called. */
final class MediaTypes {
  /** Problems (RFC 9457) tell of something that went wrong, and of nothing else. */
  private static final Pattern JSON =
      Pattern.compile("application/(?:json|(?!problem\\+)[^;\\s]+\\+json)\\s*(?:;.*)?");

  private MediaTypes() {}

  /** {@return whether an answer is called JSON, once} */
  static boolean isJson(HttpResponse<?> response) {
    List<String> types = response.headers().allValues("Content-Type");
    return types.size() == 1 && JSON.matcher(types.getFirst().toLowerCase(Locale.ROOT)).matches();
  }
}
