package io.brrtrouter.server.dispatch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mount of a path: of those whose prefix it begins with, segment by segment, that of the
 * longest. Knows texts only, so that an event loop may ask. Immutable.
 */
final class Mounts {
  /** Those of more segments first. */
  private final List<Entry> entries;

  /**
   * A mount.
   *
   * @param prefix the segments of its prefix
   * @param mount the mount
   */
  private record Entry(List<String> prefix, Mount mount) {}

  /**
   * A mount that has a path.
   *
   * @param mount the mount
   * @param names the segments behind its prefix, decoded
   */
  record Found(Mount mount, List<String> names) {}

  private Mounts(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * {@return mounts to be found}
   *
   * @throws IllegalArgumentException if two have the same prefix
   */
  static Mounts of(List<Mount> mounts) {
    List<Entry> entries = new ArrayList<>();
    Set<List<String>> taken = new HashSet<>();
    for (Mount mount : mounts) {
      List<String> prefix = mount.prefix().equals("/") ? List.of() : names(mount.prefix());
      if (!taken.add(prefix)) {
        throw new IllegalArgumentException("two mounts have the prefix " + mount.prefix());
      }
      entries.add(new Entry(prefix, mount));
    }
    entries.sort(Comparator.comparingInt((Entry entry) -> entry.prefix().size()).reversed());
    return new Mounts(List.copyOf(entries));
  }

  /**
   * {@return what has a path, null if nothing has}
   *
   * @param rawPath a path as sent, without invalid escapes
   */
  @Nullable Found find(String rawPath) {
    if (entries.isEmpty()) {
      return null;
    }
    List<String> names = names(rawPath);
    for (Entry entry : entries) {
      int length = entry.prefix().size();
      if (names.size() >= length && names.subList(0, length).equals(entry.prefix())) {
        return new Found(entry.mount(), List.copyOf(names.subList(length, names.size())));
      }
    }
    return null;
  }

  /** An escaped slash separates nothing: it becomes a character of a name. */
  private static List<String> names(String rawPath) {
    List<String> names = new ArrayList<>();
    int from = 1;
    for (int slash = rawPath.indexOf('/', from); slash >= 0; slash = rawPath.indexOf('/', from)) {
      names.add(decoded(rawPath.substring(from, slash)));
      from = slash + 1;
    }
    names.add(decoded(rawPath.substring(from)));
    return names;
  }

  /** Once: what is escaped twice keeps a percent sign. */
  private static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] octets = segment.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '%') {
        decoded.write(Character.digit(octets[i + 1], 16) << 4 | Character.digit(octets[i + 2], 16));
        i += 2;
      } else {
        decoded.write(octets[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }
}
