package io.brrtrouter.cli;

import io.brrtrouter.codegen.NotWritten;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command itself: which subcommands there are and how any error becomes one sentence. */
@Command(
    name = "brrt",
    versionProvider = Brrt.Version.class,
    description = "An OpenAPI document goes in, a complete HTTP server comes out.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt serve openapi.yaml           serve a document with answers from its examples",
      "  brrt new shop --document api.yaml make a project that serves a document",
      "  brrt run shop                     build and run a project",
      "  brrt lint openapi.yaml            report every problem of a document",
      "  brrt diff old.yaml new.yaml       tell what changed, and which clients it breaks",
      "  brrt generate openapi.yaml -o src write Java types and handlers for a document",
      "",
      "brrt COMMAND --help explains a command."
    })
final class Brrt implements Runnable {

  private static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug");

  private final CommandLine commandLine;
  private final Console console;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show this help and exit.")
  @SuppressWarnings("UnusedVariable") // There so that picocli knows the option.
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  @SuppressWarnings("UnusedVariable") // There so that picocli knows the option.
  private boolean version;

  Brrt(Console console) {
    this.console = console;
    commandLine = new CommandLine(this);
    for (Object subcommand :
        List.of(
            new ServeCommand(console),
            new RunCommand(console),
            new LintCommand(console),
            new DiffCommand(console),
            new RoutesCommand(console),
            new ExplainCommand(console),
            new HashCommand(console, System.in, HashCommand.terminal()),
            new GenerateCommand(console),
            new NewCommand(console),
            new StubsCommand(console),
            new CompletionCommand(console),
            new HelpCommand(console),
            new VersionCommand(console),
            new TrainCommand())) {
      commandLine.addSubcommand(subcommand);
    }
    commandLine
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        // A name may begin with @, and no help says that it would be replaced by what the file
        // holds.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(this::refuse)
        .setExecutionExceptionHandler(this::fail);
  }

  /** Runs a command line and gives the exit code. */
  int execute(String... args) {
    String level = console.environment().getOrDefault("LOG_LEVEL", "info");
    if (!LOG_LEVELS.contains(level.toLowerCase(Locale.ROOT))) {
      // The logging backend would take it for "debug".
      console.say(
          "LOG_LEVEL is \"" + level + "\", which is none of " + String.join(", ", LOG_LEVELS));
      return CommandLine.ExitCode.USAGE;
    }
    return commandLine.execute(args);
  }

  /** {@return the commands and their options} */
  CommandLine commandLine() {
    return commandLine;
  }

  /** No subcommand was given. */
  @Override
  public void run() {
    throw Failure.usage("no command given; run \"brrt --help\"");
  }

  private int refuse(ParameterException refused, String[] args) {
    console.say(UsageErrors.explain(refused));
    return CommandLine.ExitCode.USAGE;
  }

  private int fail(Exception exception, CommandLine command, ParseResult parsed) {
    if (exception instanceof Failure failure) {
      console.say(failure.sentence());
      return failure.status();
    }
    if (exception instanceof NotWritten) {
      console.say(String.valueOf(exception.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
    // Made here: no command but serve needs logging, and setting it up takes a tenth of a second.
    LoggerFactory.getLogger(Brrt.class).debug("unexpected failure", exception);
    console.say("unexpected failure, please report it: " + exception);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The version of the product and of the Java it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {text()};
    }

    static String text() {
      return "brrt " + Product.version() + " (Java " + Runtime.version().feature() + ")";
    }
  }
}
