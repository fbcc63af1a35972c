package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.StringNode;

/**
 * A transport with a handler that does what the path says.
 *
 * <p>{@code /refuse} is refused with 404; {@code /throw/...} fails at the place named; {@code
 * /wait} answers when {@link #release} is called, and {@code /later/...} is decided then as the
 * rest of the path says, whoever interrupts; what begins with {@code /in} is read while it comes,
 * see {@link StreamedTestWork}; everything else is collected up to {@link #BODY_LIMIT} bytes and
 * answered with method, target and body.
 */
final class TestServer implements HeadHandler, AutoCloseable {
  static final int BODY_LIMIT = 100_000;
  static final int LARGE = 3_000_000;

  /** What a completion callback was told. */
  record Completed(String target, int status, long bytes, boolean aborted) {}

  final Transport transport;
  final BlockingQueue<Completed> completed = new LinkedBlockingQueue<>();
  final AtomicInteger decided = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final BlockingQueue<HttpRequest> requests = new LinkedBlockingQueue<>();

  /** Counts the decisions that were interrupted. */
  final AtomicInteger interrupted = new AtomicInteger();

  /** What {@code /stream} and {@code /stream/on-loop} answer. */
  volatile Body streamed = Body.EMPTY;

  /** What was read of streamed bodies, or why it could not be. */
  final BlockingQueue<String> read = new LinkedBlockingQueue<>();

  /** Whether requests and completions are not kept for the test to look at. */
  volatile boolean forgets;

  /** Whether rendering a refusal fails. */
  volatile boolean failsToRefuse;

  private final boolean deferred;
  private final CountDownLatch released = new CountDownLatch(1);

  TestServer() throws IOException {
    this(new Settings());
  }

  TestServer(Settings settings) throws IOException {
    deferred = settings.deferred;
    transport = Transport.start(settings.config(), this);
  }

  RawClient client() throws IOException {
    return client(0);
  }

  RawClient client(int receiveBuffer) throws IOException {
    return transport.shared.protocols().tls().isPresent()
        ? TestCertificates.trusting().client(transport.port(), receiveBuffer)
        : new RawClient(transport.port(), receiveBuffer);
  }

  /** {@return how many octets connections hold that are not requests yet} */
  long heldOctets() {
    long held = 0;
    for (ConnectionLoop loop : transport.loops.values()) {
      held += loop.eventLoop().submit(() -> heldOctets(loop)).syncUninterruptibly().getNow();
    }
    return held;
  }

  private static long heldOctets(ConnectionLoop loop) {
    long[] held = {0};
    loop.forEach(
        entry -> held[0] += entry instanceof Connection connection ? connection.backlog.room() : 0);
    return held[0];
  }

  /** {@return how many connections drop what comes behind a request} */
  long deaf() {
    long deaf = 0;
    for (ConnectionLoop loop : transport.loops.values()) {
      deaf += loop.eventLoop().submit(() -> deaf(loop)).syncUninterruptibly().getNow();
    }
    return deaf;
  }

  /** {@return how many clients send no more in their handshake} */
  long ended() {
    long ended = 0;
    for (ConnectionLoop loop : transport.loops.values()) {
      ended += loop.eventLoop().submit(() -> ended(loop)).syncUninterruptibly().getNow();
    }
    return ended;
  }

  private static long ended(ConnectionLoop loop) {
    long[] ended = {0};
    loop.forEach(
        entry -> ended[0] += entry instanceof Opening opening && opening.isInputEnded() ? 1 : 0);
    return ended[0];
  }

  private static long deaf(ConnectionLoop loop) {
    long[] deaf = {0};
    loop.forEach(
        entry -> deaf[0] += entry instanceof Connection connection && connection.deaf ? 1 : 0);
    return deaf[0];
  }

  /** Lets requests to {@code /wait} be answered. */
  void release() {
    released.countDown();
  }

  void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitReleaseStubbornly() {
    while (true) {
      try {
        released.await();
        return;
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
      }
    }
  }

  Completed nextCompleted() throws InterruptedException {
    Completed next = completed.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no completion was told");
    }
    return next;
  }

  /** Waits until something of a streamed body was read. */
  String nextRead() throws InterruptedException {
    String next = read.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was read");
    }
    return next;
  }

  /** Waits until a request was decided. */
  HttpRequest nextRequest() throws InterruptedException {
    HttpRequest next = requests.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no request was decided");
    }
    return next;
  }

  @Override
  public HeadDecision decide(HttpRequest head) {
    decided.incrementAndGet();
    HeadDecision.Completion completion = HeadDecision.Completion.NONE;
    if (!forgets) {
      requests.add(head);
      completion =
          new HeadDecision.Completion() {
            @Override
            public void completed(int status, long bytes, boolean aborted) {
              completed.add(new Completed(head.target(), status, bytes, aborted));
            }

            @Override
            public HttpResponse instead(TransportFailure failure) {
              return HttpResponse.text(
                  failure.kind().status(), "instead of 200: " + failure.detail());
            }
          };
    }
    String path = head.rawPath();
    HeadDecision.Completion told = completion;
    if (path.startsWith("/later/")) {
      return new HeadDecision.Deferred(() -> {
        awaitReleaseStubbornly();
        return decide(path.substring("/later".length()), head, told);
      });
    }
    return deferred
        ? new HeadDecision.Deferred(() -> decide(path, head, told))
        : decide(path, head, told);
  }

  private HeadDecision decide(String path, HttpRequest head, HeadDecision.Completion completion) {
    return switch (path) {
      case "/refuse" -> new HeadDecision.Refuse(HttpResponse.text(404, "no"), completion);
      case "/refuse/large" ->
          new HeadDecision.Refuse(HttpResponse.text(404, "x".repeat(LARGE)), completion);
      case "/throw/decide" -> throw new IllegalStateException("thrown by a test");
      case "/throw/decide/error" -> throw new StackOverflowError("thrown by a test");
      case "/interrupt/decide" -> {
        Thread.currentThread().interrupt();
        yield decide("/a", head, completion);
      }
      case "/interrupted" ->
          new HeadDecision.Refuse(
              HttpResponse.text(200, String.valueOf(Thread.currentThread().isInterrupted())),
              (_, _, _) -> Thread.currentThread().interrupt());
      case "/defer" -> new HeadDecision.Deferred(() -> decide("/refuse", head, completion));
      case "/in", "/in/wait", "/in/first", "/in/ignore", "/in/echo", "/in/large", "/in/both" ->
          new HeadDecision.Stream(Long.MAX_VALUE, new StreamedTestWork(this, path), completion);
      case "/in/limited" ->
          new HeadDecision.Stream(BODY_LIMIT, new StreamedTestWork(this, path), completion);
      default -> new HeadDecision.Collect(BODY_LIMIT, new TestWork(head), completion);
    };
  }

  @Override
  public HttpResponse refuse(TransportFailure failure, Headers fields, Peer peer) {
    refused.incrementAndGet();
    if (failsToRefuse) {
      throw new IllegalStateException("thrown by a test");
    }
    return HttpResponse.text(failure.kind().status(), failure.detail());
  }

  @Override
  public void close() {
    released.countDown();
    transport.close();
  }

  private final class TestWork implements Work {
    private final HttpRequest head;

    private TestWork(HttpRequest head) {
      this.head = head;
    }

    @Override
    public boolean neverBlocks() {
      return head.rawPath().equals("/stream/on-loop");
    }

    @Override
    public HttpResponse proceed(byte[] body) {
      return switch (head.rawPath()) {
        case "/wait" -> {
          awaitRelease();
          yield HttpResponse.text(200, "waited");
        }
        case "/throw/work" -> throw new IllegalStateException("thrown by a test");
        case "/throw/error" -> throw new StackOverflowError("thrown by a test");
        case "/json" -> HttpResponse.json(200, StringNode.valueOf("never rendered"));
        case "/stream", "/stream/on-loop" -> HttpResponse.of(200).withBody(streamed);
        case "/stream/none" -> HttpResponse.of(204).withBody(streamed);
        case "/none" -> HttpResponse.of(204);
        case "/none/with-body" -> HttpResponse.text(204, "dropped");
        case "/not-modified" -> HttpResponse.text(304, "dropped");
        case "/empty" -> HttpResponse.of(200);
        case "/length" -> HttpResponse.of(200).withHeader("Content-Length", "1234");
        case "/bad-length" -> HttpResponse.of(200).withHeader("Content-Length", "many");
        case "/large" -> HttpResponse.text(200, "x".repeat(LARGE));
        case "/close" -> HttpResponse.text(200, "bye").withHeader("Connection", "close");
        case "/own" ->
            new HttpResponse(
                299,
                Headers.of(
                    "Date", "Thu, 01 Jan 1970 00:00:00 GMT",
                    "Content-Length", "7",
                    "Transfer-Encoding", "chunked",
                    "Keep-Alive", "timeout=5",
                    "Connection", "keep-alive",
                    "X-Note", "caf\u00e9"),
                new Body.Bytes("own".getBytes(StandardCharsets.UTF_8)));
        default ->
            HttpResponse.text(
                200,
                head.method()
                    + " "
                    + head.target()
                    + " "
                    + new String(body, StandardCharsets.UTF_8));
      };
    }

    @Override
    public HttpResponse proceedOnLoop(byte[] body) {
      return proceed(body);
    }

    @Override
    public HttpResponse tooLarge(long declared) {
      return HttpResponse.text(413, "too large: " + declared);
    }

    @Override
    public HttpResponse unreadable(TransportFailure failure) {
      return HttpResponse.text(failure.kind().status(), failure.detail());
    }
  }
}
