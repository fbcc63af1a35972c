package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Peer;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * What is spoken on connections.
 *
 * @param tls encrypts them; without it they are plain
 */
public record Protocols(Optional<Tls> tls) {

  /** {@return plain connections} */
  public static Protocols defaults() {
    return new Protocols(Optional.empty());
  }

  /** {@return what a connection begins with} */
  LoopEntry first(Shared shared, ConnectionLoop loop, Channel channel) {
    return tls.<LoopEntry>map(encrypting -> new Opening(shared, loop, channel, encrypting))
        .orElseGet(
            () -> new Connection(shared, loop, channel, Peer.of(Connection.address(channel))));
  }
}
