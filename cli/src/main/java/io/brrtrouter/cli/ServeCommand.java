package io.brrtrouter.cli;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.Setting;
import io.brrtrouter.server.runtime.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a document without a project. */
@Command(
    name = "serve",
    description = {
      "Serve a document.",
      "Operations answer from the document's examples, or else with a value that satisfies the schema."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt serve openapi.yaml                    on http://127.0.0.1:8080",
      "  brrt serve openapi.yaml --port 0           on a free port",
      "  brrt serve openapi.yaml --echo             answer with what was understood of the request",
      "  brrt serve openapi.yaml --watch            take the document anew whenever it is changed",
      "  brrt serve openapi.yaml --static-dir web   with the files of a directory beside it",
      "  brrt serve openapi.yaml --host 0.0.0.0     for other machines too"
    })
final class ServeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DOCUMENT", description = "An OpenAPI document, YAML or JSON.")
  private Path document = Path.of("");

  @Mixin private ServerOptions options = new ServerOptions();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Option(
      names = "--watch",
      description =
          "Take changed files while the server runs, and say what that breaks; a document with errors"
              + " is not taken.")
  private boolean watch;

  @Option(
      names = "--static-dir",
      paramLabel = "DIR[=PREFIX]",
      description =
          "Serve the files of a directory too, below a prefix, / unless given; may be repeated.")
  private List<String> staticDirectories = new ArrayList<>();

  @ArgGroup private @Nullable Answers answers;

  /** What answers; one of the two. */
  static final class Answers {
    @Option(
        names = "--mock",
        description =
            "Answer from examples; this is the default. Given, examples answer for services too that are"
                + " not configured though others are.")
    private boolean mock;

    @Option(names = "--echo", description = "Answer with what was understood of the request.")
    private boolean echo;
  }

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Inputs.file(document);
    ServerConfig settings = settings();
    hint();
    if (options.verbose()) {
      explain(settings);
    }
    BrrtServer server = start(settings);
    try {
      // SIGTERM ends the process; only a caller in the same process interrupts.
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      server.close();
    }
    return 0;
  }

  /** A project reads that file, and whoever serves its document may expect the same. */
  private void hint() {
    Path beside = document.resolveSibling("config.yaml");
    boolean named =
        options.config().isPresent()
            || !console.environment().getOrDefault("BRRTR_CONFIG", "").isEmpty();
    if (!named && Files.isRegularFile(beside)) {
      console.say(beside + " is not read, which a project does; name it with --config");
    }
  }

  private BrrtServer start(ServerConfig settings) {
    try {
      return BrrtServer.builder()
          .document(document)
          .config(settings)
          .allowDirectories(reading.directories())
          .echo(echo())
          .standalone(console.standalone())
          .output(console.out())
          .start();
    } catch (StartupException refused) {
      if (refused.findings().isEmpty()) {
        throw Failure.failed(String.valueOf(refused.getMessage()));
      }
      throw Documents.refused(
          document, Inputs.configuration(options.config(), console), refused.findings(), console);
    }
  }

  private boolean echo() {
    return answers != null && answers.echo;
  }

  private ServerConfig settings() {
    Map<String, String> flags = new LinkedHashMap<>();
    options.port().ifPresent(port -> flags.put("port", port));
    options.host().ifPresent(host -> flags.put("host", host));
    try {
      ServerConfig read =
          ServerConfig.read(
              Inputs.configuration(options.config(), console), console.environment(), flags);
      ServerConfig serving = StaticDirectory.in(read, staticDirectories);
      ServerConfig watching =
          watch
              ? serving.with("watch", "true", "--watch").with("allow_breaking", "true", "--watch")
              : serving;
      return answering(
          options.developmentSecurity()
              ? watching.with("security.development", "true", "--dev-security")
              : watching);
    } catch (ConfigException broken) {
      console
          .err()
          .print(FindingRenderer.text(broken.withFurther(document, reading.directories())));
      throw Failure.failed(Documents.UNUSABLE_CONFIGURATION);
    }
  }

  /** Says who answers; there are no handlers here, so a configuration that wants them loses. */
  private ServerConfig answering(ServerConfig read) {
    if (answers != null) {
      String flag = answers.mock ? "--mock" : "--echo";
      return read.with("mock", String.valueOf(answers.mock), flag);
    }
    read.settings().stream()
        .filter(setting -> setting.key().equals("mock") && setting.value().equals("false"))
        .filter(setting -> !setting.source().equals("default"))
        .forEach(setting ->
            console.say(setting + " does not count: there are no handlers, so examples answer"));
    return read.mock() ? read : read.servingExamples();
  }

  private void explain(ServerConfig settings) {
    Loaded loaded = Documents.read(document, settings.loadOptions(reading.directories()));
    section("Files", loaded.files().stream().map(Path::toString).toList());
    LoadReport report = new LoadReport(loaded, settings);
    section("How the document was read", report.lines());
    section("Settings", settings.settings().stream().map(Setting::toString).toList());
  }

  private void section(String title, List<String> lines) {
    console.err().println(title);
    lines.forEach(line -> console.err().println("  " + line));
  }
}
