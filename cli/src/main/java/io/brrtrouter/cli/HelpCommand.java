package io.brrtrouter.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what {@code --help} says, for those who expect a command. Not picocli's own, which has a
 * {@code --help} beside the one all our commands inherit.
 */
@Command(
    name = "help",
    description = "Explain a command, or list them all.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt help          the same as brrt --help",
      "  brrt help serve    the same as brrt serve --help"
    })
final class HelpCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "The command to explain.")
  private @Nullable String command;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine all = spec.root().commandLine();
    CommandLine asked = command == null ? all : all.getSubcommands().get(command);
    if (asked == null) {
      throw new UnmatchedArgumentException(all, List.of(String.valueOf(command)));
    }
    asked.usage(console.out());
    return 0;
  }
}
