package io.brrtrouter.benchmarks.live;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.stream.ChunkedFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The yardsticks of downloads: any octets are taken for a request, and a file is the answer, by
 * {@code sendfile} or copied.
 */
public final class BareDownloads {
  private static final int CHUNK = 64 << 10;

  private BareDownloads() {}

  /**
   * Serves until the process is ended.
   *
   * @param args {@code sendfile} or {@code copy}, and the file
   * @throws Exception if it cannot serve
   */
  public static void main(String[] args) throws Exception {
    boolean zeroCopy = args[0].equals("sendfile");
    File file = new File(args[1]);
    Channel server =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new ChunkedWriteHandler(), new Sender(file, zeroCopy));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println("port " + ((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  private static final class Sender extends SimpleChannelInboundHandler<ByteBuf> {
    private final File file;
    private final boolean zeroCopy;

    Sender(File file, boolean zeroCopy) {
      this.file = file;
      this.zeroCopy = zeroCopy;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise has no result
    protected void channelRead0(ChannelHandlerContext context, ByteBuf request) throws IOException {
      String head = "HTTP/1.1 200 OK\r\nContent-Length: " + file.length() + "\r\n\r\n";
      context.write(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII), context.voidPromise());
      Object content =
          zeroCopy
              ? new DefaultFileRegion(file, 0, file.length())
              : new ChunkedFile(new RandomAccessFile(file, "r"), 0, file.length(), CHUNK);
      context.writeAndFlush(content).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
