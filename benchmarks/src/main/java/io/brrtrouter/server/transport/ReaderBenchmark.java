package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a request from octets to head and body, by our reader and by the reading half of Netty's
 * {@code HttpServerCodec}, each as the handler of a channel without sockets. The channel alone,
 * whose handler reads nothing, is to be subtracted from both.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-Xmx512m")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ReaderBenchmark {
  private static final String GET =
      """
      GET /catalogue/articles?page=3&sort=price HTTP/1.1
      Host: shop.example.com
      Connection: keep-alive
      Cache-Control: max-age=0
      sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"
      sec-ch-ua-mobile: ?0
      sec-ch-ua-platform: "Linux"
      Upgrade-Insecure-Requests: 1
      User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
      Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
      Sec-Fetch-Site: same-origin
      Sec-Fetch-Mode: navigate
      Sec-Fetch-User: ?1
      Sec-Fetch-Dest: document
      Referer: https://shop.example.com/catalogue/articles?page=2&sort=price
      Accept-Encoding: gzip, deflate, br, zstd
      Accept-Language: en-GB,en;q=0.9,de;q=0.8
      Cookie: session=5f3a1c9e0b7d4e2f8a6c; theme=dark; consent=1

      """
          .replace("\n", "\r\n");

  private static final String POST =
      """
      POST /pets HTTP/1.1
      Host: api.example.com
      User-Agent: client/1.4
      Accept: application/json
      Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl
      Content-Type: application/json
      Transfer-Encoding: chunked

      c8
      %s
      64
      %s
      0

      """
          .formatted("x".repeat(200), "y".repeat(100))
          .replace("\n", "\r\n");

  /** What is read: a head as browsers send it, or a small head with a body of two chunks. */
  @Param({"get", "post"})
  private String request = "get";

  private byte[] octets;
  private EmbeddedChannel own;
  private EmbeddedChannel codec;
  private EmbeddedChannel empty;

  /** {@return the benchmark for a request, ready} */
  static ReaderBenchmark of(String request) {
    ReaderBenchmark benchmark = new ReaderBenchmark();
    benchmark.request = request;
    benchmark.open();
    return benchmark;
  }

  /** Makes the channels. */
  @Setup
  public void open() {
    octets = (request.equals("get") ? GET : POST).getBytes(StandardCharsets.ISO_8859_1);
    own = new EmbeddedChannel(new Own());
    codec = new EmbeddedChannel(new HttpRequestDecoder(new HttpDecoderConfig()), new Codec());
    empty = new EmbeddedChannel(new Nothing());
    if (read(own) != read(codec)) {
      throw new IllegalStateException("the readers do not agree");
    }
  }

  /** {@return fields and content of a request read by our reader} */
  @Benchmark
  public int own() {
    return read(own);
  }

  /** {@return fields and content of a request read by the codec} */
  @Benchmark
  public int codec() {
    return read(codec);
  }

  /** {@return nothing} */
  @Benchmark
  public int channel() {
    return read(empty);
  }

  private int read(EmbeddedChannel channel) {
    channel.writeInbound(Unpooled.wrappedBuffer(octets));
    ChannelHandler last = channel.pipeline().last();
    return ((Reader) last).result();
  }

  /** Counts what was read, so that both do the same. */
  private abstract static class Reader extends ChannelInboundHandlerAdapter {
    int fields;
    byte[] body = {};

    /** {@return a number that differs when fields or content do} */
    final int result() {
      return fields * 1000 + body.length;
    }
  }

  /** Drops what comes. */
  private static final class Nothing extends Reader {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }
  }

  /** Our reader, put together as a connection does. */
  private static final class Own extends Reader {
    private static final int LIMIT = 1 << 20;

    private final TransportLimits limits = TransportLimits.defaults();
    private final Capacity capacity = new Capacity(limits);
    private final HeadParser heads = new HeadParser(limits, Peer.of(new InetSocketAddress(0)));
    private final byte[] octets = new byte[ConnectionLoop.READ_BYTES];

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
      ByteBuf in = (ByteBuf) message;
      int length = in.readableBytes();
      in.readBytes(octets, 0, length);
      in.release();
      int at = heads.parse(octets, 0, length);
      RequestHead head = heads.take();
      fields = head.request().headers().size();
      if (head.isChunked()) {
        BodyCollector collector = new BodyCollector(LIMIT, -1, capacity);
        new ChunkedDecoder(limits).read(octets, at, length, collector);
        body = collector.take();
        collector.release();
      }
    }
  }

  /** Takes what the codec gives, and copies a body once. */
  private static final class Codec extends Reader {
    private static final byte[] NONE = {};

    private @Nullable HttpRequest head;
    private byte[] content = NONE;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest begun) {
        head = begun;
        content = NONE;
      }
      if (message instanceof HttpContent part) {
        append(part.content());
      }
      if (message instanceof LastHttpContent) {
        fields = Objects.requireNonNull(head).headers().size();
        body = content;
      }
      ReferenceCountUtil.release(message);
    }

    private void append(ByteBuf part) {
      int length = part.readableBytes();
      if (length > 0) {
        int before = content.length;
        content = Arrays.copyOf(content, before + length);
        part.readBytes(content, before, length);
      }
    }
  }
}
