package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.openapi.source.ReadResult;
import io.brrtrouter.schema.SourceLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The files of one document: opens each once, and only below the allowed directories. A file is
 * known by the address it was read from and, when it has {@code $self} (3.2), by that too.
 */
final class Documents {

  /**
   * An opened file.
   *
   * @param located its content
   * @param retrieval where it was read from, a {@code file:} URI
   * @param base its base URI: {@code $self} if it has one, else {@code retrieval}
   * @param version what it says it conforms to, else what the first file says
   */
  record Source(LocatedDocument located, URI retrieval, URI base, Version version) {}

  private final Path directory;
  private final Path given;
  private final LoadOptions options;
  private final Findings findings;
  private final Report report;
  private final List<Path> roots;
  private final List<Path> files = new ArrayList<>();

  /** What was read, by the path that leads to it. */
  private final Map<Path, String> contents = new LinkedHashMap<>();

  /** The same by its real path. */
  private final Map<Path, String> digests = new HashMap<>();

  private final Map<Path, Optional<Source>> byRealPath = new HashMap<>();
  private final Map<URI, Source> byUri = new HashMap<>();
  private final LinkedHashMap<LocatedDocument, Source> byDocument = new LinkedHashMap<>();

  /** Of all files in here. */
  private long octets;

  private Version version = Version.V3_1;

  Documents(Path document, LoadOptions options, Findings findings, Report report) {
    this.report = report;
    this.given = document;
    Path absolute = document.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    this.directory = parent == null ? absolute : parent;
    this.options = options;
    this.findings = findings;
    this.roots =
        Stream.concat(Stream.of(directory), options.roots().stream())
            .flatMap(root -> realPath(root).stream())
            .toList();
  }

  /** A directory that is not there allows nothing. */
  private static Optional<Path> realPath(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /** Opens the document itself; empty, with findings, when it cannot be read. */
  Optional<LocatedDocument> first() {
    files.add(given);
    ReadResult result = DocumentReader.read(given, given.toString(), options.limits());
    Path path = given.toAbsolutePath().normalize();
    contents.put(path, result.digest());
    digests.put(realPath(path).orElse(path), result.digest());
    return findings(result);
  }

  /** Takes the document itself in, once its version is known. */
  Source register(LocatedDocument first, Version ofFirst) {
    this.version = ofFirst;
    URI retrieval = first.uri();
    Source source = source(first, retrieval);
    byRealPath.put(realPath(given).orElse(given), Optional.of(source));
    return source;
  }

  Source of(LocatedDocument document) {
    Source source = byDocument.get(document);
    if (source == null) {
      throw new IllegalArgumentException(document + " was not opened here");
    }
    return source;
  }

  Collection<Source> sources() {
    return byDocument.values();
  }

  LoadOptions options() {
    return options;
  }

  /** {@return the root of the document itself} */
  LocatedNode main() {
    return byDocument.firstEntry().getKey().located();
  }

  List<Path> files() {
    return files;
  }

  /** {@return what was looked at and may be: absolute paths, with the digests of what was read} */
  Map<Path, String> contents() {
    return contents;
  }

  /**
   * Finds or opens the file behind an absolute URI without fragment.
   *
   * @param uri the address
   * @param from the file that refers to it
   * @param at the reference
   * @return the file, or null after a finding
   */
  @Nullable Source open(URI uri, Source from, LocatedNode at) {
    Source known = byUri.get(uri);
    if (known != null) {
      return known;
    }
    URI file = localAddress(uri, from);
    if (file == null) {
      findings.error(
          "reference-remote",
          at.location(),
          "\"" + uri + "\" is not a file; references are not fetched from the network",
          "save the document beside this one and refer to the file");
      report.add(Feature.REFERENCE_REMOTE, at.location());
      return null;
    }
    Source opened = read(file, uri, at);
    if (opened != null) {
      byUri.putIfAbsent(uri, opened);
    }
    return opened;
  }

  /**
   * The {@code file:} URI to read. Below the directory of a {@code $self} the directory of the file
   * stands in for it, so relative references keep working in documents that name themselves.
   */
  private static @Nullable URI localAddress(URI uri, Source from) {
    if ("file".equals(uri.getScheme())) {
      return uri;
    }
    URI inside = from.base().resolve(".").relativize(uri);
    return inside.isAbsolute() || inside.getRawAuthority() != null
        ? null
        : from.retrieval().resolve(inside);
  }

  private @Nullable Source read(URI file, URI uri, LocatedNode text) {
    SourceLocation at = text.location();
    Path path;
    try {
      path = Path.of(file).normalize();
    } catch (IllegalArgumentException | FileSystemNotFoundException notAPath) {
      findings.error(
          "reference-malformed", at, "\"" + uri + "\" is no address of a file", "check the path");
      return null;
    }
    Path real = realPath(path).orElse(path);
    boolean inside =
        roots.stream().anyMatch(real::startsWith)
            || (!Files.exists(real) && path.startsWith(directory));
    if (!inside) {
      findings.error(
          "reference-forbidden",
          at,
          "\""
              + Uris.withoutFragment(text.node().stringValue())
              + "\" is outside of the document's directory",
          "move the file below that directory, or allow its directory: --allow-dir of commands,"
              + " allowDirectories of a server's builder and of the Maven plugin");
      return null;
    }
    // Whatever is the matter with it may be mended.
    contents.putIfAbsent(path, ContentDigest.NONE);
    if (Files.exists(real) && !Files.isRegularFile(real)) {
      findings.error(
          "reference-unresolved", at, "\"" + show(file) + "\" is not a file", "check the path");
      return null;
    }
    Optional<String> obstacle = DocumentReader.obstacle(real);
    if (obstacle.isPresent()) {
      findings.error(
          "reference-unresolved",
          at,
          "\"" + show(file) + "\" " + obstacle.get(),
          "check permissions and links");
      return null;
    }
    if (!Files.exists(real)) {
      findings.error(
          "reference-unresolved", at, "there is no file \"" + show(file) + "\"", "check the path");
      return null;
    }
    Optional<Source> known = byRealPath.get(real);
    if (known == null) {
      known = load(path, real, file, at);
      byRealPath.put(real, known);
    } else if (known.isEmpty()) {
      unreadable(file, at);
    }
    contents.put(path, digests.getOrDefault(real, ContentDigest.NONE));
    return known.orElse(null);
  }

  private Optional<Source> load(Path path, Path real, URI file, SourceLocation at) {
    if (files.size() >= options.files()) {
      // Who watches it is not to take it for changed.
      digests.put(real, ContentDigest.of(real, options.limits().mostRead()));
      findings.error(
          "too-many-files",
          at,
          "the document consists of more than " + options.files() + " files",
          "merge some of them");
      return Optional.empty();
    }
    Path name = name(path);
    files.add(name);
    DocumentLimits limits = options.limits();
    long room = limits.together() - octets;
    ReadResult result = DocumentReader.read(real, name.toString(), limits, room);
    digests.put(real, result.digest());
    Optional<LocatedDocument> document = findings(result);
    if (document.isEmpty()) {
      unreadable(file, at);
    }
    return document.map(read -> source(read, file));
  }

  private void unreadable(URI file, SourceLocation at) {
    findings.error(
        "reference-unresolved",
        at,
        "\"" + show(file) + "\" could not be read",
        "see the other findings for that file");
  }

  private Source source(LocatedDocument document, URI retrieval) {
    JsonNode root = document.root();
    Version own =
        root.path("openapi").isString()
            ? Version.named(root.path("openapi").stringValue()).orElse(version)
            : version;
    octets += document.octets();
    Source source = new Source(document, retrieval, base(root, retrieval, own), own);
    byDocument.put(document, source);
    byUri.put(retrieval, source);
    byUri.putIfAbsent(source.base(), source);
    return source;
  }

  private static URI base(JsonNode root, URI retrieval, Version version) {
    JsonNode self = root.path("$self");
    if (!version.atLeast(Version.V3_2) || !root.has("openapi") || !self.isString()) {
      return retrieval;
    }
    URI resolved = Uris.resolve(retrieval, Uris.withoutFragment(self.stringValue()));
    return resolved == null ? retrieval : resolved;
  }

  private Optional<LocatedDocument> findings(ReadResult result) {
    return switch (result) {
      case ReadResult.Sound sound -> Optional.of(sound.document());
      case ReadResult.Broken broken -> {
        findings.addAll(broken.findings());
        yield broken.document();
      }
    };
  }

  /** The path as someone would type it who typed the document's path. */
  private Path name(Path path) {
    if (!path.startsWith(directory)) {
      return path;
    }
    Path relative = directory.relativize(path);
    Path parent = given.getParent();
    return parent == null ? relative : parent.resolve(relative);
  }

  private String show(URI file) {
    try {
      return name(Path.of(file).normalize()).toString();
    } catch (IllegalArgumentException notAPath) {
      return file.toString();
    }
  }
}
