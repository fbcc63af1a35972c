package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.site.StaticFiles;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings about static files: a section for each directory, by a name of the user's. */
final class StaticKeys {
  static final String STATIC = "static";
  private static final String EACH = STATIC + ".<name>.";
  private static final Duration YEAR = Duration.ofDays(366);

  static final ConfigKey<Optional<String>> PREFIX =
      new ConfigKey<Optional<String>>(
              EACH + "prefix",
              optional(text("`/`, or a path such as `/app`", StaticFiles::isPrefix)),
              Optional.empty(),
              "What the paths of these files begin with; has to be set. Operations of the document go"
                  + " before files, and so do built-in endpoints: one that could have a path below the"
                  + " prefix is an error at start. Below `/` is whatever nothing else has.")
          .alsoCalled("path", "url", "mount");
  static final ConfigKey<Optional<String>> DIRECTORY =
      new ConfigKey<Optional<String>>(
              EACH + "directory",
              optional(text("path of a directory", StaticKeys::isFile)),
              Optional.empty(),
              "Where the files are, relative to the working directory; has to be set. Anybody may get"
                  + " what is below it, but for names that begin with a dot.")
          .alsoCalled("dir", "root", "folder");
  static final ConfigKey<Optional<String>> INDEX =
      new ConfigKey<>(
          EACH + "index",
          optional(text("file name, or nothing", StaticKeys::isName)),
          Optional.of(StaticFiles.INDEX),
          "The file that is sent for a directory which has it.");
  static final ConfigKey<Optional<String>> FALLBACK =
      new ConfigKey<Optional<String>>(
              EACH + "spa_fallback",
              path("path of a file below the directory, or nothing"),
              Optional.empty(),
              "The file that is sent where there is none, unless its name would have a known extension:"
                  + " the page of an application that has paths of its own.")
          .alsoCalled("fallback", "spa");
  static final ConfigKey<Duration> MAX_AGE =
      new ConfigKey<Duration>(
              EACH + "max_age_secs",
              seconds(Duration.ZERO, YEAR),
              Duration.ZERO,
              "How long clients may use a file without asking whether it has changed; with 0 they ask"
                  + " each time (`Cache-Control: no-cache`).")
          .alsoCalled("max_age", "cache_control");
  static final ConfigKey<List<String>> IMMUTABLE =
      new ConfigKey<>(
          EACH + "immutable",
          list(text("path of a directory below the directory", StaticFiles::isPath)),
          List.of(),
          "Directories of files that never change under the same name, as those are that build tools"
              + " give a digest in their name: clients keep them for a year.");
  static final ConfigKey<String> CONTENT_SECURITY_POLICY =
      new ConfigKey<>(
          EACH + "content_security_policy",
          text("value of a header field", text -> !text.isBlank() && Headers.isValue(text)),
          StaticFiles.CONTENT_SECURITY_POLICY,
          "`Content-Security-Policy` of these files, in place of the server's.");

  static final List<ConfigKey<?>> ALL =
      List.of(PREFIX, DIRECTORY, INDEX, FALLBACK, MAX_AGE, IMMUTABLE, CONTENT_SECURITY_POLICY);

  private StaticKeys() {}

  private static ConfigType<Optional<String>> path(String description) {
    return optional(text(description, StaticFiles::isPath));
  }

  private static boolean isName(String text) {
    return StaticFiles.isPath(text) && text.indexOf('/') < 0;
  }

  private static boolean isFile(String text) {
    try {
      return !text.isBlank() && Path.of(text).getNameCount() >= 0;
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
