package io.brrtrouter.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream to a file descriptor that remembers why it could not be written: a print stream keeps
 * that to itself, and a report that is cut off must not look like success.
 */
final class Written extends OutputStream {
  /** What a shell says of a program that a signal ended whose reader had gone. */
  private static final int READER_GONE = 141;

  private final OutputStream target;
  private @Nullable IOException failure;

  Written(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    try {
      target.write(octets, from, length);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  /**
   * {@return the exit code of the process} A reader that has seen enough, {@code head} for example,
   * needs no explanation.
   *
   * @param status the exit code of the command
   * @param console where to say that something is missing
   */
  int verdict(int status, Console console) {
    if (failure == null) {
      return status;
    }
    if (String.valueOf(failure.getMessage()).contains("Broken pipe")) {
      return READER_GONE;
    }
    console.say("standard output is not complete: " + failure.getMessage());
    return Math.max(1, status);
  }
}
