package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A server of HTTP/1.1 and HTTP/1.0 (RFC 9112) and of HTTP/2 (RFC 9113): accepts connections, turns
 * octets into requests, asks a {@link HeadHandler} about each and runs what it answers.
 *
 * <p>Safe for use by several threads. Threads of the transport keep the JVM alive until it is
 * closed.
 *
 * <pre>{@code
 * try (Transport transport = Transport.start(TransportConfig.of("127.0.0.1", 0), handler)) {
 *   transport.port();                       // where it listens
 *   transport.drain(Duration.ofSeconds(20)); // finishes what has begun, then closes
 * }
 * }</pre>
 */
public final class Transport implements AutoCloseable {
  /** Connections the kernel accepts while the server is busy. */
  static final int ACCEPT_BACKLOG = 1024;

  /** What is read at first and at least: most requests are smaller. */
  private static final int FIRST_READ_BYTES = 2048;

  /**
   * How often a connection is read before the others of its event loop have their turn, and what
   * threads have handed to the loop: a client that sends as fast as it can has always more.
   */
  private static final int READS_PER_TURN = 1;

  /**
   * What the kernel takes of a response before the client reads: without this bound megabytes, so
   * that a client that reads slowly could not be told from one that does not.
   */
  private static final long UNSENT_BYTES = 2L * ResponseWriter.PIECE;

  /**
   * How long closing may take. It is a matter of milliseconds, except where work holds an event
   * loop and never ends: that is waited for no longer.
   */
  static final Duration CLOSING = Duration.ofSeconds(2);

  final Shared shared;

  /** Accepts connections, and does nothing else: work that holds a loop cannot hold this one. */
  private final MultiThreadIoEventLoopGroup acceptor;

  /** Tells of such work, on a thread of its own: a log that nobody reads may hold it. */
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("brrt-watch").factory());

  private final MultiThreadIoEventLoopGroup group;

  /** The state of each event loop. */
  final IdentityHashMap<EventExecutor, ConnectionLoop> loops = new IdentityHashMap<>();

  private final ConnectionCount connections;
  final Channel server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Transport(TransportConfig config, HeadHandler handler) throws IOException {
    this.shared = new Shared(config, handler);
    this.connections = new ConnectionCount(config.limits().connections());
    boolean epoll = usesEpoll(config.eventLoops());
    IoHandlerFactory io = epoll ? EpollHandler.newFactory() : NioIoHandler.newFactory();
    this.acceptor = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("brrt-accept"), io);
    this.group =
        new MultiThreadIoEventLoopGroup(
            config.threadCount(), new DefaultThreadFactory("brrt-loop"), io);
    MemoryFailures memory = new MemoryFailures(System::nanoTime);
    for (EventExecutor executor : group) {
      ConnectionLoop loop = new ConnectionLoop((EventLoop) executor, memory);
      loops.put(executor, loop);
      loop.startClock(config.timeouts().check());
    }
    startWatch();
    this.server =
        bind(config, epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
  private void startWatch() {
    long step = LoopWatch.STEP.toNanos();
    watch.scheduleWithFixedDelay(
        new LoopWatch(loops.values(), System::nanoTime), step, step, TimeUnit.NANOSECONDS);
  }

  /**
   * Starts to listen.
   *
   * @param config where and how
   * @param handler decides about requests
   * @return the transport, which accepts connections
   * @throws IOException if the address cannot be bound: its message says which and why
   * @throws IllegalStateException if epoll is asked for where there is none
   */
  public static Transport start(TransportConfig config, HeadHandler handler) throws IOException {
    return new Transport(config, handler);
  }

  private static boolean usesEpoll(EventLoops eventLoops) {
    return switch (eventLoops) {
      case NIO -> false;
      case AUTO -> Epoll.isAvailable();
      case EPOLL -> {
        if (!Epoll.isAvailable()) {
          throw new IllegalStateException(
              "there is no epoll here; use NIO or AUTO", Epoll.unavailabilityCause());
        }
        yield true;
      }
    };
  }

  private Channel bind(TransportConfig config, Class<? extends ServerChannel> type)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, group)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            // One at a time, so that no more than the limit are accepted.
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(
                        FIRST_READ_BYTES, FIRST_READ_BYTES, ConnectionLoop.READ_BYTES)
                    .maxMessagesPerRead(READS_PER_TURN))
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .handler(connections)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    ConnectionLoop loop = Objects.requireNonNull(loops.get(channel.eventLoop()));
                    channel.pipeline().addLast(config.protocols().first(shared, loop, channel));
                  }
                });
    if (type == EpollServerSocketChannel.class) {
      bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES);
    }
    ChannelFuture bound =
        bootstrap.bind(new InetSocketAddress(config.host(), config.port())).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      shutDownLoops(CLOSING.toNanos());
      Throwable cause = bound.cause();
      throw new IOException(
          "cannot listen on %s:%d: %s".formatted(config.host(), config.port(), reason(cause)),
          cause);
    }
    bound.channel().pipeline().addLast(new AcceptFailures(config.limits(), System::nanoTime));
    return bound.channel();
  }

  private static String reason(Throwable cause) {
    if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
      return "there is no such host";
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Address already in use")) {
      return "the port is in use; choose another one, or 0 for any that is free";
    }
    if (message.contains("Cannot assign requested address")) {
      return "this machine has no such address";
    }
    return message.contains("Permission denied")
        ? "permission denied; ports below 1024 are for the system"
        : message;
  }

  /** {@return the port listened on} */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** {@return how many connections are open} */
  public int connections() {
    return connections.open();
  }

  /** {@return how many bytes of requests are held, except small heads} */
  public long bufferedBytes() {
    return shared.capacity().bytes();
  }

  /**
   * Accepts the connections that the kernel holds already, lets requests that have begun finish,
   * then closes. Their responses say {@code Connection: close}; an idle connection has {@link
   * TransportTimeouts#drainGrace} left.
   *
   * <p>Nothing tells connections that were waiting from those that come meanwhile: it accepts until
   * none waits; while they keep coming, for {@link ConnectionCount#LAST_ACCEPTS} and until as many
   * have been accepted as can have waited. With as many open as {@link TransportLimits#connections}
   * allows it accepts none, and those that wait are reset.
   *
   * <p>Returns in the time given and two seconds more, whatever work does: some that holds an event
   * loop and never ends is left to itself.
   *
   * @param atMost how long to wait before connections that are left are closed at once
   * @return whether everything finished in time
   */
  public boolean drain(Duration atMost) {
    long began = System.nanoTime();
    shared.beginDraining();
    connections.closeWhenNoneWaits(server, atMost);
    onEachLoop(loop -> loop.forEach(entry -> entry.attempt(entry::drain)));
    boolean finished = connections.awaitNone(left(atMost, began));
    close();
    return finished;
  }

  /** Closes every connection at once, whatever it is doing. Does nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      long began = System.nanoTime();
      shared.beginDraining();
      server.close().awaitUninterruptibly(CLOSING.toMillis());
      onEachLoop(loop -> loop.forEach(entry -> entry.attempt(entry::close)));
      connections.awaitNone(left(CLOSING, began));
      shutDownLoops(left(CLOSING, began));
      shared.protocols().end();
    }
  }

  private static long left(Duration atMost, long began) {
    return atMost.toNanos() - (System.nanoTime() - began);
  }

  private void onEachLoop(Consumer<ConnectionLoop> action) {
    for (ConnectionLoop loop : loops.values()) {
      if (!loop.eventLoop().isShuttingDown()) {
        loop.eventLoop().execute(() -> action.accept(loop));
      }
    }
  }

  private void shutDownLoops(long nanos) {
    // Neither waited for nor interrupted: it may be writing to a log, whose file would be closed.
    watch.shutdown();
    long began = System.nanoTime();
    long end = CLOSING.toMillis();
    Future<?> accepting = acceptor.shutdownGracefully(0, end, TimeUnit.MILLISECONDS);
    Future<?> serving = group.shutdownGracefully(0, end, TimeUnit.MILLISECONDS);
    accepting.awaitUninterruptibly(nanos, TimeUnit.NANOSECONDS);
    serving.awaitUninterruptibly(nanos - (System.nanoTime() - began), TimeUnit.NANOSECONDS);
  }
}
