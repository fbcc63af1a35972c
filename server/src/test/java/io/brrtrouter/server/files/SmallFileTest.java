package io.brrtrouter.server.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SmallFileTest {
  @TempDir private Path directory;

  private static void assertRefused(Path path, String message, String reason) {
    UnreadableFileException refusal =
        catchThrowableOfType(UnreadableFileException.class, () -> new SmallFile(path, 10).text());
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.isMissing()).isEqualTo(message.startsWith("there is no file"));
  }

  @Test
  void a_file_of_just_the_length_is_read() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "größer ..");

    assertThat(Files.size(file)).isEqualTo(11);
    assertThat(new SmallFile(file, 11).text()).isEqualTo("größer ..");
    assertThat(new SmallFile(file, 11).octets())
        .isEqualTo("größer ..".getBytes(StandardCharsets.UTF_8));
    assertRefused(file, file + " is larger than 10 octets", "it is larger than 10 octets");
  }

  /** Its size is 0, and it has no end. */
  @Test
  void a_device_is_no_file() {
    Path zeros = Path.of("/dev/zero");
    assumeThat(zeros).exists();

    assertRefused(zeros, "/dev/zero is not a regular file", "it is not a regular file");
  }

  /** Opening it would wait for somebody who writes into it, for good. */
  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_named_pipe_is_not_opened() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertRefused(pipe, pipe + " is not a regular file", "it is not a regular file");
  }

  /** A file of the kernel says that it has 0 octets. */
  @Test
  void how_much_there_is_is_counted_while_reading() {
    Path counted = Path.of("/proc/self/status");
    assumeThat(counted).exists();

    assertRefused(
        counted, "/proc/self/status is larger than 10 octets", "it is larger than 10 octets");
  }

  @Test
  void links_are_followed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path nowhere = Files.createSymbolicLink(directory.resolve("lost"), Path.of("nowhere"));

    assertThat(new SmallFile(link, 10).text()).isEqualTo("text");
    assertRefused(nowhere, "there is no file " + nowhere, "there is no such file");
  }

  @Test
  void what_is_not_there_is_missing() {
    Path file = directory.resolve("file");

    assertRefused(file, "there is no file " + file, "there is no such file");
  }

  @Test
  void a_directory_is_no_file() {
    assertRefused(
        directory, directory + " is a directory, not a file", "it is a directory, not a file");
  }

  @Test
  void a_file_on_the_way_is_no_directory() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "").resolve("more");

    assertRefused(
        file, file + " cannot be read: Not a directory", "it cannot be read: Not a directory");
  }

  @Test
  void a_file_that_others_own_may_not_be_read() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();

    assertRefused(file, file + " may not be read", "it may not be read");
  }

  @Test
  void octets_that_are_no_text_are_told_only_where_text_is_wanted() throws IOException {
    byte[] octets = {'a', (byte) 0xff};
    Path file = Files.write(directory.resolve("file"), octets);

    assertThat(new SmallFile(file, 10).octets()).isEqualTo(octets);
    assertRefused(file, file + " is not UTF-8", "it is not UTF-8");
  }

  @Test
  void what_is_no_text_can_be_replaced_and_keeps_its_lines() throws IOException {
    byte[] octets = {'a', (byte) 0xe2, (byte) 0x82, '\n', (byte) 0xc3, (byte) 0xa4};
    Path file = Files.write(directory.resolve("file"), octets);

    assertThat(new SmallFile(file, 6).textWithReplacements()).isEqualTo("a\uFFFD\n\u00e4");
    assertThatThrownBy(() -> new SmallFile(file, 5).textWithReplacements())
        .hasMessage(file + " is larger than 5 octets");
  }
}
