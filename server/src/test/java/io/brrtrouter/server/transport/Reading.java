package io.brrtrouter.server.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader makes of the octets of a connection.
 *
 * @param messages the requests that were read to their end, in order
 * @param refusal why the next is none, null if nothing was refused
 * @param atRest whether nothing of another request was read
 */
record Reading(List<Message> messages, @Nullable String refusal, boolean atRest) {

  /**
   * A request.
   *
   * @param fields name, colon and value of each field, in order
   * @param body the content, a character for each octet
   */
  record Message(String method, String target, String version, List<String> fields, String body) {}

  /** Takes note of a field. */
  static String field(String name, String value) {
    return name + ": " + value;
  }
}
