package io.brrtrouter.redis;

import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.MessageToByteEncoder;
import java.util.Collection;

/**
 * Writes commands, and says nothing of them. Lettuce's own {@link CommandEncoder} shows each whole
 * to a logger that traces, the one with the password too. One for each connection, on whose thread
 * it works.
 */
final class SilentEncoder extends MessageToByteEncoder<Object> {
  /** Puts one into each connection before it is made, in place of Lettuce's. */
  static final class Replacement implements NettyCustomizer {
    @Override
    public void afterChannelInitialized(Channel channel) {
      // Without one to replace, this throws and there is no connection.
      channel.pipeline().replace(CommandEncoder.class, null, new SilentEncoder());
    }
  }

  SilentEncoder() {
    super(Object.class);
  }

  @Override
  public boolean acceptOutboundMessage(Object message) {
    return message instanceof RedisCommand || message instanceof Collection;
  }

  @Override
  protected void encode(ChannelHandlerContext context, Object message, ByteBuf octets) {
    switch (message) {
      case RedisCommand<?, ?, ?> command -> encode(context, command, octets);
      case Collection<?> several ->
          several.forEach(each -> encode(context, (RedisCommand<?, ?, ?>) each, octets));
      default -> throw new EncoderException("no command: " + message.getClass());
    }
  }

  /** Half a command on the wire, or an answer too few, would give later ones the wrong answers. */
  private static void encode(
      ChannelHandlerContext context, RedisCommand<?, ?, ?> command, ByteBuf octets) {
    try {
      command.encode(octets);
    } catch (RuntimeException | Error failure) {
      ChannelFuture _ = context.close();
      throw new EncoderException("a command cannot be written", failure);
    }
  }
}
