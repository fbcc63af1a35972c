package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a project and runs it in a JVM of its own. */
@Command(
    name = "run",
    description = {
      "Build a project and run it.",
      "The project is a module of a Maven build whose jar names a Main-Class. It is built when its sources are newer"
          + " than the last build."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt run examples/petstore                     on http://127.0.0.1:8080",
      "  brrt run examples/petstore --port 9000         on another port",
      "  brrt run examples/petstore --config my.yaml    with a configuration file"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PROJECT_DIR", description = "The directory with the project's pom.xml.")
  private Path directory = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = Port.Converter.class,
      description = "The port to listen on; 0 takes a free one.")
  private @Nullable Port port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "The address to listen on; 0.0.0.0 for all.")
  private @Nullable String host;

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private @Nullable Path config;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> settings = settings();
    ReactorModule module = ReactorModule.at(directory);
    return new ForkedJvm(module.directory(), new ProjectBuild(module, console).ready(), settings)
        .run();
  }

  /** {@return the options as the environment in which the project finds them} */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (port != null) {
      settings.put("BRRTR_PORT", String.valueOf(port.number()));
    }
    if (host != null) {
      settings.put("BRRTR_HOST", host);
    }
    if (config != null) {
      // The project runs in its own directory, the file is named from ours.
      settings.put("BRRTR_CONFIG", Inputs.file(config).toAbsolutePath().normalize().toString());
    }
    return settings;
  }
}
