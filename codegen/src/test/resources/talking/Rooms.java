package talking;

import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.schema.stream.RawMessage;
import io.brrtrouter.server.websocket.ChannelGroup;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.util.List;
import java.util.Optional;
import talking.api.LinesHandler;
import talking.api.LinesResponse;
import talking.api.RawHandler;
import talking.api.RawResponse;
import talking.api.TalkFromServer;
import talking.api.TalkHandler;
import talking.api.TalkRequest;
import talking.api.TalkResponse;
import talking.api.TalkingApi;
import talking.api.TicksFromServerMessage;
import talking.api.TicksHandler;
import talking.api.TicksResponse;
import talking.model.Said;
import talking.model.TalkFromServerJson;

/** One room, in which everybody hears what is said. */
public final class Rooms implements TalkingApi {
  private final ChannelGroup<TalkFromServer> cats = new ChannelGroup<>();

  @Override
  public TalkHandler talk() {
    return this::talk;
  }

  private TalkResponse talk(TalkRequest request) {
    return request.room().equals("cats")
        ? TalkResponse.SwitchingProtocols.builder()
            .xPeople(cats.size())
            .body(
                WebSockets.conversation(
                    WebSocketOptions.builder().mostOctets(100).build(), this::hold))
            .build()
        : new TalkResponse.NotFound(new Said("no " + request.room()));
  }

  private void hold(Channel<Said, TalkFromServer> channel) throws Exception {
    try (ChannelGroup.Membership _ = cats.join(channel)) {
      for (Optional<Said> said = channel.receive(); said.isPresent(); said = channel.receive()) {
        answer(said.get().text(), channel);
      }
    }
  }

  private void answer(String text, Channel<Said, TalkFromServer> channel) throws Exception {
    switch (text) {
      case "octets" -> channel.send(new TalkFromServer.Binary(new byte[] {1, 2}));
      case "which" -> channel.send(heard(channel.subprotocol().orElse("none")));
      case "bye" -> channel.close(4000, "bye");
      default -> {
        try {
          cats.publish(heard(text));
        } catch (IllegalArgumentException refused) {
          channel.send(heard("refused"));
        }
      }
    }
  }

  private TalkFromServer heard(String text) {
    return new TalkFromServer.Json(
        TalkFromServerJson.builder().text(text).people(cats.size()).build());
  }

  @Override
  public LinesHandler lines() {
    return _ ->
        new LinesResponse.SwitchingProtocols(
            channel -> {
              Optional<String> line = channel.receive();
              if (line.isPresent()) {
                channel.send(new byte[] {(byte) line.get().charAt(0)});
              }
            });
  }

  @Override
  public TicksHandler ticks() {
    return _ ->
        new TicksResponse.SwitchingProtocols(
            channel -> {
              channel.send(new TicksFromServerMessage.Json(1L));
              channel.send(new TicksFromServerMessage.Json(null));
              channel.receive();
            });
  }

  @Override
  public RawHandler raw() {
    return _ ->
        new RawResponse.SwitchingProtocols(
            channel -> {
              for (Optional<RawMessage> next = channel.receive();
                  next.isPresent();
                  next = channel.receive()) {
                channel.send(List.of(next.get().toString()));
              }
            });
  }
}
