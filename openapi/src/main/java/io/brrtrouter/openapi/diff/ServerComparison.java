package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Server;
import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares where operations are found. */
final class ServerComparison {
  /** RFC 3986 appendix B, with the variables that a URL template may still have. */
  private static final Pattern AUTHORITY = Pattern.compile("(?:[^/?#]+:)?//[^/?#]*");

  private final Changes changes;

  ServerComparison(Changes changes) {
    this.changes = changes;
  }

  void compare(Site site, Operation before, Operation after) {
    Map<String, Server> old = byUrl(before.servers());
    Map<String, Server> now = byUrl(after.servers());
    Map<String, @Nullable SourceLocation> oldPaths = basePaths(old);
    Map<String, @Nullable SourceLocation> newPaths = basePaths(now);
    boolean sameUrls = old.keySet().equals(now.keySet());
    oldPaths.forEach((path, at) -> {
      if (!newPaths.containsKey(path)) {
        String others = newPaths.keySet().stream().collect(Collectors.joining(", "));
        changes.add(
            site,
            OperationRule.BASE_PATH_REMOVED,
            at,
            null,
            "the base path " + path + " was removed; now there is " + others);
      }
    });
    newPaths.forEach((path, at) -> {
      if (!oldPaths.containsKey(path)) {
        changes.add(
            site, OperationRule.BASE_PATH_ADDED, null, at, "the base path " + path + " was added");
      }
    });
    if (!sameUrls) {
      hosts(site, old, now, oldPaths, newPaths);
    }
  }

  private void hosts(
      Site site,
      Map<String, Server> old,
      Map<String, Server> now,
      Map<String, @Nullable SourceLocation> oldPaths,
      Map<String, @Nullable SourceLocation> newPaths) {
    old.forEach((url, server) -> {
      if (!now.containsKey(url) && newPaths.containsKey(basePath(url))) {
        changes.add(
            site,
            OperationRule.SERVER_REMOVED,
            server.location(),
            null,
            "the server " + Texts.cut(url) + " was removed");
      }
    });
    now.forEach((url, server) -> {
      if (!old.containsKey(url) && oldPaths.containsKey(basePath(url))) {
        changes.add(
            site,
            OperationRule.SERVER_ADDED,
            null,
            server.location(),
            "the server " + Texts.cut(url) + " was added");
      }
    });
  }

  private static Map<String, Server> byUrl(List<Server> servers) {
    Map<String, Server> byUrl = new LinkedHashMap<>();
    servers.forEach(server -> byUrl.putIfAbsent(server.resolvedUrl(), server));
    return byUrl;
  }

  /** {@return where each base path is written; without servers there is the root only} */
  private static Map<String, @Nullable SourceLocation> basePaths(Map<String, Server> servers) {
    Map<String, @Nullable SourceLocation> paths = new LinkedHashMap<>();
    servers.forEach((url, server) -> paths.putIfAbsent(basePath(url), server.location()));
    if (paths.isEmpty()) {
      paths.put("/", null);
    }
    return paths;
  }

  private static String basePath(String url) {
    Matcher authority = AUTHORITY.matcher(url);
    String path = authority.lookingAt() ? url.substring(authority.end()) : url;
    String absolute = path.startsWith("/") ? path : "/" + path;
    return absolute.length() > 1 && absolute.endsWith("/")
        ? absolute.substring(0, absolute.length() - 1)
        : absolute;
  }
}
