package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import java.net.URI;

/**
 * Sets Logback up by the environment, unless the application has a configuration file of its own.
 * In Java, because reading such a file takes as long as reading a small document.
 */
public final class LoggingSetup extends ContextAwareBase implements Configurator {
  private static final String OURS = "io.brrtrouter.logging";

  /** Set by what people start to look at: the command, and what it runs. */
  private static final String DEVELOPMENT = "brrt.log.development";

  /** Set by {@code brrt run}. */
  private static final String RUN = "BRRTR_TYPED_IN";

  /** For the backend, which finds it as a service. */
  public LoggingSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (isConfigured()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    configure(
        context,
        LogSettings.of(
            System.getenv(), Boolean.getBoolean(DEVELOPMENT) || System.getenv(RUN) != null));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static boolean isConfigured() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    ClassLoader own = loader == null ? LoggingSetup.class.getClassLoader() : loader;
    return System.getProperty("logback.configurationFile") != null
        || own.getResource("logback-test.xml") != null
        || own.getResource("logback.xml") != null;
  }

  static void configure(LoggerContext context, LogSettings settings) {
    context.getStatusManager().add(new NopStatusListener());
    QueuedAppender lines = new QueuedAppender();
    lines.setContext(context);
    lines.setName("lines");
    lines.setEncoder(encoder(context, settings, settings.json()));
    lines.setSampling(settings.sampling());
    lines.setOutput(settings.stdout() ? "stdout" : "stderr");
    lines.setLines(settings.lines());
    lines.start();
    // It warns of clients that leave while their certificate is looked at: what they were to be
    // told then has no reader.
    context.getLogger("io.netty.handler.ssl.SslHandler").setLevel(Level.ERROR);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(settings.level(), Level.INFO));
    root.addAppender(lines);
    settings.loki().ifPresent(url -> send(context, url, settings));
    for (String mistake : settings.mistakes()) {
      context.getLogger(OURS).warn("{}", mistake);
    }
  }

  private static void send(LoggerContext context, URI url, LogSettings settings) {
    if (!Loki.isThere()) {
      context
          .getLogger(OURS)
          .warn(
              "LOKI_URL is set, and its library is not on the class path; add the dependency com.github.loki4j:loki-logback-appender");
      return;
    }
    Appender<ILoggingEvent> loki =
        Loki.appender(context, url, settings, encoder(context, settings, true));
    loki.start();
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(loki);
    try {
      // What is logged while the process ends is on the standard stream only.
      Runtime.getRuntime().addShutdownHook(new Thread(loki::stop, "brrt-loki-end"));
    } catch (IllegalStateException _) {
      loki.stop();
    }
  }

  private static LineEncoder encoder(LoggerContext context, LogSettings settings, boolean asJson) {
    LineEncoder encoder = asJson ? json(settings) : console(settings);
    encoder.setContext(context);
    encoder.setRedact(settings.redact());
    encoder.start();
    return encoder;
  }

  private static LineEncoder json(LogSettings settings) {
    JsonLineEncoder json = new JsonLineEncoder();
    json.setService(settings.service());
    return json;
  }

  private static LineEncoder console(LogSettings settings) {
    ConsoleLineEncoder console = new ConsoleLineEncoder();
    console.setColoured(settings.coloured());
    return console;
  }
}
