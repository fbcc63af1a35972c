package io.brrtrouter.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed from an older OpenAPI document, and fails the build where clients of that one
 * stop working.
 */
@Mojo(name = "diff", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class DiffMojo extends ForkingMojo {
  /** The document that clients know. */
  @Parameter(property = "brrtrouter.old", required = true)
  @Nullable File old;

  /** The document that is to replace it, YAML or JSON. */
  @Parameter(property = "brrtrouter.document", required = true)
  @Nullable File document;

  /**
   * The least impact that fails the build: <code>breaking</code>, <code>risky</code>, <code>
   * compatible</code>, <code>never</code>.
   */
  @Parameter(property = "brrtrouter.failOn", defaultValue = "breaking")
  @Nullable String failOn;

  /**
   * How changes are written: <code>text</code> into the log of the build, <code>json</code>, <code>
   * sarif</code> or <code>github</code> as they are.
   */
  @Parameter(property = "brrtrouter.format", defaultValue = "text")
  @Nullable String format;

  /** The file to write changes into; without it they stand in the output of the build. */
  @Parameter(property = "brrtrouter.outputFile")
  @Nullable File outputFile;

  /** Rules whose changes do not count, <code>operation-id-changed</code> for example. */
  @Parameter(property = "brrtrouter.ignore")
  @Nullable List<String> ignore;

  /** Directories besides the documents' own from which references may read. */
  @Parameter(property = "brrtrouter.allowDirectories")
  @Nullable List<File> allowDirectories;

  /**
   * Limits of documents, as the server has them in <code>document</code> of its configuration:
   * <code>max_file_bytes</code>, <code>max_depth</code>, <code>max_aliases</code>, <code>max_values
   * </code>, <code>max_files</code>, each a number.
   */
  @Parameter @Nullable Map<String, String> documentLimits;

  /** Compare nothing. */
  @Parameter(property = "brrtrouter.skipDiff", defaultValue = "false")
  boolean skip;

  /** The version of this plugin. */
  @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
  @Nullable String version;

  /**
   * Creates the goal; Maven sets its parameters.
   *
   * @param toolchains knows the JDKs that the build or the user has chosen
   */
  @Inject
  public DiffMojo(ToolchainManager toolchains) {
    super(toolchains);
  }

  @Override
  public void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("comparing is skipped");
      return;
    }
    try {
      compare();
    } catch (IOException e) {
      throw new MojoExecutionException("comparing with " + old + " failed: " + e, e);
    }
  }

  private void compare() throws IOException, MojoExecutionException, MojoFailureException {
    Path java = java();
    GeneratorProcess process =
        new GeneratorProcess("io.brrtrouter.codegen.ForkedDiff", classPath());
    String failure = null;
    for (String line : process.run(java, wanted(), work(""))) {
      String rest = line.substring(line.indexOf(' ') + 1);
      switch (line.substring(0, line.indexOf(' '))) {
        case "error" -> getLog().error(rest);
        case "warning" -> getLog().warn(rest);
        case "info" -> getLog().info(rest);
        case "print" -> print(rest);
        case "failed" -> failure = rest;
        default -> throw new MojoExecutionException("the process has answered " + line);
      }
    }
    if (failure != null) {
      throw new MojoFailureException(failure);
    }
  }

  /** What other programs read may not have the prefix of a log. */
  private static void print(String line) {
    System.out.println(line);
  }

  private Map<String, String> wanted() {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("old", given(old).getAbsolutePath());
    wanted.put("document", given(document).getAbsolutePath());
    wanted.put("failOn", given(failOn));
    wanted.put("format", given(format));
    wanted.put("version", given(version));
    wanted.put("today", LocalDate.now(ZoneId.systemDefault()).toString());
    if (outputFile != null) {
      wanted.put("outputFile", outputFile.getAbsolutePath());
    }
    list(wanted, "ignore", ignore == null ? List.of() : ignore);
    directories(wanted, allowDirectories);
    limits(wanted, documentLimits);
    return wanted;
  }
}
