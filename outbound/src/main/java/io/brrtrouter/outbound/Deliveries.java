package io.brrtrouter.outbound;

import io.brrtrouter.outbound.client.HookClient;
import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.StartupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of webhooks and callbacks, and keeps a log of them in a database: a request that
 * was taken is sent until it has arrived or has failed for good, by this instance or by another one
 * with the same database. Safe for use by many threads.
 *
 * <pre>{@code
 * Deliveries deliveries = Deliveries.open(resources, pool);
 * deliveries.send(Receiver.of(url), message);
 * }</pre>
 *
 * <p>A request arrives at least once, and where an instance or a connection fails at a bad moment,
 * more often: always with the same {@code Idempotency-Key} and {@code webhook-id}. The order in
 * which requests arrive is not that in which they were taken.
 *
 * <p>An answer of 200 to 299 is an arrival. No answer in time, 408, 425, 429 and 500 to 599 are
 * tried again, at times that lie further and further apart, and no earlier than {@code Retry-After}
 * says. Everything else is for good, redirects too, which are never followed. What has failed for
 * good, and what was tried too often or too long, is dead until it is {@linkplain #replay(UUID)
 * replayed}.
 */
public final class Deliveries implements Sender, Measured, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  /** What an attempt may take beside its own time: to write down how it ended. */
  private static final Duration LEASE_BEYOND_ATTEMPT = Duration.ofSeconds(30);

  /** For attempts that were broken off, to say so. */
  private static final Duration BROKEN_OFF = Duration.ofSeconds(5);

  private static final String RESOURCE = "outbound.deliveries";

  private static final int MOST_LISTED = 1_000;

  private final Database database;
  private final DeliveryLog log;
  private final HookClient client;
  private final MessageRules rules;
  private final InstantSource clock;
  private final Worker worker;
  private final Retention retention;
  private final Duration drain;
  private final Signing signing;
  private final boolean recordOnly;
  private final DeliveryFigures figures;
  private final SignedRequests requests;

  /** Which requests are signed. */
  private enum Signing {
    /** Those to all receivers, or to none because that is what was said. */
    AS_SAID,
    /** Those to receivers that have a secret of their own: there is no other. */
    NAMED_ONLY,
    /** None, for want of any secret. */
    NONE
  }

  private Deliveries(DeliveryOptions options, Database database, Signing signing)
      throws SQLException {
    this.database = database;
    this.signing = signing;
    this.recordOnly = options.keeping().recordOnly();
    this.drain = options.times().drain();
    log =
        new DeliveryLog(
            database, new Tables(options.keeping().schema(), options.keeping().prefix()));
    log.createTables();
    DeliveryOptions.Surroundings surroundings = options.surroundings();
    Optional<DatabaseClock> ofDatabase =
        surroundings.clock().isEmpty()
            ? Optional.of(new DatabaseClock(database))
            : Optional.empty();
    clock = surroundings.clock().or(() -> ofDatabase).orElseThrow();
    figures = new DeliveryFigures(() -> log.backlog(clock.instant()));
    rules = new MessageRules(options.addresses());
    client =
        new HookClient(
            options.addresses(),
            options.limits(),
            surroundings.resolver(),
            surroundings.tls().orElse(null));
    requests = new SignedRequests(options.signatures(), signing == Signing.NONE);
    worker =
        new Worker(
            log.leases(),
            new Attempts(log, client, requests, clock, options, figures),
            new Slots(
                options.limits().connections(),
                options.limits().connectionsOfReceiver(),
                options.groupConcurrency()),
            clock,
            new Worker.Times(
                options.longestAttempt().plus(LEASE_BEYOND_ATTEMPT),
                options.times().poll(),
                options.retries().attempts()),
            () -> {
              if (ofDatabase.isPresent()) {
                ofDatabase.get().refresh();
              }
            });
    retention = new Retention(log, clock, options.keeping().delivered(), options.keeping().dead());
  }

  /** {@return a builder with the defaults of all settings} */
  public static DeliveriesBuilder builder() {
    return new DeliveriesBuilder();
  }

  /** {@return the settings of deliveries, for {@code BrrtApplication.settings}} */
  public static List<DeclaredSetting> settings() {
    return DeliverySettings.ALL;
  }

  /** {@return those that an application has opened} */
  static Deliveries opened(Resources resources) {
    return resources.get(
        RESOURCE,
        Deliveries.class,
        () -> {
          throw new IllegalStateException(
              "the application has opened no deliveries: Deliveries.open(resources)");
        });
  }

  /**
   * {@return deliveries as the settings say, with the log in a database of the application, sending
   * from now on} The resources keep them, so that all generations of the application have the same,
   * and close them once the server has drained, before a pool that was opened earlier.
   *
   * @param resources what the application keeps; its settings have those of {@link #settings}
   * @param database the database
   * @throws StartupException if the log or a secret cannot be opened as the settings say
   */
  public static Deliveries open(Resources resources, DataSource database) {
    return open(resources, builder -> builder.database(database));
  }

  /**
   * {@return the same, with the log in the file that {@code outbound.database} names, for
   * applications without a database and of one instance}
   *
   * @param resources what the application keeps
   * @throws StartupException if the log or a secret cannot be opened as the settings say
   */
  public static Deliveries open(Resources resources) {
    return open(resources, _ -> {});
  }

  /**
   * {@return the same, with whatever no setting can say: the secrets of receivers, listeners}
   *
   * @param resources what the application keeps
   * @param more what is beyond the settings; asked when the deliveries are opened, and not again
   *     for a later generation of the application
   * @throws StartupException if the log or a secret cannot be opened as the settings say
   */
  public static Deliveries open(Resources resources, Consumer<DeliveriesBuilder> more) {
    return resources.get(
        RESOURCE,
        Deliveries.class,
        () -> {
          try {
            DeliveriesBuilder builder = DeliverySettings.read(resources);
            more.accept(builder);
            return builder.open();
          } catch (IllegalStateException failure) {
            throw new StartupException(
                resources.conceal(String.valueOf(failure.getMessage())), failure);
          }
        });
  }

  static Deliveries open(DeliveryOptions options) {
    Signing signing = signing(options.signatures());
    Database database =
        options
            .keeping()
            .database()
            .<Database>map(source -> source::getConnection)
            .orElseGet(() -> EmbeddedDatabase.open(options.keeping().file()));
    try {
      Deliveries deliveries = new Deliveries(options, database, signing);
      deliveries.begin(options.surroundings().working());
      return deliveries;
    } catch (SQLException failure) {
      database.close();
      throw new IllegalStateException(
          "the log of deliveries cannot be opened: " + failure.getMessage(), failure);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  private void begin(boolean working) {
    if (recordOnly) {
      LOG.info("webhooks and callbacks are only recorded, and not sent (outbound.record_only)");
      return;
    }
    if (signing == Signing.NONE) {
      LOG.warn(
          "webhooks and callbacks are not signed: set outbound.secret, give the builder secrets, or"
              + " say outbound.signatures: off");
    }
    if (working) {
      worker.start();
      retention.start();
    }
  }

  private static Signing signing(DeliveryOptions.Signatures signatures) {
    if (signatures.kinds().isEmpty() || hasShared(signatures.shared())) {
      return Signing.AS_SAID;
    }
    return signatures.named().isEmpty() ? Signing.NONE : Signing.NAMED_ONLY;
  }

  private static boolean hasShared(SignedRequests.SharedSecrets secrets) {
    try {
      List<String> shared = secrets.find();
      shared.forEach(SigningKey::of);
      return !shared.isEmpty();
    } catch (Exception failure) {
      throw new IllegalStateException(
          "the secret of webhooks cannot be read: " + failure.getMessage(), failure);
    }
  }

  private NewDelivery taken(Receiver receiver, OutgoingMessage message) {
    if (signing == Signing.NAMED_ONLY && receiver.secret().isEmpty()) {
      throw new IllegalArgumentException(
          "a request to a receiver without a secret of its own cannot be signed: name one by"
              + " signedWith, set outbound.secret, or say outbound.signatures: off");
    }
    Instant now = clock.instant();
    return rules.checked(receiver, message, now, recordOnly ? Claimed.NEVER : now).joiningTrace();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the receiver has no secret of its own, others have, and
   *     there is none that receivers share; or if the message cannot be sent
   */
  @Override
  public UUID send(Receiver receiver, OutgoingMessage message) {
    NewDelivery taken = taken(receiver, message);
    try {
      log.insert(taken);
    } catch (SQLException failure) {
      throw unwritten(message, failure);
    }
    worker.wake();
    return taken.id();
  }

  /**
   * {@inheritDoc}
   *
   * <p>It is found when this or another instance looks next: {@link #wake()} after the transaction
   * was committed makes this one look at once.
   *
   * @throws IllegalArgumentException as for {@link #send(Receiver, OutgoingMessage)}
   */
  @Override
  public UUID send(Connection transaction, Receiver receiver, OutgoingMessage message) {
    NewDelivery taken = taken(receiver, message);
    try {
      log.insert(transaction, taken);
    } catch (SQLException failure) {
      throw unwritten(message, failure);
    }
    return taken.id();
  }

  /**
   * Looks whether anything may be sent to a receiver, as sending does: for who keeps its address
   * first and sends later. What the host's name stands for is looked at with each attempt.
   *
   * @param receiver the receiver
   * @throws RefusedReceiverException if nothing may be sent to its address
   */
  public void check(Receiver receiver) {
    rules.checkedHost(receiver.url());
  }

  private static SenderException unwritten(OutgoingMessage message, SQLException failure) {
    return new SenderException(
        "a request of " + message.operation() + " cannot be written down, and will not be sent",
        failure);
  }

  /** Looks for deliveries at once, those of a transaction that was just committed for example. */
  public void wake() {
    worker.wake();
  }

  /**
   * {@return a delivery}
   *
   * @param id what it is known by
   * @throws SenderException if the log cannot be read
   */
  public Optional<Delivery> find(UUID id) {
    return asked(() -> log.find(id));
  }

  /**
   * {@return the attempts of a delivery that have ended, in their order; none of one that is not
   * there}
   *
   * @param id what it is known by
   * @throws SenderException if the log cannot be read
   */
  public List<Attempt> attempts(UUID id) {
    return asked(() -> log.attempts(id));
  }

  /**
   * {@return deliveries, the latest first}
   *
   * @param filter which
   * @param most how many at most, 1 to 1,000; {@link DeliveryFilter#olderThan} gets those behind
   *     them
   * @throws IllegalArgumentException if that many are not listed
   * @throws SenderException if the log cannot be read
   */
  public List<Delivery> list(DeliveryFilter filter, int most) {
    if (most < 1 || most > MOST_LISTED) {
      throw new IllegalArgumentException("1 to " + MOST_LISTED + " are listed, not " + most);
    }
    return asked(() -> log.list(filter, most));
  }

  /**
   * Sends a delivery again that is dead, or that was delivered: with the same id, and with as many
   * attempts as it had at first.
   *
   * @param id what it is known by
   * @return whether there is one that is finished
   * @throws SenderException if the log cannot be written
   */
  public boolean replay(UUID id) {
    boolean replayed = asked(() -> log.replay(id, clock.instant()));
    worker.wake();
    return replayed;
  }

  /**
   * Sends deliveries again that are dead.
   *
   * @param filter which of them
   * @return how many
   * @throws SenderException if the log cannot be written
   */
  public int replayDead(DeliveryFilter filter) {
    int replayed = asked(() -> log.replay(filter, clock.instant()));
    worker.wake();
    return replayed;
  }

  /**
   * {@return how many deliveries are in a state, in the whole log}
   *
   * @param state the state
   * @throws SenderException if the log cannot be read
   */
  public int count(DeliveryState state) {
    return asked(() -> log.count(state));
  }

  /** What the log is asked for. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException failure) {
      throw new SenderException("the log of deliveries does not answer", failure);
    }
  }

  /** {@return what is only recorded, as it would be sent} */
  List<RecordedDelivery> recorded() {
    if (!recordOnly) {
      throw new IllegalStateException(
          "deliveries are sent, not only recorded: set outbound.record_only to true");
    }
    return asked(log::recorded).stream().map(this::recorded).toList();
  }

  private RecordedDelivery recorded(Claimed claimed) {
    try {
      return RecordedDelivery.of(claimed, requests.of(claimed, claimed.delivery().created()));
    } catch (Exception failure) {
      throw new IllegalStateException(
          "a recorded request of "
              + claimed.delivery().operation()
              + " cannot be signed: "
              + failure.getMessage(),
          failure);
    }
  }

  void forgetRecorded() {
    asked(() -> {
      log.deleteRecorded();
      return true;
    });
  }

  /**
   * {@return how many attempts this instance has made, by how they ended, and what waits or is dead
   * in the log, whichever instances have taken it}
   */
  @Override
  public List<Measurement> measurements() {
    return figures.measurements();
  }

  /** Deletes what is kept long enough, as it happens by itself from time to time. */
  int sweep() {
    return asked(retention::sweep);
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * Takes up nothing new, and waits for what is under way as long as {@code outbound.drain_ms}
   * says, and for a database that does not answer no longer. What lasts longer is broken off, and
   * sent by another instance, or when this one is back.
   */
  @Override
  public void close() {
    retention.stop();
    if (!worker.stop(drain)) {
      client.stop();
      if (!worker.awaitEnd(BROKEN_OFF)) {
        worker.interrupt();
      }
    }
    client.close();
    database.close();
  }
}
