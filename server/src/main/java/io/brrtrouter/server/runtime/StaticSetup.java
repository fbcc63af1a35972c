package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.Mount;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.router.Router;
import io.brrtrouter.server.site.StaticFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The static files of a server, those that are configured and those that code gives, and what is
 * wrong with them.
 */
final class StaticSetup {
  private static final String ROOT = "/";

  private final EndpointSettings endpoints;
  private final List<Given> given = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * Static files.
   *
   * @param files the files
   * @param name what to call them
   * @param ofPrefix where their prefix is given
   * @param ofDirectory where their directory is given
   */
  private record Given(
      StaticFiles files, String name, SourceLocation ofPrefix, SourceLocation ofDirectory) {}

  /**
   * Takes them together. Blocks while their directories are asked about.
   *
   * @param config the configuration
   * @param ofCode what code gives
   */
  StaticSetup(ServerConfig config, List<StaticFiles> ofCode) {
    this.endpoints = config.endpoints();
    ConfigValues values = config.values();
    values.names(StaticKeys.STATIC).forEach(name -> configured(values, name));
    SourceLocation code = new SourceLocation("code", 0, 0);
    ofCode.forEach(
        files -> given.add(new Given(files, "files(\"" + files.prefix() + "\")", code, code)));
    refuseEqual();
    for (Given each : given) {
      for (String mistake : each.files().mistakes()) {
        refuse(
            each.ofDirectory(),
            each.name() + ": " + mistake,
            "name a directory that this process may read");
      }
      refuseEndpoints(each);
    }
  }

  private void configured(ConfigValues values, String name) {
    ConfigKey<Optional<String>> prefix = StaticKeys.PREFIX.of(name);
    ConfigKey<Optional<String>> directory = StaticKeys.DIRECTORY.of(name);
    boolean whole = true;
    for (ConfigKey<Optional<String>> key : List.of(prefix, directory)) {
      if (values.get(key).isEmpty()) {
        refuse(values.place(key), key.name() + " is not set", "set both prefix and directory");
        whole = false;
      }
    }
    if (whole) {
      StaticFiles files =
          new StaticFiles(
              values.get(prefix).orElseThrow(),
              Path.of(values.get(directory).orElseThrow()),
              values.get(StaticKeys.INDEX.of(name)),
              values.get(StaticKeys.FALLBACK.of(name)),
              values.get(StaticKeys.MAX_AGE.of(name)),
              values.get(StaticKeys.IMMUTABLE.of(name)),
              values.get(StaticKeys.CONTENT_SECURITY_POLICY.of(name)));
      given.add(
          new Given(
              files,
              StaticKeys.STATIC + "." + name,
              values.place(prefix),
              values.place(directory)));
    }
  }

  private void refuse(SourceLocation place, String message, String fix) {
    findings.add(finding(place, message, fix));
  }

  private static Finding finding(SourceLocation place, String message, String fix) {
    return new Finding("static-files", Severity.ERROR, place, message, fix);
  }

  private void refuseEqual() {
    Map<String, Given> taken = new HashMap<>();
    for (Given each : given) {
      Given other = taken.putIfAbsent(each.files().prefix(), each);
      if (other != null) {
        refuse(
            each.ofPrefix(),
            "%s and %s have the same prefix %s"
                .formatted(other.name(), each.name(), each.files().prefix()),
            "give each one of its own");
      }
    }
  }

  /** Below {@code /} is what nothing else has, so endpoints take nothing away from it. */
  private void refuseEndpoints(Given each) {
    String prefix = each.files().prefix();
    endpoints
        .byName()
        .forEach((name, path) -> {
          boolean meets =
              isAtOrBelow(path, prefix) || (name.equals("docs") && isAtOrBelow(prefix, path));
          if (meets && !prefix.equals(ROOT)) {
            refuse(
                each.ofPrefix(),
                "%s has the prefix %s, and the built-in endpoint %s is at %s"
                    .formatted(each.name(), prefix, name, path),
                "give one of them another path, or set endpoints." + name + " to off");
          }
        });
  }

  private static boolean isAtOrBelow(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  /** {@return what answers with them; nothing where something is wrong} */
  List<Mount> mounts() {
    return findings.isEmpty()
        ? given.stream().map(each -> each.files().mount()).toList()
        : List.of();
  }

  /** {@return for a start to say: what anybody may get} */
  List<String> posture() {
    return given.stream()
        .map(each ->
            "anybody may get the files below %s, from %s"
                .formatted(each.files().prefix(), each.files().directory()))
        .toList();
  }

  /** {@return what compiling gives, with what is wrong about files} */
  Compilation judge(Compilation compilation) {
    List<Finding> wrong = new ArrayList<>(findings);
    if (compilation instanceof Compilation.Compiled compiled) {
      for (Given each : given) {
        for (ServedOperation operation : compiled.api().operations()) {
          if (meets(operation.path(), each.files().prefix())) {
            wrong.add(met(each, operation));
          }
        }
      }
    }
    if (wrong.isEmpty()) {
      return compilation;
    }
    List<Finding> all = new ArrayList<>(compilation.findings());
    all.addAll(wrong);
    return new Compilation.Refused(all);
  }

  private static Finding met(Given files, ServedOperation operation) {
    return finding(
        files.ofPrefix(),
        "%s has the prefix %s, and the operation %s %s answers in place of files there"
            .formatted(files.name(), files.files().prefix(), operation.method(), operation.path()),
        "give the files a prefix that no path of the document begins like");
  }

  /**
   * {@return whether an operation may have a path of the files} Of all that is below {@code /}
   * those whose first segment is literal take a name each; others would take any.
   */
  private static boolean meets(String template, String prefix) {
    String[] segments = template.split("/", -1);
    if (prefix.equals(ROOT)) {
      return template.equals(ROOT) || segments[1].contains("{");
    }
    int length = prefix.split("/", -1).length;
    if (segments.length < length) {
      return false;
    }
    String beginning = String.join("/", Arrays.copyOf(segments, length));
    return Router.<String>builder().add(beginning, beginning).build().match(prefix) != null;
  }
}
