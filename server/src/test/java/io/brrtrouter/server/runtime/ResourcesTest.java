package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ResourcesTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Kept, version: "1"}
      paths: {/a: {get: {operationId: a, responses: {"204": {description: ok}}}}}
      """;

  private final Resources resources = Resources.of(ServerConfig.defaults());
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  /** Something that says when it is closed. */
  private record Pool(String name, List<String> closed) implements AutoCloseable {
    @Override
    public void close() {
      closed.add(name);
    }
  }

  private Pool open(String name) {
    return resources.get(name, Pool.class, () -> new Pool(name, closed));
  }

  @Test
  void a_name_is_opened_once_whoever_asks() {
    assertThat(open("a")).isSameAs(open("a")).isNotSameAs(open("b"));
  }

  @Test
  void many_who_ask_at_once_get_the_same() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    List<FutureTask<Pool>> tasks = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      FutureTask<Pool> task =
          new FutureTask<>(() ->
              resources.get(
                  "a", Pool.class, () -> new Pool("a" + opened.incrementAndGet(), closed)));
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    for (FutureTask<Pool> task : tasks) {
      assertThat(task.get().name()).isEqualTo("a1");
    }
    assertThat(opened).hasValue(1);
  }

  @Test
  void opening_one_keeps_nobody_from_another() throws Exception {
    CountDownLatch bIsOpen = new CountDownLatch(1);
    FutureTask<Pool> a =
        new FutureTask<>(() ->
            resources.get(
                "a",
                Pool.class,
                () -> {
                  await(bIsOpen);
                  return new Pool("a", closed);
                }));
    Thread.ofVirtual().start(a);
    open("b");
    bIsOpen.countDown();
    assertThat(a.get().name()).isEqualTo("a");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void the_latest_is_closed_first() {
    resources.get(
        "statements",
        Pool.class,
        () -> new Pool("statements of " + open("connections").name(), closed));
    open("mail");
    resources.close();
    assertThat(closed).containsExactly("mail", "statements of connections", "connections");
  }

  @Test
  void all_is_closed_once() {
    open("a");
    resources.close();
    resources.close();
    assertThat(closed).containsExactly("a");
  }

  @Test
  void what_fails_to_close_keeps_nothing_else_open() {
    open("first");
    resources.get(
        "broken",
        AutoCloseable.class,
        () ->
            () -> {
              throw new IOException("as this test wants it");
            });
    open("last");
    resources.close();
    assertThat(closed).containsExactly("last", "first");
  }

  /** At the end of a process class files may be gone. */
  @Test
  void an_error_while_closing_is_told_too() {
    resources.get(
        "broken",
        AutoCloseable.class,
        () ->
            () -> {
              throw new NoClassDefFoundError("as this test wants it");
            });
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server")) {
      resources.close();
      ILoggingEvent told = log.about("\"broken\"").getFirst();
      assertThat(told.getFormattedMessage())
          .isEqualTo("the resource \"broken\" could not be closed");
      assertThat(told.getThrowableProxy().getMessage()).isEqualTo("as this test wants it");
    }
  }

  /** A pool that waits for a database that is gone must not keep a process from ending. */
  @Test
  void what_does_not_close_is_left_to_itself() {
    CountDownLatch never = new CountDownLatch(1);
    Resources hurried = Resources.of(ServerConfig.defaults(), Duration.ofMillis(400));
    hurried.get("first", Pool.class, () -> new Pool("first", closed));
    hurried.get("stuck", AutoCloseable.class, () -> never::await);
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server")) {
      hurried.close();
      assertThat(log.about("\"stuck\""))
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .matches(
              "the resource \"stuck\" was still being closed after \\d+ ms and is left to itself;"
                  + " the trace says where");
      assertThat(
              log.about("\"stuck\"")
                  .getFirst()
                  .getThrowableProxy()
                  .getStackTraceElementProxyArray())
          .extracting(Object::toString)
          .anyMatch(line -> line.contains("CountDownLatch.await"));
    }
    assertThat(closed).containsExactly("first");
  }

  private static long millisTold(ILoggingEvent told) {
    return Long.parseLong(told.getFormattedMessage().replaceFirst(".* after (\\d+) ms .*", "$1"));
  }

  /** Whoever stops a process waits for all of them, and does not know how many there are. */
  @Test
  void the_time_to_close_is_for_all_together() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch firstIsClosed = new CountDownLatch(1);
    Resources hurried = Resources.of(ServerConfig.defaults(), Duration.ofMillis(300));
    hurried.get("first", AutoCloseable.class, () -> firstIsClosed::countDown);
    for (int i = 0; i < 5; i++) {
      hurried.get("dead " + i, AutoCloseable.class, () -> never::await);
    }
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server")) {
      hurried.close();
      List<ILoggingEvent> told = log.about("resource \"dead ");
      assertThat(told).hasSize(5);
      assertThat(told.stream().mapToLong(ResourcesTest::millisTold).sum()).isLessThanOrEqualTo(300);
    }
    firstIsClosed.await();
  }

  /** Keeps resources whose closing can be interrupted, as what writes to files can. */
  private void keepFlushed(Thread whoCloses, String... names) {
    for (String name : names) {
      resources.get(
          name,
          AutoCloseable.class,
          () ->
              () -> {
                while (whoCloses.getState() != Thread.State.TIMED_WAITING) {
                  Thread.onSpinWait(); // Until it has handed on what it had to.
                }
                Thread.sleep(0);
                closed.add(name);
              });
    }
  }

  @Test
  void an_interruption_is_handed_on_to_what_was_waited_for_and_to_nothing_else() {
    Thread whoCloses = Thread.currentThread();
    keepFlushed(whoCloses, "a", "b", "c");
    resources.get(
        "interrupted",
        AutoCloseable.class,
        () ->
            () -> {
              whoCloses.interrupt();
              new CountDownLatch(1).await();
            });
    resources.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("c", "b", "a");
  }

  @Test
  void an_interruption_from_before_is_kept_for_afterwards() {
    keepFlushed(Thread.currentThread(), "a", "b");
    Thread.currentThread().interrupt();
    resources.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void what_failed_to_open_is_tried_again() {
    assertThatThrownBy(() ->
            resources.get(
                "a",
                Pool.class,
                () -> {
                  throw new IllegalArgumentException("not now");
                }))
        .hasMessage("not now");
    assertThat(open("a").name()).isEqualTo("a");
  }

  @Test
  void nothing_is_opened_after_the_end() {
    resources.close();
    assertThatThrownBy(() -> open("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the server has stopped: the resource \"a\" is not to be had any more");
  }

  @Test
  void nothing_that_was_closed_is_handed_out() {
    open("a");
    resources.close();
    assertThatThrownBy(() -> open("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the server has stopped: the resource \"a\" is not to be had any more");
  }

  @Test
  void what_was_opened_during_the_end_is_closed() {
    assertThatThrownBy(() ->
            resources.get(
                "a",
                Pool.class,
                () -> {
                  resources.close();
                  return new Pool("a", closed);
                }))
        .hasMessage("the server has stopped: the resource \"a\" is not to be had any more");
    assertThat(closed).containsExactly("a");
  }

  @Test
  void a_name_has_one_type() {
    open("a");
    assertThatThrownBy(() -> resources.get("a", InputStream.class, InputStream::nullInputStream))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the resource \"a\" is kept as io.brrtrouter.server.runtime.ResourcesTest$Pool, not as"
                + " java.io.InputStream; give one of them another name");
  }

  @Test
  void a_type_must_outlive_the_application() throws Exception {
    open("a");
    Class<? extends AutoCloseable> again = reloaded(Pool.class).asSubclass(AutoCloseable.class);
    assertThatThrownBy(() -> resources.get("a", again, () -> null))
        .hasMessage(
            "the resource \"a\" is kept as io.brrtrouter.server.runtime.ResourcesTest$Pool, not as"
                + " the class of that name of another class loader; what is kept must be of a"
                + " library, not of the application");
  }

  /** {@return the same class of a loader of its own, as after a reload of an application} */
  private static Class<?> reloaded(Class<?> type) throws IOException {
    byte[] code;
    try (InputStream in =
        type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
      code = in.readAllBytes();
    }
    return new ClassLoader(type.getClassLoader()) {
      Class<?> define() {
        return defineClass(type.getName(), code, 0, code.length);
      }
    }.define();
  }

  @Test
  void opening_must_not_ask_for_itself() {
    assertThatThrownBy(() -> resources.get("a", Pool.class, () -> open("a")))
        .hasMessage("opening the resource \"a\" asks for that resource itself");
  }

  /** Opens a name, which asks for another one once all others are being opened too. */
  private FutureTask<Pool> opening(String name, String asked, CountDownLatch allOpening) {
    FutureTask<Pool> task =
        new FutureTask<>(() ->
            resources.get(
                name,
                Pool.class,
                () -> {
                  allOpening.countDown();
                  await(allOpening);
                  open(asked);
                  return new Pool(name, closed);
                }));
    Thread.ofVirtual().start(task);
    return task;
  }

  private static List<String> failures(List<FutureTask<Pool>> tasks) throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (FutureTask<Pool> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException failed) {
        failures.add(failed.getCause().getMessage());
      }
    }
    return failures;
  }

  @ParameterizedTest
  @CsvSource({
    "a>b b>a, 'the resource \"(\\w)\" waits for \"(?!\\1)\\w\", which this thread is opening, '",
    "a>b b>c c>a, 'the resource \"\\w\" waits for \"\\w\", which waits for \"\\w\", which this thread is opening, '",
  })
  void what_would_wait_for_each_other_is_refused_to_one_of_them(String asks, String message)
      throws Exception {
    List<String> pairs = List.of(asks.split(" "));
    CountDownLatch allOpening = new CountDownLatch(pairs.size());
    List<FutureTask<Pool>> tasks =
        pairs.stream()
            .map(pair -> opening(pair.substring(0, 1), pair.substring(2), allOpening))
            .toList();

    assertThat(failures(tasks))
        .singleElement()
        .asString()
        .matches(
            message
                + "and they would wait for each other for ever; open one of them before the other");
    assertThat(open("a").name()).isEqualTo("a");
  }

  @Nested
  class A_server {
    private BrrtServer.Builder builder() {
      open("pool");
      return BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config())
          .resources(resources)
          .output(new PrintStream(new ByteArrayOutputStream()));
    }

    @Test
    void in_process_closes_them_when_it_stops() {
      BrrtServer server = builder().mock(true).startInProcess();
      assertThat(closed).isEmpty();
      server.close();
      assertThat(closed).containsExactly("pool");
    }

    @Test
    void closes_them_after_the_last_request() throws Exception {
      CountDownLatch inHandler = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      List<String> seen = Collections.synchronizedList(new ArrayList<>());
      BrrtServer server =
          builder()
              .handler(
                  "a",
                  _ -> {
                    inHandler.countDown();
                    goOn.await();
                    seen.addAll(closed);
                    return HttpResponse.of(204);
                  })
              .start();
      FutureTask<Integer> request =
          new FutureTask<>(() ->
              ((java.net.HttpURLConnection)
                      URI.create(server.url() + "/a").toURL().openConnection())
                  .getResponseCode());
      Thread.ofVirtual().start(request);
      inHandler.await();
      Thread closing = Thread.ofPlatform().start(server::close);
      while (accepts(server.port())) {
        Thread.onSpinWait(); // Until the end has begun.
      }
      goOn.countDown();

      assertThat(request.get()).isEqualTo(204);
      assertThat(seen).isEmpty();
      closing.join();
      assertThat(closed).containsExactly("pool");
    }

    private static boolean accepts(int port) {
      try {
        new java.net.Socket("127.0.0.1", port).close();
        return true;
      } catch (IOException refused) {
        return false;
      }
    }

    @Test
    void that_is_refused_closes_them() {
      BrrtServer.Builder builder = builder();
      assertThatThrownBy(builder::startInProcess).isInstanceOf(StartupException.class);
      assertThat(closed).containsExactly("pool");
    }

    @Test
    void that_finds_its_port_taken_closes_them() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        BrrtServer.Builder builder = builder().mock(true).port(taken.getLocalPort());
        assertThatThrownBy(builder::start).isInstanceOf(StartupException.class);
        assertThat(closed).containsExactly("pool");
      }
    }
  }
}
