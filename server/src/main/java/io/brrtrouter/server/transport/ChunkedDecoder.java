package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

import org.jspecify.annotations.Nullable;

/**
 * Reads a body in the chunked transfer coding (RFC 9112 section 7.1), octet by octet where it is
 * framing, in runs where it is content. Extensions and trailers are checked and dropped.
 */
final class ChunkedDecoder {
  /** Enough for any size an {@code int} can count; more is padding. */
  private static final int MOST_DIGITS = 8;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LF,
    CONTENT,
    CONTENT_CR,
    CONTENT_LF,
    TRAILER_BEGIN,
    TRAILER_NAME,
    TRAILER_VALUE,
    TRAILER_LF,
    LAST_LF,
    COMPLETE
  }

  private final TransportLimits limits;
  private final ChunkExtensions extensions = new ChunkExtensions();
  private State state = State.SIZE;
  private int digits;
  private long remaining;
  private int extensionBytes;
  private int trailerBytes;

  ChunkedDecoder(TransportLimits limits) {
    this.limits = limits;
  }

  boolean isComplete() {
    return state == State.COMPLETE;
  }

  /**
   * Reads octets to the end of the body at most.
   *
   * @param sink takes the content, or null to drop it
   * @return the index of the first octet not read
   * @throws FramingException if the octets are not chunked, or all bodies take too much
   * @throws TooLargeException if the content exceeds the limit of the sink
   */
  int read(byte[] octets, int from, int to, @Nullable ContentTaker sink)
      throws FramingException, TooLargeException {
    int at = from;
    while (at < to && state != State.COMPLETE) {
      if (state == State.CONTENT) {
        int run = (int) Math.min(remaining, to - at);
        if (sink != null) {
          sink.reserve(run);
          sink.append(octets, at, run);
        }
        at += run;
        remaining -= run;
        state = remaining == 0 ? State.CONTENT_CR : State.CONTENT;
      } else {
        state = next(octets[at++], sink);
      }
    }
    return at;
  }

  private State next(byte octet, @Nullable ContentTaker sink)
      throws FramingException, TooLargeException {
    return switch (state) {
      case SIZE -> size(octet);
      case EXTENSION -> extension(octet);
      case SIZE_LF -> {
        require(octet, Octets.LF, "a chunk size ends with CRLF");
        yield beginContent(sink);
      }
      case CONTENT_CR -> {
        require(octet, Octets.CR, "a chunk ends with CRLF");
        yield State.CONTENT_LF;
      }
      case CONTENT_LF -> {
        require(octet, Octets.LF, "a chunk ends with CRLF");
        yield State.SIZE;
      }
      case TRAILER_BEGIN, TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> trailer(octet);
      case LAST_LF -> {
        require(octet, Octets.LF, "a chunked body ends with CRLF");
        yield State.COMPLETE;
      }
      case CONTENT, COMPLETE -> throw new IllegalStateException(state.toString());
    };
  }

  private static void require(byte octet, byte expected, String otherwise) throws FramingException {
    if (octet != expected) {
      throw malformed(otherwise);
    }
  }

  private State size(byte octet) throws FramingException {
    int digit = Octets.hex(octet);
    if (digit >= 0) {
      if (++digits > MOST_DIGITS) {
        throw malformed("a chunk size has at most " + MOST_DIGITS + " digits");
      }
      remaining = remaining * 16 + digit;
      return State.SIZE;
    }
    if (digits == 0) {
      throw malformed("a chunk begins with its size in hexadecimal digits");
    }
    if (octet == Octets.CR) {
      return State.SIZE_LF;
    }
    if (octet != ';' && !Octets.isSpace(octet)) {
      throw malformed("a chunk size has hexadecimal digits only");
    }
    extensions.begin();
    return extension(octet);
  }

  private State extension(byte octet) throws FramingException {
    if (octet == Octets.CR) {
      extensions.end();
      return State.SIZE_LF;
    }
    countExtension();
    extensions.add(octet);
    return State.EXTENSION;
  }

  private void countExtension() throws FramingException {
    if (++extensionBytes > limits.chunkExtensionBytes()) {
      throw malformed(
          "the chunk extensions of a body have at most "
              + limits.chunkExtensionBytes()
              + " octets");
    }
  }

  private State beginContent(@Nullable ContentTaker sink)
      throws FramingException, TooLargeException {
    digits = 0;
    if (remaining == 0) {
      return State.TRAILER_BEGIN;
    }
    if (sink != null && remaining > sink.room()) {
      throw new TooLargeException(); // before any of the chunk is read
    }
    return State.CONTENT;
  }

  private State trailer(byte octet) throws FramingException {
    if (state == State.TRAILER_BEGIN && octet == Octets.CR) {
      return State.LAST_LF;
    }
    if (++trailerBytes > limits.trailerBytes()) {
      throw malformed(
          "the trailer fields of a body have at most " + limits.trailerBytes() + " octets");
    }
    return switch (state) {
      case TRAILER_BEGIN -> {
        requireName(octet);
        yield State.TRAILER_NAME;
      }
      case TRAILER_NAME -> {
        if (octet == ':') {
          yield State.TRAILER_VALUE;
        }
        requireName(octet);
        yield State.TRAILER_NAME;
      }
      case TRAILER_VALUE -> {
        if (octet == Octets.CR) {
          yield State.TRAILER_LF;
        }
        if (!Octets.isFieldValue(octet)) {
          throw FramingException.octet(octet, "the value of a trailer field");
        }
        yield State.TRAILER_VALUE;
      }
      case TRAILER_LF -> {
        require(octet, Octets.LF, "a trailer field ends with CRLF");
        yield State.TRAILER_BEGIN;
      }
      case SIZE, EXTENSION, SIZE_LF, CONTENT, CONTENT_CR, CONTENT_LF, LAST_LF, COMPLETE ->
          throw new IllegalStateException(state.toString());
    };
  }

  private static void requireName(byte octet) throws FramingException {
    if (!Octets.isToken(octet)) {
      throw FramingException.octet(octet, "the name of a trailer field");
    }
  }
}
