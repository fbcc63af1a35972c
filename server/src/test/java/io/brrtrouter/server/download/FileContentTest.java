package io.brrtrouter.server.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which content a file has, told by its entity tag. */
class FileContentTest {
  private static final Instant THEN = Instant.parse("2020-02-29T12:00:00.123456Z");

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    file = write("file", "content", THEN);
  }

  private Path write(String name, String content, Instant time) throws IOException {
    Path written = Files.writeString(directory.resolve(name), content);
    return Files.setLastModifiedTime(written, FileTime.from(time));
  }

  private EntityTag tag() throws IOException {
    return FileContent.of(file).version().entityTag();
  }

  @Test
  void is_strong_and_stays_while_nobody_touches_the_file() throws IOException {
    Version version = FileContent.of(file).version();
    assertThat(version.length()).isEqualTo(7);
    assertThat(version.lastModified()).isEqualTo(THEN);
    assertThat(version.entityTag().weak()).isFalse();
    assertThat(tag()).isEqualTo(version.entityTag());
    try (SeekableContent.Opened opened = FileContent.of(file).open()) {
      assertThat(opened.version()).isEqualTo(version);
    }
  }

  @Test
  void differs_by_length_time_and_file() throws IOException {
    EntityTag first = tag();
    write("file", "content", THEN.plusNanos(1_000));
    assertThat(tag()).isNotEqualTo(first);
    write("file", "contents", THEN);
    assertThat(tag()).isNotEqualTo(first);
    write("file", "CONTENT", THEN);
    assertThat(tag()).isEqualTo(first); // Nothing tells, if somebody takes pains to hide it.
    Path other = write("other", "CONTENT", THEN);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    assertThat(tag()).isNotEqualTo(first);
  }

  @Test
  void is_weak_without_time_and_another_one_when_the_file_may_change_again_unnoticed()
      throws IOException {
    for (Instant time : new Instant[] {Instant.now(), Instant.now().plusSeconds(3600)}) {
      write("file", "content", time);
      Version version = FileContent.of(file).version();
      assertThat(version.entityTag().weak()).isTrue();
      assertThat(version.entityTag().opaque()).endsWith(".new");
      assertThat(version.lastModified()).isNull();
    }
  }

  @Test
  void is_of_the_file_that_is_there_when_it_is_opened() throws IOException {
    SeekableContent content = FileContent.of(file);
    Path other = write("other", "something else", THEN);
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    try (SeekableContent.Opened opened = content.open()) {
      assertThat(opened.version().length()).isEqualTo(14);
      assertThat(opened.version().entityTag()).isEqualTo(tag());
    }
  }

  /** What is sent goes on to its end, whatever is at its place then. */
  @Test
  void is_whole_though_a_directory_has_come_to_its_place() throws Exception {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    for (Path place : new Path[] {file, write("inner/file", "content", THEN)}) {
      try (SeekableContent.Opened opened = FileContent.of(place).open()) {
        Path parent = place.getParent();
        Path gone = directory.resolve("gone");
        if (parent.equals(inner)) {
          Files.move(parent, gone);
          Files.createFile(parent); // Nothing can be within a file.
        } else {
          Files.move(place, gone);
          Files.createDirectory(place);
          Files.delete(gone);
        }
        assertThat(sent(opened)).isEqualTo("content");
      }
    }
  }

  @Test
  void is_cut_off_when_the_file_is_written_to() throws Exception {
    try (SeekableContent.Opened opened = FileContent.of(file).open()) {
      write("file", "CONTENT", THEN.plusSeconds(1));
      assertThatThrownBy(() -> sent(opened))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("was written to while it was sent");
    }
  }

  private static String sent(SeekableContent.Opened opened) throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    opened.writeTo(
        new ContentSink() {
          @Override
          public void write(byte[] octets, int from, int length) {
            sent.write(octets, from, length);
          }

          @Override
          public void flush() {}

          @Override
          public @Nullable Ending ending() {
            return null;
          }

          @Override
          public void onEnding(Runnable action) {}
        },
        0,
        opened.version().length());
    return sent.toString(StandardCharsets.UTF_8);
  }
}
