package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.BrrtTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commands of the README do what it says, in the order in which it says so. */
@BrrtTest(InMemory.class)
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final String PROMPT = "$ ";

  private record Command(String line, String output) {}

  @Test
  void commands_print_what_it_says(BrrtClient client) throws IOException {
    List<Command> commands = commands();
    assertThat(commands).hasSizeGreaterThan(10);
    for (Command command : commands) {
      String output = Curl.parse(command.line()).request(client).send().text().stripTrailing();
      assertThat(output).as(command.line()).matches(pattern(command.output()));
    }
  }

  private static List<Command> commands() throws IOException {
    List<Command> commands = new ArrayList<>();
    BLOCK
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(block -> block.group(1))
        .flatMap(block -> Arrays.stream(block.split("(?m)^(?=\\$ )")))
        .filter(text -> text.startsWith(PROMPT))
        .forEach(text -> {
          String[] lineAndOutput = text.substring(PROMPT.length()).split("\n", 2);
          commands.add(new Command(lineAndOutput[0], lineAndOutput[1].strip()));
        });
    return commands;
  }

  private static Pattern pattern(String expected) {
    return Pattern.compile(
        Arrays.stream(expected.split(Pattern.quote("..."), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")));
  }
}
