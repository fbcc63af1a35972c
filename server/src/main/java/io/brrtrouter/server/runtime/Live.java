package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.schema.SourceLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process whose code is exchanged while its server runs: the first {@link BrrtApplication#run}
 * starts the server, and those of later code change what it serves. The class is of the libraries'
 * class loader, which all generations of code have in common.
 */
final class Live {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.reload");

  private static final SourceLocation NOWHERE = new SourceLocation("code", 0, 0);

  private static volatile @Nullable Live current;

  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable BrrtServer server;

  /** What code is generated from, which changes only together with the code. */
  private volatile Set<Path> sources = Set.of();

  /** The code that was offered last, and that which serves. */
  private volatile String offered = ContentDigest.NONE;

  private volatile String serving = ContentDigest.NONE;

  /** Whether the code that is being started has come to a server, for one thread at a time. */
  private volatile CountDownLatch arrived = new CountDownLatch(1);

  private Live() {}

  /** {@return what this process is from now on} */
  static Live begin() {
    Live live = new Live();
    current = live;
    return live;
  }

  /** {@return what this process is, if its code is exchanged} */
  static Optional<Live> current() {
    return Optional.ofNullable(current);
  }

  /** {@return the server, once it has been started} */
  Optional<BrrtServer> server() {
    return Optional.ofNullable(server);
  }

  /** The code that was offered serves. */
  void serves() {
    serving = offered;
  }

  /** There is a server. */
  void started(BrrtServer running) {
    server = running;
    serves();
    running.leave(sources);
    started.countDown();
  }

  /** Leaves files to those who change the code. */
  void leave(Set<Path> files) {
    sources = Set.copyOf(files);
    server().ifPresent(running -> running.leave(sources));
  }

  /** The same for what answers nothing. */
  static void outside(Runnable call) {
    outside(() -> {
      call.run();
      return true;
    });
  }

  /**
   * {@return what comes of a call with the libraries' context class loader} Threads that it starts
   * outlive the code that calls, and would keep it in memory.
   */
  static <T> T outside(Supplier<T> start) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Live.class.getClassLoader());
    try {
      return start.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Starts with code. */
  void begin(CodeLoader code) {
    offered = code.digest();
  }

  /**
   * Takes other code, once there is a server; returns when that serves, or has been refused. Code
   * that serves already goes on as it is: responses that last are not cut off for nothing.
   *
   * @param code the code
   * @param files what it was generated from
   */
  void take(CodeLoader code, Set<Path> files) throws IOException, InterruptedException {
    started.await();
    if (code.digest().equals(serving)
        && server().filter(running -> running.keepsCode(files)).isPresent()) {
      LOG.info("the code is again that which serves");
      code.close();
      return;
    }
    offered = code.digest();
    sources = Set.copyOf(files);
    CountDownLatch here = new CountDownLatch(1);
    arrived = here;
    // Not on this thread: main may go on to wait for something.
    Thread.ofPlatform()
        .daemon()
        .name("main")
        .start(() -> {
          try {
            code.main();
          } catch (Throwable failure) {
            LOG.error(
                "the changed code failed and is not taken; what served before goes on", failure);
            server().ifPresent(running -> running.refuse(List.of(failed(failure))));
          } finally {
            here.countDown();
          }
        });
    here.await();
  }

  /**
   * {@return that code failed, where it is known} What a failure says is for the log: it may have
   * secrets.
   */
  private static Finding failed(Throwable failure) {
    SourceLocation place =
        Arrays.stream(failure.getStackTrace())
            .filter(frame -> CodeLoader.NAME.equals(frame.getClassLoaderName()))
            .findFirst()
            .map(frame ->
                new SourceLocation(
                    Objects.requireNonNullElse(frame.getFileName(), frame.getClassName()),
                    Math.max(frame.getLineNumber(), 0),
                    1))
            .orElse(NOWHERE);
    return notStarted(
        place,
        "the changed code fails with " + failure.getClass().getName(),
        "see the log for more");
  }

  /** {@return that code was not started, for a reason that is told to people} */
  static Finding notStarted(StartupException refused) {
    return notStarted(NOWHERE, String.valueOf(refused.getMessage()), "what served before goes on");
  }

  private static Finding notStarted(SourceLocation place, String message, String fix) {
    return new Finding("not-started", Severity.ERROR, place, message, fix);
  }

  /** The code that is being started has come to an end with the server. */
  void arrived() {
    arrived.countDown();
  }

  /** Says that changed code is not taken, and why, once there is a server. */
  void refuse(List<Finding> findings) throws InterruptedException {
    started.await();
    server().ifPresent(running -> running.refuse(findings));
  }

  /** {@return what code is generated from} */
  Set<Path> sources() {
    return sources;
  }
}
