package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.eclipse.aether.RepositorySystemSession;
import org.jspecify.annotations.Nullable;

/** What a goal has around it when there is no Maven. */
final class GoalBench {
  private GoalBench() {}

  @SuppressWarnings("deprecation") // Only Maven makes sessions, and this one is only passed on.
  static MavenSession session() {
    return new MavenSession(
        null,
        (RepositorySystemSession) null,
        new DefaultMavenExecutionRequest(),
        new DefaultMavenExecutionResult());
  }

  static List<Artifact> artifacts() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        // What the generator is made of: hashing everything that tests see would take long.
        .filter(each -> each.matches(".*(brrtrouter-|/classes|jackson|snakeyaml|re2j).*"))
        .map(GoalBench::artifact)
        .toList();
  }

  static Artifact artifact(String file) {
    Artifact artifact =
        new DefaultArtifact("g", "a", "1", "runtime", "jar", null, new DefaultArtifactHandler());
    artifact.setFile(new File(file));
    return artifact;
  }

  /** Keeps what is said. */
  static final class Listening extends SystemStreamLog {
    private final List<String> said;

    Listening(List<String> said) {
      this.said = said;
    }

    @Override
    public void debug(CharSequence text) {
      said.add("debug " + text);
    }

    @Override
    public void info(CharSequence text) {
      said.add("info " + text);
    }

    @Override
    public void warn(CharSequence text) {
      said.add("warning " + text);
    }

    @Override
    public void error(CharSequence text) {
      said.add("error " + text);
    }
  }

  /** Toolchains of a user: the first one is that which the build has selected. */
  record Toolchains(List<Path> programs) implements ToolchainManager {
    @Override
    public @Nullable Toolchain getToolchainFromBuildContext(String type, MavenSession session) {
      return programs.isEmpty() ? null : new Jdk(programs.getFirst());
    }

    @Override
    public List<Toolchain> getToolchains(
        MavenSession session, String type, Map<String, String> requirements) {
      assertThat(type).isEqualTo("jdk");
      assertThat(requirements).isEqualTo(Map.of("version", "[25,)"));
      return List.copyOf(programs.stream().map(Jdk::new).toList());
    }
  }

  private record Jdk(Path java) implements Toolchain {
    @Override
    public String getType() {
      return "jdk";
    }

    @Override
    public String findTool(String name) {
      return java.resolveSibling(name).toString();
    }
  }
}
