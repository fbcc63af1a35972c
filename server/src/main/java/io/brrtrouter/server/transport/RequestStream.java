package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TransportFailure.Kind;
import io.brrtrouter.server.transport.Exchange.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of HTTP/2 that carries one request and its response (RFC 9113 section 8.1). What one
 * stream does wrong ends it, and no other.
 *
 * <p>Used by its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is seen
final class RequestStream implements Carrier {
  private static final Logger log = LoggerFactory.getLogger(RequestStream.class);

  /** What a client is told that asks whoever speaks HTTP only for another protocol. */
  private static final TransportFailure NO_PROTOCOL =
      new TransportFailure(Kind.NOT_IMPLEMENTED, "the operation is no WebSocket");

  private enum Phase {
    /** The decision is waited for. */
    DECISION,
    /** The rest of the body is waited for. */
    BODY,
    /** The work is. */
    WORK,
    /** The client is, to read the response. */
    WRITE,
    /** Nothing is. */
    DONE
  }

  private final H2Connection connection;
  private final Http2Stream stream;
  private final UnreadResponses.Place unread;

  private Phase phase = Phase.WORK;
  private long phaseBegan;

  /** How patiently the client is waited for to let the response through. */
  private final Pace pace;

  private ByteBuf content = Unpooled.EMPTY_BUFFER;

  private int length;

  /** How much of the content is let through, and what all streams had let through by then. */
  private long sent;

  private long sentByAll;

  /** Parts of streamed content that are not written yet, the first one first. */
  private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>(0);

  /** Octets of streamed content given to the codec. */
  private long handedOver;

  /** Whether the last part of streamed content is handed over, which tells what becomes of it. */
  private boolean whole;

  /** Octets of those that are. */
  private long passed;

  /** Whether the response counts as one that shares what the client takes. */
  private boolean shares;

  /** Whether the client asks for another protocol. */
  private boolean tunnel;

  /** Whether the client sends no more. */
  private boolean inputEnded;

  private @Nullable Exchange exchange;
  private @Nullable BodyCollector body;
  private @Nullable Work work;
  private @Nullable Deferral deferral;

  /** Whether the client waits for a 100 before it sends the body. */
  private boolean uninvited;

  /** Octets that came before the decision, which the client may not send again until then. */
  private int unconsumed;

  /** What is wrong with a body that ended before the decision. */
  private @Nullable TransportFailure early;

  /** Bytes of the head that are held. */
  private int headBytes;

  /** Whether a thread decides on the request, and holds its head, though the client may be gone. */
  private boolean deciding;

  RequestStream(H2Connection connection, Http2Stream stream, boolean inputEnded) {
    this.connection = connection;
    this.stream = stream;
    this.inputEnded = inputEnded;
    this.pace = new Pace(connection.shared().timeouts());
    this.unread = connection.shared().unread().newPlace(() -> execute(this::makeRoom));
  }

  @Override
  public Shared shared() {
    return connection.shared();
  }

  @Override
  public void execute(Runnable task) {
    connection.execute(task);
  }

  @Override
  public HttpResponse proceed(Work begun, byte[] content) {
    return connection.loop().proceed(begun, content);
  }

  // Deciding and working.

  /** Begins with a request. */
  void begin(RequestHead head) {
    int held = H2Head.held(head.request());
    if (!connection.hold(held)) {
      fail(
          Capacity.EXHAUSTED,
          head.request().method().equals(Method.HEAD),
          head.request().headers());
      return;
    }
    headBytes = held;
    tunnel = H2Head.isTunnel(head.request());
    Exchange begun =
        new Exchange(this, head.request().method().equals(Method.HEAD), false, Ending.NEXT);
    exchange = begun;
    HeadDecision decision = connection.loop().decide(shared().handler(), head.request());
    if (decision == null) {
      respond(begun, null);
    } else if (decision instanceof HeadDecision.Deferred(Supplier<HeadDecision> rest)) {
      await(Phase.DECISION);
      deciding = true;
      deferral = new Deferral(this, begun, head, rest);
      deferral.begin();
    } else {
      follow(decision, begun, head);
    }
  }

  private void follow(HeadDecision decision, Exchange begun, RequestHead head) {
    begun.completeWith(decision.completion());
    switch (decision) {
      case HeadDecision.Refuse refuse -> respond(begun, refuse.response());
      case HeadDecision.Collect collect -> collect(collect, head);
      case HeadDecision.Stream streamed -> stream(streamed, begun, head);
      case HeadDecision.Deferred _ -> {
        log.error("a deferred decision was deferred once more");
        respond(begun, null);
      }
    }
  }

  @Override
  public void decided(Deferral deferral, @Nullable HeadDecision decision) {
    Exchange begun = deferral.exchange();
    deciding = false;
    if (exchange != begun) {
      dropHead();
      Deferral.dropped(decision);
      return;
    }
    boolean streams = decision instanceof HeadDecision.Stream;
    if (!tunnel && !streams) {
      takeMore();
    }
    if (!(decision instanceof HeadDecision.Collect) && !streams) {
      releaseBody();
    }
    if (decision == null) {
      respond(begun, null);
    } else {
      follow(decision, begun, deferral.head());
    }
  }

  private void collect(HeadDecision.Collect collect, RequestHead head) {
    if (tunnel) {
      begin(collect.work(), Responses.NONE, null); // What comes is no content of the request.
      return;
    }
    byte[] came = body == null ? Responses.NONE : body.take();
    releaseBody();
    if (inputEnded && came.length == 0 && early == null) {
      begin(collect.work(), Responses.NONE, null);
      return;
    }
    long length = head.contentLength();
    if (length > collect.limit()) {
      respondWithoutBody(() -> collect.work().tooLarge(length));
      return;
    }
    body = new BodyCollector(collect.limit(), Math.toIntExact(length), shared().capacity());
    work = collect.work();
    await(Phase.BODY);
    if (early != null) {
      unreadable(early);
    } else if (came.length > 0 || inputEnded) {
      collect(came, 0, came.length, inputEnded);
    } else if (head.expectsContinue()) {
      invite();
    }
  }

  /** The client may send the body it has announced (RFC 9110 section 10.1.1). */
  private void invite() {
    connection.codec().writeHead(stream.id(), new DefaultHttp2Headers(false).status("100"), false);
    connection.codec().flush();
  }

  private void stream(HeadDecision.Stream streamed, Exchange begun, RequestHead head) {
    byte[] came = body == null || tunnel ? Responses.NONE : body.take();
    releaseBody();
    await(Phase.WORK);
    RequestContent taker = new RequestContent(this, streamed.limit());
    uninvited = head.expectsContinue() && came.length == 0;
    begun.begin(streamed.work(), taker);
    handOn(taker, came, came.length);
    if (early != null) {
      taker.fail(early);
    } else if (inputEnded || tunnel) {
      taker.end();
    }
  }

  private void begin(Work begun, byte[] content, @Nullable BodyCollector holder) {
    work = null;
    await(Phase.WORK);
    Objects.requireNonNull(exchange).begin(begun, content, holder);
  }

  /**
   * Content has come; it is dropped when nobody waits for it.
   *
   * @param size octets that count for the client, padding included
   * @return whether the client may send as many again
   */
  boolean receive(ByteBuf data, int size, boolean end) {
    inputEnded |= end;
    int length = data.readableBytes();
    byte[] octets = connection.loop().octets();
    IncomingContent taker = taker();
    if (taker != null) {
      data.getBytes(data.readerIndex(), octets, 0, length);
      unconsumed += size;
      handOn(taker, octets, length);
      if (end) {
        taker.end();
      }
      return false;
    }
    if (phase == Phase.BODY) {
      data.getBytes(data.readerIndex(), octets, 0, length);
      collect(octets, 0, length, end);
    } else if (phase == Phase.DECISION || (tunnel && phase == Phase.WORK)) {
      data.getBytes(data.readerIndex(), octets, 0, length);
      return !keep(octets, length, size);
    }
    return true;
  }

  private void collect(byte[] octets, int from, int length, boolean end) {
    BodyCollector collector = Objects.requireNonNull(body);
    try {
      collector.reserve(length);
    } catch (TooLargeException e) {
      Work waiting = Objects.requireNonNull(work);
      respondWithoutBody(() -> waiting.tooLarge(-1));
      return;
    } catch (FramingException e) {
      unreadable(e.failure());
      return;
    }
    collector.append(octets, from, length);
    if (end) {
      endOfBody();
    }
  }

  /** Keeps what comes before the decision: no more than the window lets a client send. */
  private boolean keep(byte[] octets, int length, int size) {
    if (body == null) {
      body = new BodyCollector(Integer.MAX_VALUE, -1, shared().capacity());
    }
    try {
      body.reserve(length);
    } catch (FramingException | TooLargeException e) {
      releaseBody();
      if (phase == Phase.WORK) {
        connection.codec().reset(stream.id(), Http2Error.ENHANCE_YOUR_CALM);
      } else {
        Deferral waiting = Objects.requireNonNull(deferral);
        waiting.abandon();
        fail(Capacity.EXHAUSTED, Objects.requireNonNull(exchange).isHeadOnly(), waiting.fields());
      }
      return false;
    }
    body.append(octets, 0, length);
    unconsumed += size;
    return true;
  }

  /** Trailer fields have come, and with them the end. They are bounded, and dropped. */
  void endWith(Http2Headers trailers) {
    inputEnded = true;
    IncomingContent taker = taker();
    boolean reads = taker instanceof RequestContent;
    if (taker != null && !reads) {
      taker.end();
    }
    if (tunnel || (phase != Phase.BODY && phase != Phase.DECISION && !reads)) {
      return;
    }
    int most = shared().limits().trailerBytes();
    if (H2Head.lineOctets(trailers) > most) {
      early =
          new TransportFailure(
              Kind.MALFORMED, "the trailer fields of a body have at most " + most + " octets");
    }
    if (taker instanceof RequestContent content) {
      endOf(content);
      return;
    }
    if (phase == Phase.DECISION) {
      return;
    }
    if (early != null) {
      unreadable(early);
    } else {
      endOfBody();
    }
  }

  private void endOf(RequestContent content) {
    if (early == null) {
      content.end();
    } else {
      content.fail(early);
    }
  }

  private void endOfBody() {
    BodyCollector collector = Objects.requireNonNull(body);
    body = null;
    begin(Objects.requireNonNull(work), collector.take(), collector);
  }

  // Responding.

  /** Answers what is no request that the server accepts. */
  void fail(TransportFailure failure, boolean headOnly, Headers fields) {
    Exchange last = new Exchange(this, headOnly, false, Ending.NEXT);
    exchange = last;
    respond(last, Responses.refusing(shared().handler(), failure, fields, connection.peer()));
  }

  private void unreadable(TransportFailure failure) {
    Work waiting = Objects.requireNonNull(work);
    respondWithoutBody(() -> Responses.withRetryAfter(failure, waiting.unreadable(failure)));
  }

  /** Answers a request whose body is not read to its end. */
  private void respondWithoutBody(Supplier<HttpResponse> answer) {
    releaseBody();
    respond(Objects.requireNonNull(exchange), Responses.of(answer));
  }

  private void releaseBody() {
    work = null;
    if (body != null) {
      body.release();
      body = null;
    }
  }

  @Override
  public void respond(Exchange current, @Nullable HttpResponse given) {
    HttpResponse response = Responses.sendable(given);
    if (response == null) {
      response = Responses.OUR_FAULT;
    }
    if (Responses.closes(response)) {
      connection.leave();
    }
    if (tunnel && isSuccess(response) && current.incoming() == null) {
      response = Objects.requireNonNullElse(current.instead(NO_PROTOCOL), Responses.OUR_FAULT);
    }
    if (!mayWait(current, response)) {
      response =
          Objects.requireNonNullElse(current.instead(UnreadResponses.FULL), Responses.OUR_FAULT);
    }
    byte[] whole = Responses.content(response);
    long length = Responses.contentLength(current.isHeadOnly(), response, whole);
    byte[] body = current.isHeadOnly() || length < 0 ? Responses.NONE : whole;
    ContentStream streamed = exchange == current ? current.stream() : null;
    current.sending(response.status(), body.length);
    await(Phase.WRITE);
    pace.begin(phaseBegan);
    sentByAll = connection.sent();
    if (streamed != null) {
      inviteOnce(); // Who writes may read the body, and a 100 cannot come behind the head.
      begin(streamed, H2Head.of(response, length));
      if (incoming() != null) {
        goOnInTunnel();
      }
      return;
    }
    if (current.content() != null) {
      current.content().gone(); // What still comes is for nobody.
      takeMore();
    }
    connection.responds();
    shares = true;
    write(H2Head.of(response, length), body, current);
    if (exchange == current
        && body.length > 0
        && !(connection.count() && (unread.isTaken() || unread.take(body, phaseBegan)))) {
      log.debug("too many responses wait to be read; one is cut off");
      connection.codec().reset(stream.id(), Http2Error.ENHANCE_YOUR_CALM);
    }
  }

  private static boolean isSuccess(HttpResponse response) {
    return response.status() < 300;
  }

  /** {@return what takes what comes of another protocol, null where HTTP is spoken} */
  private @Nullable IncomingContent incoming() {
    return exchange == null ? null : exchange.incoming();
  }

  /** {@return what takes what comes, null where nobody reads it while it does} */
  private @Nullable IncomingContent taker() {
    if (exchange == null) {
      return null;
    }
    return exchange.content() != null || phase != Phase.WRITE
        ? exchange.content()
        : exchange.incoming();
  }

  /** Turns to what came before the protocol was switched. */
  private void goOnInTunnel() {
    byte[] came = body == null ? Responses.NONE : body.take();
    releaseBody();
    IncomingContent taker = Objects.requireNonNull(incoming());
    handOn(taker, came, came.length);
    if (inputEnded) {
      taker.end();
    }
  }

  /** Gives what comes to whoever reads it while it does. */
  private void handOn(IncomingContent taker, byte[] octets, int length) {
    if (length > 0) {
      uninvited = false; // Whoever sends does not wait.
    }
    if (taker instanceof RequestContent content) {
      content.take(octets, length);
    } else if (!taker.add(octets, 0, length)) {
      log.debug("the server holds too much of what clients send; a stream is reset");
      connection.codec().reset(stream.id(), Http2Error.ENHANCE_YOUR_CALM);
      return;
    }
    letSend();
  }

  /** Whoever reads asks for more. */
  @Override
  public void takeMore() {
    if (phase == Phase.WORK) {
      inviteOnce();
    }
    letSend();
  }

  private void inviteOnce() {
    if (uninvited) {
      uninvited = false;
      invite();
    }
  }

  /** Lets the client send as much again, unless too much waits to be read. */
  private void letSend() {
    IncomingContent taker = taker();
    if (taker == null || !taker.isFull()) {
      int more = unconsumed;
      unconsumed = 0;
      connection.codec().consume(stream, more);
    }
  }

  /** {@return whether there is room for a response to wait, unless it goes out at once} */
  private boolean mayWait(Exchange current, HttpResponse response) {
    byte[] whole = Responses.content(response);
    return whole.length == 0
        || current.isHeadOnly()
        || connection.codec().takesAtOnce(stream, whole.length)
        || unread.take(whole, System.nanoTime());
  }

  /** Others need the room that the response takes. */
  private void makeRoom() {
    if (!unread.isCut()) {
      return;
    }
    log.debug("a response waits to be read for too long, and is cut off for another one");
    if (connection.codec().isWaiting(stream) && connection.isWritable()) {
      connection.codec().reset(stream.id(), Http2Error.ENHANCE_YOUR_CALM);
    } else {
      connection.makeRoom();
    }
  }

  private void write(Http2Headers head, byte[] body, Exchange current) {
    H2Codec codec = connection.codec();
    boolean empty = body.length == 0;
    ChannelFuture last = codec.writeHead(stream.id(), head, empty);
    if (!empty) {
      content = Unpooled.wrappedBuffer(body);
      length = body.length;
      last = codec.writeContent(stream.id(), content, true);
    }
    last.addListener(current);
    codec.flush();
  }

  private void begin(ContentStream streamed, Http2Headers head) {
    connection.codec().writeHead(stream.id(), head, false);
    connection.codec().flush();
    streamed.begin();
    if (shared().isDraining()) {
      streamed.drain();
    }
  }

  @Override
  public void send(ContentStream streamed, byte[] octets, int partLength, boolean last) {
    send(streamed, Unpooled.wrappedBuffer(octets, 0, partLength), last);
  }

  @Override
  public void send(ContentStream streamed, ByteBuf part) {
    send(streamed, part, false);
  }

  private void send(ContentStream streamed, ByteBuf part, boolean last) {
    Exchange current = exchange;
    if (current == null || current.stream() != streamed) {
      part.release();
      return;
    }
    int partLength = part.readableBytes();
    parts.add(part);
    handedOver += partLength;
    ChannelFuture written = connection.codec().writeContent(stream.id(), part, last);
    written.addListener(_ -> {
      passed += partLength;
      parts.poll();
      if (streamed.taken(partLength) && exchange == current) {
        unread.leave();
      }
    });
    if (last) {
      whole = true;
      current.sending(current.status(), handedOver);
      written.addListener(current);
    }
    connection.codec().flush();
    if (!written.isDone() && !unread.isTaken() && !unread.takeParts(System.nanoTime())) {
      log.debug("too many responses wait to be read; one is cut off");
      connection.codec().reset(stream.id(), Http2Error.ENHANCE_YOUR_CALM);
    }
  }

  @Override
  public void cutOff(ContentStream streamed) {
    if (exchange != null && exchange.stream() == streamed) {
      connection.codec().reset(stream.id(), Http2Error.INTERNAL_ERROR);
    }
  }

  /** The server drains. */
  void drain() {
    ContentStream streamed = exchange == null ? null : exchange.stream();
    if (streamed != null) {
      streamed.drain();
    }
  }

  @Override
  public void workedInVain() {
    dropHead();
  }

  /** The head is not held any more, unless it is being decided on. */
  private void dropHead() {
    if (!deciding) {
      connection.drop(headBytes);
      headBytes = 0;
    }
  }

  @Override
  public void responded(Exchange done, boolean written) {
    if (exchange != done) {
      return;
    }
    if (written) {
      connection.sent(Math.max(length, handedOver) - sent);
    }
    finish();
    if (written && !inputEnded) {
      // RFC 9113 section 8.1: the response is whole, and the client need not send the rest.
      connection.codec().reset(stream.id(), Http2Error.NO_ERROR);
    }
  }

  private void finish() {
    content = Unpooled.EMPTY_BUFFER;
    parts.clear();
    exchange = null;
    if (shares) {
      shares = false;
      connection.responded();
    }
    phase = Phase.DONE;
    dropHead();
    unread.leave();
    connection.ended();
  }

  /**
   * The stream is closed. When its response is handed over it tells by itself what becomes of it;
   * until then the request has ended without.
   */
  void closed() {
    releaseBody();
    Exchange begun = exchange;
    if (begun == null) {
      if (phase != Phase.DONE) { // The request was malformed.
        phase = Phase.DONE;
        connection.ended();
      }
    } else if (phase != Phase.WRITE || (begun.stream() != null && !whole)) {
      begun.abort(Math.max(sent, passed));
      if (deciding) {
        Objects.requireNonNull(deferral).abandon();
      }
      if (begun.isAtWork()) {
        exchange = null;
        phase = Phase.DONE;
        connection.ended(); // The head is held until the work ends.
      } else {
        finish();
      }
    }
  }

  // Deadlines.

  private void await(Phase newPhase) {
    phase = newPhase;
    phaseBegan = System.nanoTime();
  }

  /** Ends what has lasted too long. */
  void checkDeadline(long now) {
    switch (phase) {
      case BODY -> {
        int received = Objects.requireNonNull(body).size();
        if (now - phaseBegan >= shared().timeouts().bodyNanos(received)) {
          unreadable(new TransportFailure(Kind.TIMEOUT, "the body did not come in time"));
        }
      }
      case WRITE -> checkProgress(now);
      case DECISION -> {
        if (now - phaseBegan >= shared().timeouts().decision().toNanos()) {
          Deferral waiting = Objects.requireNonNull(deferral);
          waiting.giveUp();
          releaseBody();
          fail(Deferral.late(), Objects.requireNonNull(exchange).isHeadOnly(), waiting.fields());
        }
      }
      case WORK, DONE -> {}
    }
  }

  /** {@return how much of the content the windows have let through} */
  private long letThrough(boolean waiting) {
    if (!waiting) {
      return Math.max(length, handedOver);
    }
    ByteBuf first = parts.isEmpty() ? content : parts.element();
    return passed + first.readerIndex();
  }

  private void checkProgress(long now) {
    boolean waiting = connection.codec().isWaiting(stream);
    long took = letThrough(waiting) - sent;
    sent += took;
    connection.sent(took);
    if (!waiting || !connection.isWritable()) {
      pace.begin(now); // It is the connection that has to go on, which is looked at as a whole.
    } else if (connection.codec().window(stream) > 0) {
      pace.took(connection.sent() - sentByAll, 1, now);
    } else {
      pace.took(took, connection.responding(), now);
    }
    sentByAll = connection.sent();
    unread.move(Math.min(pace.late(), connection.late()));
    if (pace.isLate(now)) {
      connection.codec().reset(stream.id(), Http2Error.CANCEL);
    }
  }
}
