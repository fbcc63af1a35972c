package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.size;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.server.coding.ContentCoding;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.Compression;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings about content codings of responses. */
final class CompressionKeys {
  private static final int GIB = 1 << 30;
  private static final int STREAMS = 256;

  static final ConfigKey<Boolean> ENABLED =
      new ConfigKey<>(
          "compression.enabled",
          bool(),
          false,
          "Whether responses of operations, and static files, are sent in a content coding to clients"
              + " that accept it: those of 200 and 201 with text, JSON, XML, YAML, TOML, scripts, SVG or"
              + " WebAssembly, where that is shorter, nobody knows before, or the client takes nothing else."
              + " Off, because what a secret and a client's own text share can be guessed from lengths.");
  static final ConfigKey<Integer> MIN_BYTES =
      new ConfigKey<>(
          "compression.min_bytes", size(0, GIB), 256, "Shorter content is sent as it is.");
  static final ConfigKey<Integer> LEVEL =
      new ConfigKey<>(
          "compression.level",
          integer(1, ContentCoding.MOST),
          6,
          "How hard to try: 1 is fast, 9 is short.");
  static final ConfigKey<List<ContentCoding>> CODINGS =
      new ConfigKey<>(
          "compression.codings",
          list(
              parsed("`zstd`, `br` or `gzip`", ContentCoding::of).renderedBy(ContentCoding::token)),
          List.of(ContentCoding.values()),
          "Those that are used, of those a client likes equally the first. `zstd` takes"
              + " `com.github.luben:zstd-jni` on the class path, `br` takes"
              + " `com.aayushatharva.brotli4j:brotli4j` with its library for the machine; without, it is"
              + " not used. A start says which there are.");
  static final ConfigKey<Boolean> EVENTS =
      new ConfigKey<>(
          "compression.events",
          bool(),
          false,
          "Whether streams of server-sent events are coded too; each event is sent at once all the same.");
  static final ConfigKey<Integer> MAX_STREAMS =
      new ConfigKey<>(
          "compression.max_streams",
          integer(1, 1_000_000),
          STREAMS,
          "Responses that are coded while they are written, at about a MiB each outside the heap; more"
              + " are sent as they are.");

  static final List<ConfigKey<?>> ALL =
      List.of(ENABLED, MIN_BYTES, LEVEL, CODINGS, EVENTS, MAX_STREAMS);

  private CompressionKeys() {}

  /** Libraries are loaded here, if something is to be compressed. */
  static Compression of(ConfigValues values) {
    return values.get(ENABLED)
        ? new Compression(
            values.get(MIN_BYTES),
            values.get(LEVEL),
            values.get(CODINGS).stream().filter(ContentCoding::isAvailable).distinct().toList(),
            values.get(EVENTS),
            values.get(MAX_STREAMS))
        : Compression.OFF;
  }

  /** {@return that a coding cannot be used, if it is asked for by name} */
  static List<Finding> warnings(ConfigValues values) {
    if (!values.get(ENABLED) || !values.isGiven(CODINGS)) {
      return List.of();
    }
    return missing(values).stream()
        .map(coding ->
            new Finding(
                "content-coding",
                Severity.WARNING,
                values.place(CODINGS),
                "%s has %s, which is not used: its library is not there"
                    .formatted(CODINGS.name(), coding.token()),
                "add the dependency " + coding.artifact() + " for this machine, or remove it"))
        .toList();
  }

  private static List<ContentCoding> missing(ConfigValues values) {
    return values.get(CODINGS).stream().filter(coding -> !coding.isAvailable()).distinct().toList();
  }

  /** {@return for a start to say: which codings there are; nothing if compression is off} */
  static Optional<String> posture(ConfigValues values) {
    if (!values.get(ENABLED)) {
      return Optional.empty();
    }
    String used = tokens(of(values).codings());
    String absent = tokens(missing(values));
    return Optional.of(
        (used.isEmpty() ? "no response is compressed" : "responses are compressed: " + used)
            + (absent.isEmpty() ? "" : "; not there: " + absent));
  }

  private static String tokens(List<ContentCoding> codings) {
    return codings.stream().map(ContentCoding::token).collect(Collectors.joining(", "));
  }
}
