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
import org.junit.jupiter.api.Timeout;

/** The commands of the README do what it says, in the order in which it says so. */
@BrrtTest(InMemory.class)
@Timeout(120)
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SAYS = Pattern.compile("The receiver says:\n\n```text\n(.*)\n```");
  private static final String PROMPT = "$ ";
  private static final String NOTHING_YET = "{\"deliveries\":[]";

  private record Command(String line, String output) {}

  @Test
  void commands_print_what_it_says(BrrtClient client) throws IOException {
    List<Command> commands = commands();
    assertThat(commands).hasSizeGreaterThan(10);
    try (ExampleReceiver receiver = new ExampleReceiver()) {
      for (Command command : commands) {
        String said = receiver.placed(command.output());
        Curl curl = Curl.parse(receiver.placed(command.line()));
        String output = run(curl, client);
        while (curl.target().contains("state=delivered") && output.startsWith(NOTHING_YET)) {
          output = run(curl, client);
        }
        assertThat(output).as(command.line()).matches(pattern(said));
      }
      assertThat(receiver.next()).matches(pattern(receiverSays()));
    }
  }

  private static String run(Curl curl, BrrtClient client) {
    return curl.request(client).send().text().stripTrailing();
  }

  private static String receiverSays() throws IOException {
    return SAYS.matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(block -> block.group(1))
        .findFirst()
        .orElseThrow();
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
