package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.MediaRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key of a response's {@code content} as something a client may accept: a media type, or a range
 * that some acceptable type may fall into. Immutable.
 *
 * @param name as declared
 * @param types the media type, also with {@code charset=utf-8} where it has no charset: clients ask
 *     for that even of JSON; none when a range is declared
 * @param range the declaration as a range
 */
record Offer(String name, List<ContentType> types, MediaRange range) {

  static Offer of(String name) {
    MediaRange range = MediaRange.parse(name).orElse(MediaRange.ANY);
    Optional<ContentType> type = ContentType.parse(name);
    if (type.isEmpty()) {
      return new Offer(name, List.of(), range);
    }
    List<ContentType> types = new ArrayList<>(List.of(type.get()));
    if (type.get().parameter("charset").isEmpty()) {
      List<ContentType.Parameter> parameters = new ArrayList<>(type.get().parameters());
      parameters.add(new ContentType.Parameter("charset", "utf-8"));
      types.add(new ContentType(type.get().type(), type.get().subtype(), parameters));
    }
    return new Offer(name, List.copyOf(types), range);
  }

  /**
   * {@return how welcome this is, in thousandths; 0 for not at all}
   *
   * @param accept what the client accepts
   */
  int weight(Accept accept) {
    int most = types.isEmpty() ? accept.weight(range) : 0;
    for (ContentType type : types) {
      most = Math.max(most, accept.weight(type));
    }
    return most;
  }
}
