package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

/**
 * Checks the extensions of chunks octet by octet, from what is behind a size to the CR (RFC 9112
 * section 7.1.1). No extension is understood here, but another reader may be there, and must not
 * find a line end or a size where this one found none. So two things of the grammar that nobody
 * sends and Netty does not read are refused: white space behind a value, and octets beyond ASCII in
 * a quoted one.
 */
final class ChunkExtensions {
  private static final String WHERE = "a chunk extension";

  private enum State {
    /** White space or the semicolon of the first extension. */
    BEFORE,
    /** White space or a name. */
    NAME_BEGIN,
    NAME,
    /** White space, the equals sign or the next extension. */
    NAME_END,
    /** White space or a value. */
    VALUE_BEGIN,
    TOKEN,
    QUOTED,
    /** An octet behind a backslash. */
    ESCAPED,
    /** The next extension. */
    QUOTE_END
  }

  private State state = State.BEFORE;

  /** Begins with the extensions of another chunk. */
  void begin() {
    state = State.BEFORE;
  }

  /** Takes the next octet, which is not the CR behind the extensions. */
  void add(byte octet) throws FramingException {
    state =
        switch (state) {
          case BEFORE -> before(octet);
          case NAME_BEGIN -> token(octet, State.NAME, State.NAME_BEGIN);
          case NAME -> Octets.isToken(octet) ? state : nameEnd(octet);
          case NAME_END -> nameEnd(octet);
          case VALUE_BEGIN ->
              octet == '"' ? State.QUOTED : token(octet, State.TOKEN, State.VALUE_BEGIN);
          case TOKEN -> Octets.isToken(octet) ? state : next(octet);
          case QUOTED -> quoted(octet);
          case ESCAPED -> quotable(octet);
          case QUOTE_END -> next(octet);
        };
  }

  /** Refuses extensions that the CR which is next cuts off. */
  void end() throws FramingException {
    switch (state) {
      case NAME, TOKEN, QUOTE_END -> {}
      case BEFORE -> throw malformed("no white space is allowed behind a chunk size");
      case NAME_BEGIN -> throw malformed("a chunk extension has a name behind its semicolon");
      case VALUE_BEGIN -> throw malformed("a chunk extension has a value behind its equals sign");
      case QUOTED, ESCAPED -> throw malformed("a quoted value of a chunk extension ends with \"");
      case NAME_END -> throw malformed("no white space is allowed behind a chunk extension");
    }
  }

  private static State before(byte octet) throws FramingException {
    if (Octets.isSpace(octet)) {
      return State.BEFORE;
    }
    if (octet != ';') {
      throw malformed("white space behind a chunk size is followed by an extension");
    }
    return State.NAME_BEGIN;
  }

  private static State token(byte octet, State begun, State awaited) throws FramingException {
    if (Octets.isToken(octet)) {
      return begun;
    }
    return space(octet, awaited);
  }

  private static State nameEnd(byte octet) throws FramingException {
    return switch (octet) {
      case '=' -> State.VALUE_BEGIN;
      case ';' -> State.NAME_BEGIN;
      default -> space(octet, State.NAME_END);
    };
  }

  private static State next(byte octet) throws FramingException {
    if (octet != ';') {
      throw FramingException.octet(octet, WHERE);
    }
    return State.NAME_BEGIN;
  }

  private static State space(byte octet, State next) throws FramingException {
    if (!Octets.isSpace(octet)) {
      throw FramingException.octet(octet, WHERE);
    }
    return next;
  }

  private static State quoted(byte octet) throws FramingException {
    return switch (octet) {
      case '"' -> State.QUOTE_END;
      case '\\' -> State.ESCAPED;
      default -> quotable(octet);
    };
  }

  private static State quotable(byte octet) throws FramingException {
    if (octet < 0 || !Octets.isFieldValue(octet)) {
      throw FramingException.octet(octet, WHERE);
    }
    return State.QUOTED;
  }
}
