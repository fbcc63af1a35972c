package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Server;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    Owner owner = Owner.of(before, after);
    Map<String, ChangeLocation> oldPaths = basePaths(old, owner.missingBefore());
    Map<String, ChangeLocation> newPaths = basePaths(now, owner.missingAfter());
    boolean sameUrls = old.keySet().equals(now.keySet());
    oldPaths.forEach((path, at) -> {
      if (!newPaths.containsKey(path)) {
        String others = newPaths.keySet().stream().collect(Collectors.joining(", "));
        changes.add(
            site,
            OperationRule.BASE_PATH_REMOVED,
            at,
            owner.missingAfter(),
            "the base path " + path + " was removed; now there is " + others);
      }
    });
    newPaths.forEach((path, at) -> {
      if (!oldPaths.containsKey(path)) {
        changes.add(
            site,
            OperationRule.BASE_PATH_ADDED,
            owner.missingBefore(),
            at,
            "the base path " + path + " was added");
      }
    });
    if (!sameUrls) {
      hosts(site, owner, old, now);
    }
  }

  private void hosts(Site site, Owner owner, Map<String, Server> old, Map<String, Server> now) {
    Set<String> oldPaths = paths(old);
    Set<String> newPaths = paths(now);
    old.forEach((url, server) -> {
      if (!now.containsKey(url) && newPaths.contains(basePath(url))) {
        changes.removed(
            site,
            OperationRule.SERVER_REMOVED,
            server.location(),
            owner,
            "the server " + Texts.cut(url) + " was removed");
      }
    });
    now.forEach((url, server) -> {
      if (!old.containsKey(url) && oldPaths.contains(basePath(url))) {
        changes.added(
            site,
            OperationRule.SERVER_ADDED,
            owner,
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
  private static Map<String, ChangeLocation> basePaths(
      Map<String, Server> servers, ChangeLocation none) {
    Map<String, ChangeLocation> paths = new LinkedHashMap<>();
    servers.forEach(
        (url, server) -> paths.putIfAbsent(basePath(url), ChangeLocation.of(server.location())));
    if (paths.isEmpty()) {
      paths.put("/", none);
    }
    return paths;
  }

  private static Set<String> paths(Map<String, Server> servers) {
    return servers.isEmpty()
        ? Set.of("/")
        : servers.keySet().stream().map(ServerComparison::basePath).collect(Collectors.toSet());
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
