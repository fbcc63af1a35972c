package io.brrtrouter.outbound.proxy;

import io.brrtrouter.outbound.proxy.AnswerParser.Answer;
import io.brrtrouter.outbound.proxy.Upstream.Place;
import io.brrtrouter.server.dispatch.ServiceException.Kind;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.limit.Client;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One request that is handed on, from the first attempt to the end of the response. One thread at a
 * time works on it; any may {@linkplain #abort end} it.
 */
final class Call {
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();
  private static final int SWITCHING_PROTOCOLS = 101;

  /** Services that say more than this before they answer do not answer. */
  private static final int MOST_INTERIM = 100;

  /** Most characters of what a library says. */
  private static final int LONGEST_REASON = 500;

  private final Upstream upstream;
  private final String requestId;
  private final Client client;
  private final Runnable deadline;

  /** Whose connection it is; null while there is none. Guarded by this object, as is the rest. */
  private @Nullable ConnectionEndpoint endpoint;

  /** What the last attempt was sent on; used by who works. */
  private volatile @Nullable HttpClientConnection used;

  /** Waits for a connection; null while nobody does. */
  private @Nullable LeaseRequest waiting;

  private boolean working = true;
  private boolean aborted;
  private boolean expired;

  Call(Upstream upstream, String requestId, Client client) {
    this.upstream = upstream;
    this.requestId = requestId;
    this.client = client;
    Duration all = upstream.settings().times().deadline();
    this.deadline = all.isZero() ? Call::nothing : upstream.after(all, this::expire);
  }

  private static void nothing() {}

  private ProxySettings.Times times() {
    return upstream.settings().times();
  }

  /** The response is complete, or nobody wants it: what is open is closed. */
  void abort() {
    deadline.run();
    end(false);
  }

  private void expire() {
    Thread.ofVirtual().name("brrt-service-deadline").start(() -> end(true));
  }

  private void end(boolean late) {
    ConnectionEndpoint open;
    LeaseRequest pending;
    boolean idle;
    synchronized (this) {
      aborted |= !late;
      expired |= late;
      open = endpoint;
      pending = waiting;
      notifyAll();
      idle = !working;
      if (idle) {
        endpoint = null;
      }
    }
    upstream.shares().wake(client);
    if (pending != null) {
      pending.cancel();
    }
    if (open != null) {
      open.close(CloseMode.IMMEDIATE);
      if (idle) {
        release(open, null);
      }
    }
  }

  /** {@return whether nobody wants the response any more} */
  synchronized boolean isAborted() {
    return aborted;
  }

  /** {@return whether all took too long} */
  synchronized boolean isExpired() {
    return expired;
  }

  /**
   * Lets time pass before another attempt, unless nobody wants it any more.
   *
   * @param millis how long
   * @throws AttemptException if all took too long
   * @throws ClientGoneException if nobody wants the response any more
   * @throws InterruptedException if the thread is interrupted
   */
  void rest(long millis) throws AttemptException, ClientGoneException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    synchronized (this) {
      for (long left = until - System.nanoTime(); left > 0 && !aborted && !expired; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = until - System.nanoTime();
      }
    }
    refuseIfOver(null);
  }

  /** Somebody works on it. */
  synchronized void resume() throws ClientGoneException {
    if (aborted) {
      throw new ClientGoneException();
    }
    working = true;
  }

  /** Nobody works on it until somebody does again. */
  void pause() {
    boolean over;
    synchronized (this) {
      working = false;
      over = aborted || expired;
    }
    if (over) {
      discard();
    }
  }

  /**
   * {@return the head of a response}
   *
   * @param place where to ask
   * @param request what to ask
   * @throws ClientGoneException if nobody wants it any more
   */
  Answer attempt(Place place, ClassicHttpRequest request)
      throws AttemptException, ClientGoneException, InterruptedException {
    while (true) {
      ConnectionEndpoint open = lease(place);
      boolean reused = open.isConnected();
      boolean answered = false;
      try {
        HttpClientContext context = HttpClientContext.create();
        if (!reused) {
          connect(open, context);
        }
        Answer answer = execute(open, reused, request, context);
        answered = true;
        return answer;
      } catch (UnusableException _) {
        // Nothing was sent on it, so that another one may be taken whatever is asked.
      } finally {
        if (!answered) {
          discard();
        }
      }
    }
  }

  private ConnectionEndpoint lease(Place place)
      throws AttemptException, ClientGoneException, InterruptedException {
    long end = System.nanoTime() + times().connectionWait().toNanos();
    refuseIfOver(null);
    takeShare(end - System.nanoTime());
    boolean leased = false;
    try {
      ConnectionEndpoint open = lease(place, Duration.ofNanos(end - System.nanoTime()));
      leased = true;
      return open;
    } finally {
      if (!leased) {
        upstream.shares().giveBack(client);
      }
    }
  }

  private void takeShare(long nanos)
      throws AttemptException, ClientGoneException, InterruptedException {
    if (!upstream.shares().take(client, nanos, () -> isAborted() || isExpired())) {
      refuseIfOver(null);
      throw AttemptException.ofClient(
          "its client has all "
              + upstream.shares().most()
              + " connections that one may have (connections_per_client); where a proxy asks for"
              + " others, name it in http.trusted_proxies");
    }
  }

  private ConnectionEndpoint lease(Place place, Duration wait)
      throws AttemptException, ClientGoneException, InterruptedException {
    TimeValue most = TimeValue.ofMilliseconds(Math.max(1, wait.toMillis()));
    refuseIfOver(null);
    LeaseRequest request =
        upstream.connections().lease(requestId, place.route(), most.toTimeout(), null);
    ConnectionEndpoint open = null;
    try {
      awaiting(request);
      open = request.get(most.toTimeout());
    } catch (TimeoutException full) {
      refuseIfOver(full);
      throw new AttemptException(
          Kind.UNAVAILABLE,
          false,
          "all " + upstream.settings().maxConnections() + " connections are in use",
          full);
    } catch (CancellationException ended) {
      throw over(ended);
    } catch (ExecutionException failure) {
      throw new AttemptException(Kind.FAILED, true, reason(failure), failure);
    } finally {
      if (open == null) {
        giveUp(request);
      }
    }
    synchronized (this) {
      waiting = null;
      if (!aborted && !expired) {
        endpoint = open;
        return open;
      }
    }
    upstream.connections().release(open, null, null);
    throw over(null);
  }

  /** From now on, who ends this call ends its wait too. */
  private void awaiting(LeaseRequest request) throws AttemptException, ClientGoneException {
    synchronized (this) {
      waiting = request;
    }
    refuseIfOver(null);
  }

  /** Waits no more. A connection that was given meanwhile would be nobody's for ever. */
  private void giveUp(LeaseRequest request) {
    synchronized (this) {
      waiting = null;
    }
    if (request.cancel()) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      upstream.connections().release(request.get(Timeout.ZERO_MILLISECONDS), null, null);
    } catch (CancellationException | ExecutionException | TimeoutException none) {
      // There is none to give back.
    } catch (InterruptedException again) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void connect(ConnectionEndpoint open, HttpClientContext context)
      throws AttemptException, ClientGoneException {
    Patience patience = new Patience(open);
    Duration most = times().connect();
    Runnable timer = most.isZero() ? Call::nothing : upstream.after(most, patience::end);
    try {
      upstream.connections().connect(open, TimeValue.ofMilliseconds(most.toMillis()), context);
    } catch (IOException | RuntimeException failure) {
      refuseIfOver(failure);
      if (patience.ended()
          || failure instanceof SocketTimeoutException
          || failure.getCause() instanceof TimeoutException) {
        throw new AttemptException(
            Kind.TIMEOUT,
            true,
            "no connection in " + most.toMillis() + " ms (connect_timeout_ms)",
            failure);
      }
      throw new AttemptException(Kind.FAILED, true, "no connection: " + reason(failure), failure);
    } finally {
      timer.run();
    }
  }

  private Answer execute(
      ConnectionEndpoint open, boolean reused, ClassicHttpRequest request, HttpContext context)
      throws AttemptException, ClientGoneException, UnusableException {
    Patience patience = new Patience(open);
    Runnable timer = upstream.after(times().response(), patience::end);
    try {
      open.setSocketTimeout(Upstream.timeout(times().response()));
      Interim interim = new Interim();
      ClassicHttpResponse response =
          open.execute(
              requestId,
              request,
              (asked, connection, within) -> {
                if (reused && !upstream.rests().isSilent(connection)) {
                  throw new UnusableException();
                }
                used = connection;
                return EXECUTOR.execute(asked, connection, interim, within);
              },
              context);
      open.setSocketTimeout(Upstream.timeout(times().idle()));
      return (Answer) response;
    } catch (UnusableException unusable) {
      refuseIfOver(unusable);
      throw unusable;
    } catch (IOException | HttpException | RuntimeException failure) {
      refuseIfOver(failure);
      if (patience.ended() || failure instanceof SocketTimeoutException) {
        throw new AttemptException(
            Kind.TIMEOUT,
            false,
            "no response in " + times().response().toMillis() + " ms (response_timeout_ms)",
            failure);
      }
      boolean stale =
          reused
              && (failure instanceof NoHttpResponseException
                  || failure instanceof ConnectionClosedException
                  || failure instanceof SocketException);
      if (stale) {
        // Others that rest will have ended too.
        upstream.connections().closeIdle(TimeValue.ZERO_MILLISECONDS);
        throw AttemptException.stale(reason(failure), failure);
      }
      throw new AttemptException(Kind.FAILED, false, reason(failure), failure);
    } finally {
      timer.run();
    }
  }

  /** Ends a connection that is not made in time, or whose response does not begin. */
  private static final class Patience {
    private final ConnectionEndpoint open;
    private volatile boolean ended;

    Patience(ConnectionEndpoint open) {
      this.open = open;
    }

    void end() {
      ended = true;
      Thread.ofVirtual().name("brrt-service-timeout").start(() -> open.close(CloseMode.IMMEDIATE));
    }

    boolean ended() {
      return ended;
    }
  }

  /** What is said before a response is for this connection only (RFC 9110 section 15.2). */
  private static final class Interim implements HttpResponseInformationCallback {
    private int said;

    @Override
    public void execute(
        HttpResponse response,
        org.apache.hc.core5.http.HttpConnection connection,
        HttpContext context)
        throws HttpException {
      if (response.getCode() == SWITCHING_PROTOCOLS) {
        throw new ProtocolException("the service switched to a protocol that nobody asked for");
      }
      if (++said > MOST_INTERIM) {
        throw new ProtocolException("more than " + MOST_INTERIM + " interim responses");
      }
    }
  }

  /** A connection that rested has ended, or has a response to nothing. */
  private static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableException() {
      super("the connection cannot be used again");
    }
  }

  private void refuseIfOver(@Nullable Throwable failure)
      throws ClientGoneException, AttemptException {
    if (isAborted() || isExpired()) {
      throw over(failure);
    }
  }

  private AttemptException over(@Nullable Throwable failure) throws ClientGoneException {
    if (isAborted()) {
      throw new ClientGoneException();
    }
    Throwable cause = failure == null ? new TimeoutException("deadline_ms has passed") : failure;
    return new AttemptException(Kind.TIMEOUT, false, "deadline_ms has passed", cause);
  }

  /**
   * {@return why, for logs only: the library names addresses and may quote the service} Nothing in
   * it is taken for something else by a terminal or whoever reads lines.
   */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    if (message == null) {
      return name;
    }
    StringBuilder clean = new StringBuilder(name).append(": ");
    message
        .codePoints()
        .limit(LONGEST_REASON)
        .forEach(c -> clean.appendCodePoint(isHarmless(c) ? c : 0xFFFD));
    return clean.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** The response has been read to its end: the next request may use the connection. */
  void complete(ClassicHttpRequest request, Answer answer) {
    Duration keep = kept(answer);
    if (keep.isZero()
        || answer.hasMoreBehind()
        || !DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, answer, HttpClientContext.create())) {
      discard();
      return;
    }
    deadline.run();
    HttpClientConnection resting = used;
    if (resting != null) {
      upstream.rests().begin(resting);
    }
    ConnectionEndpoint open = taken();
    if (open != null) {
      release(open, TimeValue.ofMilliseconds(keep.toMillis()));
    }
  }

  /** It is the client's no more. */
  private void release(ConnectionEndpoint open, @Nullable TimeValue keep) {
    try {
      upstream.connections().release(open, null, keep);
    } finally {
      upstream.shares().giveBack(client);
    }
  }

  /** {@return how long the connection may rest: no longer than the service says it keeps it} */
  private Duration kept(Answer answer) {
    Duration keep = times().keepAlive();
    for (Header field : answer.getHeaders("Keep-Alive")) {
      for (String parameter : field.getValue().split(",", -1)) {
        String text = parameter.strip();
        if (text.regionMatches(true, 0, "timeout=", 0, 8)) {
          keep = shorter(keep, text.substring(8));
        }
      }
    }
    return keep;
  }

  private static Duration shorter(Duration keep, String seconds) {
    boolean number = seconds.length() < 8 && seconds.chars().allMatch(c -> c >= '0' && c <= '9');
    if (seconds.isEmpty() || !number) {
      return keep;
    }
    Duration told = Duration.ofSeconds(Long.parseLong(seconds));
    return told.compareTo(keep) < 0 ? told : keep;
  }

  /** Nothing more is read: nobody else may use the connection. */
  void discard() {
    ConnectionEndpoint open = taken();
    if (open != null) {
      open.close(CloseMode.IMMEDIATE);
      release(open, null);
    }
  }

  private synchronized @Nullable ConnectionEndpoint taken() {
    ConnectionEndpoint open = endpoint;
    endpoint = null;
    return open;
  }
}
