package io.brrtrouter.server.transport;

import io.brrtrouter.server.transport.Reading.Message;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Netty's reader, as it comes but for limits that are no smaller than ours. */
final class CodecReader {
  private static final int LIMIT = 1 << 20;

  private final List<Message> messages = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private @Nullable HttpRequest request;
  private @Nullable String refusal;

  /** {@return what the codec makes of octets; of absolute targets, what RFC 9112 makes of them} */
  static Reading read(byte[] octets) {
    return new CodecReader().all(octets);
  }

  private Reading all(byte[] octets) {
    HttpDecoderConfig config =
        new HttpDecoderConfig().setMaxInitialLineLength(LIMIT).setMaxHeaderSize(LIMIT);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpServerCodec(config));
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(octets));
      for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
        take(next);
        ReferenceCountUtil.release(next);
      }
      return new Reading(messages, refusal, refusal == null && request == null);
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private void take(HttpObject next) {
    if (refusal != null) {
      return;
    }
    if (next.decoderResult().isFailure()) {
      refusal = String.valueOf(next.decoderResult().cause());
      return;
    }
    if (next instanceof HttpRequest begun) {
      request = begun;
      body.setLength(0);
    }
    if (next instanceof HttpContent content) {
      body.append(content.content().toString(StandardCharsets.ISO_8859_1));
    }
    if (next instanceof LastHttpContent && request != null) {
      messages.add(message(request));
      request = null;
    }
  }

  private Message message(HttpRequest head) {
    List<String> fields = new ArrayList<>();
    head.headers().forEach(field -> fields.add(Reading.field(field.getKey(), field.getValue())));
    String target = head.uri();
    if (target.toLowerCase(Locale.ROOT).matches("https?://.*")) {
      String rest = target.substring(target.indexOf("://") + 3);
      int end = rest.replace('?', '/').indexOf('/');
      String path = end < 0 ? "" : rest.substring(end);
      fields.removeIf(field -> field.toLowerCase(Locale.ROOT).startsWith("host: "));
      fields.add(Reading.field("Host", end < 0 ? rest : rest.substring(0, end)));
      boolean server = path.isEmpty() && head.method().name().equals("OPTIONS");
      target = server ? "*" : path.startsWith("/") ? path : "/" + path;
    }
    return new Message(
        head.method().name(), target, head.protocolVersion().text(), fields, body.toString());
  }
}
