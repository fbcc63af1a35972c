package io.brrtrouter.benchmarks.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * WebSocket messages of 64 octets there and back, one at a time on each connection: this project
 * over bare Netty, in turns.
 *
 * <pre>{@code
 * ./benchmarks/run --main io.brrtrouter.benchmarks.live.Echoes [messages [rounds]]
 * }</pre>
 */
public final class Echoes {
  private static final String HEAP = "-Xmx512m";
  private static final int[] CONNECTIONS = {1, 100, 1_000};
  private static final int LENGTH = 64;

  /** An unfragmented text message that begins with two octets, and four more of its mask. */
  private static final int FRAME_HEAD = 2;

  private static final int PATIENCE_SECONDS = 120;

  private record Figures(double perSecond, double micros, double half, double most) {}

  private Echoes() {}

  /**
   * Prints the figures.
   *
   * @param args messages of a round, and rounds
   * @throws Exception if something fails
   */
  public static void main(String[] args) throws Exception {
    int messages = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Path directory = Files.createTempDirectory("echoes");
    try (Server bare = Server.start(HEAP, BareWebSocket.class);
        Server ours = Server.start(HEAP, LiveProduct.class, directory.toString(), "none")) {
      for (int connections : CONNECTIONS) {
        int some = connections == 1 ? messages / 5 : messages;
        Figures[] theirs = new Figures[rounds];
        Figures[] own = new Figures[rounds];
        round(bare, connections, some);
        round(ours, connections, some);
        for (int round = 0; round < rounds; round++) {
          theirs[round] = round(bare, connections, some);
          own[round] = round(ours, connections, some);
        }
        tell("bare Netty", connections, median(theirs), median(theirs));
        tell("this project", connections, median(own), median(theirs));
      }
    } finally {
      Files.deleteIfExists(directory.resolve("live.yaml"));
      Files.delete(directory);
    }
  }

  private static Figures median(Figures[] rounds) {
    Figures[] sorted = rounds.clone();
    Arrays.sort(sorted, (one, other) -> Double.compare(one.micros(), other.micros()));
    return sorted[sorted.length / 2];
  }

  private static void tell(String name, int connections, Figures figures, Figures base) {
    System.out.printf(
        Locale.ROOT,
        "%4d connections, %-12s %6.0f a second, half within %.2f ms, 99 %% within %.2f ms, %.1f us CPU"
            + " of the server each, ratio %.2f%n",
        connections,
        name,
        figures.perSecond(),
        figures.half(),
        figures.most(),
        figures.micros(),
        figures.micros() / base.micros());
  }

  private static Figures round(Server server, int connections, int messages) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      Talk talk = new Talk(messages, connections);
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .channel(EpollSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                      channel.pipeline().addLast(talk.client());
                    }
                  });
      Channel[] channels = new Channel[connections];
      for (int i = 0; i < connections; i++) {
        channels[i] =
            bootstrap
                .connect(InetAddress.getLoopbackAddress(), server.port())
                .syncUninterruptibly()
                .channel();
      }
      talk.await(talk.opened);
      Duration cpu = server.cpu();
      long begun = System.nanoTime();
      for (Channel channel : channels) {
        channel.pipeline().fireUserEventTriggered("begin");
      }
      talk.await(talk.answered);
      double seconds = (System.nanoTime() - begun) / 1e9;
      double micros = server.cpu().minus(cpu).toNanos() / 1e3 / messages;
      long[] times = Arrays.copyOf(talk.times, messages);
      Arrays.sort(times);
      return new Figures(
          messages / seconds, micros, times[messages / 2] / 1e6, times[messages * 99 / 100] / 1e6);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  /** All clients of a round, on one thread. */
  private static final class Talk {
    private static final byte[] REQUEST =
        ("GET /echo" + Broadcasts.UPGRADE).getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger toSend;
    private final CountDownLatch opened;
    private final CountDownLatch answered;
    private final long[] times;
    private int count;

    Talk(int messages, int connections) {
      toSend = new AtomicInteger(messages);
      opened = new CountDownLatch(connections);
      answered = new CountDownLatch(messages);
      times = new long[messages];
    }

    void await(CountDownLatch latch) throws InterruptedException {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(latch.getCount() + " are missing");
      }
    }

    ChannelInboundHandlerAdapter client() {
      return new Client();
    }

    private final class Client extends ChannelInboundHandlerAdapter {
      private boolean open;
      private int received;
      private long sent;

      @Override
      @SuppressWarnings("FutureReturnValueIgnored") // a void promise has no result
      public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(Unpooled.wrappedBuffer(REQUEST), context.voidPromise());
      }

      @Override
      public void userEventTriggered(ChannelHandlerContext context, Object event) {
        next(context);
      }

      @SuppressWarnings("FutureReturnValueIgnored") // a void promise has no result
      private void next(ChannelHandlerContext context) {
        if (toSend.getAndDecrement() <= 0) {
          return;
        }
        sent = System.nanoTime();
        received = 0;
        ByteBuf frame = context.alloc().directBuffer(FRAME_HEAD + Integer.BYTES + LENGTH);
        frame.writeByte(0x81).writeByte(0x80 | LENGTH).writeInt(0);
        for (int i = 0; i < LENGTH; i++) {
          frame.writeByte('x');
        }
        context.writeAndFlush(frame, context.voidPromise());
      }

      /** The response is what comes first; its end is that of a read. */
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        if (!open) {
          String head = octets.toString(StandardCharsets.US_ASCII);
          if (!head.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(head);
          }
          open = true;
          opened.countDown();
        } else {
          received += octets.readableBytes();
          if (received == FRAME_HEAD + LENGTH) {
            times[count++] = System.nanoTime() - sent;
            answered.countDown();
            next(context);
          }
        }
        octets.release();
      }
    }
  }
}
