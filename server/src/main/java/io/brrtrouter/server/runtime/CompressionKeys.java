package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.size;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.Compression;
import java.util.List;

/** The settings about content codings of responses. */
final class CompressionKeys {
  private static final int GIB = 1 << 30;

  static final ConfigKey<Boolean> ENABLED =
      new ConfigKey<>(
          "compression.enabled",
          bool(),
          false,
          "Whether responses of operations are sent as gzip to clients that accept it: those of 200"
              + " and 201 with text, JSON, XML, YAML, scripts or SVG, where that is shorter. Off,"
              + " because what a secret and a client's own text share can be guessed from lengths.");
  static final ConfigKey<Integer> MIN_BYTES =
      new ConfigKey<>(
          "compression.min_bytes", size(0, GIB), 256, "Shorter content is sent as it is.");
  static final ConfigKey<Integer> LEVEL =
      new ConfigKey<>(
          "compression.level", integer(1, 9), 6, "How hard to try: 1 is fast, 9 is short.");

  static final List<ConfigKey<?>> ALL = List.of(ENABLED, MIN_BYTES, LEVEL);

  private CompressionKeys() {}

  static Compression of(ConfigValues values) {
    return values.get(ENABLED)
        ? new Compression(values.get(MIN_BYTES), values.get(LEVEL))
        : Compression.OFF;
  }
}
