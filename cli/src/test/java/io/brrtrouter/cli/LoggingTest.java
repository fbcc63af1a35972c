package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

class LoggingTest {
  @Test
  void leaves_out_clients_that_leave_in_a_handshake_and_nothing_else_of_TLS() {
    LoggerContext context = new LoggerContext();
    new Logging().configure(context);

    assertThat(context.getLogger("io.netty.handler.ssl.SslHandler").isWarnEnabled()).isFalse();
    assertThat(context.getLogger("io.netty.handler.ssl.SslHandler").isErrorEnabled()).isTrue();
    assertThat(context.getLogger("io.brrtrouter.server.tls").isInfoEnabled()).isTrue();
    context.stop();
  }
}
