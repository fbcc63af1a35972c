package io.brrtrouter.server.http;

import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** What a response carries. */
public sealed interface Body {

  /** Nothing. */
  Body EMPTY = new Empty();

  /** No content. */
  record Empty() implements Body {}

  /**
   * Bytes ready to send.
   *
   * @param bytes the content; not copied, must not be changed afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // identity of the content is never asked for
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A JSON value, written in UTF-8 when the response is sent.
   *
   * @param value the value; must not be changed afterwards
   */
  record Json(JsonNode value) implements Body {
    /** Refuses null here, where the handler is that made it, and not when the response is sent. */
    public Json {
      Objects.requireNonNull(value, "a JSON body needs a value; is there nothing to answer with?");
    }
  }

  /**
   * Content that is written while it is sent.
   *
   * @param writer writes it
   * @param length how many octets it has, {@link #UNKNOWN_LENGTH} if only its end tells
   * @param onReload whether the writer is told to end when the document is replaced
   */
  record Streamed(ContentWriter writer, long length, OnReload onReload) implements Body {
    /** It is not known before how long the content is. */
    public static final long UNKNOWN_LENGTH = -1;

    /** Refuses null and lengths that there are none of. */
    public Streamed {
      Objects.requireNonNull(onReload, "OnReload.AS_CONFIGURED says nothing");
      Objects.requireNonNull(writer, "streamed content needs a writer");
      if (length < UNKNOWN_LENGTH) {
        throw new IllegalArgumentException("content has 0 octets or more, not " + length);
      }
    }

    /**
     * Content whose writer is told of another document as configured.
     *
     * @param writer writes it
     * @param length how many octets it has, {@link #UNKNOWN_LENGTH} if only its end tells
     */
    public Streamed(ContentWriter writer, long length) {
      this(writer, length, OnReload.AS_CONFIGURED);
    }

    /**
     * {@return the same, written by another writer}
     *
     * @param other the writer
     */
    public Streamed writtenBy(ContentWriter other) {
      return new Streamed(other, length, onReload);
    }
  }

  /**
   * Content of which a client may have any part: what the request asks for is chosen when the
   * response is checked (RFC 9110 sections 13 and 14). The response is of the whole.
   *
   * @param content the content
   */
  record Seekable(SeekableContent content) implements Body {
    /** Refuses null. */
    public Seekable {
      Objects.requireNonNull(content, "a response of which parts are sent needs content");
    }
  }

  /**
   * Another protocol, in place of content: goes with status 101 only.
   *
   * @param handler speaks it
   * @param onReload whether the handler is told to end when the document is replaced
   */
  record Tunnel(TunnelHandler handler, OnReload onReload) implements Body {
    /** Refuses null. */
    public Tunnel {
      Objects.requireNonNull(onReload, "OnReload.AS_CONFIGURED says nothing");
      Objects.requireNonNull(handler, "a tunnel needs a handler");
    }

    /**
     * A protocol whose handler is told of another document as configured.
     *
     * @param handler speaks it
     */
    public Tunnel(TunnelHandler handler) {
      this(handler, OnReload.AS_CONFIGURED);
    }
  }
}
