package io.brrtrouter.server.log;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.http.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each request, when its response is complete, with what is known of it as key
 * values: refused requests and broken ones too. Safe for use by many threads.
 */
public final class AccessLog implements ExchangeListener {
  /** The logger of these lines. */
  public static final String LOGGER = "io.brrtrouter.access";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final double MICROS_IN_MILLI = 1_000;
  private static final long NANOS_IN_MICRO = 1_000;

  private final TrustedProxies proxies;
  private final Set<String> quiet;
  private final Set<Extra> extras;
  private final Bound unmatched;

  /** Of templates with secrets, what stands before their first parameter; documents bound them. */
  private final Set<String> beforeSecrets = ConcurrentHashMap.newKeySet();

  /** What is logged only where it is asked for: it tells more about people. */
  public enum Extra {
    /** The query, without the values of its parameters. */
    QUERY,
    /** The field {@code User-Agent}. */
    USER_AGENT
  }

  /**
   * Logs requests.
   *
   * @param proxies tell for whom they forward
   * @param quiet paths that are asked by machines again and again: their lines have the level DEBUG
   * @param extras what is logged besides
   */
  public AccessLog(TrustedProxies proxies, Set<String> quiet, Set<Extra> extras) {
    this.proxies = proxies;
    this.quiet = Set.copyOf(quiet);
    this.extras = Set.copyOf(extras);
    this.unmatched = new Bound(null, null, false);
  }

  @Override
  public void completed(CompletedExchange exchange) {
    unmatched.completed(exchange);
  }

  @Override
  public ExchangeListener bind(Operation operation, String template) {
    String name = operation.operationId().orElse(operation.method() + " " + template);
    boolean secret = hasSecret(template);
    if (secret) {
      beforeSecrets.add(template.substring(0, template.indexOf('{')));
    }
    return new Bound(name, template, secret);
  }

  /** A secret in a path, as links that reset passwords have, is not logged. */
  private static boolean hasSecret(String template) {
    int open = template.indexOf('{');
    while (open >= 0) {
      int close = template.indexOf('}', open);
      if (close < 0) {
        return false;
      }
      if (SensitiveNames.DEFAULT.has(template, open + 1, close)) {
        return true;
      }
      open = template.indexOf('{', close);
    }
    return false;
  }

  /** {@return a query without its values} Which of them are credentials only the document knows. */
  private static String namesOf(String query) {
    StringBuilder names = new StringBuilder(query.length());
    boolean value = false;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '&') {
        value = false;
        names.append(c);
      } else if (!value) {
        names.append(c);
        if (c == '=') {
          value = true;
          names.append("***");
        }
      }
    }
    return names.toString();
  }

  /** {@return a path as it is logged where no operation tells what it has} */
  private String unmatched(HttpRequest head) {
    String path = head.rawPath();
    for (String before : beforeSecrets) {
      if (path.length() > before.length() && path.startsWith(before)) {
        return before + "***";
      }
    }
    return path;
  }

  /** A line while it is put together. */
  private static final class Line {
    private LoggingEventBuilder builder;

    Line(LoggingEventBuilder builder) {
      this.builder = builder;
    }

    void add(String name, Object value) {
      builder = builder.addKeyValue(name, value);
    }
  }

  /** Those of one operation, or of none. */
  private final class Bound implements ExchangeListener {
    private final @Nullable String operation;
    private final @Nullable String template;
    private final boolean secretPath;

    Bound(@Nullable String operation, @Nullable String template, boolean secretPath) {
      this.operation = operation;
      this.template = template;
      this.secretPath = secretPath;
    }

    @Override
    public void completed(CompletedExchange exchange) {
      HttpRequest head = exchange.head();
      Level level =
          operation == null && head != null && quiet.contains(head.rawPath())
              ? Level.DEBUG
              : Level.INFO;
      if (LOG.isEnabledForLevel(level)) {
        log(exchange, head, new Line(LOG.atLevel(level)));
      }
    }

    private void log(CompletedExchange exchange, @Nullable HttpRequest head, Line line) {
      line.add("request_id", exchange.requestId());
      TraceContext trace = exchange.trace();
      if (trace != null) {
        line.add("trace_id", trace.traceId());
        line.add("span_id", trace.spanId());
      }
      if (operation != null && template != null) {
        line.add("operation", operation);
        line.add("route", template);
      }
      String method = head == null ? "-" : head.method().token();
      String path = path(head);
      line.add("method", method);
      line.add("path", path);
      line.add("status", exchange.status());
      line.add("duration_ms", Math.floorDiv(exchange.nanos(), NANOS_IN_MICRO) / MICROS_IN_MILLI);
      line.add("bytes", exchange.bytes());
      if (head != null) {
        client(head, line);
      }
      if (exchange.aborted()) {
        line.add("aborted", true);
      }
      line.builder.log("{} {} {}", method, path, exchange.status());
    }

    private String path(@Nullable HttpRequest head) {
      if (head == null) {
        return "-";
      }
      if (template == null) {
        return unmatched(head);
      }
      return secretPath ? template : head.rawPath();
    }

    private void client(HttpRequest head, Line line) {
      InetAddress client = proxies.client(head).orElse(null);
      if (client != null) {
        line.add("client", client.getHostAddress());
      } else if (head.peer().address() instanceof InetSocketAddress inet) {
        line.add("client", inet.getHostString());
      }
      if (extras.contains(Extra.QUERY) && !head.rawQuery().isEmpty()) {
        line.add("query", namesOf(head.rawQuery()));
      }
      if (extras.contains(Extra.USER_AGENT)) {
        String agent = head.headers().get("User-Agent");
        if (agent != null) {
          line.add("user_agent", agent);
        }
      }
    }
  }
}
