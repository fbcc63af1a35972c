package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.ContentSource;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * JSON texts, on lines or as a sequence (RFC 7464). Lines end with LF, behind which CR is white
 * space, or with the end of the body; those with white space only are passed over. In a sequence
 * each text stands behind RS, and several RS are one; a number, {@code true}, {@code false} or
 * {@code null} that no white space follows may have been cut off, and is refused, as is an RS that
 * nothing follows.
 */
final class TextItems implements ItemSource {
  private static final int END = -1;
  private static final int RS = 0x1E;
  private static final int WINDOW = 8 * 1024;

  /** Octets that most items do not exceed. */
  private static final int FIRST = 256;

  private final ContentSource body;
  private final boolean sequence;
  private final int most;
  private final PartStore store;

  private final byte[] window = new byte[WINDOW];
  private int at;
  private int size;

  /** Where the next octet stands. */
  private long offset;

  private int line = 1;
  private int column = 1;

  /** The item that is read, as far as it has come. */
  private byte[] item = new byte[FIRST];

  private int length;

  private long number;
  private boolean begun;
  private boolean ended;

  /**
   * Nothing is read yet.
   *
   * @param body the body
   * @param sequence whether RS stands before each text, instead of LF behind it
   * @param most octets of one item
   * @param store holds what is in memory
   */
  TextItems(ContentSource body, boolean sequence, int most, PartStore store) {
    this.body = body;
    this.sequence = sequence;
    this.most = most;
    this.store = store;
  }

  @Override
  public @Nullable RawItem next() throws IOException {
    return sequence ? nextText() : nextLine();
  }

  private @Nullable RawItem nextLine() throws IOException {
    while (!ended) {
      RawItem place = place();
      byte[] octets = octets(place, octet(), '\n');
      if (!isBlank(octets)) {
        return item(place, octets);
      }
      store.release(octets.length);
    }
    return null;
  }

  private @Nullable RawItem nextText() throws IOException {
    if (ended) {
      return null;
    }
    RawItem place = place();
    if (!begun) {
      int first = octet();
      if (first == END) {
        ended = true;
        return null;
      }
      begun = true;
      if (first != RS) {
        throw malformed(place, "a text of a JSON sequence begins with RS (U+001E)");
      }
    }
    int first;
    do {
      place = place();
      first = octet();
    } while (first == RS);
    if (first == END) {
      throw malformed(place, "nothing follows RS (U+001E): a text may have been cut off");
    }
    byte[] octets = octets(place, first, RS);
    if (isBlank(octets)) {
      throw malformed(place, "there is no text behind RS (U+001E)");
    }
    if (mayBeCut(octets)) {
      throw malformed(
          place, "a number, true, false or null without white space behind it may be cut off");
    }
    return item(place, octets);
  }

  private RawItem item(RawItem place, byte[] octets) {
    number++;
    return new RawItem(number, place.offset(), place.line(), place.column(), octets, null);
  }

  /** {@return the item that may begin here} */
  private RawItem place() {
    return new RawItem(number + 1, offset, line, column, CollectedParts.NONE, null);
  }

  private static MalformedItemException malformed(RawItem place, String message) {
    return new MalformedItemException(
        place, new DecodedBody.Malformed(place.line(), place.column(), message));
  }

  /** {@return the octets from one that was read on, to a mark or the end} */
  private byte[] octets(RawItem place, int first, int mark) throws IOException {
    length = 0;
    int held = 0;
    int octet = first;
    while (octet != mark && octet != END) {
      if (length == most) {
        throw new MalformedItemException(
            place,
            new DecodedBody.TooLarge(
                "item " + place.number() + " has more than " + most + " octets"));
      }
      if (length == item.length) {
        item = Arrays.copyOf(item, (int) Math.min(2L * length, Math.max(most, FIRST)));
        store.hold(length - held);
        held = length;
      }
      item[length++] = (byte) octet;
      octet = octet();
    }
    ended = octet == END;
    store.hold(length - held);
    byte[] octets = Arrays.copyOf(item, length);
    if (item.length > WINDOW) {
      item = new byte[FIRST]; // One large item is no reason to expect another one.
    }
    return octets;
  }

  private int octet() throws IOException {
    while (at == size) {
      at = 0;
      size = 0;
      int read = body.read(window, 0, WINDOW);
      if (read < 0) {
        return END;
      }
      size = read;
    }
    int octet = window[at++] & 0xFF;
    offset++;
    if (octet == '\n') {
      line++;
      column = 1;
    } else if ((octet & 0xC0) != 0x80) {
      column++; // The other octets of a character are no characters.
    }
    return octet;
  }

  private static boolean isBlank(byte[] octets) {
    for (byte octet : octets) {
      if (!isSpace(octet)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the end of a text cannot be told from its octets (RFC 7464 section 2.4). */
  private static boolean mayBeCut(byte[] octets) {
    int first = 0;
    while (isSpace(octets[first])) {
      first++;
    }
    boolean delimited = octets[first] == '{' || octets[first] == '[' || octets[first] == '"';
    return !delimited && !isSpace(octets[octets.length - 1]);
  }

  private static boolean isSpace(byte octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }
}
