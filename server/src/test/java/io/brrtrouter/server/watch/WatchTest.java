package io.brrtrouter.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.source.ContentDigest;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways in which files change, with the file system of the machine. */
class WatchTest {
  private static final int MOST = 1_000;

  @TempDir Path directory;

  private final BlockingQueue<Map<Path, String>> takes = new LinkedBlockingQueue<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final List<FileWatch> watches = new ArrayList<>();
  private Path file;

  @BeforeEach
  void writes_a_file() throws IOException {
    file = Files.writeString(directory.resolve("api.yaml"), "one");
  }

  @AfterEach
  void stops() {
    watches.forEach(FileWatch::close);
  }

  private static String digest(String content) {
    return ContentDigest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  private Map<Path, String> take(Set<Path> changed, Map<Path, String> now) {
    seen.incrementAndGet();
    takes.add(now);
    return now;
  }

  private void watch(Map<Path, String> taken) {
    start(new FileWatch(taken, MOST, this::take));
  }

  private void start(FileWatch watch) {
    watches.add(watch);
    watch.start();
  }

  /** The next time that files are taken; what an intermediate state was is nobody's business. */
  private void awaitTake(Path of, String content) throws InterruptedException {
    Map<Path, String> now;
    do {
      now = takes.poll(30, TimeUnit.SECONDS);
      assertThat(now).as("files are taken").isNotNull();
    } while (!digest(content).equals(now.get(of)));
  }

  @Test
  void a_file_is_written() throws Exception {
    watch(Map.of(file, digest("one")));
    Files.writeString(file, "two");

    awaitTake(file, "two");
  }

  @Test
  void a_file_had_changed_before_anybody_watched_it() throws Exception {
    watch(Map.of(file, digest("zero")));

    awaitTake(file, "one");
  }

  @Test
  void an_editor_replaces_a_file_by_renaming_another_again_and_again() throws Exception {
    watch(Map.of(file, digest("one")));
    for (String content : List.of("two", "three", "four")) {
      Path draft = Files.writeString(directory.resolve(".api.yaml.swp"), content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

      awaitTake(file, content);
    }
  }

  @Test
  void an_editor_renames_a_file_away_and_writes_another() throws Exception {
    watch(Map.of(file, digest("one")));
    Files.move(file, directory.resolve("api.yaml~"));
    Files.writeString(file, "two");

    awaitTake(file, "two");
  }

  @Test
  void a_file_is_deleted_and_made_again() throws Exception {
    watch(Map.of(file, digest("one")));
    Files.delete(file);
    Map<Path, String> gone = takes.poll(30, TimeUnit.SECONDS);
    assertThat(gone).containsEntry(file, ContentDigest.NONE);
    Files.writeString(file, "two");

    awaitTake(file, "two");
  }

  @Test
  void a_directory_is_deleted_and_made_again() throws Exception {
    Path inside = Files.createDirectory(directory.resolve("parts")).resolve("a.yaml");
    Files.writeString(inside, "one");
    watch(Map.of(inside, digest("one")));
    Files.delete(inside);
    Files.delete(inside.getParent());
    assertThat(takes.poll(30, TimeUnit.SECONDS)).containsEntry(inside, ContentDigest.NONE);
    Files.createDirectory(inside.getParent());
    Files.writeString(inside, "two");

    awaitTake(inside, "two");
  }

  /** What the kubelet does: a new directory, a new link to it, which takes the old one's place. */
  @Test
  void kubernetes_exchanges_the_files_of_a_config_map() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    version(mounted, "..2026_1", "one");
    Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2026_1"));
    Path link = Files.createSymbolicLink(mounted.resolve("api.yaml"), Path.of("..data/api.yaml"));
    watch(Map.of(link, digest("one")));
    String before = "..2026_1";
    for (String content : List.of("two", "three")) {
      String name = "..2026_" + content;
      version(mounted, name, content);
      Path fresh = Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of(name));
      Files.move(
          fresh,
          mounted.resolve("..data"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Files.delete(mounted.resolve(before).resolve("api.yaml"));
      Files.delete(mounted.resolve(before));
      before = name;

      awaitTake(link, content);
    }
  }

  private static void version(Path mounted, String name, String content) throws IOException {
    Files.writeString(Files.createDirectory(mounted.resolve(name)).resolve("api.yaml"), content);
  }

  @Test
  void a_file_changes_that_a_link_leads_to_elsewhere() throws Exception {
    Path target = Files.createDirectory(directory.resolve("elsewhere")).resolve("real.yaml");
    Files.writeString(target, "one");
    Path links = Files.createDirectory(directory.resolve("links"));
    Path link = Files.createSymbolicLink(links.resolve("api.yaml"), target);
    watch(Map.of(link, digest("one")));
    Files.writeString(target, "two");

    awaitTake(link, "two");
  }

  @Test
  void a_link_among_the_directories_is_exchanged() throws Exception {
    for (String release : List.of("1", "2")) {
      Path made = Files.createDirectories(directory.resolve("releases").resolve(release));
      Files.writeString(made.resolve("api.yaml"), "release " + release);
    }
    Path current = directory.resolve("current");
    Files.createSymbolicLink(current, Path.of("releases/1"));
    Path inside = current.resolve("api.yaml");
    watch(Map.of(inside, digest("release 1")));
    Path fresh = Files.createSymbolicLink(directory.resolve("fresh"), Path.of("releases/2"));
    Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    awaitTake(inside, "release 2");
  }

  /** Whoever waits until nobody edits is held here until both edits are there. */
  @Test
  void two_quick_edits_are_taken_together() throws Exception {
    CountDownLatch edited = new CountDownLatch(2);
    start(
        new FileWatch(
            Map.of(file, digest("one")), MOST, this::take, directories -> edited.await()));
    Files.writeString(file, "two");
    edited.countDown();
    Files.writeString(file, "three");
    edited.countDown();

    assertThat(takes.poll(30, TimeUnit.SECONDS)).containsEntry(file, digest("three"));
  }

  /**
   * Without waiting until nobody writes, some beginning of the file would be taken: a hundred
   * pieces, with a pause that is short beside the one that is waited for.
   */
  @Test
  void a_file_that_is_written_in_steps_is_taken_once() throws Exception {
    watch(Map.of(file, digest("one")));
    StringBuilder whole = new StringBuilder();
    try (Writer writer = Files.newBufferedWriter(file)) {
      for (int piece = 0; piece < 100; piece++) {
        whole.append("piece ").append(piece).append('\n');
        writer.write("piece " + piece + "\n");
        writer.flush();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }

    awaitTake(file, whole.toString());
    assertThat(takes).isEmpty();
    assertThat(seen).as("takes").hasValueLessThan(50);
  }

  /** The file that changes next is taken next: in between there was nothing to take. */
  @Test
  void a_file_that_is_only_touched_is_not_taken() throws Exception {
    Path replaced = Files.writeString(directory.resolve("replaced.yaml"), "one");
    Path other = Files.writeString(directory.resolve("other.yaml"), "one");
    BlockingQueue<Set<Path>> changes = new LinkedBlockingQueue<>();
    start(
        new FileWatch(
            Map.of(file, digest("one"), replaced, digest("one"), other, digest("one")),
            MOST,
            (changed, now) -> {
              changes.add(changed);
              return now;
            }));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    Path same = Files.writeString(directory.resolve("same"), "one");
    Files.move(same, replaced, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(directory.resolve("unrelated"), "x");
    Files.writeString(other, "two");

    Set<Path> first = changes.poll(30, TimeUnit.SECONDS);
    assertThat(first).containsExactly(other);
  }

  @Test
  void what_is_read_of_a_file_counts_and_not_what_was_there_before() throws Exception {
    // Between being looked at and being read, the file changed back.
    Map<Path, String> read = Map.of(file, digest("zero"));
    AtomicInteger count = new AtomicInteger();
    start(
        new FileWatch(
            read,
            MOST,
            (changed, now) -> {
              takes.add(now);
              return count.incrementAndGet() == 1 ? read : now;
            }));

    awaitTake(file, "one");
    awaitTake(file, "one");
  }

  @Test
  void who_reads_otherwise_than_the_watch_is_not_asked_without_end() throws Exception {
    Path other = Files.writeString(directory.resolve("other.yaml"), "one");
    Map<Path, String> wrong = new HashMap<>();
    wrong.put(file, digest("never"));
    wrong.put(other, digest("one"));
    start(
        new FileWatch(
            wrong,
            MOST,
            (changed, now) -> {
              takes.add(now);
              Map<Path, String> claimed = new HashMap<>(now);
              claimed.put(file, digest("never"));
              return claimed;
            }));
    awaitTake(file, "one");
    awaitTake(file, "one");
    awaitTake(file, "one");
    Files.writeString(other, "two");

    Map<Path, String> next = takes.poll(30, TimeUnit.SECONDS);
    assertThat(next).containsEntry(other, digest("two"));
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("a taker that fails"),
        new StackOverflowError("of a document"),
        new NoClassDefFoundError("of somebody's provider"));
  }

  /** Else nothing that is changed from then on would be taken, and nobody would know. */
  @ParameterizedTest
  @MethodSource("failures")
  void who_fails_is_asked_again_when_something_has_changed_again(Throwable failure)
      throws Exception {
    start(
        new FileWatch(
            Map.of(file, digest("zero")),
            MOST,
            (changed, now) -> {
              takes.add(now);
              switch (failure) {
                case Error error -> throw error;
                case RuntimeException exception -> throw exception;
                default -> throw new AssertionError(failure);
              }
            }));
    awaitTake(file, "one");
    Files.writeString(file, "two");

    awaitTake(file, "two");
  }
}
