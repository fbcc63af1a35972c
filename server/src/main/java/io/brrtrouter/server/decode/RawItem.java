package io.brrtrouter.server.decode;

import org.jspecify.annotations.Nullable;

/**
 * One item of a body as it was sent.
 *
 * @param number which item it is, from 1
 * @param offset how many octets of the body stand before it
 * @param line on which line it begins, from 1; 0 where lines have no meaning
 * @param column at which character of the line, from 1
 * @param octets a JSON text, or the content of a part
 * @param part the part, null for others
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the octets is never asked for
record RawItem(long number, long offset, int line, int column, byte[] octets, @Nullable Part part) {

  /** {@return its place in the array that the items are (OpenAPI 3.2 section 4.14.2)} */
  String pointer() {
    return "/" + (number - 1);
  }
}
