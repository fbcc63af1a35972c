package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedCertificatesTest {
  private static final String LOGGER = "io.brrtrouter.test.certificates";

  private final AtomicLong now = new AtomicLong();
  private final RefusedCertificates certificates =
      new RefusedCertificates(LoggerFactory.getLogger(LOGGER), now::get);

  @Test
  void each_is_told_once_in_a_minute() {
    ((Logger) LoggerFactory.getLogger(LOGGER)).setLevel(Level.INFO);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      certificates.tell("CN=a: unknown");
      certificates.tell("CN=a: unknown");
      certificates.tell("CN=b: unknown");
      now.set(TimeUnit.SECONDS.toNanos(60));
      certificates.tell("CN=a: unknown");

      assertThat(log.about("certificate").stream().map(Object::toString).toList())
          .containsExactly(
              "[INFO] a client certificate is not accepted: CN=a: unknown",
              "[INFO] a client certificate is not accepted: CN=b: unknown",
              "[INFO] a client certificate is not accepted: CN=a: unknown");
    }
  }
}
