package io.brrtrouter.openapi.source;

import io.brrtrouter.openapi.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a file of YAML 1.2 (core schema) or JSON into a {@link LocatedDocument}. Files whose name
 * ends in {@code .json} are strict JSON, all others YAML. Whatever is wrong with the file comes
 * back as findings; nothing is thrown.
 */
public final class DocumentReader {
  /** Rules about single values; where one is broken, something else stands in for the value. */
  private static final Set<String> VALUES = Set.of("number-not-json", "yaml-tag");

  private DocumentReader() {}

  /**
   * {@return whether a finding says that the value at its place could not be read, so that whatever
   * else seems wrong with that value comes of what stands in for it}
   *
   * @param finding a finding of a document
   */
  public static boolean hidesValue(Finding finding) {
    return VALUES.contains(finding.rule());
  }

  /**
   * Reads a file, called by its path in locations.
   *
   * @param path the file
   * @param limits bounds on it
   * @return the content, or what is wrong
   */
  public static ReadResult read(Path path, DocumentLimits limits) {
    return read(path, path.toString(), limits);
  }

  /**
   * Reads a file.
   *
   * @param path the file
   * @param name what locations call it
   * @param limits bounds on it
   * @return the content, or what is wrong
   */
  public static ReadResult read(Path path, String name, DocumentLimits limits) {
    return read(path, name, limits, limits.together());
  }

  /**
   * Reads one of the files of a document.
   *
   * @param path the file
   * @param name what locations call it
   * @param limits bounds on it
   * @param room how many octets the document may still have
   * @return the content, or what is wrong
   */
  public static ReadResult read(Path path, String name, DocumentLimits limits, long room) {
    Problems problems = new Problems(name);
    try {
      byte[] text = bytes(path, limits, problems);
      // Of a file that is too large the rest counts too: whoever shortens it has changed it.
      String digest =
          text.length > limits.bytes()
              ? ContentDigest.of(path, DocumentLimits.MOST_BYTES)
              : ContentDigest.of(text);
      return read(text, path, name, limits, room, digest);
    } catch (Problems.Unreadable seeFindings) {
      return new ReadResult.Broken(Optional.empty(), problems.findings(), ContentDigest.NONE);
    }
  }

  /**
   * Reads text that is already in memory, as if the file contained it.
   *
   * @param text the bytes, UTF-8
   * @param path the file they stand for; its name decides between JSON and YAML
   * @param limits bounds on it
   * @return the content, or what is wrong
   */
  public static ReadResult read(byte[] text, Path path, DocumentLimits limits) {
    return read(text, path, path.toString(), limits, limits.together(), ContentDigest.of(text));
  }

  private static ReadResult read(
      byte[] text, Path path, String name, DocumentLimits limits, long room, String digest) {
    Problems problems = new Problems(name);
    try {
      checkSize(text.length, limits, room, problems);
      LocatedDocument document = parse(text, path, name, limits, problems);
      return problems.findings().isEmpty()
          ? new ReadResult.Sound(document, digest)
          : new ReadResult.Broken(Optional.of(document), problems.findings(), digest);
    } catch (Problems.Unreadable seeFindings) {
      return new ReadResult.Broken(Optional.empty(), problems.findings(), digest);
    }
  }

  /**
   * {@return why it cannot be told whether a file is there and what it is, as the rest of a
   * sentence that begins with its name; empty if it can, and for a file that is not there}
   *
   * @param path the file, or a symbolic link to it
   */
  public static Optional<String> obstacle(Path path) {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (AccessDeniedException denied) {
      return Optional.of("cannot be read: a directory on the way to it may not be entered");
    } catch (IOException failed) {
      // Or a file where a directory should be, and then there is no such file.
      return hasCircle(path)
          ? Optional.of("cannot be read: symbolic links on the way to it lead in a circle")
          : Optional.empty();
    }
  }

  private static boolean hasCircle(Path path) {
    return Stream.iterate(path.toAbsolutePath(), Objects::nonNull, Path::getParent)
        .anyMatch(way -> Files.isSymbolicLink(way) && !Files.exists(way));
  }

  private static byte[] bytes(Path path, DocumentLimits limits, Problems problems) {
    if (Files.isDirectory(path)) {
      throw problems.fatal(
          "file-unreadable", 0, 0, "this is a directory", "name the document in it");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // Opening a pipe that nobody writes to would never return, and a device never ends.
      throw problems.fatal(
          "file-unreadable",
          0,
          0,
          "this is a pipe, a socket or a device, not a file",
          "save what it holds in a file");
    }
    Optional<String> obstacle = obstacle(path);
    if (obstacle.isPresent()) {
      throw problems.fatal(
          "file-unreadable", 0, 0, "this file " + obstacle.get(), "check permissions and links");
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(limits.mostRead());
    } catch (NoSuchFileException absent) {
      throw problems.fatal("file-unreadable", 0, 0, "there is no such file", "check the path");
    } catch (AccessDeniedException denied) {
      throw problems.fatal(
          "file-unreadable", 0, 0, "the file may not be read", "check its permissions");
    } catch (IOException failed) {
      throw problems.fatal(
          "file-unreadable", 0, 0, "reading failed: " + failed.getMessage(), "check the file");
    }
  }

  private static void checkSize(int bytes, DocumentLimits limits, long room, Problems problems) {
    if (bytes > limits.bytes()) {
      throw problems.fatal(
          "file-too-large",
          0,
          0,
          String.format(Locale.ROOT, "the file is larger than %,d bytes", limits.bytes()),
          "split it into several files");
    }
    if (bytes > room) {
      throw problems.fatal(
          "document-too-large",
          0,
          0,
          String.format(
              Locale.ROOT,
              "with this file those of the document are larger than %,d bytes together",
              limits.together()),
          "leave out what no operation needs, or make several documents of it");
    }
  }

  private static LocatedDocument parse(
      byte[] bytes, Path path, String name, DocumentLimits limits, Problems problems) {
    String text = decode(bytes, problems);
    boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
    YamlComposer.Composed root =
        json ? JsonText.read(text, limits, problems) : YamlComposer.compose(text, limits, problems);
    return new LocatedDocument(path, name, bytes.length, root.node(), root.place());
  }

  private static String decode(byte[] bytes, Problems problems) {
    int start = 0;
    if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
      start = 3;
    } else if (starts(bytes, 0xFE, 0xFF) || starts(bytes, 0xFF, 0xFE)) {
      throw problems.fatal(
          "invalid-utf-8", 1, 1, "the file is encoded in UTF-16", "save it in UTF-8");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      List<String> before = (out + "|").lines().toList();
      String last = before.getLast();
      throw problems.fatal(
          "invalid-utf-8",
          before.size(),
          last.codePointCount(0, last.length()),
          String.format(Locale.ROOT, "the byte 0x%02X is not UTF-8", bytes[in.position()]),
          "save the file in UTF-8");
    }
    return out.toString();
  }

  private static boolean starts(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
