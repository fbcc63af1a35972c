package io.brrtrouter.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alone, because others read the same log. */
@Isolated
class TlsIdentityTest {
  static Stream<Throwable> failures() {
    return Stream.of(
        new StackOverflowError(), new OutOfMemoryError("Java heap space"), new RuntimeException());
  }

  /** Else the certificate ends while a good one lies there. */
  @ParameterizedTest
  @MethodSource("failures")
  void files_that_could_not_be_taken_for_want_of_something_are_taken_later(Throwable failure)
      throws Exception {
    AtomicReference<@Nullable Throwable> lack = new AtomicReference<>();
    try (TlsFolder folder = new TlsFolder();
        CapturedLog log = new CapturedLog("io.brrtrouter.server.tls");
        TlsIdentity identity =
            TlsIdentity.load(
                new TlsConfig(
                    folder.path("server.pem"),
                    folder.path("server.key"),
                    Optional.empty(),
                    ClientAuth.NONE,
                    Optional.empty(),
                    List.of("TLSv1.3"),
                    Duration.ofMillis(10)),
                files -> made(files, lack::get))) {
      identity.watch();
      lack.set(failure);
      // One file only: nothing changes any more once this has failed.
      folder.put(
          "server.pem", TestCertificates.SERVER.getCertificatePathPEM() + "text behind it\n");
      String unseen = "(" + folder.path("server.pem") + " and what goes with it) could not be";
      assertThat(log.next(unseen).getLevel()).isEqualTo(Level.ERROR);
      lack.set(null);

      log.next("new connections get what is in the files of TLS now: [" + folder.path("server.p"));
      assertThat(log.about(unseen).stream().filter(each -> each.getLevel() == Level.ERROR))
          .as("told once")
          .hasSize(1);
    }
  }

  private static TlsMaterial made(TlsFiles files, Supplier<@Nullable Throwable> lack)
      throws TlsException {
    switch (lack.get()) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      case null, default -> {
        return TlsMaterial.of(files);
      }
    }
  }
}
