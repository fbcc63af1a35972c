package io.brrtrouter.server.limit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which limits there are, and who counts. A new generation of a server may have other limits,
 * {@link #with} the same buckets. Safe for use by many threads.
 */
public final class RateLimits implements AutoCloseable {
  /** Nothing is limited. */
  public static final RateLimits NONE =
      new RateLimits(
          new Rules(
              Optional.empty(),
              Map.of(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              true),
          Counting.alone(1));

  /** Begins the scope of what counts before authentication, which is not what counts after it. */
  private static final String BEFORE = "before:";

  /** The scope of credentials that are refused. */
  private static final String REFUSED = "refused";

  private final Rules rules;
  private final @Nullable Limit failures;
  private final RateLimiter limiter;

  /** Those of addresses that fail, apart: who invents addresses pushes out nobody else's. */
  private final Buckets failing;

  private final LongSupplier nanoTime;

  /** By what clients are told apart. */
  public enum Key {
    /** By who they are to a security scheme, those of whom no credential tells by address. */
    SUBJECT_THEN_IP,
    /** By who they are to a security scheme; others are not limited. */
    SUBJECT,
    /** By address. */
    IP;

    /**
     * {@return the key of a name, or nothing}
     *
     * @param name the name in lower case
     */
    public static Optional<Key> parse(String name) {
      for (Key key : values()) {
        if (key.toString().equals(name)) {
          return Optional.of(key);
        }
      }
      return Optional.empty();
    }

    /** {@return the name in lower case, as the configuration has it} */
    @Override
    public String toString() {
      return switch (this) {
        case SUBJECT_THEN_IP -> "subject_then_ip";
        case SUBJECT -> "subject";
        case IP -> "ip";
      };
    }
  }

  /**
   * How much each client may ask for.
   *
   * @param quota how much
   * @param key by what clients are told apart
   */
  public record Terms(Quota quota, Key key) {}

  /**
   * Which limits there are.
   *
   * @param general how much one client may ask of an operation
   * @param handlers the same for operations whose handlers have their own, by name of the handler;
   *     nothing for any amount
   * @param base what counts where the document says less than all about an operation; nothing if it
   *     does not matter what it says
   * @param beforeAuthentication how much may come from one address to each operation that asks for
   *     credentials
   * @param failures how many credentials of one address may be refused, by all operations together
   * @param skipOptions whether {@code OPTIONS} is not limited
   */
  public record Rules(
      Optional<Terms> general,
      Map<String, Optional<Terms>> handlers,
      Optional<Terms> base,
      Optional<Quota> beforeAuthentication,
      Optional<Quota> failures,
      boolean skipOptions) {
    /** Copies the map. */
    public Rules {
      handlers = Map.copyOf(handlers);
    }
  }

  /**
   * Who counts.
   *
   * @param mostClients how many buckets this server keeps
   * @param shared who counts for several servers, if somebody does; closed with the limits
   * @param timeout how long one request waits for that at most
   */
  public record Counting(int mostClients, Optional<SharedLimiter> shared, Duration timeout) {
    /**
     * {@return that this server counts by itself}
     *
     * @param mostClients how many buckets it keeps
     */
    public static Counting alone(int mostClients) {
      return new Counting(mostClients, Optional.empty(), Duration.ZERO);
    }
  }

  /**
   * Puts them together.
   *
   * @param rules which limits there are
   * @param counting who counts
   */
  public RateLimits(Rules rules, Counting counting) {
    this(rules, counting, System::nanoTime);
  }

  /**
   * Puts them together.
   *
   * @param rules which limits there are
   * @param counting who counts
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  public RateLimits(Rules rules, Counting counting, LongSupplier nanoTime) {
    this.rules = rules;
    this.failures = failures(rules);
    this.limiter =
        new RateLimiter(
            counting.mostClients(), counting.shared().orElse(null), counting.timeout(), nanoTime);
    this.failing = new Buckets(counting.mostClients());
    this.nanoTime = nanoTime;
  }

  private RateLimits(Rules rules, RateLimits counts) {
    this.rules = rules;
    this.failures = failures(rules);
    this.limiter = counts.limiter;
    this.failing = counts.failing;
    this.nanoTime = counts.nanoTime;
  }

  /**
   * {@return other limits for the same buckets, so that nobody's is reset; to close either is to
   * close both}
   *
   * @param others the limits
   */
  public RateLimits with(Rules others) {
    return new RateLimits(others, this);
  }

  /** Of all operations together: guesses that are spread over them are as many. */
  private static @Nullable Limit failures(Rules rules) {
    return rules.failures().map(quota -> new Limit(REFUSED, quota, Key.IP)).orElse(null);
  }

  /**
   * {@return the limit of an operation whose document says nothing about it, null if it has none}
   *
   * @param handler name of its handler
   * @param method its method
   */
  public @Nullable Limit of(String handler, String method) {
    return isSkipped(method)
        ? null
        : rules
            .handlers()
            .getOrDefault(handler, rules.general())
            .map(terms -> new Limit(handler, terms.quota(), terms.key()))
            .orElse(null);
  }

  /**
   * {@return whether a method is not limited}
   *
   * @param method the method
   */
  public boolean isSkipped(String method) {
    return rules.skipOptions() && method.equals("OPTIONS");
  }

  /**
   * {@return what counts where the document says something about an operation, but not all; empty
   * where it does not matter what the document says}
   *
   * @param handler name of its handler
   */
  public Optional<Terms> base(String handler) {
    return rules.handlers().containsKey(handler) ? Optional.empty() : rules.base();
  }

  /**
   * {@return the limit of an address for one operation before credentials are looked at, null if it
   * has none}
   *
   * @param method the operation's method
   * @param path its path template
   */
  public @Nullable Limit beforeAuthentication(String method, String path) {
    return rules
        .beforeAuthentication()
        .map(quota -> new Limit(BEFORE + method + ":" + path, quota, Key.IP))
        .orElse(null);
  }

  /**
   * {@return where an address stands of which no credential is looked at at present, because too
   * many were refused; null if it is none}
   *
   * @param address the address
   */
  public @Nullable Standing barred(Client address) {
    return failures == null ? null : failing.spent(failures, address, nanoTime.getAsLong());
  }

  /**
   * Counts a credential that was refused.
   *
   * @param address whose it was
   * @return where the address stands if this was one too many, else null
   */
  public @Nullable Standing refused(Client address) {
    // Who has no address is within this process.
    if (failures == null || address.equals(Client.UNKNOWN)) {
      return null;
    }
    Standing standing = failing.take(failures, address, nanoTime.getAsLong());
    return standing.admitted() ? null : standing;
  }

  /** {@return whether somebody counts for several servers what each of them refuses} */
  public boolean sharesRefusals() {
    return failures != null && limiter.blocks();
  }

  /**
   * Lets whoever counts for several servers know of a credential that was refused, after {@link
   * #refused}; may block. Where all servers together have refused too many, the address has spent
   * its own here too.
   *
   * @param address whose it was
   */
  public void shareRefused(Client address) {
    if (failures == null || address.equals(Client.UNKNOWN)) {
      return;
    }
    Standing all = limiter.takeShared(failures, address, patience());
    if (all != null && all.remaining() == 0) {
      failing.empty(failures, address, nanoTime.getAsLong(), all.nanos());
    }
  }

  /**
   * {@return why nobody counts for several servers, without secrets; empty if somebody does} To be
   * called once, before there are requests: it connects, and waits for some seconds at most.
   */
  public Optional<String> connect() {
    return limiter.connect();
  }

  /** {@return whether {@link #take} would ask somebody, and so block} */
  public boolean blocks() {
    return limiter.blocks();
  }

  /** {@return how long a request may wait for who counts, all its questions together} */
  public Patience patience() {
    return limiter.patience();
  }

  /** {@return whether somebody counts for several servers, though he may not answer at present} */
  public boolean isShared() {
    return limiter.isShared();
  }

  /**
   * Counts a request for all servers together; may block.
   *
   * @param limit what it counts to
   * @param client whose it is
   * @param patience of the request
   * @return where the client stands; null if nobody counts for several servers, or answers
   */
  public @Nullable Standing takeShared(Limit limit, Client client, Patience patience) {
    return limiter.takeShared(limit, client, patience);
  }

  /**
   * Counts a request by this server alone; never blocks.
   *
   * @param limit what it counts to
   * @param client whose it is
   * @return where the client stands
   */
  public Standing takeOwn(Limit limit, Client client) {
    return limiter.takeOwn(limit, client);
  }

  /**
   * Counts a request; may block.
   *
   * @param limit what it counts to
   * @param client whose it is
   * @param patience of the request
   * @return where the client stands
   */
  public Standing take(Limit limit, Client client, Patience patience) {
    return limiter.take(limit, client, patience);
  }

  @Override
  public void close() {
    limiter.close();
  }
}
