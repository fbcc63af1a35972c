package io.brrtrouter.outbound;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.address.HostRule;
import io.brrtrouter.outbound.address.PortRange;
import io.brrtrouter.outbound.client.HookClient;
import io.brrtrouter.outbound.client.Resolver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Says how deliveries are kept and sent: {@link Deliveries#builder()}. Everything has the default
 * of the setting that is named with it. For use by one thread.
 */
public final class DeliveriesBuilder {
  static final String FILE = "./data/deliveries";
  static final String PREFIX = "brrt_";
  static final String PORTS = "80, 443, 1024-65535";
  static final int ATTEMPTS = 12;
  static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
  static final Duration MOST_BACKOFF = Duration.ofHours(6);
  static final Duration MOST_RETRY_AFTER = Duration.ofDays(1);
  static final Duration PATIENCE = Duration.ofDays(3);
  static final Duration CONNECT = Duration.ofSeconds(5);
  static final Duration RESPONSE = Duration.ofSeconds(10);
  static final Duration TOTAL = Duration.ofSeconds(20);
  static final int CONCURRENCY = 64;
  static final int RECEIVER_CONCURRENCY = 8;
  static final Duration POLL = Duration.ofSeconds(5);
  static final Duration DRAIN = Duration.ofSeconds(10);
  static final Duration KEEP_DELIVERED = Duration.ofDays(30);
  static final Duration KEEP_DEAD = Duration.ofDays(90);

  private @Nullable DataSource database;
  private String file = FILE;
  private String schema = "";
  private String prefix = PREFIX;
  private Set<SignatureKind> signatures = EnumSet.of(SignatureKind.STANDARD);
  private SignedRequests.SharedSecrets shared = List::of;
  private @Nullable Secrets secrets;
  private final List<DeliveryListener> listeners = new ArrayList<>();
  private int attempts = ATTEMPTS;
  private Duration firstBackoff = FIRST_BACKOFF;
  private Duration mostBackoff = MOST_BACKOFF;
  private Duration mostRetryAfter = MOST_RETRY_AFTER;
  private Duration patience = PATIENCE;
  private Duration connect = CONNECT;
  private Duration response = RESPONSE;
  private Duration total = TOTAL;
  private int concurrency = CONCURRENCY;
  private int receiverConcurrency = RECEIVER_CONCURRENCY;
  private int groupConcurrency;
  private Duration poll = POLL;
  private Duration drain = DRAIN;
  private Duration keepDelivered = KEEP_DELIVERED;
  private Duration keepDead = KEEP_DEAD;
  private boolean http;
  private List<PortRange> ports = parsed(PORTS, PortRange::parse, "");
  private List<HostRule> allowed = List.of();
  private List<HostRule> denied = List.of();
  private @Nullable SSLContext tls;
  private @Nullable InstantSource clock;
  private Resolver resolver = Resolver.SYSTEM;
  private RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private boolean working = true;
  private boolean recordOnly;

  DeliveriesBuilder() {}

  /**
   * Keeps the log in a database of the application, PostgreSQL or H2. Without one it is in a file.
   *
   * @param source gives connections to it, one for each attempt that ends, and lives longer than
   *     the deliveries
   * @return this
   */
  public DeliveriesBuilder database(DataSource source) {
    database = source;
    return this;
  }

  /**
   * Keeps the log in a file, by H2, whose driver must be on the class path: for one instance, where
   * there is no database. {@code outbound.database}.
   *
   * @param path the file, without its ending
   * @return this
   */
  public DeliveriesBuilder file(Path path) {
    return file(path.toString());
  }

  DeliveriesBuilder file(String path) {
    file = path;
    return this;
  }

  /**
   * Only writes requests down: nobody sends them, this instance no more than others with the same
   * database, now or later. {@link RecordedDeliveries} has them. For tests. {@code
   * outbound.record_only}.
   *
   * @param only whether to
   * @return this
   */
  public DeliveriesBuilder recordOnly(boolean only) {
    recordOnly = only;
    return this;
  }

  /**
   * Gives the tables other names. {@code outbound.schema} and {@code outbound.table_prefix}.
   *
   * @param inSchema the schema they are in, which must be there; empty for that of the connection
   * @param withPrefix what their names begin with
   * @return this
   * @throws IllegalArgumentException if they are no names in lower case
   */
  public DeliveriesBuilder tables(String inSchema, String withPrefix) {
    if (!(inSchema.isEmpty() || Tables.PREFIX.matcher(inSchema).matches())
        || !Tables.PREFIX.matcher(withPrefix).matches()) {
      throw new IllegalArgumentException(
          "schema and prefix of tables are letters a to z, digits and _, at most 40");
    }
    schema = inSchema;
    prefix = withPrefix;
    return this;
  }

  /**
   * Signs requests that way. {@code outbound.signatures}.
   *
   * @param kinds how; none to sign nothing
   * @return this
   */
  public DeliveriesBuilder signatures(SignatureKind... kinds) {
    signatures = EnumSet.noneOf(SignatureKind.class);
    signatures.addAll(List.of(kinds));
    return this;
  }

  /**
   * Signs requests to receivers without a secret of their own. {@code outbound.secret}.
   *
   * @param newestFirst the secret; several while it rotates
   * @return this
   * @throws IllegalArgumentException if one is empty, or has no base64 behind {@code whsec_}
   */
  public DeliveriesBuilder secret(String... newestFirst) {
    List<String> all = List.of(newestFirst);
    all.forEach(SigningKey::of);
    shared = () -> all;
    return this;
  }

  /**
   * Knows the secrets of receivers that have one of their own. Unless there is a {@link #secret}
   * too, nothing is sent to receivers without one, as that could not be signed.
   *
   * @param source the secrets by name
   * @return this
   */
  public DeliveriesBuilder secrets(Secrets source) {
    secrets = source;
    return this;
  }

  /**
   * Tells somebody what becomes of deliveries.
   *
   * @param listener who is told
   * @return this
   */
  public DeliveriesBuilder listener(DeliveryListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Gives up after so many attempts. {@code outbound.attempts}.
   *
   * @param most how many, the first included
   * @return this
   * @throws IllegalArgumentException if there would be none
   */
  public DeliveriesBuilder attempts(int most) {
    attempts = positive("attempts", most);
    return this;
  }

  /**
   * Waits that long between attempts: at random, up to a limit that doubles each time. {@code
   * outbound.backoff_ms} and {@code outbound.max_backoff_ms}.
   *
   * @param first the first limit
   * @param most the highest
   * @return this
   * @throws IllegalArgumentException if one is not positive
   */
  public DeliveriesBuilder backoff(Duration first, Duration most) {
    firstBackoff = positive("the first backoff", first);
    mostBackoff = positive("the highest backoff", most);
    return this;
  }

  /**
   * Waits as long as {@code Retry-After} says, up to that. {@code outbound.max_retry_after_secs}.
   *
   * @param most the longest
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public DeliveriesBuilder retryAfter(Duration most) {
    mostRetryAfter = notNegative("the longest Retry-After", most);
    return this;
  }

  /**
   * Gives up after that time, however many attempts there were. {@code outbound.give_up_secs}.
   *
   * @param time how long there are attempts since a delivery was taken or replayed
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public DeliveriesBuilder giveUpAfter(Duration time) {
    patience = positive("the time until nobody tries any more", time);
    return this;
  }

  /**
   * Bounds the time of an attempt. {@code outbound.connect_timeout_ms}, {@code
   * outbound.response_timeout_ms} and {@code outbound.timeout_ms}.
   *
   * @param toConnect to look up the host, to connect, and to agree on keys, each
   * @param toRespond between octets of the answer
   * @param inAll all together
   * @return this
   * @throws IllegalArgumentException if one is not positive
   */
  public DeliveriesBuilder timeouts(Duration toConnect, Duration toRespond, Duration inAll) {
    connect = positive("the time to connect", toConnect);
    response = positive("the time to respond", toRespond);
    total = positive("the time in all", inAll);
    return this;
  }

  /**
   * Bounds the attempts at once, of this instance. {@code outbound.concurrency} and {@code
   * outbound.receiver_concurrency}; {@link #groupConcurrency} bounds those to hosts of one owner.
   *
   * @param inAll of all
   * @param toReceiver of those to one host and port
   * @return this
   * @throws IllegalArgumentException if one is not positive
   */
  public DeliveriesBuilder concurrency(int inAll, int toReceiver) {
    concurrency = positive("attempts at once", inAll);
    receiverConcurrency = positive("attempts to a receiver at once", toReceiver);
    return this;
  }

  /**
   * Bounds the attempts at once to hosts of one owner: names with the same last two labels, and the
   * ports of one address. {@code outbound.group_concurrency}. Under a public suffix of several
   * labels, {@code amazonaws.com} or {@code co.uk} for example, that takes many owners for one.
   *
   * @param toGroup how many; 0 for a quarter of all, or as many as one receiver has if that is more
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public DeliveriesBuilder groupConcurrency(int toGroup) {
    if (toGroup < 0) {
      throw new IllegalArgumentException(
          "attempts to hosts of one owner at once: 0 or more, not " + toGroup);
    }
    groupConcurrency = toGroup;
    return this;
  }

  /**
   * Looks that often for deliveries that other instances, and transactions, have taken. {@code
   * outbound.poll_ms}.
   *
   * @param interval how often, where nothing else makes it look
   * @return this
   * @throws IllegalArgumentException if it is not positive
   */
  public DeliveriesBuilder poll(Duration interval) {
    poll = positive("the time between two looks", interval);
    return this;
  }

  /**
   * Waits that long when closed. {@code outbound.drain_ms}.
   *
   * @param time for attempts under way; those that last longer are broken off, and made again
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public DeliveriesBuilder drain(Duration time) {
    drain = notNegative("the time for attempts under way", time);
    return this;
  }

  /**
   * Keeps what is finished that long. {@code outbound.keep_delivered_secs} and {@code
   * outbound.keep_dead_secs}.
   *
   * @param delivered what was delivered
   * @param dead what is dead
   * @return this
   * @throws IllegalArgumentException if one is negative
   */
  public DeliveriesBuilder keep(Duration delivered, Duration dead) {
    keepDelivered = notNegative("how long what was delivered is kept", delivered);
    keepDead = notNegative("how long what is dead is kept", dead);
    return this;
  }

  /**
   * Sends to URLs of {@code http} too, where everybody on the way can read it. {@code
   * outbound.http}.
   *
   * @param may whether to
   * @return this
   */
  public DeliveriesBuilder http(boolean may) {
    http = may;
    return this;
  }

  /**
   * Sends to these ports only. {@code outbound.ports}.
   *
   * @param list with commas: {@code 443, 8000-8999}
   * @return this
   * @throws IllegalArgumentException if one is no port or range of ports
   */
  public DeliveriesBuilder ports(String list) {
    this.ports = parsed(list, PortRange::parse, "is no port, and no range of ports like 8000-8999");
    return this;
  }

  /**
   * Sends to hosts that are not public too. {@code outbound.allowed}.
   *
   * @param list with commas, names, ends of names and ranges of addresses: {@code hooks.internal,
   *     *.svc.cluster.local, 10.1.0.0/16}
   * @return this
   * @throws IllegalArgumentException if one is none of these
   */
  public DeliveriesBuilder allow(String list) {
    allowed = hosts(list);
    return this;
  }

  /**
   * Never sends to hosts, whether public or allowed. {@code outbound.denied}.
   *
   * @param list as for {@link #allow}
   * @return this
   * @throws IllegalArgumentException if one is none of these
   */
  public DeliveriesBuilder deny(String list) {
    denied = hosts(list);
    return this;
  }

  /**
   * Trusts the certificates that a context does, and shows its own to receivers that ask for one.
   *
   * @param context the context; names are verified whatever it does
   * @return this
   */
  public DeliveriesBuilder tls(SSLContext context) {
    tls = context;
    return this;
  }

  /**
   * Takes another time than that of the database: for tests. All instances must agree on it.
   *
   * @param source tells the time
   * @return this
   */
  public DeliveriesBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  DeliveriesBuilder resolver(Resolver names) {
    resolver = names;
    return this;
  }

  DeliveriesBuilder random(RandomGenerator generator) {
    random = generator;
    return this;
  }

  /** An instance that takes and sends nothing by itself. */
  DeliveriesBuilder idle() {
    working = false;
    return this;
  }

  DeliveriesBuilder shared(SignedRequests.SharedSecrets source) {
    shared = source;
    return this;
  }

  /**
   * {@return the deliveries, sending from now on whatever is due} Makes the tables of the log where
   * they are not there.
   *
   * @throws IllegalStateException if the log cannot be opened
   */
  public Deliveries open() {
    return Deliveries.open(options());
  }

  /** {@return what was said so far} */
  DeliveryOptions options() {
    return new DeliveryOptions(
        new DeliveryOptions.Keeping(
            Optional.ofNullable(database),
            file,
            schema,
            prefix,
            keepDelivered,
            keepDead,
            recordOnly),
        new DeliveryOptions.Signatures(signatures, shared, Optional.ofNullable(secrets)),
        new RetryPolicy(attempts, firstBackoff, mostBackoff, mostRetryAfter, patience),
        new HookClient.Limits(connect, response, total, concurrency, receiverConcurrency),
        groupConcurrency,
        new AddressPolicy(http, ports, allowed, denied),
        new DeliveryOptions.Times(poll, drain),
        listeners,
        new DeliveryOptions.Surroundings(
            Optional.ofNullable(tls), Optional.ofNullable(clock), resolver, random, working));
  }

  private static List<HostRule> hosts(String list) {
    return parsed(
        list,
        HostRule::parse,
        "is neither a name of hosts nor a range of addresses like 10.0.0.0/8");
  }

  private static <T> List<T> parsed(
      String list, Function<String, Optional<T>> parser, String complaint) {
    List<T> values = new ArrayList<>();
    for (String element : list.split(",", -1)) {
      if (!element.isBlank()) {
        values.add(
            parser
                .apply(element.strip())
                .orElseThrow(() ->
                    new IllegalArgumentException("\"" + element.strip() + "\" " + complaint)));
      }
    }
    return values;
  }

  private static int positive(String what, int number) {
    if (number < 1) {
      throw new IllegalArgumentException(what + ": 1 or more, not " + number);
    }
    return number;
  }

  private static Duration positive(String what, Duration time) {
    if (time.toMillis() < 1) {
      throw new IllegalArgumentException(what + ": 1 ms or more, not " + time);
    }
    return time;
  }

  private static Duration notNegative(String what, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(what + ": 0 or more, not " + time);
    }
    return time;
  }
}
