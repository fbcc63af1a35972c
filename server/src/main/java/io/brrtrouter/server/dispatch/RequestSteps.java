package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.SchemeFinding;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.DecodedParameters;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The steps of a request in the log, at DEBUG and TRACE; {@code docs/logging.md} lists them. Names
 * of what a client sends are told, values are not. Nothing is made where nobody listens.
 */
final class RequestSteps {
  private static final Logger REQUEST = LoggerFactory.getLogger("io.brrtrouter.server.request");
  private static final Logger SECURITY = LoggerFactory.getLogger("io.brrtrouter.server.security");

  /** A client may send many. */
  private static final int MOST_NAMES = 32;

  private static final double NANOS_IN_MILLI = 1_000_000;

  private RequestSteps() {}

  private static LoggingEventBuilder line(Logger log, Level level, String event, String requestId) {
    return log.atLevel(level).addKeyValue("event", event).addKeyValue("request_id", requestId);
  }

  private static LoggingEventBuilder line(Level level, String event, Exchange exchange) {
    return line(REQUEST, level, event, exchange.requestId())
        .addKeyValue("operation", exchange.operationName());
  }

  static void parsed(HttpRequest head, String requestId) {
    if (!REQUEST.isDebugEnabled()) {
      return;
    }
    line(REQUEST, Level.DEBUG, "request.parsed", requestId)
        .addKeyValue("method", head.method().token())
        .addKeyValue("path", head.rawPath())
        .addKeyValue("version", head.version())
        .addKeyValue("headers", head.headers().size())
        .log("a request has come");
    if (REQUEST.isTraceEnabled()) {
      Headers headers = head.headers();
      names("request.headers", "names of its header fields", requestId, headers.names());
      if (!head.rawQuery().isEmpty()) {
        names("request.query", "names in its query", requestId, names(head.rawQuery(), "&"));
      }
      String cookies = headers.get("Cookie");
      if (cookies != null) {
        names("request.cookies", "names of its cookies", requestId, names(cookies, ";"));
      }
    }
  }

  /** As they are sent: what is between two separators and before an equals sign. */
  private static Set<String> names(String text, String separator) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : text.split(separator, MOST_NAMES + 1)) {
      int equals = part.indexOf('=');
      // Without one it may be anything, a value too.
      names.add(equals < 0 ? "?" : part.substring(0, equals).strip());
    }
    return names;
  }

  private static void names(String event, String what, String requestId, Set<String> names) {
    line(REQUEST, Level.TRACE, event, requestId)
        .addKeyValue("names", names.stream().limit(MOST_NAMES).toList())
        .addKeyValue("count", names.size())
        .log(what);
  }

  static void matched(Arrival arrival) {
    CompiledOperation operation = arrival.operation();
    if (operation != null && REQUEST.isDebugEnabled()) {
      line(REQUEST, Level.DEBUG, "route.matched", arrival.requestId())
          .addKeyValue("operation", operation.name())
          .addKeyValue("route", operation.template())
          .addKeyValue("handler", operation.plan().handlerName())
          .log("an operation answers it");
    }
  }

  static void unmatched(String requestId, HttpRequest head, boolean endpoint) {
    if (REQUEST.isDebugEnabled()) {
      line(REQUEST, Level.DEBUG, endpoint ? "route.endpoint" : "route.none", requestId)
          .addKeyValue("path", head.rawPath())
          .log(endpoint ? "a built-in endpoint answers it" : "no path of the document matches");
    }
  }

  static void notAllowed(Arrival arrival, String allow) {
    if (REQUEST.isDebugEnabled()) {
      line(REQUEST, Level.DEBUG, "route.method", arrival.requestId())
          .addKeyValue("method", arrival.head().method().token())
          .addKeyValue("allow", allow)
          .log("the path does not answer this method");
    }
  }

  static void judging(Arrival arrival, CompiledOperation operation) {
    if (SECURITY.isTraceEnabled()) {
      line(SECURITY, Level.TRACE, "security.check", arrival.requestId())
          .addKeyValue("operation", operation.name())
          .addKeyValue("requirements", operation.plan().operation().security().size())
          .log("its credentials are looked at");
    }
  }

  static void judged(Judgement judgement) {
    if (!SECURITY.isDebugEnabled()) {
      return;
    }
    if (SECURITY.isTraceEnabled()) {
      for (SchemeFinding finding : judgement.findings()) {
        line(SECURITY, Level.TRACE, "security.scheme", judgement.requestId())
            .addKeyValue("scheme", finding.scheme())
            .addKeyValue("finding", finding.finding())
            .log("what is known by a security scheme");
      }
    }
    line(SECURITY, Level.DEBUG, "security.decided", judgement.requestId())
        .addKeyValue("outcome", judgement.refusal().map(ProblemType::slug).orElse("granted"))
        .addKeyValue("reason", judgement.reason())
        .log("it is decided whether it may");
  }

  static void refused(String requestId, ProblemType type) {
    if (REQUEST.isDebugEnabled()) {
      line(REQUEST, Level.DEBUG, "request.refused", requestId)
          .addKeyValue("problem", type.slug())
          .addKeyValue("status", type.status())
          .log("the answer is a problem");
    }
  }

  static void admitted(Exchange exchange) {
    if (REQUEST.isTraceEnabled()) {
      line(Level.TRACE, "request.admitted", exchange)
          .addKeyValue("virtual", Thread.currentThread().isVirtual())
          .log("work on it begins");
    }
    if (exchange.rawBody().length > 0 && REQUEST.isDebugEnabled()) {
      String type = exchange.head().headers().get("Content-Type");
      line(Level.DEBUG, "body.read", exchange)
          .addKeyValue("content_type", type == null ? "" : type)
          .addKeyValue("bytes", exchange.rawBody().length)
          .log("its body has come");
    }
  }

  static void decoded(Exchange exchange, DecodedParameters parameters, DecodedBody body) {
    if (!REQUEST.isDebugEnabled()) {
      return;
    }
    if (REQUEST.isTraceEnabled()) {
      line(Level.TRACE, "parameters.decoded", exchange)
          .addKeyValue("violations", parameters.violations().size())
          .log("its parameters are decoded");
    }
    if (!(body instanceof DecodedBody.Absent)) {
      line(Level.DEBUG, "body.decoded", exchange)
          .addKeyValue("outcome", body.getClass().getSimpleName())
          .log("its body is decoded");
    }
  }

  static void invalid(Exchange exchange, Rejection rejection) {
    if (rejection instanceof Rejection.Invalid invalid && REQUEST.isDebugEnabled()) {
      List<String> where = new ArrayList<>();
      invalid.violations().stream()
          .limit(MOST_NAMES)
          .forEach(each -> where.add(String.valueOf(each.in())));
      line(Level.DEBUG, "request.invalid", exchange)
          .addKeyValue("violations", invalid.violations().size() + invalid.omitted())
          .addKeyValue("in", where)
          .log("it does not match the document");
    }
  }

  static void filter(Exchange exchange, Filter filter, boolean enters) {
    if (REQUEST.isTraceEnabled()) {
      line(Level.TRACE, enters ? "filter.entered" : "filter.left", exchange)
          .addKeyValue("filter", filter.getClass().getName())
          .log(enters ? "a filter begins" : "a filter ends");
    }
  }

  /** {@return when, for {@link #handled}; 0 where nobody listens} */
  static long handling(Exchange exchange) {
    if (!REQUEST.isDebugEnabled()) {
      return 0;
    }
    if (REQUEST.isTraceEnabled()) {
      line(Level.TRACE, "handler.started", exchange)
          .addKeyValue("handler", exchange.handlerName())
          .log("its handler begins");
    }
    return System.nanoTime();
  }

  static void handled(Exchange exchange, long began, int status) {
    if (began != 0 && REQUEST.isDebugEnabled()) {
      line(Level.DEBUG, "handler.completed", exchange)
          .addKeyValue("handler", exchange.handlerName())
          .addKeyValue("status", status)
          .addKeyValue("duration_ms", (System.nanoTime() - began) / NANOS_IN_MILLI)
          .log("its handler has answered");
    }
  }

  static void late(Arrival arrival, long millis) {
    arrival
        .tell(REQUEST.atWarn().addKeyValue("event", "handler.deadline"))
        .addKeyValue("deadline_ms", millis)
        .log("a handler has not answered in time, and is interrupted");
  }

  static void checking(Exchange exchange, int status) {
    if (REQUEST.isTraceEnabled()) {
      line(Level.TRACE, "response.check", exchange)
          .addKeyValue("status", status)
          .log("its response is compared with the document");
    }
  }
}
