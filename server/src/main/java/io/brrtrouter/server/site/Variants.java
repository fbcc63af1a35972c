package io.brrtrouter.server.site;

import io.brrtrouter.server.http.AcceptEncoding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file and the same in content codings, each in a file beside it that has one more extension.
 * Immutable.
 *
 * @param plain the file
 * @param coded those with the same content
 */
record Variants(Place.File plain, List<Coded> coded) {
  /** Codings and what they add to a name (RFC 7932, RFC 8878, RFC 9110 section 8.4.1.3). */
  private static final List<Extension> EXTENSIONS =
      List.of(
          new Extension("br", ".br"), new Extension("zstd", ".zst"), new Extension("gzip", ".gz"));

  private record Extension(String coding, String text) {}

  /**
   * A file that has the content of another one in a content coding.
   *
   * @param coding the coding
   * @param file the file
   */
  record Coded(String coding, Place.File file) {}

  /** Copies the list. */
  Variants {
    coded = List.copyOf(coded);
  }

  /**
   * {@return a file with those beside it that are not older: what was made of an older file has
   * other content}
   *
   * @param directory finds them
   * @param names the names that lead to the file
   * @param plain the file
   */
  static Variants of(SiteDirectory directory, List<String> names, Place.File plain)
      throws IOException {
    List<Coded> coded = new ArrayList<>();
    for (Extension extension : EXTENSIONS) {
      List<String> beside = new ArrayList<>(names);
      beside.set(names.size() - 1, names.getLast() + extension.text());
      if (directory.find(beside) instanceof Place.File file
          && file.modified().compareTo(plain.modified()) >= 0) {
        coded.add(new Coded(extension.coding(), file));
      }
    }
    return new Variants(plain, coded);
  }

  /**
   * {@return the one to send: of those the client likes best the shortest; empty for the plain
   * file}
   *
   * @param accepted what the client accepts
   */
  Optional<Coded> choose(AcceptEncoding accepted) {
    Coded best = null;
    int most = Math.max(1, accepted.identity());
    for (Coded each : coded) {
      int weight = accepted.weight(each.coding());
      boolean better =
          weight > most
              || (weight == most && (best == null || each.file().length() < best.file().length()));
      if (better) {
        best = each;
        most = weight;
      }
    }
    return Optional.ofNullable(best);
  }
}
