package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TransportFailure.Kind;
import io.brrtrouter.server.transport.Deadlines.Phase;
import io.brrtrouter.server.transport.Exchange.Ending;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1 connection (RFC 9112): one request after the other is read, decided, worked on and
 * answered. Octets of later requests wait, and when there are many, so does the client.
 *
 * <p>Reading goes on while a request is worked on, up to {@link #MOST_WAITING}: that is how a
 * client that goes away is noticed, and it costs nothing as long as the client waits too.
 *
 * <p>Used by its event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a channel closes it, and that is seen
final class Connection extends LoopEntry implements Carrier {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /**
   * Octets behind the request being answered at which reading pauses. With one read more at most, a
   * connection never holds much more than the head of a request.
   */
  static final int MOST_WAITING = 8 * 1024;

  private static final byte[] NONE = Responses.NONE;
  private static final HttpResponse OUR_FAULT = Responses.OUR_FAULT;

  private final Shared shared;
  private final Channel channel;
  private final Peer peer;
  private final HeadParser heads;
  private final ResponseSender sender;

  /** Octets that are not a request yet. */
  final Backlog backlog;

  private final Deadlines deadlines;

  private int requests;
  private boolean inputEnded;

  /** What has come of HTTP/2. */
  private @Nullable ByteBuf preface;

  private boolean processing;
  private @Nullable Exchange exchange;
  private @Nullable BodyReader body;
  private @Nullable Work work;

  /** The body that is read while it comes, until all of it has. */
  private @Nullable StreamedBody streamed;

  private @Nullable Deferral deferral;

  /**
   * Bytes that the head takes of the request that is decided on, whose body is awaited or that is
   * worked on.
   */
  private int headBytes;

  /** Whether a thread decides on a request, and holds its head, though the client may be gone. */
  private boolean deciding;

  private final HeldHeads held;

  /**
   * Whether what comes behind the request being answered is dropped: there was no room for it, or
   * the body of that request cannot be read.
   */
  boolean deaf;

  Connection(Shared shared, ConnectionLoop loop, Channel channel, Peer peer) {
    super(loop);
    this.shared = shared;
    this.channel = channel;
    this.peer = peer;
    this.heads = new HeadParser(shared.limits(), peer);
    this.backlog = new Backlog(Math.max(heads.longestLine(), MOST_WAITING));
    this.deadlines = new Deadlines(shared.timeouts());
    this.held = new HeldHeads(shared.capacity());
    this.sender = new ResponseSender(shared, channel, loop.head(), () -> execute(this::makeRoom));
  }

  @Override
  public Shared shared() {
    return shared;
  }

  @Override
  public HttpResponse proceed(Work work, byte[] body) {
    return loop.proceed(work, body);
  }

  // The life of the channel.

  @Override
  void begin() {
    deadlines.awaitRequest();
    if (shared.isDraining()) {
      drain();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadlines.awaitNothing();
    loop.remove(this);
    backlog.clear();
    heads.forget();
    if (exchange == null || !exchange.isAtWork()) {
      forgetHead();
    }
    count();
    sender.end();
    if (body != null) {
      body.release();
      body = null;
    }
    if (deciding) {
      Objects.requireNonNull(deferral).abandon();
    }
    streamed = null;
    if (exchange != null) {
      exchange.abort(sender.handedOver());
      exchange = null;
    }
  }

  @Override
  void end(Throwable cause, boolean told) {
    // What TLS cannot read comes wrapped.
    if (told || cause instanceof IOException || cause.getCause() instanceof IOException) {
      log.debug("a connection broke", WordlessFailure.of(cause));
    } else {
      log.error("a connection is closed because of a failure", WordlessFailure.of(cause));
    }
    close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent || (peer.secure() && Tls.isEndOfInput(event))) {
      inputEnded = true;
      endOfInput();
    }
  }

  /** The client sends no more; it may still read. */
  private void endOfInput() {
    switch (phase()) {
      case HEAD -> breakOff(Kind.MALFORMED, "the connection ended within a request");
      case BODY ->
          unreadable(new TransportFailure(Kind.MALFORMED, "the connection ended within the body"));
      case TUNNEL -> incoming().end();
      case LINGER -> close();
      case WORK, WRITE -> {
        if (streamed != null) {
          streamed.breakOff();
          endAfterFailure();
        }
        askWhetherThere(System.nanoTime());
      }
      case DECISION, CLOSED -> {}
    }
  }

  /** One that has closed is told from one that only sends no more by what is sent to it. */
  private void askWhetherThere(long now) {
    if (phase() == Phase.WRITE && sender.isLeft(now)) {
      close();
    }
  }

  /** No more comes of a head; who has not begun one need not be told. */
  private void breakOff(Kind kind, String why) {
    if (heads.isBegun()) {
      fail(new TransportFailure(kind, why));
    } else {
      close();
    }
  }

  @Override
  void close() {
    boolean writing = phase() == Phase.WRITE || phase() == Phase.TUNNEL;
    if (peer.secure() && (writing || phase() == Phase.LINGER)) {
      deadlines.awaitNothing();
      Tls.cutOff(channel);
    } else {
      closeWhole();
    }
  }

  /**
   * Closes behind what is written, all of which the kernel has; over TLS that is said, and not
   * waited for longer than {@link Tls} does (RFC 8446 section 6.1).
   */
  private void closeWhole() {
    deadlines.awaitNothing();
    channel.close();
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && !isEnding()) {
        receive(in, Math.min(in.readableBytes(), ConnectionLoop.READ_BYTES));
      }
      if (preface != null) {
        handOver(ctx, preface, in);
      }
    } finally {
      in.release();
    }
  }

  /** The client speaks HTTP/2 (RFC 9113 section 3.3), and so does what comes after this. */
  private void handOver(ChannelHandlerContext ctx, ByteBuf first, ByteBuf rest) {
    preface = null;
    ByteBuf all = ctx.alloc().buffer().writeBytes(first).writeBytes(rest);
    first.release();
    H2Connection.take(shared, this, ctx, peer).receive(all);
  }

  private Phase phase() {
    return deadlines.phase();
  }

  private boolean isEnding() {
    return deaf || phase() == Phase.LINGER || phase() == Phase.CLOSED;
  }

  private void receive(ByteBuf in, int length) {
    if (!backlog.isEmpty()) {
      backlog.add(in, length);
      processBacklog();
      return;
    }
    byte[] octets = loop.octets();
    in.readBytes(octets, 0, length);
    int used = process(octets, 0, length);
    if (used < length && !isEnding()) {
      backlog.keep(octets, used, length);
    }
    countOrRefuse();
    pauseOrGoOn();
  }

  private void processBacklog() {
    backlog.usedUpTo(process(backlog.octets(), backlog.from(), backlog.to()));
    if (isEnding()) {
      backlog.clear();
    }
    countOrRefuse();
    pauseOrGoOn();
  }

  /** Counts what is held of heads, or says that there is no room for it. */
  private void countOrRefuse() {
    if (count()) {
      return;
    }
    switch (phase()) {
      case HEAD -> fail(Capacity.EXHAUSTED);
      case BODY -> unreadable(Capacity.EXHAUSTED);
      case DECISION -> {
        Deferral waiting = Objects.requireNonNull(deferral);
        waiting.abandon();
        fail(Capacity.EXHAUSTED, waiting.fields());
      }
      case WORK, WRITE -> {
        // The request before is answered as if nothing had come behind it.
        if (streamed != null) {
          streamed.content().fail(Capacity.EXHAUSTED);
        }
        endAfterFailure();
      }
      case TUNNEL -> close();
      case LINGER, CLOSED -> {}
    }
    backlog.clear();
    count();
  }

  /** {@return whether there is room for all that is held of heads, which counts then} */
  private boolean count() {
    return held.count(backlog.room() + heads.held() + headBytes);
  }

  /** Stops reading while much waits behind a request that is not answered. */
  private void pauseOrGoOn() {
    boolean busy = phase() == Phase.DECISION || phase() == Phase.WORK || phase() == Phase.WRITE;
    boolean full =
        phase() == Phase.TUNNEL
            ? incoming().isFull()
            : busy && (deaf || backlog.size() > MOST_WAITING || isContentFull());
    if (channel.config().isAutoRead() == full) {
      channel.config().setAutoRead(!full);
    }
  }

  private boolean isContentFull() {
    return streamed != null && streamed.content().isFull();
  }

  /** {@return the index of the first octet that has to wait} */
  private int process(byte[] octets, int from, int to) {
    processing = true;
    int at = from;
    boolean more = true;
    while (more && at < to) {
      int before = at;
      Phase reading = phase();
      at =
          switch (reading) {
            case HEAD -> readHead(octets, at, to);
            case BODY -> readBody(octets, at, to);
            case TUNNEL -> handOn(octets, at, to);
            case DECISION -> at;
            case WORK, WRITE -> readStreamed(octets, at, to);
            case LINGER, CLOSED -> to;
          };
      more = at > before || phase() != reading;
    }
    processing = false;
    return at;
  }

  private int readHead(byte[] octets, int from, int to) {
    boolean begun = heads.isBegun();
    try {
      int at = heads.parse(octets, from, to);
      if (heads.isComplete()) {
        return count() ? decide(take(), octets, at, to) : overloaded(to);
      }
      if (!begun && heads.isBegun()) {
        deadlines.awaitRestOfHead();
      }
      return at;
    } catch (FramingException e) {
      if (requests == 0 && shared.protocols().isPreface(octets, from, to) && !peer.secure()) {
        preface = Unpooled.copiedBuffer(octets, from, to - from);
        deadlines.awaitNothing();
      } else {
        fail(e.failure());
      }
      return to;
    }
  }

  private RequestHead take() throws FramingException {
    headBytes = heads.held();
    return heads.take();
  }

  private int overloaded(int to) {
    fail(Capacity.EXHAUSTED);
    return to;
  }

  private int readBody(byte[] octets, int from, int to) {
    BodyReader reader = Objects.requireNonNull(body);
    Work waiting = Objects.requireNonNull(work);
    try {
      int at = reader.read(octets, from, to);
      if (reader.isComplete()) {
        body = null;
        begin(waiting, reader.take(), reader.collector());
      }
      return at;
    } catch (TooLargeException e) {
      respondWithoutBody(() -> waiting.tooLarge(-1));
      return to;
    } catch (FramingException e) {
      unreadable(e.failure());
      return to;
    }
  }

  /** Gives what comes of a body to whoever reads it. */
  private int readStreamed(byte[] octets, int from, int to) {
    StreamedBody body = streamed;
    if (body == null) {
      return from;
    }
    int at = body.read(octets, from, to);
    if (body.isFailed()) {
      endAfterFailure();
    } else if (body.isComplete()) {
      streamed = null;
    }
    return at;
  }

  /** What follows of a body that cannot be read is dropped, and no request comes behind it. */
  private void endAfterFailure() {
    streamed = null;
    deaf = true;
    Objects.requireNonNull(exchange).endWith(Ending.LINGER);
  }

  /** Gives what comes to whoever speaks another protocol. */
  private int handOn(byte[] octets, int from, int to) {
    if (!incoming().add(octets, from, to - from)) {
      log.debug("the server holds too much of what clients send; a connection is closed");
      close();
    }
    return to;
  }

  private IncomingContent incoming() {
    return Objects.requireNonNull(Objects.requireNonNull(exchange).incoming());
  }

  @Override
  public void takeMore() {
    if (streamed != null && phase() == Phase.WORK && streamed.invite()) {
      invite();
    }
    if (streamed != null || phase() == Phase.TUNNEL) {
      pauseOrGoOn();
    }
  }

  /** The client may send the body it has announced (RFC 9110 section 10.1.1). */
  private void invite() {
    channel.writeAndFlush(Unpooled.wrappedBuffer(StatusLines.CONTINUE), channel.voidPromise());
  }

  // Deciding and working.

  /** {@return the index behind what belongs to the request and has come} */
  private int decide(RequestHead head, byte[] octets, int at, int to) {
    deadlines.awaitWork();
    requests++;
    boolean headOnly = head.request().method().equals(Method.HEAD);
    Ending ending =
        !head.keepAlive()
            ? Ending.CLOSE
            : requests < shared.limits().requestsPerConnection() ? Ending.NEXT : Ending.LINGER;
    Exchange begun = new Exchange(this, headOnly, head.isHttp10(), ending);
    exchange = begun;
    HeadDecision decision = loop.decide(shared.handler(), head.request());
    if (decision == null) {
      respond(begun, null);
      return to;
    }
    if (decision instanceof HeadDecision.Deferred(Supplier<HeadDecision> rest)) {
      deadlines.awaitDecision();
      deciding = true;
      deferral = new Deferral(this, begun, head, rest);
      deferral.begin();
      return at;
    }
    return follow(decision, begun, head, octets, at, to);
  }

  /** {@return the index behind what belongs to the request and has come} */
  private int follow(
      HeadDecision decision, Exchange begun, RequestHead head, byte[] octets, int at, int to) {
    begun.completeWith(decision.completion());
    return switch (decision) {
      case HeadDecision.Refuse refuse -> refuse(begun, refuse, head, octets, at, to);
      case HeadDecision.Collect collect -> collect(collect, head, octets, at, to);
      case HeadDecision.Stream stream -> stream(stream, head, octets, at, to);
      case HeadDecision.Deferred _ -> {
        log.error("a deferred decision was deferred once more; its connection is closed");
        respond(begun, null);
        yield to;
      }
    };
  }

  @Override
  public void decided(Deferral deferral, @Nullable HeadDecision decision) {
    Exchange begun = deferral.exchange();
    deciding = false;
    if (exchange != begun) {
      workedInVain();
      Deferral.dropped(decision);
      return;
    }
    if (decision == null) {
      respond(begun, null);
      return;
    }
    processing = true;
    int from = backlog.from();
    int to = backlog.to();
    backlog.usedUpTo(follow(decision, begun, deferral.head(), backlog.octets(), from, to));
    processing = false;
    afterDecision();
  }

  /** Turns to what has come while the request was decided on. */
  private void afterDecision() {
    if (isEnding()) {
      backlog.clear();
    }
    if (phase() == Phase.HEAD) {
      pauseOrGoOn(); // Nothing may wait any more, for which reading was stopped.
      goOn();
      return;
    }
    countOrRefuse();
    pauseOrGoOn();
    if (inputEnded && (phase() == Phase.BODY || streamed != null)) {
      endOfInput();
    }
  }

  private int refuse(
      Exchange begun, HeadDecision.Refuse refuse, RequestHead head, byte[] octets, int at, int to) {
    int end = BodyFraming.skip(head, shared.limits(), octets, at, to);
    if (end < 0) {
      begun.endWith(Ending.LINGER);
    }
    respond(begun, refuse.response());
    return end < 0 ? to : end;
  }

  private int collect(
      HeadDecision.Collect collect, RequestHead head, byte[] octets, int at, int to) {
    long length = head.contentLength();
    if (length == 0) {
      begin(collect.work(), NONE, null);
      return at;
    }
    if (length > collect.limit()) {
      respondWithoutBody(() -> collect.work().tooLarge(length));
      return to;
    }
    body = new BodyReader(head, collect.limit(), shared);
    work = collect.work();
    deadlines.awaitBody();
    if (at < to) {
      return readBody(octets, at, to);
    }
    if (head.expectsContinue()) {
      invite();
    }
    return at;
  }

  private int stream(HeadDecision.Stream stream, RequestHead head, byte[] octets, int at, int to) {
    RequestContent content = new RequestContent(this, stream.limit());
    streamed = new StreamedBody(head, content, shared.limits());
    deadlines.awaitWork();
    Objects.requireNonNull(exchange).begin(stream.work(), content);
    return readStreamed(octets, at, to);
  }

  private void begin(Work begunWork, byte[] content, @Nullable BodyCollector holder) {
    work = null;
    deadlines.awaitWork();
    Objects.requireNonNull(exchange).begin(begunWork, content, holder);
  }

  // Responding.

  private void unreadable(TransportFailure failure) {
    Work waiting = Objects.requireNonNull(work);
    respondWithoutBody(() -> Responses.withRetryAfter(failure, waiting.unreadable(failure)));
  }

  /** Answers a request whose body is not read to its end. */
  private void respondWithoutBody(Supplier<HttpResponse> answer) {
    if (body != null) {
      body.release();
      body = null;
    }
    work = null;
    Exchange current = Objects.requireNonNull(exchange);
    current.endWith(Ending.LINGER);
    respond(current, Responses.of(answer));
  }

  /** Answers what is no request. */
  private void fail(TransportFailure failure) {
    fail(failure, heads.fields());
  }

  private void fail(TransportFailure failure, Headers fields) {
    boolean headOnly =
        exchange != null ? exchange.isHeadOnly() : heads.method().equals(Method.HEAD.token());
    Exchange last = new Exchange(this, headOnly, false, Ending.LINGER);
    exchange = last;
    heads.forget();
    respond(last, Responses.refusing(shared.handler(), failure, fields, peer));
  }

  @Override
  public void respond(Exchange current, @Nullable HttpResponse given) {
    HttpResponse response = Responses.sendable(given);
    if (response == null) {
      response = OUR_FAULT;
      current.endWith(Ending.LINGER);
    }
    if (shared.isDraining() || Responses.closes(response)) {
      current.endWith(Ending.LINGER);
    }
    if (streamed != null) {
      current.endWith(Ending.LINGER);
      if (current.stream() != null && streamed.invite()) {
        invite(); // Who writes may read the body, and a 100 cannot come behind the head.
      }
    }
    boolean switches = response.body() instanceof Body.Tunnel && current.incoming() != null;
    if (switches) {
      current.endWith(Ending.LINGER);
    }
    long now = System.nanoTime();
    deadlines.awaitReader(now);
    if (!sender.send(current, response, now)) {
      close();
    } else if (switches && exchange == current) {
      deadlines.awaitOther(now);
      goOnInTunnel();
    } else if (streamed != null && current.stream() == null) {
      streamed.content().gone(); // What still comes is for nobody.
      pauseOrGoOn();
    }
  }

  /** Turns to what has come behind the head of the request. */
  private void goOnInTunnel() {
    if (backlog.isEmpty()) {
      pauseOrGoOn();
    } else {
      processBacklog();
    }
    if (phase() == Phase.TUNNEL && inputEnded) {
      endOfInput();
    }
  }

  @Override
  public void send(ContentStream stream, byte[] octets, int length, boolean last) {
    if (!sender.sendPart(stream, octets, length, last)) {
      close();
    }
  }

  @Override
  public void send(ContentStream stream, ByteBuf part) {
    if (!sender.sendPart(stream, part)) {
      close();
    }
  }

  @Override
  public void cutOff(ContentStream stream) {
    if (sender.cutOff(stream)) {
      close();
    }
  }

  /** Others need the room that the response takes. */
  private void makeRoom() {
    if (sender.isCut()) {
      close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    sender.resume();
  }

  @Override
  public void workedInVain() {
    forgetHead();
    count();
  }

  /** The head is not held any more, unless it is being decided on. */
  private void forgetHead() {
    if (!deciding) {
      headBytes = 0;
    }
  }

  @Override
  public void responded(Exchange done, boolean written) {
    if (exchange != done) {
      return;
    }
    exchange = null;
    forgetHead();
    sender.end();
    if (!written) {
      close();
      return;
    }
    switch (done.ending()) {
      case NEXT -> {
        if (shared.isDraining()) {
          deadlines.awaitLastRequest();
        } else {
          deadlines.awaitRequest();
        }
        if (!processing) {
          goOn();
        }
      }
      case CLOSE -> {
        if (backlog.isEmpty()) {
          closeWhole();
        } else {
          linger();
        }
      }
      case LINGER -> linger();
    }
  }

  /** Turns to what has come while the last request was answered. */
  private void goOn() {
    if (backlog.isEmpty()) {
      count();
    } else {
      processBacklog();
    }
    if ((phase() == Phase.HEAD || phase() == Phase.BODY) && inputEnded) {
      endOfInput();
    }
  }

  /**
   * Half-closes and reads on for a moment, so that the client reads the answer instead of a reset
   * (RFC 9112 section 9.6).
   */
  private void linger() {
    backlog.clear();
    heads.forget();
    count();
    if (inputEnded) {
      closeWhole();
      return;
    }
    deadlines.awaitEnd();
    if (peer.secure()) {
      Tls.closeOutput(channel);
    } else {
      ((DuplexChannel) channel).shutdownOutput();
    }
    pauseOrGoOn();
  }

  // Deadlines.

  @Override
  void checkDeadline(long now) {
    if (sender.awaitsContent()) {
      deadlines.awaitContent(now); // It is who writes the content that is waited for now.
    }
    if (inputEnded) {
      askWhetherThere(now);
    }
    boolean over = deadlines.isOver(now, moved());
    if (phase() == Phase.WRITE || phase() == Phase.TUNNEL) {
      sender.move(deadlines.late());
    }
    if (over) {
      endOfTime();
    }
  }

  /** {@return how many octets have moved of what is waited for} */
  private long moved() {
    return switch (phase()) {
      case BODY -> Objects.requireNonNull(body).received();
      case WRITE, TUNNEL -> sender.taken();
      case HEAD, DECISION, WORK, LINGER, CLOSED -> 0;
    };
  }

  private void endOfTime() {
    switch (phase()) {
      case HEAD -> breakOff(Kind.TIMEOUT, "the header fields did not come in time");
      case BODY -> unreadable(new TransportFailure(Kind.TIMEOUT, "the body did not come in time"));
      case DECISION -> {
        Deferral waiting = Objects.requireNonNull(deferral);
        waiting.giveUp();
        fail(Deferral.late(), waiting.fields());
      }
      case WRITE, TUNNEL, LINGER -> close();
      case WORK, CLOSED -> {}
    }
  }

  /** An idle connection has a moment left, others end with their response. */
  @Override
  void drain() {
    sender.drain();
    if (phase() == Phase.HEAD && !heads.isBegun()) {
      deadlines.awaitLastRequest();
    }
  }
}
