package io.brrtrouter.outbound;

import java.net.URI;
import java.util.Optional;

/**
 * Who gets a request.
 *
 * @param url where; an absolute {@code https} URL, or {@code http} where that is allowed, without
 *     user information and fragment
 * @param secret the name of the secret that the request is signed with, that of a subscription for
 *     example; the secret itself is looked up when the request is sent, and is written nowhere.
 *     Empty where all receivers share one
 */
public record Receiver(URI url, Optional<String> secret) {

  /**
   * {@return a receiver whose requests are signed with the secret that all share}
   *
   * @param url where
   */
  public static Receiver of(URI url) {
    return new Receiver(url, Optional.empty());
  }

  /**
   * {@return the same receiver, with a secret of its own}
   *
   * @param name the name of the secret
   */
  public Receiver signedWith(String name) {
    return new Receiver(url, Optional.of(name));
  }
}
