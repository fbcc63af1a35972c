package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK is forked. */
class JdkSearchTest {
  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Path running;

  @BeforeEach
  void prepare() throws IOException {
    running = jdk("running", "17.0.2");
    environment.put("BRRT_JDK_ROOTS", directory.resolve("none").toString());
  }

  /** {@return the directory of something that looks like a JDK} */
  private Path jdk(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static Path java(Path home) {
    return home.resolve("bin/java");
  }

  private Path found(Path... toolchains) throws MojoFailureException {
    return new JdkSearch(environment, running).java(List.of(toolchains));
  }

  private void assertRefused(String sentence) {
    assertThatThrownBy(this::found).isInstanceOf(MojoFailureException.class).hasMessage(sentence);
  }

  @Test
  void earlier_places_win() throws Exception {
    Path roots = directory.resolve("roots");
    jdk("roots/b", "27");
    Path oldest = jdk("roots/a/Contents/Home", "26.0.1");
    jdk("roots/old", "21.0.1");
    environment.put("BRRT_JDK_ROOTS", directory.resolve("none") + ":" + roots);
    assertThat(found()).isEqualTo(java(oldest));

    Path onPath = jdk("path", "26");
    environment.put("PATH", ":" + directory + ":" + onPath.resolve("bin"));
    assertThat(found()).isEqualTo(java(onPath.toRealPath()));

    Path home = jdk("home", "26");
    environment.put("JAVA_HOME", home.toString());
    assertThat(found()).isEqualTo(java(home));

    running = jdk("new", "25-ea");
    assertThat(found()).isEqualTo(java(running));

    Path wanted = jdk("wanted", "25.0.3");
    environment.put("BRRT_JAVA_HOME", wanted.toString());
    assertThat(found()).isEqualTo(java(wanted));

    Path toolchain = jdk("toolchain", "25");
    Path old = jdk("old toolchain", "21");
    assertThat(found(java(old), java(toolchain), java(wanted)))
        .isEqualTo(java(toolchain.toRealPath()));
    assertThat(found(java(old))).isEqualTo(java(wanted));
  }

  @Test
  void a_link_on_the_path_leads_to_its_JDK() throws Exception {
    Path home = jdk("linked", "25");
    Path bin = Files.createDirectories(directory.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("java"), java(home));
    environment.put("PATH", bin.toString());

    assertThat(found()).isEqualTo(java(home.toRealPath()));
  }

  @Test
  void what_is_no_JDK_is_passed_by() throws IOException {
    Path roots = directory.resolve("roots");
    Files.delete(jdk("roots/silent", "25").resolve("release"));
    jdk("roots/odd", "unknown");
    Files.delete(java(jdk("roots/empty", "25")));
    environment.put("BRRT_JDK_ROOTS", roots.toString());
    environment.put("JAVA_HOME", "");

    assertRefused(
        "generating needs a JDK 25 or newer and none was found; install one (Eclipse Temurin from"
            + " https://adoptium.net, \"brew install openjdk\" or your distribution's"
            + " openjdk-25-jdk), or name yours in Maven's toolchains.xml or in BRRT_JAVA_HOME");
  }

  @Test
  void a_wrong_wish_is_not_silently_replaced() throws IOException {
    environment.put("JAVA_HOME", jdk("home", "25").toString());
    environment.put("BRRT_JAVA_HOME", running.toString());
    assertRefused("BRRT_JAVA_HOME is " + running + ", which is not a JDK 25 or newer but 17");

    environment.put("BRRT_JAVA_HOME", "/nowhere");
    assertRefused("BRRT_JAVA_HOME is /nowhere, which is not a JDK 25 or newer");
  }

  @Test
  void the_usual_places_are_those_of_the_launcher() throws Exception {
    environment.remove("BRRT_JDK_ROOTS");
    environment.put("HOME", directory.toString());
    jdk(".sdkman/candidates/java/25.0.1-tem", "25.0.1");

    // The machine may have an own one, which is as good.
    Path found = found();
    assertThat(found.getParent().resolveSibling("release")).content().contains("\"25");
    String launcher = Files.readString(Path.of(System.getProperty("brrt.root"), "brrt"));
    for (String root : JdkSearch.ROOTS) {
      assertThat(launcher).contains(root.replace("~", "$user"));
    }
    for (String place : JdkSearch.BREW) {
      assertThat(launcher).contains(place);
    }
  }
}
