package io.brrtrouter.cli;

import io.brrtrouter.server.auth.ApiKeyProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what stands for an API key in a configuration. */
@Command(
    name = "hash",
    description = {
      "Make what stands for an API key in a configuration, so that the key itself does not.",
      "The key is read from standard input, because others can see the arguments of a command."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt hash --generate          make a key and show it with its hash",
      "  brrt hash < key.txt           show the hash of a key"
    })
final class HashCommand implements Callable<Integer> {
  private static final int RANDOM_BYTES = 32;

  private final Console console;
  private final InputStream in;

  @Option(names = "--generate", description = "Make a key of 256 random bits.")
  private boolean generate;

  HashCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    if (generate) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      String key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      console.out().println(key);
      console.out().println(ApiKeyProvider.hash(key));
      return 0;
    }
    String key = line();
    if (key.length() < ApiKeyProvider.FEWEST_CHARACTERS) {
      throw Failure.failed(
          "a key has at least "
              + ApiKeyProvider.FEWEST_CHARACTERS
              + " characters, or it can be guessed; --generate makes one");
    }
    console.out().println(ApiKeyProvider.hash(key));
    return 0;
  }

  private String line() throws IOException {
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line.strip();
  }
}
