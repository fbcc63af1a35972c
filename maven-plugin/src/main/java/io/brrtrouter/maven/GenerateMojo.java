package io.brrtrouter.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Generates Java from an OpenAPI document: records for its schemas with codecs, and for each
 * operation a request, a sealed response, a handler interface, and what registers it with a server.
 * Nothing is done while no file of the document, no parameter, no generated file and not the plugin
 * itself has changed.
 */
@Mojo(name = "generate", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class GenerateMojo extends AbstractMojo {
  /** The OpenAPI document, YAML or JSON. Files it refers to are found from there. */
  @Parameter(property = "brrtrouter.document", required = true)
  @Nullable File document;

  /** The directory of sources to write into, which is compiled with the project. */
  @Parameter(
      property = "brrtrouter.outputDirectory",
      defaultValue = "${project.build.directory}/generated-sources/brrtrouter",
      required = true)
  @Nullable File outputDirectory;

  /** The package of everything; the document's title in small letters by default. */
  @Parameter(property = "brrtrouter.packageName")
  @Nullable String packageName;

  /**
   * Some parts only, all by default: <code>models</code>, <code>codecs</code>, <code>handlers
   * </code> and <code>server</code>.
   */
  @Parameter(property = "brrtrouter.parts")
  @Nullable List<String> parts;

  /**
   * What becomes of a string that an enum does not list: <code>refuse</code>, or <code>keep</code>
   * it.
   */
  @Parameter(property = "brrtrouter.unknownEnums", defaultValue = "refuse")
  @Nullable String unknownEnums;

  /**
   * What an integer without format and bounds becomes: <code>long</code> (a greater one in a
   * request is a 400), or <code>exact</code>, a <code>BigInteger</code>.
   */
  @Parameter(property = "brrtrouter.integers", defaultValue = "long")
  @Nullable String integers;

  /**
   * Operations to generate nothing for, because handlers of plain requests are registered for them:
   * their <code>x-handler</code>, else <code>operationId</code>.
   */
  @Parameter(property = "brrtrouter.untyped")
  @Nullable List<String> untyped;

  /** Directories besides the document's own from which references may read. */
  @Parameter(property = "brrtrouter.allowDirectories")
  @Nullable List<File> allowDirectories;

  /** Generate nothing, and compile what was generated before. */
  @Parameter(property = "brrtrouter.skip", defaultValue = "false")
  boolean skip;

  /** Where it is remembered what was generated from what. */
  @Parameter(
      defaultValue = "${project.build.directory}/brrtrouter",
      readonly = true,
      required = true)
  @Nullable File workDirectory;

  /** The project that is built. */
  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  @Nullable MavenProject project;

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

  /**
   * Creates the goal; Maven sets its parameters.
   *
   * @param toolchains knows the JDKs that the build or the user has chosen
   */
  @Inject
  public GenerateMojo(ToolchainManager toolchains) {
    this.toolchains = toolchains;
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    Path output = given(outputDirectory).toPath();
    given(project).addCompileSourceRoot(output.toString());
    if (skip) {
      getLog().info("generating is skipped; " + output + " is compiled as it is");
      return;
    }
    try {
      GeneratorProcess generator = new GeneratorProcess(classPath());
      Map<String, String> wanted = wanted(output);
      Memory memory = new Memory(work(".state"), circumstances(wanted, generator));
      String reason = memory.staleness(output);
      if (reason == null) {
        getLog().debug(document + " is up to date: nothing that counts has changed");
        return;
      }
      getLog().debug("generating from " + document + ": " + reason);
      generate(generator, wanted, memory);
    } catch (IOException e) {
      throw new MojoExecutionException("generating from " + document + " failed: " + e, e);
    }
  }

  private void generate(GeneratorProcess generator, Map<String, String> wanted, Memory memory)
      throws IOException, MojoExecutionException, MojoFailureException {
    memory.forget();
    Path java = new JdkSearch(environment, Path.of(System.getProperty("java.home"))).java(chosen());
    getLog().debug("forking " + java);
    List<String> results = new ArrayList<>();
    String failure = null;
    for (String line : generator.run(java, wanted, work(""))) {
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "error" -> getLog().error(rest);
        case "warning" -> getLog().warn(rest);
        case "info" -> getLog().info(rest);
        case "failed" -> failure = rest;
        default -> results.add(line);
      }
    }
    if (failure != null) {
      throw new MojoFailureException(failure);
    }
    memory.keep(results);
  }

  /** {@return a file of this execution, of which a project may have several} */
  private Path work(String suffix) {
    String name = given(execution).getExecutionId().replaceAll("[^A-Za-z0-9._-]", "_");
    return given(workDirectory).toPath().resolve(name + suffix);
  }

  private List<Path> classPath() {
    return given(pluginArtifacts).stream().map(each -> each.getFile().toPath()).toList();
  }

  /** {@return every parameter that counts, as the generator reads it} */
  private Map<String, String> wanted(Path output) {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("document", given(document).getAbsolutePath());
    wanted.put("outputDirectory", output.toAbsolutePath().toString());
    if (packageName != null) {
      wanted.put("packageName", packageName);
    }
    list(wanted, "parts", parts == null ? List.of() : parts);
    wanted.put("unknownEnums", given(unknownEnums));
    wanted.put("integers", given(integers));
    list(wanted, "untyped", untyped == null ? List.of() : untyped);
    list(
        wanted,
        "allowDirectories",
        allowDirectories == null
            ? List.of()
            : allowDirectories.stream().map(File::getAbsolutePath).toList());
    return wanted;
  }

  private static void list(Map<String, String> wanted, String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      wanted.put(name + "." + i, values.get(i));
    }
  }

  private static List<String> circumstances(Map<String, String> wanted, GeneratorProcess generator)
      throws IOException {
    List<String> circumstances = new ArrayList<>();
    wanted.forEach((name, value) -> circumstances.add(name + "=" + value.replace("\n", "\\n")));
    circumstances.addAll(generator.version());
    return circumstances;
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
  private static <T> T given(@Nullable T parameter) {
    if (parameter == null) {
      throw new IllegalStateException("Maven has not set a required parameter");
    }
    return parameter;
  }
}
