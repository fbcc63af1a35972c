package io.brrtrouter.cli;

import io.brrtrouter.openapi.Spelling;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence that says what would be right. */
final class UsageErrors {
  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[(.*)] \\(case-(?:in)?sensitive\\) but was '(.*)'");

  private final CommandLine command;

  private UsageErrors(CommandLine command) {
    this.command = command;
  }

  static String explain(ParameterException refused) {
    return new UsageErrors(refused.getCommandLine()).sentence(refused);
  }

  private String sentence(ParameterException refused) {
    // An argument that nobody knows explains what is missing, not the other way round.
    if (!command.getUnmatchedArguments().isEmpty()) {
      return unmatched(command.getUnmatchedArguments().getFirst());
    }
    return switch (refused) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched().getFirst());
      case MissingParameterException missing ->
          missing.getMissing().size() > 1
              ? missing(missing.getMissing())
              : missing(missing.getMissing().getFirst(), message(missing));
      case MutuallyExclusiveArgsException exclusive ->
          message(exclusive)
                  .replaceFirst("Error: (\\S+), (\\S+) are .*", "$1 and $2 exclude each other")
              + seeHelp();
      default -> general(refused);
    };
  }

  private String unmatched(String argument) {
    if (argument.startsWith("-")) {
      return "unknown option " + argument + suggest(argument, options());
    }
    if (command.getParent() == null) {
      List<String> commands =
          command.getSubcommands().entrySet().stream()
              .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
              .map(Map.Entry::getKey)
              .toList();
      return "unknown command \"" + argument + "\"" + suggest(argument, commands);
    }
    return "one argument too many: \"" + argument + "\"" + seeHelp();
  }

  /** Long names only: one letter is near to every other. */
  private List<String> options() {
    return command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
  }

  private String suggest(String typed, List<String> known) {
    return Spelling.nearest(typed, known)
        .map(name -> "; did you mean " + name + "?")
        .orElseGet(this::seeHelp);
  }

  private String missing(ArgSpec argument, String message) {
    if (!(argument instanceof OptionSpec option)) {
      return argument.paramLabel() + " is missing" + seeHelp();
    }
    return message.startsWith("Missing required option")
        ? option.longestName() + " is missing, as in \"" + example() + '"' + seeHelp()
        : option.longestName() + " needs a value" + seeHelp();
  }

  /** Arguments before options, as one types them. */
  private String missing(List<ArgSpec> arguments) {
    Stream<String> places =
        arguments.stream().filter(ArgSpec::isPositional).map(ArgSpec::paramLabel);
    Stream<String> options =
        arguments.stream().filter(ArgSpec::isOption).map(each -> ((OptionSpec) each).longestName());
    return Stream.concat(places, options).collect(Collectors.joining(" and "))
        + " are missing, as in \""
        + example()
        + '"'
        + seeHelp();
  }

  /** The first example of the help, without what stands beside it. */
  private String example() {
    String[] examples = command.getCommandSpec().usageMessage().footer();
    return examples[0].strip().replaceFirst("\\s{2,}.*", "");
  }

  private String general(ParameterException refused) {
    String message =
        message(refused)
            .replaceFirst("positional parameter at index \\S+ \\((.*?)\\)", "$1")
            .replaceFirst("option '(\\S+?)'( \\(.*?\\))?", "$1")
            .transform(UsageErrors::choice);
    return Character.toLowerCase(message.charAt(0)) + message.substring(1) + seeHelp();
  }

  /** Words of a choice are typed in small letters, though Java has them in capitals. */
  private static String choice(String message) {
    Matcher matcher = CHOICE.matcher(message);
    return matcher.replaceFirst(match ->
        Matcher.quoteReplacement(
            "\"" + match.group(2) + "\" is none of " + match.group(1).toLowerCase(Locale.ROOT)));
  }

  private static String message(ParameterException refused) {
    return String.valueOf(refused.getMessage());
  }

  private String seeHelp() {
    return "; run \"" + command.getCommandSpec().qualifiedName() + " --help\"";
  }
}
