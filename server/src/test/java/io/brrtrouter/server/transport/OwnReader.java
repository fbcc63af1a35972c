package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.transport.Reading.Message;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our reader without a connection: the parts that {@link Connection} puts together. */
final class OwnReader {
  /** The most content of a body. */
  static final int BODY_LIMIT = 1 << 20;

  private final TransportLimits limits;
  private final HeadParser heads;
  private final List<Message> messages = new ArrayList<>();
  private @Nullable HttpRequest request;
  private @Nullable BodyCollector body;
  private @Nullable ChunkedDecoder chunks;
  private long missing;

  private OwnReader(TransportLimits limits) {
    this.limits = limits;
    this.heads = new HeadParser(limits, Peer.of(new InetSocketAddress(0)));
  }

  /** {@return what our reader makes of octets that come in pieces which end at the indexes} */
  static Reading read(TransportLimits limits, byte[] octets, int... ends) {
    return new OwnReader(limits).read(octets, ends);
  }

  private Reading read(byte[] octets, int... ends) {
    int at = 0;
    try {
      for (int end : ends) {
        at = piece(octets, at, end);
      }
    } catch (FramingException e) {
      return new Reading(messages, e.failure().detail(), false);
    } catch (TooLargeException e) {
      return new Reading(messages, "a body larger than its limit", false);
    }
    boolean rests = at == octets.length && request == null && !heads.isBegun();
    return new Reading(messages, null, rests);
  }

  /** {@return the index of the first octet that waits for the next piece} */
  private int piece(byte[] octets, int from, int to) throws FramingException, TooLargeException {
    int at = from;
    while (at < to) {
      int before = at;
      at = request == null ? head(octets, at, to) : body(octets, at, to);
      if (at == before) {
        return at;
      }
    }
    return at;
  }

  private int head(byte[] octets, int from, int to) throws FramingException, TooLargeException {
    int at = heads.parse(octets, from, to);
    if (heads.isComplete()) {
      RequestHead head = heads.take();
      if (head.contentLength() > BODY_LIMIT) {
        throw new TooLargeException();
      }
      request = head.request();
      body = new BodyCollector(BODY_LIMIT, -1, new Capacity(limits));
      chunks = head.isChunked() ? new ChunkedDecoder(limits) : null;
      missing = head.contentLength();
      if (missing == 0) {
        complete();
      }
    }
    return at;
  }

  private int body(byte[] octets, int from, int to) throws FramingException, TooLargeException {
    if (chunks != null) {
      int at = chunks.read(octets, from, to, body);
      if (chunks.isComplete()) {
        complete();
      }
      return at;
    }
    int length = (int) Math.min(missing, to - from);
    if (body != null) {
      body.reserve(length);
      body.append(octets, from, length);
    }
    missing -= length;
    if (missing == 0) {
      complete();
    }
    return from + length;
  }

  private void complete() {
    if (request == null || body == null) {
      throw new IllegalStateException("no request to complete");
    }
    List<String> fields = new ArrayList<>();
    request.headers().forEach((name, value) -> fields.add(Reading.field(name, value)));
    byte[] content = Arrays.copyOf(body.take(), body.size());
    messages.add(
        new Message(
            request.method().token(),
            request.target(),
            request.version(),
            fields,
            new String(content, StandardCharsets.ISO_8859_1)));
    request = null;
    body = null;
    chunks = null;
  }
}
