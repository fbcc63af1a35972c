package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision.Completion;
import io.brrtrouter.server.http.HeadDecision.StreamedWork;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TunnelHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its response, from the head to the end of the response. All but the work itself
 * happens on the event loop of their connection.
 */
final class Exchange implements Runnable, ChannelFutureListener {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final byte[] NONE = {};

  /** Reading and judging a larger body would keep the other connections of a loop waiting. */
  private static final int MOST_ON_LOOP = 64 << 10;

  /** What becomes of the connection after the response. */
  enum Ending {
    /** The next request. */
    NEXT,
    /** Closed as the client wants: nothing more comes from it. */
    CLOSE,
    /** Closed as the server wants: what still comes is read and dropped for a moment. */
    LINGER
  }

  private final Carrier carrier;
  private final boolean headOnly;
  private final boolean http10;
  private Ending ending;
  private Completion completion = Completion.NONE;

  /** What is to be run: one of the two, until it is. */
  private @Nullable Work work;

  private @Nullable StreamedWork reading;
  private byte[] body = NONE;
  private @Nullable BodyCollector held;
  private @Nullable HttpResponse response;

  /** What is written while the response is sent, and is not yet sent whole. */
  private @Nullable ContentStream stream;

  /** What the client sends to whoever speaks another protocol. */
  private @Nullable IncomingContent incoming;

  /** The content of the request, where it is read while it comes. */
  private @Nullable RequestContent content;

  private boolean atWork;
  private boolean onLoop;
  private boolean told;
  private int status;
  private long length;

  /**
   * An exchange.
   *
   * @param headOnly whether the response has no content because the request is a {@code HEAD}
   * @param http10 whether the client has to be told that the connection lives on
   */
  Exchange(Carrier carrier, boolean headOnly, boolean http10, Ending ending) {
    this.carrier = carrier;
    this.headOnly = headOnly;
    this.http10 = http10;
    this.ending = ending;
  }

  boolean isHeadOnly() {
    return headOnly;
  }

  /** {@return what the client is told about the connection} */
  ResponseHead.Connection persistence() {
    return ending != Ending.NEXT
        ? ResponseHead.Connection.CLOSE
        : http10 ? ResponseHead.Connection.KEEP_ALIVE : ResponseHead.Connection.SILENT;
  }

  boolean isHttp10() {
    return http10;
  }

  Ending ending() {
    return ending;
  }

  /** Makes this the last exchange, unless it is. */
  void endWith(Ending newEnding) {
    if (ending == Ending.NEXT || newEnding == Ending.LINGER) {
      ending = newEnding;
    }
  }

  void completeWith(Completion newCompletion) {
    completion = newCompletion;
  }

  /** {@return the answer in place of a response that is not sent, null if there is none} */
  @Nullable HttpResponse instead(TransportFailure failure) {
    return Responses.of(() -> Responses.withRetryAfter(failure, completion.instead(failure)));
  }

  /**
   * Lets the work begin, on a virtual thread if it may block. The body is held until that ends, and
   * what is written while the response is sent.
   */
  void begin(Work newWork, byte[] newBody, @Nullable BodyCollector holder) {
    work = newWork;
    body = newBody;
    held = holder;
    atWork = true;
    onLoop = newWork.neverBlocks() && newBody.length <= MOST_ON_LOOP;
    if (onLoop) {
      // Not at once: what was read before is answered together, with one write.
      executeOnLoop();
    } else {
      carrier.shared().threads().newThread(this).start();
    }
  }

  /** Lets the work begin, on a virtual thread, which reads the content while it comes. */
  void begin(StreamedWork newWork, RequestContent newContent) {
    reading = newWork;
    content = newContent;
    atWork = true;
    carrier.shared().threads().newThread(this).start();
  }

  /** First on its thread: works. Then on the event loop, which may be the same: responds. */
  @Override
  public void run() {
    Work begun = work;
    StreamedWork reads = reading;
    if (begun == null && reads == null) {
      finish();
      return;
    }
    try {
      response = begun == null ? proceed(reads) : proceed(begun);
    } catch (Throwable e) { // It must not; whatever it was, the client gets an answer.
      log.error("work on a request threw; its connection is closed", e);
    }
    ContentStream begins = stream(begun, reads);
    stream = begins;
    work = null;
    reading = null;
    body = NONE;
    if (onLoop) {
      finish();
      if (begins != null) {
        carrier.shared().threads().newThread(begins).start();
      }
    } else {
      executeOnLoop();
      if (begins != null) {
        begins.run(); // What it sends comes behind the head.
      }
    }
  }

  private HttpResponse proceed(Work begun) {
    return onLoop ? carrier.proceed(begun, body) : begun.proceed(body);
  }

  private HttpResponse proceed(@Nullable StreamedWork reads) {
    return Objects.requireNonNull(reads).proceed(Objects.requireNonNull(content));
  }

  private static String doing(@Nullable Work begun, @Nullable StreamedWork reads) {
    return begun == null ? Objects.requireNonNull(reads).doing() : begun.doing();
  }

  private @Nullable ContentStream stream(@Nullable Work begun, @Nullable StreamedWork reads) {
    if (response == null || headOnly || !Responses.hasContent(response.status())) {
      return null;
    }
    return switch (response.body()) {
      case Body.Streamed streamed -> new ContentStream(carrier, streamed, doing(begun, reads));
      case Body.Tunnel(TunnelHandler handler, var _) -> tunnel(handler, doing(begun, reads));
      case Body.Empty _, Body.Bytes _, Body.Json _, Body.Seekable _ -> null;
    };
  }

  private ContentStream tunnel(TunnelHandler handler, String doing) {
    IncomingContent source = new IncomingContent(carrier);
    incoming = source;
    return new ContentStream(
        carrier,
        new Body.Streamed(sink -> handler.run(source, sink), Body.Streamed.UNKNOWN_LENGTH),
        doing);
  }

  private void executeOnLoop() {
    try {
      carrier.execute(this);
    } catch (RejectedExecutionException e) {
      log.debug("the server was closed before a response was sent", e);
    }
  }

  private void finish() {
    if (stream == null) {
      releaseBody(); // Else who writes the content may have it before them.
    }
    atWork = false;
    if (told) {
      carrier.workedInVain();
    } else {
      carrier.respond(this, response);
    }
    if (stream != null && !stream.isBegun()) {
      leave();
      stream = null;
      incoming = null;
      releaseBody();
    }
  }

  private void releaseBody() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  /** {@return what is written while the response is sent, null where it has come whole} */
  @Nullable ContentStream stream() {
    return stream;
  }

  /** {@return what takes what the client sends, null where it is HTTP} */
  @Nullable IncomingContent incoming() {
    return incoming;
  }

  /** {@return the content of the request that is read while it comes, null where it is not} */
  @Nullable RequestContent content() {
    return content;
  }

  /** Nobody is there any more for whom the rest is written, and of whom anything comes. */
  private void leave() {
    if (stream != null) {
      stream.gone();
    }
    endOfInput();
  }

  /** Nothing is read any more of what the client sends. */
  private void endOfInput() {
    if (incoming != null) {
      incoming.gone();
    }
    if (content != null) {
      content.gone();
    }
  }

  /** {@return whether the work has begun and what came of it is not known yet} */
  boolean isAtWork() {
    return atWork;
  }

  /** {@return the status being sent} */
  int status() {
    return status;
  }

  /** Takes note of what is being sent. */
  void sending(int newStatus, long newLength) {
    status = newStatus;
    length = newLength;
  }

  /** The last octets of the response are written, or cannot be. */
  @Override
  public void operationComplete(ChannelFuture future) {
    boolean written = future.isSuccess();
    tell(written ? length : 0, !written);
    if (written) {
      endOfInput();
    } else {
      leave();
    }
    releaseBody();
    carrier.responded(this, written);
  }

  /** The connection has gone before the response was complete. */
  void abort(long written) {
    tell(written, true);
    leave();
    if (!atWork) {
      releaseBody();
    }
  }

  private void tell(long bytes, boolean aborted) {
    if (told) {
      return;
    }
    told = true;
    try {
      completion.completed(status, bytes, aborted);
    } catch (Throwable e) {
      log.error("a completion callback threw", e);
    } finally {
      Thread.interrupted(); // An interruption that it leaves behind is not for who comes next.
    }
  }
}
