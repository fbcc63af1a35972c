package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.limit.Client;
import io.brrtrouter.server.limit.Limit;
import io.brrtrouter.server.limit.Patience;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what clients do: their requests, by address and by who they are, and their credentials
 * that are refused, of which too many bar an address. Decides nothing else. One for a server,
 * whatever generation serves; what it counts to are the limits of the generation. Safe for use by
 * many threads.
 */
final class ClientCounts {
  private final RefusedCertificates certificates;

  /**
   * Begins to count.
   *
   * @param certificates is told of client certificates that are refused
   */
  ClientCounts(RefusedCertificates certificates) {
    this.certificates = certificates;
  }

  private static RateLimits limits(Arrival arrival) {
    return arrival.api().options().rateLimits();
  }

  private static Client address(Arrival arrival) {
    return arrival.clientAddress().map(Client::at).orElse(Client.UNKNOWN);
  }

  /** {@return whether counting asks somebody else, which no event loop may wait for} */
  boolean blocks(Arrival arrival) {
    return limits(arrival).blocks();
  }

  /** {@return how long a request may wait for who counts, all its questions together} */
  Patience patience(Arrival arrival) {
    return limits(arrival).patience();
  }

  /**
   * Counts a request by its address.
   *
   * @param limit what it counts to
   * @param patience how long it may wait for who counts; null on an event loop, where this server
   *     counts alone
   * @return where the address stands
   */
  Standing arrived(Arrival arrival, Limit limit, @Nullable Patience patience) {
    return count(arrival, limit, address(arrival), patience);
  }

  /**
   * Counts a request of who may call.
   *
   * @param client whose it is
   * @param patience as in {@link #arrived}
   * @return where the client stands
   */
  Standing count(Arrival arrival, Limit limit, Client client, @Nullable Patience patience) {
    return patience == null
        ? limits(arrival).takeOwn(limit, client)
        : limits(arrival).take(limit, client, patience);
  }

  /** {@return who is counted, null for nobody} */
  @Nullable Client client(Arrival arrival, RateLimits.Key key, List<Principal> principals) {
    if (key == RateLimits.Key.IP) {
      return address(arrival);
    }
    for (Principal principal : principals) {
      if (!principal.subject().isEmpty()) {
        return Client.named(principal.scheme(), principal.subject());
      }
    }
    return key == RateLimits.Key.SUBJECT ? null : address(arrival);
  }

  /**
   * {@return where an address stands of which no guess is looked at at present, because too many
   * credentials were refused; null if it is none}
   */
  @Nullable Standing barred(Arrival arrival) {
    return limits(arrival).barred(address(arrival));
  }

  /**
   * Counts what is refused of a request that is let in: another credential lets it in, and is no
   * licence to guess passwords.
   *
   * @param check looked at its credentials
   */
  void granted(Arrival arrival, SecurityCheck check) {
    if (check.refusedGuess()) {
      limits(arrival).refused(address(arrival));
    }
  }

  /**
   * Counts what is refused of a request that is not let in.
   *
   * @param check looked at its credentials
   * @return where the address stands if that was one too many, else null
   */
  @Nullable Standing refused(Arrival arrival, SecurityCheck check) {
    check.refusedCertificate().ifPresent(certificates::tell);
    return check.refusedSomething() ? limits(arrival).refused(address(arrival)) : null;
  }
}
