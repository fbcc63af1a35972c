package io.brrtrouter.server.site;

import io.brrtrouter.server.dispatch.Mount;
import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Files of a directory that anybody may get below a prefix, where no operation and no built-in
 * endpoint answers. Immutable: every change is a new value.
 *
 * <pre>{@code
 * BrrtServer.builder()
 *     .document(Path.of("api.yaml"))
 *     .files(StaticFiles.at("/app", Path.of("web")).withFallback("index.html"))
 *     .start();
 * }</pre>
 *
 * @param prefix what their paths begin with: {@code /}, or segments of letters, digits and {@code
 *     -._~} without a slash at the end
 * @param directory where they are, with everything below; files elsewhere are not served, whatever
 *     symbolic links lead there
 * @param index the file that is served for a directory, if it has one; empty for none
 * @param fallback the file, by its path below the directory, that is served where there is none:
 *     the page of an application that has paths of its own; empty for a 404. Not for names with a
 *     known extension
 * @param maxAge how long clients may use a file without asking whether it is still good; zero for
 *     not at all
 * @param immutable directories, by their paths below the directory, of files that never change
 *     under the same name: clients keep them for a year
 * @param contentSecurityPolicy the {@code Content-Security-Policy} of all of them
 */
public record StaticFiles(
    String prefix,
    Path directory,
    Optional<String> index,
    Optional<String> fallback,
    Duration maxAge,
    List<String> immutable,
    String contentSecurityPolicy) {
  /** The file for a directory, unless set. */
  public static final String INDEX = "index.html";

  /**
   * What pages may do, unless set: load everything from this server, and images from data URLs, as
   * build tools write small ones.
   */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** Longer means nothing more to a client. */
  private static final Duration LONGEST = Duration.ofDays(366);

  /**
   * Checks the values, without looking at the directory.
   *
   * @throws IllegalArgumentException if one is malformed
   */
  public StaticFiles {
    immutable = List.copyOf(immutable);
    require(isPrefix(prefix), "a prefix is / or segments such as /app, not \"" + prefix + "\"");
    index.ifPresent(
        name -> require(isPath(name) && !name.contains("/"), "an index is a file name: " + name));
    fallback.ifPresent(
        path -> require(isPath(path), "a fallback is a path below the directory: " + path));
    immutable.forEach(
        path -> require(isPath(path), "what never changes is below the directory: " + path));
    require(
        !maxAge.isNegative() && maxAge.compareTo(LONGEST) <= 0,
        "a file may be used for 0 to 366 days, not " + maxAge);
    require(
        !contentSecurityPolicy.isBlank() && Headers.isValue(contentSecurityPolicy),
        "a Content-Security-Policy is a text in one line");
  }

  private static void require(boolean sound, String sentence) {
    if (!sound) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /**
   * {@return the files of a directory, with {@value #INDEX} for directories}
   *
   * @param prefix what their paths begin with
   * @param directory where they are
   * @throws IllegalArgumentException if the prefix is none
   */
  public static StaticFiles at(String prefix, Path directory) {
    return new StaticFiles(
        prefix,
        directory,
        Optional.of(INDEX),
        Optional.empty(),
        Duration.ZERO,
        List.of(),
        CONTENT_SECURITY_POLICY);
  }

  /**
   * {@return whether a text can be a prefix}
   *
   * @param text the text
   */
  public static boolean isPrefix(String text) {
    if (text.equals("/")) {
      return true;
    }
    boolean sound = text.startsWith("/") && text.chars().allMatch(StaticFiles::isPathCharacter);
    return sound && isPath(text.substring(1));
  }

  /** Unreserved characters of RFC 3986 only: nobody has to escape them. */
  private static boolean isPathCharacter(int c) {
    return c == '/' || "-._~".indexOf(c) >= 0 || (c < 128 && Character.isLetterOrDigit(c));
  }

  /**
   * {@return whether a text can be the path of a file or directory below another: names that are
   * served, separated by slashes}
   *
   * @param text the text
   */
  public static boolean isPath(String text) {
    return SiteNames.areServed(names(text), false);
  }

  /** {@return the names in a path} */
  static List<String> names(String path) {
    return List.of(path.split("/", -1));
  }

  /**
   * {@return these files, with another one for directories}
   *
   * @param name its name, empty for none
   * @throws IllegalArgumentException if it is none
   */
  public StaticFiles withIndex(String name) {
    Optional<String> other = name.isEmpty() ? Optional.empty() : Optional.of(name);
    return new StaticFiles(
        prefix, directory, other, fallback, maxAge, immutable, contentSecurityPolicy);
  }

  /**
   * {@return these files, and one that is served where there is none}
   *
   * @param path its path below the directory
   * @throws IllegalArgumentException if it is none
   */
  public StaticFiles withFallback(String path) {
    return new StaticFiles(
        prefix, directory, index, Optional.of(path), maxAge, immutable, contentSecurityPolicy);
  }

  /**
   * {@return these files, which clients may use for a time without asking again}
   *
   * @param time up to 366 days, in whole seconds
   * @throws IllegalArgumentException if it is longer
   */
  public StaticFiles withMaxAge(Duration time) {
    return new StaticFiles(
        prefix, directory, index, fallback, time, immutable, contentSecurityPolicy);
  }

  /**
   * {@return these files, of which those in some directories never change under the same name}
   *
   * @param paths their paths below the directory
   * @throws IllegalArgumentException if one is none
   */
  public StaticFiles withImmutable(String... paths) {
    return new StaticFiles(
        prefix, directory, index, fallback, maxAge, List.of(paths), contentSecurityPolicy);
  }

  /**
   * {@return these files, with another policy for pages}
   *
   * @param value the value of {@code Content-Security-Policy}
   * @throws IllegalArgumentException if it cannot be one
   */
  public StaticFiles withContentSecurityPolicy(String value) {
    return new StaticFiles(prefix, directory, index, fallback, maxAge, immutable, value);
  }

  /**
   * {@return why they cannot be served, in sentences; none if they can} Blocks while the directory
   * is asked about.
   */
  public List<String> mistakes() {
    if (!Files.exists(directory)) {
      return List.of("there is no directory " + directory);
    }
    if (!Files.isDirectory(directory)) {
      return List.of(directory + " is not a directory");
    }
    if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
      return List.of("the directory " + directory + " may not be read");
    }
    List<String> mistakes = new ArrayList<>();
    fallback.ifPresent(path -> mistakes.addAll(fallback(path)));
    return mistakes;
  }

  private List<String> fallback(String path) {
    try {
      return new SiteDirectory(directory.toRealPath()).find(names(path)) instanceof Place.File
          ? List.of()
          : List.of("there is no file " + path + " in the directory " + directory);
    } catch (NoSuchFileException gone) {
      return List.of("there is no directory " + directory);
    } catch (IOException failure) {
      return List.of("the directory " + directory + " cannot be read: " + failure.getMessage());
    }
  }

  /** {@return what answers with them} */
  public Mount mount() {
    return new Site(this);
  }
}
