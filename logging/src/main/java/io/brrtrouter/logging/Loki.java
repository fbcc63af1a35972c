package io.brrtrouter.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import com.github.loki4j.logback.JavaHttpSender;
import com.github.loki4j.logback.Loki4jAppender;
import com.github.loki4j.logback.PipelineConfigAppenderBase.BasicAuth;
import com.github.loki4j.logback.PipelineConfigAppenderBase.BatchCfg;
import com.github.loki4j.logback.PipelineConfigAppenderBase.HttpCfg;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Sends the same lines to Loki, in batches of its own, beside those of the standard stream: the
 * same redaction, the same sampling. Needs the library, which may not be there.
 */
final class Loki {
  private static final String PUSH = "/loki/api/v1/push";
  private static final long SEND_QUEUE = 8L << 20;
  private static final long BATCH_MILLIS = 1_000;

  private Loki() {}

  /** {@return whether the library is there} */
  static boolean isThere() {
    try {
      Class.forName("com.github.loki4j.logback.Loki4jAppender", false, Loki.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  /**
   * {@return who sends}
   *
   * @param url where Loki is; without a path the usual one, with user and password those of Basic
   *     authentication
   * @param settings how lines are
   * @param encoder makes lines
   */
  static Appender<ILoggingEvent> appender(
      LoggerContext context, URI url, LogSettings settings, LineEncoder encoder) {
    Loki4jAppender appender = new Loki4jAppender();
    appender.setContext(context);
    appender.setName("loki");
    // Few streams: what a client sends is no label.
    appender.setLabels(
        "service_name="
            + (settings.service().isEmpty() ? "brrtrouter" : settings.service())
            + "\nlevel=%level");
    appender.setStructuredMetadata(Loki4jAppender.DISABLE_SMD_PATTERN);
    LineLayout layout = new LineLayout(encoder);
    layout.setContext(context);
    layout.start();
    appender.setMessage(layout);
    appender.setHttp(http(url));
    BatchCfg batch = new BatchCfg();
    batch.setTimeoutMs(BATCH_MILLIS);
    batch.setSendQueueMaxBytes(SEND_QUEUE);
    batch.setDrainOnStop(true);
    appender.setBatch(batch);
    SampledFilter sampled = new SampledFilter(Sampling.of(settings.sampling()));
    sampled.start();
    appender.addFilter(sampled);
    return appender;
  }

  private static HttpCfg http(URI url) {
    HttpCfg http = new HttpCfg();
    http.setSender(new JavaHttpSender());
    String path =
        url.getRawPath() == null || url.getRawPath().length() <= 1 ? PUSH : url.getRawPath();
    http.setUrl(
        url.getScheme()
            + "://"
            + url.getHost()
            + (url.getPort() < 0 ? "" : ":" + url.getPort())
            + path);
    String user = url.getRawUserInfo();
    if (user != null) {
      int colon = user.indexOf(':');
      BasicAuth auth = new BasicAuth();
      auth.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
      auth.setPassword(colon < 0 ? "" : decoded(user.substring(colon + 1)));
      http.setAuth(auth);
    }
    return http;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
