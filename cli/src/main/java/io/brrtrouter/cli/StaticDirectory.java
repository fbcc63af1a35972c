package io.brrtrouter.cli;

import io.brrtrouter.server.runtime.ServerConfig;
import java.util.List;

/**
 * A directory whose files are served beside a document.
 *
 * @param directory the directory, as it was written
 * @param prefix what the paths of its files begin with
 */
record StaticDirectory(String directory, String prefix) {
  private static final String FLAG = "--static-dir";

  /**
   * Reads {@code DIR} or {@code DIR=PREFIX}; a prefix begins with a slash, so a name may have =.
   */
  static StaticDirectory parse(String text) {
    int end = text.lastIndexOf("=/");
    StaticDirectory read =
        end < 0
            ? new StaticDirectory(text, "/")
            : new StaticDirectory(text.substring(0, end), text.substring(end + 1));
    if (read.directory.isBlank()) {
      throw Failure.usage(FLAG + " needs a directory, and a prefix behind = if it is not /");
    }
    return read;
  }

  /** {@return a configuration that has them all, besides what it has} */
  static ServerConfig in(ServerConfig config, List<String> flags) {
    ServerConfig all = config;
    for (int i = 0; i < flags.size(); i++) {
      StaticDirectory each = parse(flags.get(i));
      String section = "static.static-dir-" + (i + 1) + ".";
      all =
          all.with(section + "directory", each.directory, FLAG)
              .with(section + "prefix", each.prefix, FLAG);
    }
    return all;
  }
}
