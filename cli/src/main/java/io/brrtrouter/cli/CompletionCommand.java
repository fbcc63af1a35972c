package io.brrtrouter.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script for the shell. */
@Command(
    name = "completion",
    description = "Print a script that lets the shell complete commands, options and files.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt completion bash > ~/.brrt-completion    and in ~/.bashrc: source ~/.brrt-completion",
      "  brrt completion zsh > ~/.brrt-completion     and in ~/.zshrc: source ~/.brrt-completion"
    })
final class CompletionCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "The shell: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("UnusedVariable") // One script does for both.
  private Shell shell = Shell.bash;

  /** The shells there is a script for; spelt as on the command line. */
  enum Shell {
    bash,
    zsh
  }

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // One script does for both; it asks which shell reads it.
    console.out().print(AutoComplete.bash("brrt", spec.root().commandLine()));
    return 0;
  }
}
