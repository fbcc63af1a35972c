package shelter;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.websocket.ChannelGroup;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import shelter.api.ChatRequest;
import shelter.api.ChatResponse;
import shelter.model.Heard;
import shelter.model.Said;
import shelter.server.ShelterServer;

/** The example of {@code docs/websocket.md}. */
public final class Chat {
  private final Map<String, ChannelGroup<Heard>> rooms =
      Map.of("cats", new ChannelGroup<>(), "dogs", new ChannelGroup<>());

  private final WebSocketOptions options =
      WebSocketOptions.builder().mostOctets(4096).idle(Duration.ofMinutes(30)).build();

  ChatResponse chat(ChatRequest request) {
    ChannelGroup<Heard> room = rooms.get(request.room());
    if (room == null) {
      return new ChatResponse.NotFound();
    }
    return new ChatResponse.SwitchingProtocols(
        WebSockets.conversation(
            options,
            channel -> {
              try (ChannelGroup.Membership _ = room.join(channel)) {
                for (Optional<Said> said = channel.receive();
                    said.isPresent();
                    said = channel.receive()) {
                  String text = said.get().text();
                  if (text.equals("bye")) {
                    channel.close(4000, "bye");
                  }
                  room.publish(Heard.builder().room(request.room()).text(text).build());
                }
              }
            }));
  }

  /** Registers it, and the echo of the page, which has no types. */
  public static void register(BrrtServer.Builder builder) {
    builder
        .handler("chat", ShelterServer.chat(new Chat()::chat))
        .handler("echo", WebSockets.handler(socket -> {}));
  }
}
