package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.Sample;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a request as a command for a shell, to be tried out. */
final class CurlCommand {
  private static final String SERVER = "http://127.0.0.1:8080";

  private CurlCommand() {}

  /**
   * {@return a request for the first operation that demands credentials, a GET if there is one}
   *
   * @param document the document
   * @param samples a request for each operation
   */
  static Optional<String> first(OpenApi document, List<Sample> samples) {
    Set<String> secured = new HashSet<>();
    for (Operation operation : document.operations()) {
      if (operation.demandsCredentials()) {
        secured.add(route(operation.method(), operation.path()));
      }
    }
    return samples.stream()
        .filter(
            each -> secured.contains(route(each.operation().httpMethod(), each.operation().path())))
        .sorted(Comparator.comparing(each -> !isGet(each)))
        .flatMap(each -> each.call().flatMap(call -> of(each, call)).stream())
        .findFirst();
  }

  private static String route(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path;
  }

  private static boolean isGet(Sample sample) {
    return sample.operation().httpMethod().equalsIgnoreCase("GET");
  }

  /** There is no short one for a form. */
  private static Optional<String> of(Sample sample, Sample.Call call) {
    StringBuilder command = new StringBuilder("curl");
    if (!isGet(sample)) {
      option(command, "-X", sample.operation().httpMethod());
    }
    call.headers().forEach(each -> option(command, "-H", each.name() + ": " + each.value()));
    if (!call.cookies().isEmpty()) {
      option(command, "-b", pairs(call.cookies(), "; "));
    }
    if (call.body().isPresent()) {
      if (!(call.body().get() instanceof Sample.Payload.Text(String type, String text))) {
        return Optional.empty();
      }
      option(command, "-H", "Content-Type: " + type);
      option(command, "-d", text);
    }
    String query = pairs(encoded(call.query()), "&");
    String before = call.target().contains("?") ? "&" : "?";
    return Optional.of(
        command
            .append(' ')
            .append(quoted(SERVER + call.target() + (query.isEmpty() ? "" : before + query)))
            .toString());
  }

  private static void option(StringBuilder command, String name, String value) {
    command.append(' ').append(name).append(' ').append(quoted(value));
  }

  private static List<Sample.Pair> encoded(List<Sample.Pair> pairs) {
    return pairs.stream()
        .map(each -> new Sample.Pair(encoded(each.name()), encoded(each.value())))
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String pairs(List<Sample.Pair> pairs, String between) {
    return pairs.stream()
        .map(each -> each.name() + "=" + each.value())
        .collect(Collectors.joining(between));
  }

  /** As one word of a shell. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./:-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
