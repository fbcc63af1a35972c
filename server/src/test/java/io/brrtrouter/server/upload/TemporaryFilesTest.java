package io.brrtrouter.server.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.decode.PartStore;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.UnreadableContentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a request counts, and until when. */
class TemporaryFilesTest {
  private final Room room = new Room();
  private final List<Runnable> aside = new ArrayList<>();
  private final TemporaryFiles files =
      new TemporaryFiles(room, new StorageFailures(System::nanoTime), aside::add);

  /** Has room for 100, and for more where nothing is. */
  private static final class Room implements MemoryRoom {
    private long taken;

    @Override
    public boolean take(long bytes) {
      boolean fits = taken == 0 || taken + bytes <= 100;
      taken += fits ? bytes : 0;
      return fits;
    }

    @Override
    public void release(long bytes) {
      taken -= bytes;
    }
  }

  @Test
  void what_is_in_memory_counts_until_nobody_works_with_it_though_the_client_has_gone()
      throws IOException {
    files.share();
    files.hold(10);
    files.holdValue(30);
    files.close();
    files.close();
    assertThat(room.taken).isEqualTo(40);
    files.leave();
    assertThat(room.taken).isZero();
  }

  @Test
  void what_is_in_memory_counts_until_the_request_is_answered() throws IOException {
    files.share();
    files.hold(10);
    files.leave();
    assertThat(room.taken).isEqualTo(10);
    files.close();
    assertThat(room.taken).isZero();
    assertThatThrownBy(() -> files.hold(1)).isInstanceOf(ClientGoneException.class);
    assertThatThrownBy(() -> files.holdValue(1)).isInstanceOf(ClientGoneException.class);
    assertThat(room.taken).isZero();
  }

  @Test
  void what_is_of_no_use_any_more_counts_no_more() throws IOException {
    files.share();
    files.hold(10);
    files.holdValue(30);
    files.release(25);
    assertThat(room.taken).isEqualTo(15);
    files.close();
    files.leave();
    files.release(15);
    assertThat(room.taken).as("not twice").isZero();
  }

  @Test
  void files_are_closed_once_and_not_by_who_answers() throws IOException {
    PartStore.File file = files.begin();
    file.write(new byte[] {7}, 0, 1);
    files.close();
    files.close();
    assertThat(file.open().read()).isEqualTo(7);
    assertThat(aside).hasSize(1);
    aside.forEach(Runnable::run);
    assertThatThrownBy(() -> file.open().read()).isInstanceOf(ClientGoneException.class);
  }

  @Test
  void a_value_that_is_there_alone_has_room() throws IOException {
    files.hold(10);
    files.holdValue(1000);
    assertThat(room.taken).isEqualTo(1010);
    files.close();
    assertThat(room.taken).isZero();
  }

  @Test
  void a_value_beside_others_that_has_no_room_is_refused_and_counts_no_more() throws IOException {
    assertThat(room.take(50)).isTrue();
    files.hold(10);
    assertThatThrownBy(() -> files.holdValue(41)).isInstanceOf(UnreadableContentException.class);
    files.close();
    assertThat(room.taken).isEqualTo(50);
  }

  private static PartStore.File stored(TemporaryFiles files, String text) throws IOException {
    PartStore.File file = files.begin();
    for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
      file.write(new byte[] {octet}, 0, 1);
    }
    return file;
  }

  private static String text(PartStore.File file) throws IOException {
    try (InputStream octets = file.open()) {
      return new String(octets.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void files_do_not_run_into_each_other() throws IOException {
    PartStore.File one = stored(files, "first");
    PartStore.File none = stored(files, "");
    PartStore.File two = stored(files, "second");
    assertThat(text(two)).isEqualTo("second");
    assertThat(text(one)).isEqualTo("first");
    assertThat(text(none)).isEmpty();
    assertThatThrownBy(() -> one.write(new byte[1], 0, 1))
        .as("the next one has begun")
        .isInstanceOf(IllegalStateException.class);
    try (InputStream octets = one.open()) {
      assertThat(octets.skip(3)).isEqualTo(3);
      assertThat(octets.available()).isEqualTo(2);
      assertThat(octets.skip(9)).isEqualTo(2);
      assertThat(octets.read()).isNegative();
    }
    files.close();
    aside.forEach(Runnable::run);
  }

  @Test
  void who_is_interrupted_does_not_take_the_files_from_others() throws IOException {
    PartStore.File one = stored(files, "first");
    PartStore.File two = stored(files, "second");
    try {
      Thread.currentThread().interrupt();
      assertThat(text(one)).isEqualTo("first");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(text(two)).isEqualTo("second");
    files.close();
    aside.forEach(Runnable::run);
  }

  @Test
  void what_comes_of_a_client_that_has_gone_is_no_failure() throws IOException {
    PartStore.File file = stored(files, "x");
    files.close();
    aside.forEach(Runnable::run);
    assertThatThrownBy(() -> file.write(new byte[1], 0, 1)).isInstanceOf(ClientGoneException.class);
    assertThatThrownBy(files::begin).isInstanceOf(ClientGoneException.class);
  }
}
