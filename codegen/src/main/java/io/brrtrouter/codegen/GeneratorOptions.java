package io.brrtrouter.codegen;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.openapi.Loaded;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
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
 */
public record GeneratorOptions(
    String packageName,
    Set<Part> parts,
    UnknownEnums unknownEnums,
    Integers integers,
    Set<String> untyped) {

  /** Bytes that most disks allow in the name of a directory. */
  private static final int LONGEST_PART = 255;

  private static final int SHOWN = 20;

  /** Letters of a title that make a package; more would be hard to read and to type. */
  private static final int LONGEST_TITLE = 60;

  /** Copies the sets; refuses names that are no package. */
  public GeneratorOptions {
    try {
      ClassName _ = new ClassName(packageName, "Any");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + packageName + "\" is no name of a Java package, such as com.example.shop", e);
    }
    if (isReserved(packageName)) {
      throw new IllegalArgumentException(
          "\""
              + packageName
              + "\" belongs to Java itself, which loads no classes of others from there; name a"
              + " package such as com.example.shop");
    }
    for (String part : packageName.split("\\.")) {
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        throw new IllegalArgumentException(
            "\"%s...\" is part of the package and too long for a directory: at most %d bytes"
                .formatted(part.substring(0, SHOWN), LONGEST_PART));
      }
    }
    parts = Set.copyOf(parts);
    untyped = Set.copyOf(untyped);
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
   * {@return options to generate everything, unknown enum values refused, integers as {@code long},
   * every operation typed}
   *
   * @param packageName the package below which everything is generated
   */
  public static GeneratorOptions of(String packageName) {
    return new GeneratorOptions(
        packageName, EnumSet.allOf(Part.class), UnknownEnums.REFUSE, Integers.LONG, Set.of());
  }
}
