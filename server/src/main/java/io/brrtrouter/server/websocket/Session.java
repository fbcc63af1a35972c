package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.MessageContract;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket (RFC 6455 sections 5 to 7). Its handler runs on the thread of its request; a second
 * one reads, so that pings and closes are answered whatever the handler does.
 */
final class Session implements WebSocket {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  private static final CloseStatus REPLACED =
      new CloseStatus(CloseStatus.SERVICE_RESTART, "another document serves");

  private static final byte[] NONE = {};
  private static final long LONGEST_SILENCE = TimeUnit.DAYS.toNanos(1);

  private final Request request;
  private final Handshake agreed;
  private final WebSocketOptions options;
  private final MessageContract contract;
  private final ContentSource source;
  private final ContentSink sink;
  private final Inbox inbox;

  /** Held while a frame is written: others wait for the client as whoever writes does. */
  private final ReentrantLock sending = new ReentrantLock();

  /** Whether a close was sent, after which nothing is. Guarded by {@code sending}. */
  private boolean closeSent;

  /** Whether a frame was not written whole. Guarded by {@code sending}. */
  private boolean torn;

  /** Null while it is open. */
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();

  /** When the last message was received or sent. */
  private volatile long used = System.nanoTime();

  private volatile @Nullable Thread handling;

  /** Why the reader ends it, once the handler knows that nothing more comes. */
  private volatile @Nullable CloseStatus leaving;

  /** Nothing is read any more. */
  private final CountDownLatch readingEnded = new CountDownLatch(1);

  private final CountDownLatch handled = new CountDownLatch(1);

  /** Broadcast frames that wait for the client. Guarded by itself, as is what follows. */
  private final ArrayDeque<Frame> outgoing = new ArrayDeque<>(0);

  private boolean sendingOut;

  /**
   * That it is closed.
   *
   * @param status what who closed it first said
   * @param deadline until when the client may answer that
   */
  private record Ending(CloseStatus status, long deadline) {}

  Session(
      Request request,
      Handshake agreed,
      WebSocketOptions options,
      ContentSource source,
      ContentSink sink) {
    this.request = request;
    this.agreed = agreed;
    this.options = options;
    this.contract = request.messages();
    this.source = source;
    this.sink = sink;
    this.inbox = new Inbox(options.waiting());
  }

  // The handler.

  /** Lets a handler serve it, on this thread. */
  void serve(WebSocketHandler handler) throws ClientGoneException {
    handling = Thread.currentThread();
    Thread reading = Thread.ofVirtual().name("brrt-websocket").start(this::readAndWatch);
    sink.onEnding(this::end);
    try {
      handler.handle(this);
      if (leaving == null) {
        begin(new CloseStatus(CloseStatus.NORMAL, ""));
      }
    } catch (Throwable failure) {
      if (!isEnd(failure)) {
        log.error("request {}: a WebSocket handler failed", request.requestId(), failure);
      }
      begin(new CloseStatus(CloseStatus.INTERNAL_ERROR, ""));
    } finally {
      handled.countDown();
      inbox.close(); // Nobody asks for what waits, and a client that has ended is answered now.
      // Whatever interrupted the handler is not for what follows.
      Thread.interrupted();
      leave(reading);
    }
  }

  /** {@return whether a handler was only told that the WebSocket has ended} */
  private boolean isEnd(Throwable failure) {
    return ending.get() != null
        && (failure instanceof WebSocketClosedException
            || failure instanceof InterruptedException
            || failure instanceof ClientGoneException);
  }

  private void leave(Thread reading) throws ClientGoneException {
    try {
      if (sink.ending() != ContentSink.Ending.GONE) {
        awaitReading();
      }
    } catch (InterruptedException e) {
      log.debug("a WebSocket is left without waiting for its client", e);
    } finally {
      reading.interrupt();
      inbox.close();
      synchronized (outgoing) {
        outgoing.clear();
      }
    }
    endSending();
  }

  /** Whoever still sends waits for a client that does not read, and is not waited for. */
  private void endSending() throws ClientGoneException {
    boolean ends;
    try {
      ends = sending.tryLock(options.closeTime().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      ends = false;
    }
    if (!ends) {
      throw new ClientGoneException();
    }
    try {
      closeSent = true; // The content ends here, for broadcasters and threads of the handler too.
      if (torn) {
        throw new ClientGoneException();
      }
    } finally {
      sending.unlock();
    }
  }

  private void awaitReading() throws InterruptedException {
    Ending why = ending.get();
    long left = why == null ? options.closeTime().toNanos() : why.deadline - System.nanoTime();
    if (!readingEnded.await(Math.max(0, left), TimeUnit.NANOSECONDS)) {
      log.debug("request {}: the client did not answer a close", request.requestId());
    }
  }

  // The reader.

  private void readAndWatch() {
    try {
      closedByClient(read());
    } finally {
      inbox.end();
      readingEnded.countDown();
    }
    interruptIfLate();
  }

  /**
   * A handler that has all there is, or takes nothing of it, and goes on for long, waits for
   * something else.
   */
  private void interruptIfLate() {
    long patience = options.closeTime().toNanos();
    try {
      boolean hasAll = inbox.awaitEmpty(patience);
      Thread late = handling;
      if (!handled.await(hasAll ? patience : 0, TimeUnit.NANOSECONDS) && late != null) {
        late.interrupt();
      }
    } catch (InterruptedException e) {
      log.trace("the handler has ended", e);
    }
  }

  /** Takes note of why nothing is read any more. */
  private void closedByClient(CloseStatus status) {
    ending.compareAndSet(null, new Ending(status, System.nanoTime()));
  }

  /** {@return why nothing is read any more} */
  private CloseStatus read() {
    FrameReader frames = new FrameReader(source, agreed.compression());
    Incoming incoming = new Incoming(frames, options.mostOctets());
    try {
      return read(frames, incoming);
    } catch (FrameException refused) {
      log.debug("request {}: a WebSocket is closed: {}", request.requestId(), refused.status());
      awaitHandler(refused.status());
      begin(refused.status());
      return refused.status();
    } catch (ClientGoneException | EOFException | InterruptedIOException gone) {
      return new CloseStatus(CloseStatus.ABNORMAL, "");
    } catch (InterruptedException left) {
      return new CloseStatus(CloseStatus.ABNORMAL, "");
    } catch (Throwable failure) {
      log.error("request {}: reading a WebSocket failed", request.requestId(), failure);
      begin(new CloseStatus(CloseStatus.INTERNAL_ERROR, ""));
      return new CloseStatus(CloseStatus.INTERNAL_ERROR, "");
    } finally {
      incoming.end();
    }
  }

  private CloseStatus read(FrameReader frames, Incoming incoming)
      throws IOException, InterruptedException {
    Silence silence = new Silence();
    while (true) {
      FrameReader.Next next = frames.await(silence.patience());
      switch (next) {
        case END -> {
          return new CloseStatus(CloseStatus.ABNORMAL, "");
        }
        case NOTHING -> {
          if (!silence.goesOn()) {
            return new CloseStatus(CloseStatus.ABNORMAL, "");
          }
        }
        case FRAME -> {
          silence.heard(frames);
          Incoming.Event event = incoming.read();
          silence.read(incoming);
          CloseStatus end = handle(event);
          if (end != null) {
            return end;
          }
        }
      }
    }
  }

  /** What is done when a client says nothing. Used by the reader only. */
  private final class Silence {
    private long heard = System.nanoTime();
    private boolean pinged;

    private boolean withinMessage;

    /** When the message has to be there that is not. */
    private long deadline;

    /** {@return how long the client may say nothing} */
    Duration patience() {
      long now = System.nanoTime();
      Ending why = ending.get();
      if (why != null) {
        return Duration.ofNanos(Math.max(1, why.deadline - now));
      }
      long ping = options.ping().toNanos();
      long left = ping == 0 ? LONGEST_SILENCE : heard + ping - now;
      if (options.idle().isPresent()) {
        left = Math.min(left, used + options.idle().get().toNanos() - now);
      }
      if (withinMessage) {
        left = Math.min(left, deadline - now);
      }
      return Duration.ofNanos(Math.clamp(left, 1, LONGEST_SILENCE));
    }

    /** A frame begins. */
    void heard(FrameReader frames) throws FrameException {
      heard = System.nanoTime();
      pinged = false;
      if (!withinMessage) {
        deadline = heard + options.messageTime().toNanos();
      }
      requireInTime(heard); // Frames that are there already do not make up for it.
      frames.expect(deadline);
    }

    /** A frame was read. */
    void read(Incoming incoming) {
      withinMessage = incoming.isWithinMessage();
    }

    private void requireInTime(long now) throws FrameException {
      if (withinMessage && now - deadline >= 0) {
        throw new FrameException(CloseStatus.POLICY, "a message did not come in time");
      }
    }

    /** {@return whether reading goes on after a silence} */
    boolean goesOn() throws IOException, InterruptedException {
      long now = System.nanoTime();
      Ending why = ending.get();
      if (why != null) {
        return now - why.deadline < 0;
      }
      requireInTime(now);
      if (options.idle().isPresent() && now - used >= options.idle().get().toNanos()) {
        begin(new CloseStatus(CloseStatus.GOING_AWAY, "nothing was said for long"));
        return true;
      }
      long ping = options.ping().toNanos();
      if (ping > 0 && now - heard >= ping) {
        if (pinged) {
          begin(new CloseStatus(CloseStatus.GOING_AWAY, "no answer to a ping"));
          return true;
        }
        pinged = true;
        heard = now;
        write(Frame.ping(NONE));
      }
      return true;
    }
  }

  /** {@return why nothing is read any more, null to go on} */
  private @Nullable CloseStatus handle(Incoming.Event event)
      throws IOException, InterruptedException {
    switch (event) {
      case Incoming.Event.Part _, Incoming.Event.Pong _ -> {}
      case Incoming.Event.Ping(byte[] content) -> {
        if (ending.get() == null) {
          write(Frame.pong(content));
        }
      }
      case Incoming.Event.Whole(Message message, byte[] octets) -> {
        used = System.nanoTime();
        if (ending.get() == null) {
          receive(message, octets);
        }
      }
      case Incoming.Event.Close(CloseStatus status) -> {
        awaitHandler(status);
        closedByClient(status);
        answer(status);
        return status;
      }
    }
    return null;
  }

  private void receive(Message message, byte[] octets) throws IOException, InterruptedException {
    MessageContract.Complaint complaint =
        contract.ofClient(message instanceof Message.Text, octets);
    if (complaint != null) {
      throw new FrameException(
          complaint.kind() ? CloseStatus.UNSUPPORTED : CloseStatus.POLICY, complaint.message());
    }
    request.tellMessage(true);
    inbox.put(message);
  }

  /** What came before the end is answered before it, unless that takes long. */
  private void awaitHandler(CloseStatus status) {
    leaving = status;
    try {
      inbox.endAndAwait(options.closeTime().toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(CloseStatus status) throws InterruptedException {
    try {
      write(Frame.close(status));
    } catch (WebSocketClosedException e) {
      log.trace("a close was sent before", e);
    }
  }

  // Closing.

  /**
   * Closes it from here, unless it is closed.
   *
   * @return whether it was not
   */
  private boolean begin(CloseStatus status) {
    long deadline = System.nanoTime() + options.closeTime().toNanos();
    if (!ending.compareAndSet(null, new Ending(status, deadline))) {
      return false;
    }
    inbox.close();
    try {
      write(Frame.close(status));
    } catch (WebSocketClosedException e) {
      log.trace("the client has gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  @Override
  public void close(CloseStatus status) throws InterruptedException {
    if (begin(status)) {
      awaitReading();
    }
  }

  /** The client has gone, or there is another reason to end. Does not block. */
  private void end() {
    switch (sink.ending()) {
      case GONE -> {
        closedByClient(new CloseStatus(CloseStatus.ABNORMAL, ""));
        inbox.end();
      }
      case REPLACED -> closeLater(REPLACED);
      case DRAINING -> closeLater(new CloseStatus(CloseStatus.GOING_AWAY, "the server ends"));
      case null -> {}
    }
  }

  /** Closes it without waiting, because its document, which another one has replaced, says less. */
  void outlived() {
    closeLater(REPLACED);
  }

  /** Closes it on a thread of its own: saying so may have to wait for the client. */
  private void closeLater(CloseStatus status) {
    Thread.ofVirtual()
        .name("brrt-websocket-close")
        .start(() -> {
          if (begin(status)) {
            interruptIfLate();
          }
        });
  }

  // Sending.

  @Override
  public void send(Message message) throws WebSocketClosedException, InterruptedException {
    send(Frame.of(message));
  }

  /** Sends a message that is a frame already. */
  void send(Frame frame) throws WebSocketClosedException, InterruptedException {
    requireOpen();
    contract.requireOfServer(frame.isText(), frame.content());
    write(frame);
    used = System.nanoTime();
  }

  /** {@return what the document says of the messages} */
  MessageContract contract() {
    return contract;
  }

  private void requireOpen() throws WebSocketClosedException {
    if (ending.get() != null) {
      throw closedException();
    }
  }

  private void write(Frame frame) throws WebSocketClosedException, InterruptedException {
    byte[] sent = frame.sent(agreed.compression());
    sending.lockInterruptibly();
    try {
      if (closeSent || torn) {
        throw closedException();
      }
      closeSent = frame.isClose();
      torn = true; // Until all of it is written.
      sink.write(frame.head(sent));
      sink.write(sent);
      sink.flush();
      torn = false;
      if (frame.isMessage()) {
        request.tellMessage(false);
      }
    } catch (InterruptedIOException interrupted) {
      closedByClient(new CloseStatus(CloseStatus.ABNORMAL, "")); // The frame is not whole.
      throw new InterruptedException("interrupted while the client was waited for");
    } catch (ClientGoneException gone) {
      torn = false;
      closedByClient(new CloseStatus(CloseStatus.ABNORMAL, ""));
      throw closedException();
    } catch (WebSocketClosedException e) {
      throw e;
    } catch (IOException impossible) {
      throw new IllegalStateException("a sink fails when the client has gone", impossible);
    } finally {
      sending.unlock();
    }
  }

  private WebSocketClosedException closedException() {
    return new WebSocketClosedException(closed().orElse(new CloseStatus(CloseStatus.ABNORMAL, "")));
  }

  /**
   * Sends what is broadcast, without waiting for the client.
   *
   * @return whether it is on its way
   */
  boolean offer(Frame frame) {
    synchronized (outgoing) {
      if (ending.get() != null) {
        return false;
      }
      if (outgoing.size() >= options.outgoing()) {
        if (options.overflow() == WebSocketOptions.Overflow.CLOSE) {
          outgoing.clear();
          closeLater(new CloseStatus(CloseStatus.TRY_AGAIN, "too much was not read"));
          return false;
        }
        outgoing.remove();
      }
      outgoing.add(frame);
      if (!sendingOut) {
        sendingOut = true;
        Thread.ofVirtual().name("brrt-websocket-out").start(this::sendOut);
      }
      return true;
    }
  }

  private void sendOut() {
    try {
      while (true) {
        Frame frame;
        synchronized (outgoing) {
          frame = outgoing.poll();
          if (frame == null) {
            sendingOut = false;
            return;
          }
        }
        write(frame);
        used = System.nanoTime();
      }
    } catch (WebSocketClosedException | InterruptedException e) {
      log.trace("nothing is sent any more", e);
      synchronized (outgoing) {
        outgoing.clear();
        sendingOut = false;
      }
    }
  }

  // Who asks.

  @Override
  public Optional<Message> receive() throws InterruptedException {
    return Optional.ofNullable(inbox.take(Long.MAX_VALUE));
  }

  @Override
  public Optional<Message> receive(Duration patience) throws InterruptedException {
    return Optional.ofNullable(inbox.take(patience.toNanos()));
  }

  @Override
  public boolean isOpen() {
    return ending.get() == null;
  }

  @Override
  public Optional<CloseStatus> closed() {
    return Optional.ofNullable(ending.get()).map(Ending::status);
  }

  @Override
  public Optional<String> subprotocol() {
    return Optional.ofNullable(agreed.subprotocol());
  }

  @Override
  public Request request() {
    return request;
  }
}
