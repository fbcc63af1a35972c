package io.brrtrouter.benchmarks.endtoend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a careful user would write by hand: Netty's codec, one array for the body, a virtual thread
 * that reads a Jackson tree and writes it back. Nothing is routed, validated, counted or logged.
 */
public final class BareNetty {
  private static final int MOST_BODY = 1 << 20;

  private BareNetty() {}

  /**
   * Serves until the process is ended; prints the port first.
   *
   * @param args none
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    boolean epoll = Epoll.isAvailable();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(), new HttpObjectAggregator(MOST_BODY), new Echo());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println("port " + ((InetSocketAddress) server.localAddress()).getPort());
    server.closeFuture().sync();
  }

  private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      byte[] body = ByteBufUtil.getBytes(request.content());
      Thread.startVirtualThread(() -> answer(context, body));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise has no result
    private static void answer(ChannelHandlerContext context, byte[] body) {
      JsonNode pet = JSON.readTree(body);
      ByteBuf content = Unpooled.wrappedBuffer(JSON.writeValueAsBytes(pet));
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CREATED, content);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
      context.writeAndFlush(response, context.voidPromise());
    }
  }
}
