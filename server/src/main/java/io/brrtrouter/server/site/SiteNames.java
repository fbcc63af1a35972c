package io.brrtrouter.server.site;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which names a path may have that leads to a file, whatever file system that is in. What others
 * mean something else by is the name of nothing: dots, separators of any system, characters that
 * Windows drops or that name its streams. Names that begin with a dot are not served, but for
 * {@code .well-known} (RFC 8615), which has nothing that is not to be known.
 */
final class SiteNames {
  private static final String WELL_KNOWN = ".well-known";

  /** What file systems take at most, in octets. */
  private static final int LONGEST = 255;

  /** Devices of Windows, whatever extension they have. */
  private static final Set<String> DEVICES =
      Set.of(
          "con",
          "prn",
          "aux",
          "nul",
          "conin$",
          "conout$",
          "com0",
          "com1",
          "com2",
          "com3",
          "com4",
          "com5",
          "com6",
          "com7",
          "com8",
          "com9",
          "com\u00b9",
          "com\u00b2",
          "com\u00b3",
          "lpt0",
          "lpt1",
          "lpt2",
          "lpt3",
          "lpt4",
          "lpt5",
          "lpt6",
          "lpt7",
          "lpt8",
          "lpt9",
          "lpt\u00b9",
          "lpt\u00b2",
          "lpt\u00b3");

  private SiteNames() {}

  /**
   * {@return whether all are names of files or directories}
   *
   * @param names decoded segments of a path
   * @param windows whether the file system has devices
   */
  static boolean areServed(List<String> names, boolean windows) {
    return names.stream().allMatch(name -> isServed(name, windows));
  }

  /** {@return whether a name is that of a file or directory} */
  static boolean isServed(String name, boolean windows) {
    if (name.equals(WELL_KNOWN)) {
      return true;
    }
    if (name.isEmpty() || name.length() > LONGEST || name.charAt(0) == '.') {
      return false;
    }
    char last = name.charAt(name.length() - 1);
    if (last == '.' || last == ' ') {
      return false; // Windows would take the name without it.
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/' || c == '\\' || c == ':' || Character.isISOControl(c)) {
        return false;
      }
    }
    return !windows || !isDevice(name);
  }

  private static boolean isDevice(String name) {
    int dot = name.indexOf('.');
    String stem = dot < 0 ? name : name.substring(0, dot);
    return DEVICES.contains(stem.strip().toLowerCase(Locale.ROOT));
  }
}
