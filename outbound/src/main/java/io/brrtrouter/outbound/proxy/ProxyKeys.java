package io.brrtrouter.outbound.proxy;

import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.size;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Tokens;
import io.brrtrouter.server.service.ServiceSettings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of each service. */
final class ProxyKeys {
  private static final Duration NONE = Duration.ZERO;
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  static final ConfigKey<List<URI>> URL =
      key(
              "url",
              list(ConfigType.url()),
              List.<URI>of(),
              "Where the service is: one URL, `http` or `https`, or several that take turns; has to be"
                  + " set. Its path goes before those of the document.")
          .alsoCalled("urls", "address", "target", "base_url");
  static final ConfigKey<Duration> CONNECT_TIMEOUT =
      millis("connect_timeout_ms", INSTANT, 2_000, "How long a connection may take to be made.");
  static final ConfigKey<Duration> RESPONSE_TIMEOUT =
      millis(
              "response_timeout_ms",
              INSTANT,
              30_000,
              "How long the service may take to begin its response, from the first octet of the request;"
                  + " a streamed request body counts.")
          .alsoCalled("timeout_ms", "read_timeout_ms");
  static final ConfigKey<Duration> IDLE_TIMEOUT =
      millis(
          "idle_timeout_ms",
          NONE,
          60_000,
          "How long a response may pause between octets, events too; 0 for any time.");
  static final ConfigKey<Duration> DEADLINE =
      millis(
          "deadline_ms",
          NONE,
          0,
          "How long all may take: waiting for a connection, attempts, and the response to its end; 0"
              + " for any time.");
  static final ConfigKey<Integer> MAX_CONNECTIONS =
      key(
          "max_connections",
          integer(1, 100_000),
          100,
          "Most connections to the service at once, over all its URLs: as many requests as may be in"
              + " progress.");
  static final ConfigKey<Integer> CONNECTIONS_PER_CLIENT =
      key(
          "connections_per_client",
          integer(0, 100_000),
          0,
          "Most of them for requests of one client, by its address as `rate_limit` counts it; 0 for"
              + " half of `max_connections`.");
  static final ConfigKey<Duration> CONNECTION_WAIT =
      millis(
          "connection_wait_ms",
          NONE,
          1_000,
          "How long a request waits for one of them, before the client gets a 503.");
  static final ConfigKey<Duration> KEEP_ALIVE =
      millis(
          "keep_alive_ms",
          NONE,
          30_000,
          "How long a connection that nobody uses is kept for the next request; 0 for not at all.");
  static final ConfigKey<Integer> MAX_HEADER_BYTES =
      key(
          "max_header_bytes",
          size(256, 1 << 20),
          64 << 10,
          "Most octets of the head of a response.");
  static final ConfigKey<Integer> CHECKED_BYTES =
      key(
          "checked_bytes",
          size(0, 16 << 20),
          1 << 20,
          "Responses of up to this many octets, of a media type of which the document describes a"
              + " value, are collected and checked as `responses.check` says; of others status,"
              + " header fields and media type are.");
  static final ConfigKey<Integer> COLLECTED_BYTES =
      key(
          "collected_bytes",
          size(64 << 10, 1 << 30),
          64 << 20,
          "Most octets of responses that are collected at once, all requests together: what has no"
              + " room is handed back unchecked.");
  static final ConfigKey<Duration> COLLECT_TIMEOUT =
      millis(
          "collect_timeout_ms",
          INSTANT,
          10_000,
          "How long a response is collected: what has not come to its end by then is handed back"
              + " unchecked while it comes, so that a client that goes is noticed.");
  static final ConfigKey<Integer> RETRIES =
      key(
          "retries",
          integer(0, 10),
          1,
          "How often a request is sent again, if its method is idempotent (RFC 9110 section 9.2.2),"
              + " its body is not streamed and nothing was sent to the client.");
  static final ConfigKey<List<String>> RETRY_ON =
      key(
          "retry_on",
          list(parsed("`connect`, `502`, `503` or `504`", ProxyKeys::occasion)),
          List.of("connect", "503"),
          "What makes a request be sent again: a connection that cannot be made or ended before any"
              + " response, and statuses of responses.");
  static final ConfigKey<Duration> RETRY_BACKOFF =
      millis(
          "retry_backoff_ms",
          NONE,
          50,
          "The longest wait before the second attempt, doubled for each further one; how long it is,"
              + " is random.");
  static final ConfigKey<Integer> CIRCUIT_FAILURES =
      key(
          "circuit_failure_percent",
          integer(0, 100),
          50,
          "From how many percent of failed attempts at one URL on it is not asked there for a while:"
              + " those without a response and those answered with 502, 503 or 504; 0 for always"
              + " asking.");
  static final ConfigKey<Integer> CIRCUIT_WINDOW =
      key(
          "circuit_window",
          integer(1, 10_000),
          20,
          "Of how many attempts, the last ones; before there were as many, nothing is decided.");
  static final ConfigKey<Duration> CIRCUIT_OPEN =
      millis("circuit_open_ms", INSTANT, 10_000, "How long it is not asked there then.");
  static final ConfigKey<Integer> CIRCUIT_PROBES =
      key(
          "circuit_probes",
          integer(1, 1_000),
          3,
          "How many attempts are made after that, to see whether it is well again.");
  static final ConfigKey<String> CREDENTIALS =
      key(
          "credentials",
          parsed("`none` or `forward`", text -> oneOf(text, "none", "forward")),
          "none",
          "Whether the service gets what clients prove themselves with: `Authorization`, cookies, and"
              + " API keys of the document's security schemes, in header fields and in the query.");
  static final ConfigKey<Optional<String>> CREDENTIAL =
      key(
              "credential",
              optional(text("value of a header field", ProxyKeys::isValue)),
              Optional.<String>empty(),
              "What this server proves itself to the service with, `Bearer ...` for example.")
          .asSecret();
  static final ConfigKey<Optional<String>> CREDENTIAL_FILE =
      key("credential_file", optional(path()), Optional.empty(), "A file that has it.");
  static final ConfigKey<String> CREDENTIAL_HEADER =
      key(
          "credential_header",
          name(),
          "Authorization",
          "The header field it is sent in, in place of the client's.");
  static final ConfigKey<String> SET_COOKIE =
      key(
          "set_cookie",
          parsed("`drop` or `forward`", text -> oneOf(text, "drop", "forward")),
          "drop",
          "Whether clients get cookies of the service.");
  static final ConfigKey<String> FORWARDED =
      key(
          "forwarded",
          parsed(
              "`x-forwarded`, `forwarded`, `both` or `none`",
              text -> oneOf(text, "x-forwarded", "forwarded", "both", "none")),
          "x-forwarded",
          "How the service is told who asks: `X-Forwarded-For`, `-Host` and `-Proto`, `Forwarded` (RFC"
              + " 7239), both or neither. What clients write there themselves is not handed on.");
  static final ConfigKey<List<String>> REQUEST_HEADERS =
      key(
          "request_headers",
          list(name()),
          List.of(),
          "The only header fields of clients that the service gets, beside `Content-Type`; all unless"
              + " set.");
  static final ConfigKey<List<String>> DROP_REQUEST_HEADERS =
      key(
          "drop_request_headers",
          list(name()),
          List.of(),
          "Header fields of clients that the service does not get.");
  static final ConfigKey<List<String>> RESPONSE_HEADERS =
      key(
          "response_headers",
          list(name()),
          List.of(),
          "The only header fields of the service that clients get, beside `Content-Type`,"
              + " `Content-Encoding` and `Content-Range`; all unless set.");
  static final ConfigKey<List<String>> DROP_RESPONSE_HEADERS =
      key(
          "drop_response_headers",
          list(name()),
          List.of(),
          "Header fields of the service that clients do not get.");
  static final ConfigKey<Optional<String>> CA_FILE =
      key(
          "ca_file",
          optional(path()),
          Optional.empty(),
          "PEM certificates to trust, in place of those the JDK trusts.");
  static final ConfigKey<Optional<String>> CERT_FILE =
      key(
          "client_cert_file",
          optional(path()),
          Optional.empty(),
          "This server's certificate for the service, in PEM, with the chain behind it.");
  static final ConfigKey<Optional<String>> KEY_FILE =
      key(
          "client_key_file",
          optional(path()),
          Optional.empty(),
          "The private key of that certificate, in PEM (PKCS#8, not encrypted).");

  static final List<ConfigKey<?>> ALL =
      List.of(
          URL,
          CONNECT_TIMEOUT,
          RESPONSE_TIMEOUT,
          IDLE_TIMEOUT,
          DEADLINE,
          MAX_CONNECTIONS,
          CONNECTIONS_PER_CLIENT,
          CONNECTION_WAIT,
          KEEP_ALIVE,
          MAX_HEADER_BYTES,
          CHECKED_BYTES,
          COLLECTED_BYTES,
          COLLECT_TIMEOUT,
          RETRIES,
          RETRY_ON,
          RETRY_BACKOFF,
          CIRCUIT_FAILURES,
          CIRCUIT_WINDOW,
          CIRCUIT_OPEN,
          CIRCUIT_PROBES,
          CREDENTIALS,
          CREDENTIAL,
          CREDENTIAL_FILE,
          CREDENTIAL_HEADER,
          SET_COOKIE,
          FORWARDED,
          REQUEST_HEADERS,
          DROP_REQUEST_HEADERS,
          RESPONSE_HEADERS,
          DROP_RESPONSE_HEADERS,
          CA_FILE,
          CERT_FILE,
          KEY_FILE);

  private ProxyKeys() {}

  private static <T> ConfigKey<T> key(
      String name, ConfigType<T> type, T fallback, String description) {
    return new ConfigKey<>(ServiceSettings.PREFIX + name, type, fallback, description);
  }

  private static ConfigKey<Duration> millis(
      String name, Duration least, int fallback, String description) {
    Duration most = name.startsWith("deadline") || name.startsWith("idle") ? DAY : HOUR;
    return key(name, ConfigType.millis(least, most), Duration.ofMillis(fallback), description);
  }

  private static ConfigType<String> name() {
    return text("name of a header field", Tokens::isToken);
  }

  private static ConfigType<String> path() {
    return text("path of a file", ProxyKeys::isPath);
  }

  private static boolean isPath(String text) {
    try {
      return !text.isBlank() && Path.of(text).getNameCount() >= 0;
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static boolean isValue(String text) {
    return !text.isBlank() && Headers.isValue(text);
  }

  private static Optional<String> occasion(String text) {
    return oneOf(text.toLowerCase(Locale.ROOT), "connect", "502", "503", "504");
  }

  private static Optional<String> oneOf(String text, String... words) {
    return List.of(words).contains(text) ? Optional.of(text) : Optional.empty();
  }
}
