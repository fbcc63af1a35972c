package io.brrtrouter.server.transport;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of a server of their own, on each kind of event loop. */
@ParameterizedClass
@EnumSource(
    value = EventLoops.class,
    names = {"EPOLL", "NIO"})
abstract class ServerTest {
  /** Ends a request line and a head without body. */
  static final String END = " HTTP/1.1\r\nHost: x\r\n\r\n";

  /** Ends a request line and goes on with fields. */
  static final String AND = " HTTP/1.1\r\nHost: x\r\n";

  @Parameter EventLoops eventLoops;

  /** To be changed by tests before they start a server of their own. */
  final Settings settings = new Settings();

  TestServer server;

  @BeforeEach
  void startServer() throws IOException {
    assume(eventLoops != EventLoops.EPOLL || Epoll.isAvailable(), "there is no epoll here");
    settings.eventLoops = eventLoops;
    configure(settings);
    server = new TestServer(settings);
  }

  /** Changes the settings of the server. */
  void configure(Settings changed) {}

  /** Starts another server in place of the one there is, with the settings as they are now. */
  TestServer restart() throws IOException {
    server.close();
    server = new TestServer(settings);
    return server;
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  /** Skips a test aloud: Surefire counts what is skipped and keeps the reason to itself. */
  void assume(boolean condition, String otherwise) {
    if (!condition) {
      String test = getClass().getSimpleName() + " on " + eventLoops;
      System.out.println("A test of " + test + " is skipped: " + otherwise + ".");
    }
    Assumptions.assumeTrue(condition, otherwise);
  }

  /** {@return whether something that began then may still be waited for} */
  static boolean isRecent(long began) {
    return System.nanoTime() - began < TimeUnit.SECONDS.toNanos(20);
  }

  /** Waits for a condition, which a test that fails never sees. */
  static void eventually(String what, BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (!isRecent(began)) {
        throw new AssertionError("never: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  RawClient client() throws IOException {
    return server.client();
  }
}
