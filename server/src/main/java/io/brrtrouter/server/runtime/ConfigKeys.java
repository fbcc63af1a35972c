package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.endpoint;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.millis;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.size;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.decode.DecodeLimits;
import io.brrtrouter.server.decode.FormLimits;
import io.brrtrouter.server.dispatch.DispatchLimits;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.ProblemType;
import io.brrtrouter.server.dispatch.ReloadPolicy;
import io.brrtrouter.server.dispatch.ResponseCheckMode;
import io.brrtrouter.server.http.IpRange;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting of the server: the one home of names, defaults and bounds. */
final class ConfigKeys {
  private static final int MIB = 1 << 20;
  private static final int GIB = 1 << 30;
  private static final int ANY = Integer.MAX_VALUE;
  private static final Duration NONE = Duration.ZERO;
  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofHours(24);

  static final ConfigKey<String> HOST =
      new ConfigKey<>(
          "host",
          text("host name or IP address", text -> !text.isBlank()),
          "127.0.0.1",
          "Address to listen on; `0.0.0.0` for every IPv4 interface.");
  static final ConfigKey<Integer> PORT =
      new ConfigKey<>(
          "port",
          integer(0, 65_535),
          8080,
          "Port to listen on; 0 takes a free one. The variable `PORT` sets it too, after"
              + " `BRRTR_PORT`.");
  static final ConfigKey<Boolean> MOCK =
      new ConfigKey<>(
          "mock",
          bool(),
          false,
          "Whether operations without a handler answer from their examples, or else with a"
              + " generated value; when not, they are an error at start.");

  static final ConfigKey<Boolean> WATCH =
      new ConfigKey<>(
          "watch",
          bool(),
          false,
          "Whether changed files of the document, of this configuration and of TLS are taken while"
              + " the server runs. What has errors, or would break clients, is not taken.");
  static final ConfigKey<Boolean> ALLOW_BREAKING =
      new ConfigKey<>(
          "allow_breaking",
          bool(),
          false,
          "Whether, with `watch`, a changed document is taken that breaks clients of the one before;"
              + " `brrt serve --watch` takes it and says what breaks.");

  static final ConfigKey<Boolean> KEEP_ALIVE =
      new ConfigKey<>(
          "http.keep_alive", bool(), true, "Whether a connection serves more than one request.");
  static final ConfigKey<Boolean> HTTP2 =
      new ConfigKey<>(
          "http.http2",
          bool(),
          true,
          "Whether HTTP/2 is spoken: with clients that choose it in their TLS handshake, and with"
              + " those that begin with it on a connection without TLS.");
  static final ConfigKey<Boolean> PROXY_PROTOCOL =
      new ConfigKey<>(
          "http.proxy_protocol",
          parsed("`off`, `required`", ConfigKeys::required)
              .renderedBy(required -> required ? "required" : "off"),
          false,
          "Whether each connection begins with the PROXY protocol, version 1 or 2, by which a load"
              + " balancer tells the address of the client; before TLS, where there is TLS. One that"
              + " does not is closed.");
  static final ConfigKey<List<IpRange>> PROXY_PROTOCOL_FROM =
      new ConfigKey<>(
          "http.proxy_protocol_from",
          list(ProxyKeys.PROXIES),
          IpRange.PRIVATE,
          "The load balancers whose word counts. With `http.proxy_protocol` nobody else may connect,"
              + " or anybody could claim any address.");
  static final ConfigKey<Duration> TIMEOUT =
      new ConfigKey<>(
          "http.timeout_secs",
          seconds(INSTANT, DAY),
          TransportTimeouts.IDLE,
          "How long a connection may be idle between requests.");
  static final ConfigKey<Integer> MAX_REQUESTS =
      new ConfigKey<>(
          "http.max_requests",
          integer(1, ANY),
          TransportLimits.REQUESTS_PER_CONNECTION,
          "Requests on one connection; the last one's response closes it.");
  static final ConfigKey<Duration> HANDLER_DEADLINE =
      new ConfigKey<>(
          "http.handler_deadline_ms",
          millis(NONE, DAY),
          NONE,
          "How long a handler may take before it is interrupted and the client gets a 504; 0 for as"
              + " long as it likes. `x-brrtrouter-deadline-ms` of an operation goes before it.");
  static final ConfigKey<Integer> MAX_CONNECTIONS =
      new ConfigKey<>(
          "http.max_connections",
          integer(1, ANY),
          TransportLimits.CONNECTIONS,
          "Open connections; more wait until others close.");
  static final ConfigKey<Integer> MAX_IN_FLIGHT =
      new ConfigKey<>(
          "http.max_in_flight",
          integer(1, ANY),
          Gate.IN_FLIGHT,
          "Requests being worked on; more get a 503 with `Retry-After`.");
  static final ConfigKey<Integer> MAX_STREAMS =
      new ConfigKey<>(
          "http.max_streams",
          integer(1, ANY),
          Gate.STREAMS,
          "Responses that are written while they are sent, events for example, which do not count as"
              + " requests in flight; beyond it a request gets a 503.");
  static final ConfigKey<Boolean> STREAMS_ON_RELOAD =
      new ConfigKey<>(
          "http.streams_on_reload",
          parsed("`continue`, `end`", ConfigKeys::ends)
              .renderedBy(ends -> ends ? "end" : "continue"),
          false,
          "What becomes of events, other items without end and WebSockets when another document"
              + " serves, unless their handlers say it: they go on with the document they began with,"
              + " or end so that their clients connect again. `brrt run --watch` ends them.");
  static final ConfigKey<Integer> KEPT_GENERATIONS =
      new ConfigKey<>(
          "http.kept_generations",
          integer(1, ANY),
          ReloadPolicy.KEPT,
          "Replaced documents, with code and all, that are kept for streams that go on; beyond it"
              + " those of the oldest end.");
  static final ConfigKey<Integer> MAX_CONCURRENT_STREAMS =
      new ConfigKey<>(
          "http.max_concurrent_streams",
          integer(1, TransportLimits.MOST_CONCURRENT_STREAMS),
          TransportLimits.CONCURRENT_STREAMS,
          "Requests of one HTTP/2 connection at the same time; the streams of more are refused,"
              + " which a client may try again.");
  static final ConfigKey<Integer> MAX_RESET_STREAMS =
      new ConfigKey<>(
          "http.max_reset_streams",
          integer(1, TransportLimits.MOST_RESET_STREAMS),
          TransportLimits.RESET_STREAMS,
          "Streams of one HTTP/2 connection that a client may reset in 30 s, and streams that may be"
              + " reset for what it sends; beyond it the connection is closed, with"
              + " `ENHANCE_YOUR_CALM`.");
  static final ConfigKey<Integer> MAX_TARGET =
      new ConfigKey<>(
          "http.max_target_bytes",
          size(64, MIB),
          TransportLimits.TARGET_OCTETS,
          "Length of the request target, path and query; a longer one gets a 414.");
  static final ConfigKey<Integer> MAX_HEADER_BYTES =
      new ConfigKey<>(
          "http.max_header_bytes",
          size(256, MIB),
          TransportLimits.HEADER_BYTES,
          "All header fields together; more get a 431.");
  static final ConfigKey<Integer> MAX_HEADERS =
      new ConfigKey<>(
          "http.max_headers",
          integer(1, 10_000),
          TransportLimits.HEADER_FIELDS,
          "Number of header fields; more get a 431.");
  static final ConfigKey<Integer> MAX_TRAILER_BYTES =
      new ConfigKey<>(
          "http.max_trailer_bytes",
          size(1, MIB),
          TransportLimits.TRAILER_BYTES,
          "Trailer fields of a chunked body; more get a 400.");
  static final ConfigKey<Integer> MAX_CHUNK_EXTENSION_BYTES =
      new ConfigKey<>(
          "http.max_chunk_extension_bytes",
          size(1, MIB),
          TransportLimits.CHUNK_EXTENSION_BYTES,
          "Chunk extensions of a chunked body; more get a 400.");
  static final ConfigKey<Duration> HEAD_TIMEOUT =
      new ConfigKey<>(
          "http.head_timeout_ms",
          millis(INSTANT, DAY),
          TransportTimeouts.HEAD,
          "Time for the request line and header fields to arrive, from the first byte; then 408.");
  static final ConfigKey<Duration> BODY_TIMEOUT =
      new ConfigKey<>(
          "http.body_timeout_ms",
          millis(INSTANT, DAY),
          TransportTimeouts.BODY,
          "Time for a body to arrive, plus `http.body_timeout_per_kib_ms` for each KiB of it; then"
              + " 408.");
  static final ConfigKey<Duration> BODY_TIMEOUT_PER_KIB =
      new ConfigKey<>(
          "http.body_timeout_per_kib_ms",
          millis(NONE, DAY),
          TransportTimeouts.BODY_PER_KIB,
          "What each KiB of a body adds to `http.body_timeout_ms`: the slowest connection served.");
  static final ConfigKey<Duration> DECISION_TIMEOUT =
      new ConfigKey<>(
          "http.decision_timeout_ms",
          millis(INSTANT, DAY),
          TransportTimeouts.DECISION,
          "How long it may take to find out whether a request may, where somebody else is asked for"
              + " that; then 503.");
  static final ConfigKey<Duration> WRITE_STALL =
      new ConfigKey<>(
          "http.write_stall_ms",
          millis(INSTANT, DAY),
          TransportTimeouts.WRITE_STALL,
          "How long a client may take nothing of a response before its connection is closed, or"
              + " over HTTP/2 its stream.");
  static final ConfigKey<Duration> WRITE_STALL_PER_KIB =
      new ConfigKey<>(
          "http.write_stall_per_kib_ms",
          millis(NONE, DAY),
          TransportTimeouts.WRITE_PER_KIB,
          "What each KiB that a client takes of a response adds to the time it has left of"
              + " `http.write_stall_ms`, up to all of it: the slowest client served. With 0 the"
              + " whole response has that time.");
  static final ConfigKey<Duration> LINGER =
      new ConfigKey<>(
          "http.linger_ms",
          millis(INSTANT, DAY),
          TransportTimeouts.LINGER,
          "How long the rest of a refused request is read, so that the client gets to see the answer"
              + " before the connection is closed.");

  static final ConfigKey<Integer> MAX_BODY =
      new ConfigKey<>(
          "body.max_bytes",
          size(1, GIB),
          DispatchLimits.DEFAULT.body(),
          "Length of a request body; a longer one gets a 413. `x-brrtrouter-body-limit` of an"
              + " operation goes before it.");
  static final ConfigKey<Integer> BODY_CEILING =
      new ConfigKey<>(
          "body.ceiling_bytes",
          size(1, GIB),
          DispatchLimits.DEFAULT.bodyCeiling(),
          "The most an operation may ask for; asking for more is an error at start.");
  static final ConfigKey<Integer> BODY_HEAP =
      new ConfigKey<>(
          "body.heap_percent",
          integer(1, 30),
          25,
          "Share of the heap all requests together may take, bodies and heads, from when they"
              + " begin to arrive until they are answered; beyond it a request gets a 503. Up to"
              + " 1 KiB of head for each connection does not count. As much again is for the values that"
              + " bodies are decoded into, about, and as much again for responses"
              + " that clients have not read yet; a quarter of that is kept for those that are being"
              + " cut off. Beyond the rest the one is cut off whose client has"
              + " taken too little for longest, if it is a second behind the slowest client served"
              + " (`http.write_stall_per_kib_ms`): its connection is closed, or over HTTP/2 its"
              + " stream. Where all clients read, the response is a 503 instead.");

  static final ConfigKey<Integer> MAX_FIELDS =
      new ConfigKey<>(
          "form.max_fields",
          integer(1, 1_000_000),
          FormLimits.DEFAULT.fields(),
          "Parameters in a query, where the operation declares some, and fields of a form; more get"
              + " a 400.");
  static final ConfigKey<Integer> MAX_PARTS =
      new ConfigKey<>(
          "form.max_parts",
          integer(1, 100_000),
          FormLimits.DEFAULT.parts(),
          "Parts of a multipart body; more get a 413.");
  static final ConfigKey<Integer> MAX_PART_HEADER =
      new ConfigKey<>(
          "form.max_part_header_bytes",
          size(64, MIB),
          FormLimits.DEFAULT.partHeader(),
          "Header fields of one part; more get a 400.");

  static final ConfigKey<Integer> JSON_DEPTH =
      new ConfigKey<>(
          "json.max_depth",
          integer(1, 2_000),
          JsonLimits.DEFAULT.depth(),
          "Nesting of arrays and objects; beyond any of the `json` limits a body gets a 400.");
  static final ConfigKey<Integer> JSON_STRING =
      new ConfigKey<>(
          "json.max_string_length",
          integer(1, ANY),
          JsonLimits.DEFAULT.stringLength(),
          "Characters of one string.");
  static final ConfigKey<Integer> JSON_NAME =
      new ConfigKey<>(
          "json.max_name_length",
          integer(1, ANY),
          JsonLimits.DEFAULT.nameLength(),
          "Characters of one member name.");
  static final ConfigKey<Integer> JSON_NUMBER =
      new ConfigKey<>(
          "json.max_number_length",
          integer(1, 100_000),
          JsonLimits.DEFAULT.numberLength(),
          "Characters of one number.");
  static final ConfigKey<Integer> JSON_TOKENS =
      new ConfigKey<>(
          "json.max_tokens",
          integer(1, ANY),
          (int) JsonLimits.DEFAULT.tokens(),
          "Names, values and brackets of one body.");
  static final ConfigKey<Integer> JSON_MEMBERS =
      new ConfigKey<>(
          "json.max_members",
          integer(1, ANY),
          JsonLimits.DEFAULT.members(),
          "Members of one object.");

  static final ConfigKey<Integer> JSON_EXPONENT =
      new ConfigKey<>(
          "json.max_exponent",
          integer(1, JsonLimits.MOST_EXPONENT),
          JsonLimits.DEFAULT.exponent(),
          "Decimal exponent, either way, of a number that is computed with: one beyond is no"
              + " multiple of any `multipleOf`, and no integer where generated code has integers of"
              + " any size. A `multipleOf` of a document has at most 1000.");

  static final ConfigKey<Boolean> STRICT_QUERY =
      new ConfigKey<>(
          "requests.strict_query",
          bool(),
          false,
          "Whether a query parameter that the operation does not declare is a violation; when not,"
              + " it is ignored.");

  static final ConfigKey<String> PROBLEM_BASE =
      new ConfigKey<>(
          "problems.base",
          text("URI reference", ConfigKeys::isUriReference),
          ProblemType.DEFAULT_BASE,
          "What the `type` of every problem starts with; the kind of the problem follows.");
  static final ConfigKey<Integer> MAX_VIOLATIONS =
      new ConfigKey<>(
          "problems.max_violations",
          integer(1, 1_000),
          DecodeLimits.DEFAULT.violations(),
          "Violations of a request that its problem lists, as far as they fit 32 KiB; the rest is"
              + " counted.");
  static final ConfigKey<ResponseCheckMode> RESPONSE_CHECK =
      new ConfigKey<>(
          "responses.check",
          parsed(
              "`off`, `sample:RATE` with a rate above 0 and at most 1, `log`, `enforce`",
              ResponseCheckMode::parse),
          ResponseCheckMode.LOG,
          "What happens to responses of handlers: nothing; that share, or all, is checked and"
              + " breaches of the document are logged; or they become a 500."
              + " `x-brrtrouter-response-check` of an operation goes before it.");

  static final ConfigKey<Optional<String>> HEALTH =
      path("health", "/health", "Answers 200 while the process lives.");
  static final ConfigKey<Optional<String>> READY =
      path("ready", "/ready", "Answers 200 while requests are welcome, else 503.");
  static final ConfigKey<Optional<String>> METRICS =
      path("metrics", "/metrics", "Figures for Prometheus.");
  static final ConfigKey<Boolean> ORIGINAL_NAMES =
      new ConfigKey<>(
          "metrics.original_names",
          bool(),
          false,
          "Whether figures have the names of the original BRRTRouter too, for dashboards made for it.");
  static final ConfigKey<Boolean> FLIGHT_RECORDING =
      new ConfigKey<>(
          "metrics.flight_recording",
          bool(),
          false,
          "Whether a flight recording tells how often virtual threads are pinned and how deep their"
              + " stacks are. It takes some megabytes, and writes files to the directory for"
              + " temporary ones.");
  static final ConfigKey<Optional<String>> OPENAPI_YAML =
      path(
          "openapi_yaml",
          "/openapi.yaml",
          "The server's document, without what code has added, as YAML.");
  static final ConfigKey<Optional<String>> OPENAPI_JSON =
      path(
          "openapi_json",
          "/openapi.json",
          "The server's document, without what code has added, as JSON.");
  static final ConfigKey<Optional<String>> DOCS =
      path("docs", "/docs", "Swagger UI of that document, for people.");

  static final ConfigKey<Optional<String>> SECURITY_DECISIONS =
      new ConfigKey<>(
          "endpoints.security_decisions",
          endpoint(),
          Optional.empty(),
          "What became of the last requests of secured operations and why, for development: on a"
              + " loopback address only. `?request=ID` asks for one by its request id.");

  static final ConfigKey<Optional<String>> RELOADS =
      new ConfigKey<>(
          "endpoints.reloads",
          endpoint(),
          Optional.empty(),
          "What became of changed files and code, the last first, with what `/ready` tells of each; as"
              + " `text/event-stream` what becomes of them from now on.");

  static final ConfigKey<Duration> SHUTDOWN_DELAY =
      new ConfigKey<>(
          "shutdown.delay_ms",
          millis(NONE, DAY),
          NONE,
          "How long connections are still accepted after a SIGTERM, while readiness fails already:"
              + " time for a load balancer to notice.");
  static final ConfigKey<Duration> DRAIN =
      new ConfigKey<>(
          "shutdown.drain_ms",
          millis(NONE, DAY),
          Duration.ofSeconds(20),
          "Time for requests in flight to finish, once no connection is accepted any more.");

  private static final List<ConfigKey<?>> SERVER =
      List.of(
          HOST,
          PORT,
          MOCK,
          WATCH,
          ALLOW_BREAKING,
          KEEP_ALIVE,
          TIMEOUT,
          MAX_REQUESTS,
          HANDLER_DEADLINE,
          MAX_CONNECTIONS,
          MAX_IN_FLIGHT,
          MAX_STREAMS,
          STREAMS_ON_RELOAD,
          KEPT_GENERATIONS,
          MAX_CONCURRENT_STREAMS,
          MAX_RESET_STREAMS,
          MAX_TARGET,
          MAX_HEADER_BYTES,
          MAX_HEADERS,
          MAX_TRAILER_BYTES,
          MAX_CHUNK_EXTENSION_BYTES,
          HEAD_TIMEOUT,
          BODY_TIMEOUT,
          BODY_TIMEOUT_PER_KIB,
          DECISION_TIMEOUT,
          WRITE_STALL,
          WRITE_STALL_PER_KIB,
          LINGER,
          ProxyKeys.TRUSTED,
          ProxyKeys.HEADER,
          HTTP2,
          PROXY_PROTOCOL,
          PROXY_PROTOCOL_FROM,
          MAX_BODY,
          BODY_CEILING,
          BODY_HEAP,
          MAX_FIELDS,
          MAX_PARTS,
          MAX_PART_HEADER,
          JSON_DEPTH,
          JSON_STRING,
          JSON_NAME,
          JSON_NUMBER,
          JSON_TOKENS,
          JSON_MEMBERS,
          JSON_EXPONENT,
          STRICT_QUERY,
          PROBLEM_BASE,
          MAX_VIOLATIONS,
          RESPONSE_CHECK,
          HEALTH,
          READY,
          METRICS,
          OPENAPI_YAML,
          OPENAPI_JSON,
          DOCS,
          SECURITY_DECISIONS,
          RELOADS,
          ORIGINAL_NAMES,
          FLIGHT_RECORDING,
          SHUTDOWN_DELAY,
          DRAIN);

  /** In the order of the reference. */
  static final List<ConfigKey<?>> ALL =
      Stream.of(
              SERVER,
              TlsKeys.ALL,
              BrowserKeys.ALL,
              SecurityKeys.ALL,
              ServiceKeys.ALL,
              RateLimitKeys.ALL,
              ConcurrencyKeys.ALL,
              CompressionKeys.ALL,
              TracingKeys.ALL,
              LogKeys.ALL,
              StaticKeys.ALL,
              DocumentKeys.ALL)
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  /** Those that are a path, or none. */
  static final List<ConfigKey<Optional<String>>> ENDPOINTS =
      List.of(
          HEALTH, READY, METRICS, OPENAPI_YAML, OPENAPI_JSON, DOCS, SECURITY_DECISIONS, RELOADS);

  private ConfigKeys() {}

  private static ConfigKey<Optional<String>> path(String name, String path, String description) {
    return new ConfigKey<>("endpoints." + name, endpoint(), Optional.of(path), description);
  }

  private static Optional<Boolean> ends(String text) {
    return switch (text) {
      case "end" -> Optional.of(true);
      case "continue" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> required(String text) {
    return switch (text) {
      case "off" -> Optional.of(false);
      case "required" -> Optional.of(true);
      default -> Optional.empty();
    };
  }

  private static boolean isUriReference(String text) {
    try {
      URI.create(text);
      return true;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
