package io.brrtrouter.outbound.proxy;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ForwardedField;
import io.brrtrouter.server.http.Headers;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which header fields are handed on (RFC 9110 section 7.6): all but those of a connection, of
 * credentials that are for this server, and what is configured otherwise. Immutable.
 */
final class FieldPolicy {
  /** What this server calls itself (section 7.6.3). */
  private static final String PSEUDONYM = "brrtrouter";

  /** They are about one connection (section 7.6.1), known before anybody listed them there. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What is sent anew, if at all: for this hop, or by this server. */
  private static final Set<String> OF_REQUEST =
      Set.of("content-length", "expect", "forwarded", "host", "via", "x-real-ip", "x-request-id");

  /** Of who asks the service, these have another meaning than of who asks this server. */
  private static final Set<String> OF_RESPONSE = Set.of("alt-svc", "content-length", "via");

  /** Whoever was here as often goes round. */
  private static final int MOST_PASSES = 10;

  private static final String PROXY = "proxy-";
  private static final String X_FORWARDED = "x-forwarded-";
  private static final String CORS = "access-control-";
  private static final Set<String> CONTENT_OF_REQUEST = Set.of("content-type");
  private static final Set<String> CONTENT_OF_RESPONSE =
      Set.of("content-encoding", "content-range", "content-type");

  private final ProxySettings.Fields settings;

  /** Header fields of credentials, in small letters. */
  private final Set<String> credentials = new HashSet<>();

  /** Header parameters of the operation, in small letters. */
  private final Set<String> declared = new HashSet<>();

  /** Parameters of the query that are credentials. */
  private final List<String> inQuery = new ArrayList<>();

  /**
   * Decides.
   *
   * @param settings what is configured
   * @param schemes whose credentials are for this server
   * @param parameters of the operation: what the document says of fields counts, so that no client
   *     takes one away by the field {@code Connection}, and no other has its name where a service
   *     reads {@code _} as {@code -}, as CGI does (RFC 3875 section 4.1.18)
   */
  FieldPolicy(
      ProxySettings.Fields settings, List<SecurityScheme> schemes, List<Parameter> parameters) {
    this.settings = settings;
    parameters.stream()
        .filter(parameter -> parameter.in() == ParameterLocation.HEADER)
        .forEach(parameter -> declared.add(lower(parameter.name())));
    settings.credential().ifPresent(_ -> credentials.add(lower(settings.credentialHeader())));
    if (settings.credentials()) {
      return;
    }
    credentials.addAll(List.of("authorization", "cookie"));
    for (SecurityScheme scheme : schemes) {
      if (scheme.type().equals("apiKey")) {
        String name = scheme.name().orElse("");
        switch (scheme.in().map(Object::toString).orElse("").toLowerCase(Locale.ROOT)) {
          case "header" -> credentials.add(lower(name));
          case "query" -> inQuery.add(name);
          default -> {} // Cookies go as a whole.
        }
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** {@return whether a request has come through here so often that it goes round in a loop} */
  static boolean isLoop(Request request) {
    int passes = 0;
    for (String line : request.headers().all("Via")) {
      for (String element : line.split(",", -1)) {
        String[] words = element.strip().split("[ \t]+", 3);
        if (words.length > 1 && words[1].equalsIgnoreCase(PSEUDONYM)) {
          passes++;
        }
      }
    }
    return passes >= MOST_PASSES;
  }

  /** {@return the query as it is handed on} */
  String query(Request request) {
    return Paths.query(request.rawQuery(), inQuery);
  }

  /** {@return the fields of a request as they are handed on, but for those of its length} */
  Headers request(Request request) {
    Headers sent = request.headers();
    Set<String> ofConnection = named(sent);
    Headers.Builder fields = Headers.builder();
    sent.forEach((name, value) -> {
      String lower = lower(name);
      String read = lower.replace('_', '-');
      boolean disguised = !read.equals(lower) && declared.contains(read);
      boolean takenAway = ofConnection.contains(lower) && !declared.contains(lower);
      if (!isOfConnection(read, Set.of())
          && !takenAway
          && !disguised
          && !OF_REQUEST.contains(read)
          && !read.startsWith(X_FORWARDED)
          && !credentials.contains(lower)
          && !credentials.contains(read)
          && listed(lower, settings.onlyRequest(), CONTENT_OF_REQUEST)
          && !settings.noRequest().contains(lower)) {
        fields.add(name, value);
      }
    });
    settings.credential().ifPresent(value -> fields.add(settings.credentialHeader(), value));
    fields.add("X-Request-ID", request.requestId());
    via(sent, request.version(), fields);
    forwarded(request, fields);
    return fields.build();
  }

  /** {@return the fields of a response as they are handed back} */
  Headers response(Headers received, boolean headOnly) {
    Set<String> ofConnection = named(received);
    Headers.Builder fields = Headers.builder();
    received.forEach((name, value) -> {
      String lower = lower(name);
      boolean length = headOnly && lower.equals("content-length");
      if (!isOfConnection(lower, ofConnection)
          && (!OF_RESPONSE.contains(lower) || length)
          && !lower.startsWith(CORS)
          && (settings.setCookie() || !lower.equals("set-cookie"))
          && (length || listed(lower, settings.onlyResponse(), CONTENT_OF_RESPONSE))
          && !settings.noResponse().contains(lower)) {
        fields.add(name, value);
      }
    });
    via(received, "HTTP/1.1", fields);
    return fields.build();
  }

  private static boolean isOfConnection(String lower, Set<String> named) {
    return OF_CONNECTION.contains(lower) || lower.startsWith(PROXY) || named.contains(lower);
  }

  /** {@return what the field {@code Connection} names, in small letters} */
  private static Set<String> named(Headers fields) {
    // What content is has been judged by these, and is no matter of a connection.
    Set<String> named = new HashSet<>();
    for (String line : fields.all("Connection")) {
      for (String name : line.split(",", -1)) {
        named.add(lower(name.strip()));
      }
    }
    named.removeAll(CONTENT_OF_RESPONSE);
    return named;
  }

  private static boolean listed(String lower, Set<String> only, Set<String> always) {
    return only.isEmpty() || only.contains(lower) || always.contains(lower);
  }

  private static void via(Headers received, String version, Headers.Builder fields) {
    String before = received.combined("Via");
    String own = version.substring(version.indexOf('/') + 1) + " " + PSEUDONYM;
    fields.add("Via", before == null || before.isBlank() ? own : before + ", " + own);
  }

  /** What a trusted proxy says is gone on with; what anybody else says is not handed on. */
  private void forwarded(Request request, Headers.Builder fields) {
    if (!settings.xForwarded() && !settings.forwarded()) {
      return;
    }
    Headers sent = request.headers();
    Optional<ForwardedField> by = request.forwardedBy();
    boolean x = by.filter(field -> field == ForwardedField.X_FORWARDED_FOR).isPresent();
    boolean standard = by.filter(field -> field == ForwardedField.FORWARDED).isPresent();
    Optional<InetAddress> peer =
        request.peer().address() instanceof InetSocketAddress address
            ? Optional.ofNullable(address.getAddress())
            : Optional.empty();
    String host = Optional.ofNullable(sent.get("Host")).orElse("");
    String scheme = request.peer().secure() ? "https" : "http";
    if (settings.xForwarded()) {
      peer.ifPresent(address ->
          fields.add(
              "X-Forwarded-For",
              after(x ? sent.combined("X-Forwarded-For") : null, address.getHostAddress())));
      String hosts = x ? sent.combined("X-Forwarded-Host") : null;
      String schemes = x ? sent.combined("X-Forwarded-Proto") : null;
      fields.add("X-Forwarded-Host", hosts == null ? host : hosts);
      fields.add("X-Forwarded-Proto", schemes == null ? scheme : schemes);
    }
    if (settings.forwarded()) {
      String element =
          peer.map(address -> "for=" + node(address) + ";").orElse("")
              + "host=\""
              + host.replace("\\", "").replace("\"", "")
              + "\";proto="
              + scheme;
      fields.add("Forwarded", after(standard ? sent.combined("Forwarded") : null, element));
    }
  }

  private static String after(@Nullable String before, String own) {
    return before == null || before.isBlank() ? own : before + ", " + own;
  }

  /** RFC 7239 section 6: an address of IPv6 is in brackets, and quoted. */
  private static String node(InetAddress address) {
    String text = address.getHostAddress();
    return address instanceof Inet6Address ? "\"[" + text + "]\"" : text;
  }
}
