package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.ContentWriter;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.http.TunnelHandler;
import io.brrtrouter.server.trace.Attachment;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way out of the response to one request: of what has the whole representation, that is chosen
 * and coded which the request asks for, and what is written while it is sent counts as a stream.
 */
final class Departure {
  private final Arrival arrival;
  private final Permit permit;
  private final Bounds bounds;
  private final UnaryOperator<HttpResponse> finisher;

  /** What the response holds. Guarded by this object, as is what follows. */
  private Permit ofResponse;

  private boolean complete;

  /**
   * Waits for a response.
   *
   * @param arrival the request
   * @param permit what it has held so far
   * @param bounds bound the responses that are written while they are sent
   * @param finisher adds what every response has
   */
  Departure(Arrival arrival, Permit permit, Bounds bounds, UnaryOperator<HttpResponse> finisher) {
    this.arrival = arrival;
    this.permit = permit;
    this.bounds = bounds;
    this.finisher = finisher;
    this.ofResponse = permit;
  }

  /** {@return the same as {@link #send}, or a refusal where its content is not there any more} */
  HttpResponse sendPresent(HttpResponse response) throws IOException {
    try {
      return send(response);
    } catch (ContentGoneException gone) {
      return refuse(new Rejection.ContentGone());
    }
  }

  /** {@return the refusal, as it is to be sent} */
  HttpResponse refuse(Rejection rejection) {
    return finisher.apply(arrival.api().problems().render(rejection, arrival.requestId()));
  }

  /**
   * {@return what the request asks for of a response that has the whole}
   *
   * @throws ContentGoneException if its content is not there any more
   * @throws IOException if its content cannot be opened
   */
  HttpResponse send(HttpResponse response) throws IOException {
    HttpResponse whole = finisher.apply(response);
    SeekableContent content =
        whole.body() instanceof Body.Seekable(SeekableContent seekable) ? seekable : null;
    CodingPlan plan = compression().plan(arrival.head(), whole);
    if (response.relayed() && content == null) {
      return coded(whole, plan);
    }
    return switch (select(whole, content == null ? null : content.version(), plan)) {
      case Selection.Complete(HttpResponse all) -> coded(all, plan);
      case Selection.Refused(Rejection rejection) -> refuse(rejection);
      case Selection.Content _ -> opened(whole, Objects.requireNonNull(content), plan);
    };
  }

  private Compression compression() {
    return arrival.api().options().compression();
  }

  private Selection select(HttpResponse whole, @Nullable Version version, CodingPlan plan) {
    return Selection.of(arrival.head(), whole, version, plan);
  }

  /** {@return the right to code a response while it is written, null if it is not to be} */
  private @Nullable Permit coder(CodingPlan plan) {
    return plan.coding() == null ? null : bounds.coders().withLimit(compression().streams()).take();
  }

  private static CodingPlan plan(CodingPlan plan, @Nullable Permit coder) {
    return coder == null ? plan.withoutCoding() : plan;
  }

  private static void release(@Nullable Permit coder) {
    if (coder != null) {
      coder.release();
    }
  }

  /**
   * {@return the same as {@link #send}, of content as it is when it is opened: it may have changed}
   */
  private HttpResponse opened(HttpResponse whole, SeekableContent content, CodingPlan plan)
      throws IOException {
    Permit free = bounds.streams().take();
    if (free == null) {
      return refuse(new Rejection.Overloaded());
    }
    OpenContent open;
    try {
      open = new OpenContent(content.open());
    } catch (Throwable failure) {
      free.release();
      if (failure instanceof IOException io && bounds.files().areTooMany(io)) {
        return refuse(new Rejection.Overloaded());
      }
      throw failure;
    }
    Permit coder = coder(plan);
    // Whoever ends last closes it: the response or, before, who writes it.
    Permit stream =
        free.besides(permit)
            .ending(() -> {
              open.abandon();
              release(coder);
            });
    boolean sent = false;
    try {
      Selection selection = select(whole, open.version(), plan(plan, coder));
      sent = selection instanceof Selection.Content;
      return switch (selection) {
        case Selection.Complete(HttpResponse all) -> all;
        case Selection.Refused(Rejection rejection) -> refuse(rejection);
        case Selection.Content chosen -> streamed(stream, open, chosen);
      };
    } finally {
      if (!sent) {
        open.close();
        stream.release();
      }
    }
  }

  private HttpResponse streamed(Permit stream, OpenContent open, Selection.Content chosen) {
    become(stream);
    return new HttpResponse(
        chosen.status(),
        chosen.headers(),
        new Body.Streamed(sink -> open.writeTo(sink, chosen.writer(), stream), chosen.length()));
  }

  /**
   * Whoever writes content counts as a stream until it returns, though the client may have gone.
   */
  private HttpResponse coded(HttpResponse whole, CodingPlan plan) {
    if (!(whole.body() instanceof Body.Streamed) && !(whole.body() instanceof Body.Tunnel)) {
      return plan.apply(whole);
    }
    Permit free = bounds.streams().take();
    if (free == null) {
      return refuse(new Rejection.Overloaded());
    }
    Permit coder = coder(plan);
    Permit stream = free.besides(permit).ending(() -> release(coder));
    become(stream);
    HttpResponse response = plan(plan, coder).apply(whole);
    Body body = response.body();
    return response.withBody(
        body instanceof Body.Tunnel(TunnelHandler handler, OnReload onReload)
            ? new Body.Tunnel((source, sink) ->
                held(stream, replaceable(sink, onReload, told -> converse(handler, source, told))))
            : held(stream, (Body.Streamed) body));
  }

  private void converse(TunnelHandler handler, ContentSource source, ContentSink sink)
      throws Exception {
    arrival.listener().opened();
    try {
      handler.run(source, sink);
    } finally {
      arrival.listener().closed();
    }
  }

  private Body held(Permit stream, Body.Streamed body) {
    return body.writtenBy(sink -> held(stream, replaceable(sink, body.onReload(), body.writer())));
  }

  /** Lets whoever writes know that the generation is replaced. */
  private Writing replaceable(ContentSink sink, OnReload onReload, ContentWriter writer) {
    return () -> {
      ReplaceableSink told = new ReplaceableSink(sink, onReload);
      WrittenResponses written = arrival.generation().written();
      written.begin(told);
      try (Attachment _ = arrival.attach(null)) {
        writer.writeTo(told);
      } finally {
        written.end(told);
      }
    };
  }

  /** What runs while a response is sent. */
  private interface Writing {
    void run() throws Exception;
  }

  private static void held(Permit stream, Writing writing) throws Exception {
    boolean holds = stream.hold();
    try {
      writing.run();
    } finally {
      if (holds) {
        stream.release();
      }
    }
  }

  /** The response is a stream from now on, if it is not complete for want of a client. */
  private synchronized void become(Permit stream) {
    if (complete) {
      stream.release();
    } else {
      permit.release();
      ofResponse = stream;
    }
  }

  /** The response is complete: what it held is free. */
  void completed() {
    complete().release();
  }

  private synchronized Permit complete() {
    complete = true;
    return ofResponse;
  }
}
