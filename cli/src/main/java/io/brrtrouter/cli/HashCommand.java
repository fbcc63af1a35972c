package io.brrtrouter.cli;

import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.DevelopmentProvider;
import io.brrtrouter.server.auth.Guessable;
import io.brrtrouter.server.auth.Pbkdf2Hash;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what stands for an API key or a password in a configuration. */
@Command(
    name = "hash",
    description = {
      "Make what stands for an API key or a password in a configuration, so that itself does not.",
      "It is read from standard input, because others can see the arguments of a command; on a terminal it",
      "is asked for, and not shown."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  brrt hash --generate          make a key and show it with its hash",
      "  brrt hash < key.txt           show the hash of a key",
      "  brrt hash --password          ask for a password, twice, and show its hash",
      "  brrt hash --password < password.txt    show the hash of a password, for HTTP basic"
    })
final class HashCommand implements Callable<Integer> {
  private static final int RANDOM_BYTES = 32;

  /** NIST SP 800-63B section 3.1.1.2, where the password is not the only factor. */
  private static final int FEWEST_CHARACTERS = 8;

  /** What other programs write for a password that is hashed, and this one. */
  private static final Pattern HASHED =
      Pattern.compile(
          "(\\$(pbkdf2|2[abxy]?|argon2|scrypt|apr1|1|5|6|y)[^$]*\\$.{20,}"
              + "|\\{S?SHA[0-9-]*}.{20,}|sha256:[0-9a-fA-F]{64})");

  private final Console console;
  private final InputStream in;
  private final Optional<Terminal> terminal;

  /** Somebody who types. */
  interface Terminal {
    /** {@return what was typed after a question, and not shown; null if that was the end} */
    char @Nullable [] ask(String question);
  }

  @Option(names = "--generate", description = "Make a key of 256 random bits.")
  private boolean generate;

  @Option(
      names = "--password",
      description = "Make the hash of a password (PBKDF2), which takes a moment on purpose.")
  private boolean password;

  HashCommand(Console console, InputStream in, Optional<Terminal> terminal) {
    this.console = console;
    this.in = in;
    this.terminal = terminal;
  }

  /** {@return the terminal of this process, where standard input and output are one} */
  static Optional<Terminal> terminal() {
    return Optional.ofNullable(System.console())
        .filter(java.io.Console::isTerminal)
        .map(typed -> question -> typed.readPassword("%s", question));
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
    console.out().println(ApiKeyProvider.hash(key()));
    return 0;
  }

  private String key() throws IOException {
    String key =
        terminal.isPresent()
            ? typed(terminal.get(), "The key, which is not shown: ").strip()
            : line();
    if (key.length() < ApiKeyProvider.FEWEST_CHARACTERS) {
      throw Failure.failed(
          "a key has at least "
              + ApiKeyProvider.FEWEST_CHARACTERS
              + " characters, or it can be guessed; --generate makes one");
    }
    if (HASHED.matcher(key).matches()) {
      throw alreadyHashed("key");
    }
    try {
      ApiKeyProvider.builder().key("anybody", key, List.of());
    } catch (UnusableSecretException unusable) {
      throw Failure.failed(
          "the key " + unusable.reason().orElse("cannot be used") + "; --generate makes another");
    }
    return key;
  }

  private static Failure alreadyHashed(String what) {
    return Failure.failed(
        "that is a hash already, and stands in a configuration as it is; give the "
            + what
            + " itself to have another made");
  }

  private static String typed(Terminal terminal, String question) {
    char[] typed = terminal.ask(question);
    return typed == null ? "" : new String(typed);
  }

  /** Spaces at its ends belong to a password. */
  private String passwordLine() throws IOException {
    String line = terminal.isPresent() ? typedTwice(terminal.get()) : passwordOfFile();
    if (line.length() < FEWEST_CHARACTERS) {
      throw Failure.failed(
          "a password has at least " + FEWEST_CHARACTERS + " characters, or it can be guessed");
    }
    checkControls(line);
    if (line.equals(DevelopmentProvider.SECRET)
        || line.equals(DevelopmentProvider.WITHOUT_SCOPES)) {
      throw Failure.failed(
          "the password is the one for development, which everybody knows; think of another");
    }
    if (HASHED.matcher(line).matches()) {
      throw alreadyHashed("password");
    }
    String guessable = Guessable.why(line);
    if (guessable != null) {
      throw Failure.failed("the password " + guessable + "; think of another");
    }
    return line;
  }

  /** Nobody sees what is typed, and a mistake would lock somebody out. */
  private static String typedTwice(Terminal terminal) {
    String password = typed(terminal, "The password, which is not shown: ");
    if (!password.equals(typed(terminal, "Once more: "))) {
      throw Failure.failed("the two are not the same; try again");
    }
    return password;
  }

  private String passwordOfFile() throws IOException {
    try {
      String line =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))
              .readLine();
      return line == null ? "" : line;
    } catch (CharacterCodingException other) {
      throw Failure.failed("the password is not UTF-8, as clients send it; write it so");
    }
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
