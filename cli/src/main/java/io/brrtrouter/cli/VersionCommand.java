package io.brrtrouter.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what {@code --version} says, for those who expect a command. */
@Command(
    name = "version",
    description = "Print the version and exit.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = "  brrt version    the same as brrt --version")
final class VersionCommand implements Callable<Integer> {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println(Brrt.Version.text());
    return 0;
  }
}
