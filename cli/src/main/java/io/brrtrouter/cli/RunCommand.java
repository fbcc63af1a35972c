package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a project and runs it in a JVM of its own. */
@Command(
    name = "run",
    description = {
      "Build a project and run it.",
      "The project is a Maven project, or a module of one, whose jar names a Main-Class. It is built when its sources"
          + " or documents are newer than the last build."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt run shop                                  on http://127.0.0.1:8080",
      "  brrt run shop --watch                          take changes while it runs",
      "  brrt run examples/petstore --port 9000         on another port",
      "  brrt run examples/petstore --config my.yaml    with a configuration file"
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PROJECT_DIR", description = "The directory with the project's pom.xml.")
  private Path directory = Path.of("");

  @Option(
      names = "--watch",
      description =
          "Take changed sources, documents and settings while the server runs; what has errors is"
              + " not taken.")
  private boolean watch;

  @Mixin private ServerOptions options = new ServerOptions();

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, String> settings = settings();
    ReactorModule module = ReactorModule.at(Inputs.directoryName(directory));
    if (watch) {
      settings.put("BRRTR_WATCH", "true");
      settings.put("BRRTR_ALLOW_BREAKING", "true");
      settings.put("BRRTR_HTTP_STREAMS_ON_RELOAD", "end"); // A page is to see what is new.
      return new LiveProject(module, console, settings).run();
    }
    ProjectBuild.Runnable project = new ProjectBuild(module, console).ready();
    // Its JVM takes seconds on a busy machine, and says nothing before its server does.
    console.say("starting " + module.selector());
    return new ForkedJvm(module.directory(), project, settings).run();
  }

  /** {@return the options as the environment in which the project finds them} */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    options.port().ifPresent(port -> settings.put("BRRTR_PORT", port));
    options.host().ifPresent(host -> settings.put("BRRTR_HOST", host));
    // The project runs in its own directory, the file is named from ours.
    options
        .config()
        .map(file -> Inputs.file(file).toAbsolutePath().normalize().toString())
        .ifPresent(file -> settings.put("BRRTR_CONFIG", file));
    if (options.developmentSecurity()) {
      settings.put("BRRTR_SECURITY_DEVELOPMENT", "true");
    }
    if (options.verbose()) {
      settings.put("BRRTR_VERBOSE", "true");
    }
    // The project tells which commands to type, and they are typed here.
    settings.put("BRRTR_TYPED_IN", Path.of("").toAbsolutePath().toString());
    return settings;
  }
}
