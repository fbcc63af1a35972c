package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.integer;
import static io.brrtrouter.server.config.ConfigType.size;

import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings about reading documents. */
final class DocumentKeys {
  static final String SECTION = "document";

  private static final Map<DocumentLimit, ConfigKey<Integer>> KEYS =
      new EnumMap<>(DocumentLimit.class);

  static {
    for (DocumentLimit each : DocumentLimit.values()) {
      boolean octets = each == DocumentLimit.MAX_FILE_BYTES;
      KEYS.put(
          each,
          new ConfigKey<>(
              SECTION + "." + each.setting(),
              octets ? size(each.least(), each.most()) : integer(each.least(), each.most()),
              each.in(LoadOptions.defaults()),
              description(each)));
    }
  }

  static final List<ConfigKey<?>> ALL = List.copyOf(KEYS.values());

  private DocumentKeys() {}

  private static String description(DocumentLimit limit) {
    return switch (limit) {
      case MAX_FILE_BYTES ->
          "Length of a file of a document; all of them together have four times as much at most. Beyond any of the `document` limits there is a finding: the"
              + " server does not start, and a running one goes on with the document it has.";
      case MAX_DEPTH -> "Nesting of mappings and sequences in a file, aliases expanded.";
      case MAX_ALIASES -> "YAML aliases in a file.";
      case MAX_VALUES -> "Values in a file, aliases expanded.";
      case MAX_FILES -> "Files that a document consists of, itself and those that it refers to.";
    };
  }

  /** {@return how documents are loaded} */
  static LoadOptions options(ConfigValues values) {
    LoadOptions options = LoadOptions.defaults();
    for (Map.Entry<DocumentLimit, ConfigKey<Integer>> each : KEYS.entrySet()) {
      options = options.with(each.getKey(), values.get(each.getValue()));
    }
    return options;
  }
}
