package io.brrtrouter.benchmarks.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Many clients of one server, on one thread. Each sends the same once it is connected; what comes
 * back is looked through for numbers, {@code System.nanoTime} of the server when it sent them, and
 * how old they are is kept.
 */
final class Crowd implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  /** So many at once, that none has to try again. */
  private static final int CONNECTING = 200;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final List<Channel> channels = new ArrayList<>();

  /** Ages in nanoseconds. Used by the one thread, and read when it has nothing to do. */
  private long[] ages = new long[1 << 16];

  private int count;
  private volatile CountDownLatch awaited = new CountDownLatch(0);

  /**
   * Connects.
   *
   * @param clients how many
   * @param port of the server
   * @param request what each sends
   * @param mark what stands before each number
   * @param reads whether they read what comes
   */
  Crowd(int clients, int port, String request, String mark, boolean reads) throws IOException {
    byte[] sent = request.getBytes(StandardCharsets.US_ASCII);
    byte[] before = mark.getBytes(StandardCharsets.US_ASCII);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.AUTO_READ, reads)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Ages(before));
                  }
                });
    if (!reads) {
      bootstrap.option(ChannelOption.SO_RCVBUF, 4096);
    }
    for (int i = 0; i < clients; i += CONNECTING) {
      List<ChannelFuture> some = new ArrayList<>();
      for (int j = i; j < Math.min(clients, i + CONNECTING); j++) {
        some.add(bootstrap.connect(InetAddress.getLoopbackAddress(), port));
      }
      for (ChannelFuture each : some) {
        Channel channel = each.syncUninterruptibly().channel();
        channels.add(channel);
        ChannelFuture _ = channel.writeAndFlush(Unpooled.wrappedBuffer(sent));
      }
    }
  }

  /** Waits for numbers from now on. */
  void expect(int numbers) {
    count = 0;
    awaited = new CountDownLatch(numbers);
  }

  /** {@return the ages of what was expected, in milliseconds, the least first} */
  double[] ages() throws IOException {
    try {
      if (!awaited.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(awaited.getCount() + " did not come");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Arrays.stream(ages, 0, count).sorted().mapToDouble(age -> age / 1e6).toArray();
  }

  int open() {
    return (int) channels.stream().filter(Channel::isActive).count();
  }

  /** Finds numbers in a stream of octets, wherever they are cut. */
  private final class Ages extends ChannelInboundHandlerAdapter {
    private final byte[] mark;
    private int matched;
    private long number;

    Ages(byte[] mark) {
      this.mark = mark;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf octets = (ByteBuf) message;
      long now = System.nanoTime();
      while (octets.isReadable()) {
        byte octet = octets.readByte();
        if (matched < mark.length) {
          matched = octet == mark[matched] ? matched + 1 : octet == mark[0] ? 1 : 0;
        } else if (octet >= '0' && octet <= '9') {
          number = 10 * number + octet - '0';
        } else {
          keep(now - number);
          matched = 0;
          number = 0;
        }
      }
      octets.release();
    }
  }

  private void keep(long age) {
    if (count == ages.length) {
      ages = Arrays.copyOf(ages, 2 * count);
    }
    ages[count++] = age;
    awaited.countDown();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
