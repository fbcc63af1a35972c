package io.brrtrouter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.EncoderException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes to Redis, in the protocol that it speaks (RESP). */
class SilentEncoderTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new SilentEncoder());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private static Command<String, String, String> get(String key) {
    return command(new CommandArgs<>(StringCodec.UTF8).addKey(key));
  }

  private static Command<String, String, String> command(CommandArgs<String, String> arguments) {
    return new Command<>(CommandType.GET, new StatusOutput<>(StringCodec.UTF8), arguments);
  }

  private String written() {
    ByteBuf octets = channel.readOutbound();
    try {
      return octets.toString(StandardCharsets.UTF_8);
    } finally {
      octets.release();
    }
  }

  @Test
  void one_command_or_several_are_written() {
    channel.writeOutbound(get("a"));
    assertThat(written()).isEqualTo("*2\r\n$3\r\nGET\r\n$1\r\na\r\n");

    channel.writeOutbound(List.of(get("b"), get("cc")));
    assertThat(written())
        .isEqualTo("*2\r\n$3\r\nGET\r\n$1\r\nb\r\n*2\r\n$3\r\nGET\r\n$2\r\ncc\r\n");
  }

  /** Its answer would be taken for that of the next. */
  @Test
  void a_command_that_cannot_be_written_ends_the_connection() {
    CommandArgs<String, String> broken =
        new CommandArgs<>(StringCodec.UTF8) {
          @Override
          public void encode(ByteBuf octets) {
            throw new IllegalStateException("broken by a test");
          }
        };

    assertThatThrownBy(() -> channel.writeOutbound(List.of(get("a"), command(broken.addKey("k")))))
        .isInstanceOf(EncoderException.class)
        .hasRootCauseMessage("broken by a test");
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.outboundMessages()).isEmpty();
  }
}
