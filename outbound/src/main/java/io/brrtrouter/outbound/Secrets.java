package io.brrtrouter.outbound;

import java.util.List;

/**
 * Knows the secrets of receivers by name. Asked on many threads, each time that a request is sent,
 * and may wait for a database or a vault.
 */
@FunctionalInterface
public interface Secrets {

  /**
   * {@return the secrets that requests to a receiver are signed with: one, several while it
   * rotates, the newest first; none if nobody knows that name: then nothing is sent, and tried
   * again later} Each is {@code whsec_} and base64, or any other text, whose octets in UTF-8 are
   * the secret.
   *
   * @param name what {@link Receiver#secret} says
   * @throws Exception if it is not to be had now: tried again later
   */
  List<String> find(String name) throws Exception;
}
