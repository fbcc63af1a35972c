package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveCompilerTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "a/Base.java",
          "package a; public class Base { public int n() { return 1; } private int p() { return 2; } }",
          "a/Sub.java",
          "package a; public class Sub extends Base {}",
          "a/Limits.java",
          "package a; public interface Limits { int MOST = 3; }",
          "b/User.java",
          "package b; class User { int n = new a.Sub().n(); }",
          "b/Copier.java",
          "package b; class Copier { int n = a.Limits.MOST; }",
          "b/Other.java",
          "package b; class Other { java.util.List<String> Names; Object o = new Object() {}; }");

  @TempDir Path directory;
  private final Map<String, Path> sources = new TreeMap<>();
  private LiveCompiler compiler;

  @BeforeEach
  void compile() throws IOException {
    for (Map.Entry<String, String> each : SOURCES.entrySet()) {
      write(each.getKey(), each.getValue());
    }
    compiler = new LiveCompiler(List.of(), List.of(), Map.of());
    assertThat(changed(SOURCES.keySet().toArray(String[]::new))).isEqualTo(6);
  }

  @AfterEach
  void close() throws IOException {
    compiler.close();
  }

  private void write(String file, String text) throws IOException {
    Path place = directory.resolve(file);
    Files.createDirectories(place.getParent());
    sources.put(file, Files.writeString(place, text));
  }

  private int changed(String... files) {
    LiveCompiler.Outcome outcome = compiler.compile(sources, Set.of(files));
    assertThat(outcome).isInstanceOf(LiveCompiler.Outcome.Compiled.class);
    return ((LiveCompiler.Outcome.Compiled) outcome).files();
  }

  private List<String> errors(String... files) {
    LiveCompiler.Outcome outcome = compiler.compile(sources, Set.of(files));
    assertThat(outcome).isInstanceOf(LiveCompiler.Outcome.Refused.class);
    return ((LiveCompiler.Outcome.Refused) outcome)
        .errors().stream()
            .map(each ->
                Path.of(each.getSource().toUri()).getFileName() + ":" + each.getLineNumber())
            .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/Base.java   | return 1;  | return 7;                       | 1
          a/Base.java   | private    | private static                  | 1
          a/Base.java   | return 1;  | Runnable r = () -> {}; return 1; | 1
          a/Base.java   | public int | public long m() { return 1; } public int | 3
          a/Limits.java | 3          | 4                               | 6
          b/Other.java  | List       | Set                             | 1
          """)
  void compiles_what_depends_on_a_change(String file, String before, String after, int files)
      throws IOException {
    write(file, SOURCES.get(file).replace(before, after));
    assertThat(changed(file)).isEqualTo(files);
  }

  @Test
  void compiles_what_named_another_class_by_a_new_ones_name() throws IOException {
    write("b/List.java", "package b; class List {}");
    write("b/Object.java", "package b; class Object {}");
    assertThat(changed("b/List.java", "b/Object.java")).isGreaterThan(2);
    assertThat(ClassShape.of(compiler.classes().get("b/Other.class")).mentions())
        .contains("b/Object");
  }

  @Test
  void forgets_classes_of_sources_that_are_gone_and_finds_who_misses_them() throws IOException {
    Files.delete(sources.remove("a/Sub.java"));
    assertThat(errors("a/Sub.java")).containsExactly("User.java:1");
    assertThat(compiler.classes()).containsKey("a/Sub.class");

    write("b/User.java", "package b; class User { int n = new a.Base().n(); }");
    assertThat(changed("a/Sub.java", "b/User.java")).isEqualTo(1);
    assertThat(compiler.classes()).doesNotContainKey("a/Sub.class");
  }

  @Test
  void finds_who_cannot_live_with_a_change_of_what_it_inherits() throws IOException {
    Map<String, byte[]> before = compiler.classes();
    write("a/Base.java", "package a; public class Base { public String n() { return \"\"; } }");
    assertThat(errors("a/Base.java")).containsExactly("User.java:1");
    assertThat(compiler.classes()).isEqualTo(before);
  }

  @Test
  void replaces_all_classes_of_a_source() throws IOException {
    assertThat(new TreeSet<>(compiler.classes().keySet())).contains("b/Other$1.class");
    write("b/Other.java", "package b; class Other {}");
    assertThat(changed("b/Other.java")).isEqualTo(1);
    assertThat(compiler.classes()).doesNotContainKey("b/Other$1.class");
  }

  @Test
  void goes_by_the_options_that_show_in_what_was_built() throws IOException {
    Map<String, byte[]> built = compiler.classes();
    byte[] old =
        ClassFile.of()
            .transformClass(
                ClassFile.of().parse(built.get("a/Base.class")),
                (builder, element) -> {
                  if (element instanceof java.lang.classfile.ClassFileVersion) {
                    builder.withVersion(ClassFile.JAVA_21_VERSION, 0);
                  } else {
                    builder.with(element);
                  }
                });
    try (LiveCompiler other = new LiveCompiler(List.of(), List.of(), Map.of("a/Base.class", old))) {
      other.compile(sources, Set.of("a/Limits.java"));
      assertThat(ClassFile.of().parse(other.classes().get("a/Limits.class")).majorVersion())
          .isEqualTo(ClassFile.JAVA_21_VERSION);
    }
  }

  @Test
  void names_parameters_if_what_was_built_does() throws IOException {
    write("a/Named.java", "package a; class Named { void m(int number) {} }");
    changed("a/Named.java");
    assertThat(names(compiler)).isFalse();

    Map<String, byte[]> built = new TreeMap<>(compiler.classes());
    byte[] named =
        ClassFile.of()
            .transformClass(
                ClassFile.of().parse(built.get("a/Named.class")),
                (builder, element) -> {
                  if (element instanceof java.lang.classfile.MethodModel method
                      && method.methodName().equalsString("m")) {
                    builder.transformMethod(
                        method,
                        (parts, part) ->
                            parts
                                .with(part)
                                .with(
                                    java.lang.classfile.attribute.MethodParametersAttribute.of(
                                        List.of(
                                            java.lang.classfile.attribute.MethodParameterInfo
                                                .ofParameter(
                                                    java.util.Optional.of("number"), 0)))));
                  } else {
                    builder.with(element);
                  }
                });
    built.put("a/Named.class", named);
    try (LiveCompiler other = new LiveCompiler(List.of(), List.of(), built)) {
      other.compile(sources, Set.of("a/Named.java"));
      assertThat(names(other)).isTrue();
    }
  }

  private static boolean names(LiveCompiler compiler) {
    return ClassFile.of().parse(compiler.classes().get("a/Named.class")).methods().stream()
        .anyMatch(each -> each.findAttribute(Attributes.methodParameters()).isPresent());
  }
}
