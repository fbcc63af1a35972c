package io.brrtrouter.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * A goal whose work is done in a process of its own, by a JDK that is new enough, because Maven may
 * run on an older one.
 */
abstract class ForkingMojo extends AbstractMojo {
  /** Where files are that the processes tell each other with, and what is remembered. */
  @Parameter(
      defaultValue = "${project.build.directory}/brrtrouter",
      readonly = true,
      required = true)
  @Nullable File workDirectory;

  /** The build. */
  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  @Nullable MavenSession session;

  /** This execution of the goal, which has a name. */
  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  @Nullable MojoExecution execution;

  /** This plugin and what it depends on. */
  @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
  @Nullable List<Artifact> pluginArtifacts;

  private final ToolchainManager toolchains;

  /** Environment variables. */
  Map<String, String> environment = System.getenv();

  ForkingMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  /** {@return the program to fork} */
  final Path java() throws MojoFailureException, IOException {
    Path java = new JdkSearch(environment, Path.of(System.getProperty("java.home"))).java(chosen());
    getLog().debug("forking " + java);
    return java;
  }

  /** {@return a file of this execution, of which a project may have several} */
  final Path work(String suffix) {
    String name = given(execution).getExecutionId().replaceAll("[^A-Za-z0-9._-]", "_");
    return given(workDirectory).toPath().resolve(name + suffix);
  }

  final List<Path> classPath() {
    return given(pluginArtifacts).stream().map(each -> each.getFile().toPath()).toList();
  }

  static void list(Map<String, String> wanted, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      wanted.put(name + "." + i, values.get(i));
    }
  }

  /** Adds directories besides the document's own. */
  static void directories(Map<String, String> wanted, @Nullable List<File> directories) {
    list(
        wanted,
        "allowDirectories",
        directories == null ? List.of() : directories.stream().map(File::getAbsolutePath).toList());
  }

  /** Adds limits of documents. */
  static void limits(Map<String, String> wanted, @Nullable Map<String, String> limits) {
    list(
        wanted,
        "documentLimits",
        limits == null
            ? List.of()
            : new TreeMap<>(limits)
                .entrySet().stream()
                    .map(limit -> limit.getKey() + "=" + limit.getValue())
                    .toList());
  }

  /** {@return programs of the JDKs that Maven knows: that of the build first, then any} */
  private List<Path> chosen() {
    List<Toolchain> known = new ArrayList<>();
    MavenSession build = given(session);
    Toolchain selected = toolchains.getToolchainFromBuildContext("jdk", build);
    if (selected != null) {
      known.add(selected);
    }
    known.addAll(
        toolchains.getToolchains(build, "jdk", Map.of("version", "[" + JdkSearch.MINIMUM + ",)")));
    List<Path> programs = new ArrayList<>();
    for (Toolchain each : known) {
      String java = each.findTool("java");
      if (java != null) {
        programs.add(Path.of(java));
      }
    }
    return programs;
  }

  /** Maven refuses to run a goal without its required parameters. */
  static <T> T given(@Nullable T parameter) {
    if (parameter == null) {
      throw new IllegalStateException("Maven has not set a required parameter");
    }
    return parameter;
  }
}
