package io.brrtrouter.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The product as a Maven repository on this disk, for projects outside of the checkout, until it is
 * published. Laid out as if deployed: a snapshot has the time of its build in its name, so that
 * Maven notices a newer one.
 */
final class ProductRepository {
  /** Names another repository. */
  private static final String VARIABLE = "BRRT_REPOSITORY";

  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>(brrtrouter-[a-z-]+)</artifactId>");
  private static final String SNAPSHOT = "-SNAPSHOT";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd.HHmmss").withZone(ZoneOffset.UTC);

  private final Path checkout;
  private final Path directory;
  private final String version;

  /**
   * A file of an artifact.
   *
   * @param source where it was built
   * @param artifact its artifact
   * @param extension {@code pom} or {@code jar}
   */
  private record Item(Path source, String artifact, String extension) {}

  ProductRepository(Path checkout, Path directory, String version) {
    this.checkout = checkout;
    this.directory = directory;
    this.version = version;
  }

  /** {@return the URL of the repository for projects, if there is one} */
  static Optional<String> url(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .or(() -> ofThisBuild().map(ProductRepository::url));
  }

  /** Brings the repository for projects up to date, unless it is somebody else's. */
  static void refresh(Map<String, String> environment) throws IOException {
    Optional<ProductRepository> own =
        environment.containsKey(VARIABLE) ? Optional.empty() : ofThisBuild();
    if (own.isPresent()) {
      own.get().refresh();
    }
  }

  /** {@return the repository of the checkout this command was built in, if it was built in one} */
  private static Optional<ProductRepository> ofThisBuild() {
    CodeSource source = ProductRepository.class.getProtectionDomain().getCodeSource();
    try {
      if (source == null) {
        return Optional.empty();
      }
      Path target = Path.of(source.getLocation().toURI()).resolveSibling("");
      Path checkout = target.resolve("../..").normalize();
      return Files.exists(checkout.resolve("bom/pom.xml"))
          ? Optional.of(
              new ProductRepository(checkout, target.resolve("repository"), Product.version()))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** {@return its URL as a pom writes it} */
  String url() {
    String url = directory.toUri().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** Lays out what was built last, unless it is there already. */
  void refresh() throws IOException {
    List<Item> items = items();
    Instant built = Instant.EPOCH;
    for (Item item : items) {
      Instant time = Files.getLastModifiedTime(item.source()).toInstant();
      built = time.isAfter(built) ? time : built;
    }
    String time = TIME.format(built);
    Path stamp = directory.resolve("built");
    if (Files.exists(stamp) && Files.readString(stamp).equals(time)) {
      return;
    }
    for (Item item : items) {
      String name =
          version.endsWith(SNAPSHOT) ? version.replace(SNAPSHOT, "-" + time + "-1") : version;
      put(place(item, name), Files.readAllBytes(item.source()));
    }
    for (Item item : items) {
      if (version.endsWith(SNAPSHOT) && item.extension().equals("pom")) {
        put(home(item).resolve("maven-metadata.xml"), metadata(item, items, time));
        forgetOthers(item, time);
      }
    }
    Files.writeString(stamp, time);
  }

  /** {@return what projects need: everything the bill of materials lists but the command line} */
  private List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    items.add(new Item(checkout.resolve("pom.xml"), "brrtrouter-parent", "pom"));
    items.add(new Item(checkout.resolve("bom/pom.xml"), "brrtrouter-bom", "pom"));
    Matcher artifacts = ARTIFACT.matcher(Files.readString(checkout.resolve("bom/pom.xml")));
    while (artifacts.find()) {
      String artifact = artifacts.group(1);
      if (!artifact.equals("brrtrouter-bom") && !artifact.equals("brrtrouter-cli")) {
        Path module = checkout.resolve(artifact.substring("brrtrouter-".length()));
        Path jar = module.resolve("target").resolve(artifact + "-" + version + ".jar");
        if (!Files.exists(jar)) {
          throw Failure.failed(
              "there is no " + jar + "; build the checkout with ./brrt or \"mvn -Dquick package\"");
        }
        items.add(new Item(module.resolve("pom.xml"), artifact, "pom"));
        items.add(new Item(jar, artifact, "jar"));
      }
    }
    return items;
  }

  private Path home(Item item) {
    return directory.resolve("io/brrtrouter").resolve(item.artifact()).resolve(version);
  }

  private Path place(Item item, String name) {
    return home(item).resolve(item.artifact() + "-" + name + "." + item.extension());
  }

  private byte[] metadata(Item pom, List<Item> items, String time) {
    StringBuilder versions = new StringBuilder();
    for (Item item : items) {
      if (item.artifact().equals(pom.artifact())) {
        versions.append(
            """
                  <snapshotVersion>
                    <extension>%s</extension>
                    <value>%s</value>
                    <updated>%s</updated>
                  </snapshotVersion>
            """
                .formatted(
                    item.extension(),
                    version.replace(SNAPSHOT, "-" + time + "-1"),
                    time.replace(".", "")));
      }
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <metadata modelVersion="1.1.0">
      <groupId>io.brrtrouter</groupId>
      <artifactId>%s</artifactId>
      <version>%s</version>
      <versioning>
        <snapshot>
          <timestamp>%s</timestamp>
          <buildNumber>1</buildNumber>
        </snapshot>
        <lastUpdated>%s</lastUpdated>
        <snapshotVersions>
    %s    </snapshotVersions>
      </versioning>
    </metadata>
    """
        .formatted(pom.artifact(), version, time, time.replace(".", ""), versions)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a file as a whole, with its checksum, because Maven may be reading. */
  private static void put(Path place, byte[] content) throws IOException {
    Files.createDirectories(place.getParent());
    replace(place, content);
    replace(
        place.resolveSibling(place.getFileName() + ".sha1"),
        sha1(content).getBytes(StandardCharsets.US_ASCII));
  }

  private static void replace(Path place, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(place.getParent(), ".brrt", null);
    Files.write(fresh, content);
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** SHA-1 is what every Maven looks for; it is about broken copies, not about trust. */
  private static String sha1(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-1", impossible);
    }
  }

  private void forgetOthers(Item item, String time) throws IOException {
    try (Stream<Path> files = Files.list(home(item))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith(item.artifact()) && !name.contains(time)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
