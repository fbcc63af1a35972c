package io.brrtrouter.cli;

import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.Pbkdf2Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what stands for an API key or a password in a configuration. */
@Command(
    name = "hash",
    description = {
      "Make what stands for an API key or a password in a configuration, so that itself does not.",
      "It is read from standard input, because others can see the arguments of a command."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt hash --generate          make a key and show it with its hash",
      "  brrt hash < key.txt           show the hash of a key",
      "  brrt hash --password < password.txt    show the hash of a password, for HTTP basic"
    })
final class HashCommand implements Callable<Integer> {
  private static final int RANDOM_BYTES = 32;

  /** NIST SP 800-63B section 3.1.1.2, where the password is not the only factor. */
  private static final int FEWEST_CHARACTERS = 8;

  private final Console console;
  private final InputStream in;

  @Option(names = "--generate", description = "Make a key of 256 random bits.")
  private boolean generate;

  @Option(
      names = "--password",
      description = "Make the hash of a password (PBKDF2), which takes a moment on purpose.")
  private boolean password;

  HashCommand(Console console, InputStream in) {
    this.console = console;
    this.in = in;
  }

  @Override
  public Integer call() throws IOException {
    if (generate && password) {
      throw Failure.usage("--generate makes a key, and --password takes a password: give one");
    }
    if (password) {
      console.out().println(Pbkdf2Hash.of(passwordLine()).written());
      return 0;
    }
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

  /** Spaces at its ends belong to a password. */
  private String passwordLine() throws IOException {
    String line;
    try {
      line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))
              .readLine();
    } catch (CharacterCodingException other) {
      throw Failure.failed("the password is not UTF-8, as clients send it; write it so");
    }
    if (line == null || line.length() < FEWEST_CHARACTERS) {
      throw Failure.failed(
          "a password has at least " + FEWEST_CHARACTERS + " characters, or it can be guessed");
    }
    checkControls(line);
    return line;
  }

  /** RFC 7617 section 2: none may be in a password, so that some clients cannot send it. */
  private static void checkControls(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        throw Failure.failed(
            "a password has no control characters, which clients cannot send, and character "
                + "%d of this one is U+%04X; take it out".formatted(i + 1, (int) line.charAt(i)));
      }
    }
  }

  private String line() throws IOException {
    String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line.strip();
  }
}
