package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.openapi.Loaded;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * What to generate and how.
 *
 * @param packageName the package below which everything is generated
 * @param parts what to generate; handlers name models, which are then expected to be there
 * @param unknownEnums what becomes of a string that is not among the values of an enum
 * @param integers what an integer without format and bounds becomes
 * @param untyped operations that get nothing of their own, because handlers of plain requests are
 *     registered for them: the names of those handlers
 * @param shared documents whose schemas are not generated again but imported, each after those it
 *     refers to
 */
public record GeneratorOptions(
    String packageName,
    Set<Part> parts,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped,
    List<Shared> shared) {

  /** Bytes that most disks allow in the name of a directory. */
  private static final int LONGEST_PART = 255;

  private static final int SHOWN = 20;

  /** Letters of a title that make a package; more would be hard to read and to type. */
  private static final int LONGEST_TITLE = 60;

  /**
   * A document whose schemas have their classes in a package of their own: generated from that
   * document alone, with the same options except {@code untyped}.
   *
   * @param document the document, read without errors
   * @param packageName the package below which its code is generated
   */
  public record Shared(Loaded document, String packageName) {

    /** Refuses names that are no package. */
    public Shared {
      demandPackage(packageName);
    }

    private Path file() {
      return document.files().getFirst();
    }

    private URI uri() {
      return document.documents().getFirst().uri();
    }

    private boolean refersTo(Shared other) {
      return document.documents().stream().anyMatch(each -> each.uri().equals(other.uri()));
    }
  }

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException with a sentence, for a name that is no package, and for shared
   *     documents that cannot be told apart
   */
  public GeneratorOptions {
    demandPackage(packageName);
    parts = Set.copyOf(parts);
    untyped = Set.copyOf(untyped);
    shared = List.copyOf(shared);
    for (int i = 0; i < shared.size(); i++) {
      demandOtherPackage(shared.get(i), packageName);
      for (Shared before : shared.subList(0, i)) {
        demandApart(before, shared.get(i));
      }
    }
  }

  /**
   * Options without shared documents.
   *
   * @param packageName the package below which everything is generated
   * @param parts what to generate
   * @param unknownEnums what becomes of a string that is not among the values of an enum
   * @param integers what an integer without format and bounds becomes
   * @param untyped operations that get nothing of their own
   */
  public GeneratorOptions(
      String packageName,
      Set<Part> parts,
      UnknownEnums unknownEnums,
      Integers integers,
      Set<String> untyped) {
    this(packageName, parts, unknownEnums, integers, untyped, List.of());
  }

  private static void demandPackage(String name) {
    try {
      ClassName _ = new ClassName(name, "Any");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of a Java package, such as com.example.shop", e);
    }
    if (isReserved(name)) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" belongs to Java itself, which loads no classes of others from there; name a"
              + " package such as com.example.shop");
    }
    for (String part : name.split("\\.", -1)) {
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        throw new IllegalArgumentException(
            "\"%s...\" is part of the package and too long for a directory: at most %d bytes"
                .formatted(part.substring(0, SHOWN), LONGEST_PART));
      }
    }
  }

  private static void demandOtherPackage(Shared shared, String own) {
    demand(
        !shared.packageName().equals(own),
        shared.file()
            + " is shared as "
            + own
            + ", the package of what is generated here; name the package that its own code is"
            + " generated in");
  }

  private static void demandApart(Shared before, Shared after) {
    demand(
        !before.uri().equals(after.uri()),
        "%s is shared as %s and as %s; name one package, the one that its code is generated in"
            .formatted(after.file(), before.packageName(), after.packageName()));
    demand(
        !before.packageName().equals(after.packageName()),
        "%s and %s are both shared as %s; each document has a package of its own"
            .formatted(before.file(), after.file(), after.packageName()));
    demand(
        !before.refersTo(after),
        "%s refers to %s; share %2$s before it".formatted(before.file(), after.file()));
  }

  private static void demand(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  private static boolean isReserved(String packageName) {
    return packageName.equals("java") || packageName.startsWith("java.");
  }

  /**
   * {@return the package that stands for a document when nobody names one: the letters and digits
   * of its title, small; {@code api} where that is no name}
   *
   * @param document the document, read without errors
   */
  public static String packageFor(Loaded document) {
    String title = document.api().map(api -> api.info().title()).orElse("");
    String name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    name = name.substring(0, Math.min(name.length(), LONGEST_TITLE));
    return SourceVersion.isName(name) && !isReserved(name) ? name : "api";
  }

  /**
   * {@return options to generate a service, unknown enum values refused, integers as {@code long},
   * every operation typed}
   *
   * @param packageName the package below which everything is generated
   */
  public static GeneratorOptions of(String packageName) {
    return new GeneratorOptions(
        packageName, Part.SERVICE, UnknownEnums.REFUSE, Integers.LONG, Set.of());
  }
}
