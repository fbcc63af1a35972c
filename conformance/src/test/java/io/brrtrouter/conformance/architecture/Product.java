package io.brrtrouter.conformance.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;

/** Every class of the published modules. */
final class Product {
  static final String ROOT = "io.brrtrouter.";

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/conformance/"))
          .withImportOption(location -> !location.contains("/examples/"))
          .importPackages("io.brrtrouter");

  private Product() {}

  static boolean owns(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }

  /** {@return the module a class is in: the first word after the root package} */
  static String module(JavaClass type) {
    return word(type.getPackageName(), ROOT.length());
  }

  /** {@return the package below {@code io.brrtrouter.server} a class is in} */
  static String serverPackage(JavaClass type) {
    return word(type.getPackageName(), (ROOT + "server.").length());
  }

  /**
   * {@return the package below {@code io.brrtrouter.codegen} a class is in; empty for the root and
   * for other modules}
   */
  static String codegenPackage(JavaClass type) {
    return module(type).equals("codegen")
        ? word(type.getPackageName(), (ROOT + "codegen.").length())
        : "";
  }

  /**
   * {@return the package below {@code io.brrtrouter.security} a class is in; empty for the root and
   * for other modules}
   */
  static String securityPackage(JavaClass type) {
    return module(type).equals("security")
        ? word(type.getPackageName(), (ROOT + "security.").length())
        : "";
  }

  static Set<String> packages(String module) {
    Set<String> packages = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (type.getPackageName().startsWith(ROOT + module + ".") && !isPackageInfo(type)) {
        packages.add(word(type.getPackageName(), (ROOT + module + ".").length()));
      }
    }
    return packages;
  }

  static boolean isPackageInfo(JavaClass type) {
    return type.getSimpleName().equals("package-info");
  }

  private static String word(String text, int start) {
    int end = text.indexOf('.', start);
    return start > text.length() ? "" : text.substring(start, end < 0 ? text.length() : end);
  }
}
