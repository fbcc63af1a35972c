package io.brrtrouter.outbound.proxy;

import io.brrtrouter.outbound.proxy.AnswerParser.Answer;
import io.brrtrouter.outbound.proxy.Upstream.Place;
import io.brrtrouter.server.http.BrokenContentException;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentSink.Ending;
import io.brrtrouter.server.http.ContentWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;

/**
 * Hands the content of a response back while it comes. Who reads slowly makes the service wait:
 * nothing is collected in between, and what has come is sent before more is waited for.
 */
final class Relay implements ContentWriter {
  private static final int BUFFER = 16 << 10;
  private static final String EVENTS = "text/event-stream";

  private final Upstream upstream;
  private final Place place;
  private final Call call;
  private final ClassicHttpRequest asked;
  private final Answer answer;
  private final Collected begun;

  /**
   * Hands on what comes.
   *
   * @param begun what of it has been read already
   */
  Relay(
      Upstream upstream,
      Place place,
      Call call,
      ClassicHttpRequest asked,
      Answer answer,
      Collected begun) {
    this.upstream = upstream;
    this.place = place;
    this.call = call;
    this.asked = asked;
    this.answer = answer;
    this.begun = begun;
  }

  @Override
  public void writeTo(ContentSink sink) throws IOException {
    call.resume();
    try {
      if (isWithoutEnd()) {
        sink.onEnding(() -> endAtOnce(sink));
      }
      if (copy(sink)) {
        call.complete(asked, answer);
      }
    } finally {
      call.discard();
      call.pause();
    }
  }

  private boolean isWithoutEnd() {
    var type = answer.getFirstHeader("Content-Type");
    return type != null && type.getValue().strip().toLowerCase(Locale.ROOT).startsWith(EVENTS);
  }

  /** What has no end is to end, and well: the server drains, or has another document. */
  private static boolean isToEnd(ContentSink sink) {
    Ending ending = sink.ending();
    return ending == Ending.DRAINING || ending == Ending.REPLACED;
  }

  private void endAtOnce(ContentSink sink) {
    if (isToEnd(sink)) {
      Thread.ofVirtual().name("brrt-service-end").start(call::abort);
    }
  }

  /** {@return why a response that had begun came to no end, for logs} */
  static String why(Upstream upstream, Place place, Call call, Exception broken) {
    ProxySettings settings = upstream.settings();
    String what =
        call.isExpired()
            ? "has not given all of its response in %d ms (deadline_ms)"
                .formatted(settings.times().deadline().toMillis())
            : broken instanceof SocketTimeoutException
                ? "has paused within its response for %d ms (idle_timeout_ms)"
                    .formatted(settings.times().idle().toMillis())
                : "broke off its response: " + Call.reason(broken);
    return "service %s at %s %s".formatted(settings.name(), place.authority(), what);
  }

  /** {@return whether all was read; not where events are to end, which have no end} */
  private boolean copy(ContentSink sink) throws IOException {
    InputStream content = answer.getEntity().getContent();
    sink.write(begun.octets());
    begun.release();
    if (content.available() == 0) {
      sink.flush();
    }
    byte[] octets = new byte[BUFFER];
    while (true) {
      int read;
      try {
        read = content.read(octets);
      } catch (IOException | RuntimeException broken) {
        if (isToEnd(sink) && isWithoutEnd()) {
          return false;
        }
        if (call.isAborted() || sink.ending() == Ending.GONE) {
          throw new ClientGoneException();
        }
        upstream.figures().cutOff();
        throw new BrokenContentException(why(upstream, place, call, broken), broken);
      }
      if (read < 0) {
        return true;
      }
      sink.write(octets, 0, read);
      if (content.available() == 0) {
        sink.flush();
      }
    }
  }
}
