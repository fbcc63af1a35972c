package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.ClientName;
import io.brrtrouter.server.auth.SecurityCheck;
import io.brrtrouter.server.limit.Client;
import io.brrtrouter.server.limit.Limit;
import io.brrtrouter.server.limit.Patience;
import io.brrtrouter.server.limit.RateLimits;
import io.brrtrouter.server.limit.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what clients do: their requests, by address and by who they are, and their credentials
 * that are refused, of which too many bar an address. Decides nothing else. One for a server,
 * whatever generation serves; what it counts to are the limits of the generation. Safe for use by
 * many threads.
 */
final class ClientCounts {
  /** Refusals that whoever counts for several servers is being told of; others are not told. */
  private static final int BEING_SHARED = 64;

  private final RefusedCertificates certificates;
  private final Permits sharing = new Permits(BEING_SHARED);
  private final Decisions ofAddresses = new Decisions("before_authentication");
  private final Decisions ofClients = new Decisions("client");

  /** Requests that were refused because too many credentials were. */
  private final LongAdder guesses = new LongAdder();

  /** How limits of one kind have decided. */
  private static final class Decisions {
    final String limit;
    final LongAdder allowed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failedOpen = new LongAdder();

    Decisions(String limit) {
      this.limit = limit;
    }

    void add(boolean admitted, boolean alone) {
      (admitted ? alone ? failedOpen : allowed : refused).increment();
    }

    List<LimitCount> now() {
      return List.of(
          new LimitCount(limit, "allowed", allowed.sum()),
          new LimitCount(limit, "refused", refused.sum()),
          new LimitCount(limit, "failed_open", failedOpen.sum()));
    }
  }

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
    return count(arrival, limit, address(arrival), patience, ofAddresses);
  }

  /**
   * Counts a request of who may call.
   *
   * @param client whose it is
   * @param patience as in {@link #arrived}
   * @return where the client stands
   */
  Standing count(Arrival arrival, Limit limit, Client client, @Nullable Patience patience) {
    return count(arrival, limit, client, patience, ofClients);
  }

  private static Standing count(
      Arrival arrival,
      Limit limit,
      Client client,
      @Nullable Patience patience,
      Decisions decisions) {
    RateLimits limits = limits(arrival);
    Standing shared = patience == null ? null : limits.takeShared(limit, client, patience);
    Standing standing = shared == null ? limits.takeOwn(limit, client) : shared;
    decisions.add(standing.admitted(), shared == null && limits.isShared());
    return standing;
  }

  /** Counts a request that is refused because too many credentials of its address were. */
  void turnedAway() {
    guesses.increment();
  }

  /** {@return how limits have decided so far} */
  List<LimitCount> decisions() {
    List<LimitCount> all = new ArrayList<>(ofAddresses.now());
    all.addAll(ofClients.now());
    all.add(new LimitCount("refused_credentials", "refused", guesses.sum()));
    return all;
  }

  /**
   * {@return who is counted, null for nobody}
   *
   * @param name by what a credential tells who it is, if one does
   */
  @Nullable Client client(Arrival arrival, RateLimits.Key key, Optional<ClientName> name) {
    if (key == RateLimits.Key.IP) {
      return address(arrival);
    }
    if (name.isPresent()) {
      return named(name.get());
    }
    return key == RateLimits.Key.SUBJECT ? null : address(arrival);
  }

  private static Client named(ClientName name) {
    return switch (name.kind()) {
      case SUBJECT -> Client.named(name.scheme(), name.name());
      case CREDENTIAL -> Client.withCredential(name.scheme(), name.name());
    };
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
      refused(arrival);
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
    return check.refusedSomething() ? refused(arrival) : null;
  }

  /** Nobody waits for the count of all servers: it decides about the next one. */
  private @Nullable Standing refused(Arrival arrival) {
    RateLimits limits = limits(arrival);
    Client address = address(arrival);
    Standing standing = limits.refused(address);
    if (limits.sharesRefusals()) {
      Permit permit = sharing.take();
      if (permit != null) {
        Thread.ofVirtual().name("brrt-refused").start(() -> share(limits, address, permit));
      }
    }
    return standing;
  }

  private static void share(RateLimits limits, Client address, Permit permit) {
    try {
      limits.shareRefused(address);
    } finally {
      permit.release();
    }
  }
}
