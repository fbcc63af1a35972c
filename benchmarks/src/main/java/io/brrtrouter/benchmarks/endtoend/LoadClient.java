package io.brrtrouter.benchmarks.endtoend;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request after the other on each of a few connections, or streams, and counts what comes
 * back. One thread, so that it takes no more of the machine than it must.
 */
final class LoadClient implements AutoCloseable {
  private static final int STREAMS = 8;
  private static final int MOST_BODY = 1 << 16;
  private static final int PATIENCE_SECONDS = 60;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Channel> connections = new ArrayList<>();
  private final Wire wire;
  private final Request request;
  private final AtomicInteger toSend = new AtomicInteger();
  private final Semaphore answered = new Semaphore(0);
  private volatile @Nullable Throwable failure;

  /**
   * What is sent each time.
   *
   * @param path the target
   * @param fields header fields beside those of every request
   * @param body the body, JSON; nobody releases it
   */
  record Request(String path, Map<String, String> fields, ByteBuf body) {
    Request(String path, Map<String, String> fields, byte[] body) {
      this(path, fields, Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(body)));
    }

    FullHttpRequest message(Wire wire) {
      DefaultFullHttpRequest message =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, path, body.duplicate());
      message
          .headers()
          .set(HttpHeaderNames.HOST, "127.0.0.1")
          .set(HttpHeaderNames.USER_AGENT, "load")
          .set(HttpHeaderNames.ACCEPT, "*/*")
          .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
      if (wire == Wire.HTTP2) {
        message.headers().set("x-http2-scheme", "http");
      }
      fields.forEach((name, value) -> message.headers().set(name, value));
      return message;
    }
  }

  /** Connects, without sending a request. */
  LoadClient(Wire wire, int port, int exchangesAtOnce, Request request) throws IOException {
    this.wire = wire;
    this.request = request;
    SslContext tls =
        wire == Wire.TLS
            ? SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build()
            : null;
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(initializer(channel -> connected(channel, tls)));
    int count = wire == Wire.HTTP2 ? Math.max(1, exchangesAtOnce / STREAMS) : exchangesAtOnce;
    for (int i = 0; i < count; i++) {
      connections.add(
          bootstrap
              .connect(InetAddress.getLoopbackAddress(), port)
              .syncUninterruptibly()
              .channel());
    }
  }

  private interface Init {
    void accept(Channel channel);
  }

  private static ChannelInitializer<Channel> initializer(Init init) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        init.accept(channel);
      }
    };
  }

  private void connected(Channel channel, @Nullable SslContext tls) {
    if (wire == Wire.HTTP2) {
      channel
          .pipeline()
          .addLast(
              Http2FrameCodecBuilder.forClient().build(),
              new Http2MultiplexHandler(initializer(_ -> {})));
      return;
    }
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(new HttpClientCodec(), new HttpObjectAggregator(MOST_BODY), new Answers());
  }

  /** Makes so many exchanges; each must be answered with 201. */
  void run(int exchanges) throws IOException {
    toSend.set(exchanges);
    for (Channel connection : connections) {
      int atOnce = wire == Wire.HTTP2 ? STREAMS : 1;
      for (int i = 0; i < atOnce; i++) {
        connection.eventLoop().execute(() -> next(connection));
      }
    }
    boolean all;
    try {
      all = answered.tryAcquire(exchanges, PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    Throwable cause = failure;
    if (cause != null || !all) {
      throw new IOException("not everything was answered", cause);
    }
  }

  private void next(Channel connection) {
    if (toSend.getAndDecrement() <= 0) {
      return;
    }
    if (wire != Wire.HTTP2) {
      sent(connection.writeAndFlush(request.message(wire)));
      return;
    }
    new Http2StreamChannelBootstrap(connection)
        .handler(
            initializer(stream ->
                stream
                    .pipeline()
                    .addLast(
                        new Http2StreamFrameToHttpObjectCodec(false),
                        new HttpObjectAggregator(MOST_BODY),
                        new Answers())))
        .open()
        .addListener((Future<Channel> opened) -> {
          if (opened.isSuccess()) {
            sent(opened.getNow().writeAndFlush(request.message(wire)));
          } else {
            fail(opened.cause());
          }
        });
  }

  private void sent(Future<Void> write) {
    write.addListener(done -> {
      if (!done.isSuccess()) {
        fail(done.cause());
      }
    });
  }

  /** Ends the wait: whatever comes later does not count. */
  private void fail(Throwable cause) {
    failure = cause;
    answered.release(Integer.MAX_VALUE / 2);
  }

  private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      if (response.status().code() != 201) {
        fail(new IOException("not 201: " + response));
        return;
      }
      answered.release();
      Channel channel = context.channel();
      next(wire == Wire.HTTP2 ? channel.parent() : channel);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise has no result
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      fail(cause);
      context.close(context.voidPromise());
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
