package io.brrtrouter.outbound;

import io.brrtrouter.outbound.address.AddressPolicy;
import io.brrtrouter.outbound.client.HookClient;
import io.brrtrouter.outbound.client.Resolver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;

/**
 * How deliveries are kept and sent. Immutable.
 *
 * @param keeping where the log is
 * @param signatures how requests are signed
 * @param retries what follows from how an attempt ended
 * @param limits bound an attempt
 * @param groupConcurrency how many attempts at once to hosts of one owner; 0 for the usual
 * @param addresses where is sent to
 * @param times of the instance
 * @param listeners are told what becomes of deliveries
 * @param surroundings what tests exchange
 */
record DeliveryOptions(
    Keeping keeping,
    Signatures signatures,
    RetryPolicy retries,
    HookClient.Limits limits,
    int groupConcurrency,
    AddressPolicy addresses,
    Times times,
    List<DeliveryListener> listeners,
    Surroundings surroundings) {

  DeliveryOptions {
    listeners = List.copyOf(listeners);
  }

  /**
   * Where the log is, and for how long.
   *
   * @param database the database; empty for the file
   * @param file the file, without its ending, or {@link EmbeddedDatabase#MEMORY}
   * @param schema the schema of the tables; empty for that of the connection
   * @param prefix what their names begin with
   * @param delivered how long what was delivered is kept
   * @param dead how long what is dead is kept
   * @param recordOnly whether requests are only kept, and never sent
   */
  record Keeping(
      Optional<DataSource> database,
      String file,
      String schema,
      String prefix,
      Duration delivered,
      Duration dead,
      boolean recordOnly) {}

  /**
   * How requests are signed.
   *
   * @param kinds which signatures they get; none if they are not signed
   * @param shared what receivers without a secret of their own share
   * @param named the secrets of the others; empty if nobody knows any
   */
  record Signatures(
      Set<SignatureKind> kinds, SignedRequests.SharedSecrets shared, Optional<Secrets> named) {
    Signatures {
      kinds = Set.copyOf(kinds);
    }
  }

  /**
   * Times of the instance.
   *
   * @param poll how long it does not look at all for what is due
   * @param drain how long closing waits for attempts under way
   */
  record Times(Duration poll, Duration drain) {}

  /**
   * What tests exchange.
   *
   * @param tls whom is trusted; empty for whom the Java runtime trusts
   * @param clock tells the time; empty for that of the database
   * @param resolver looks names up
   * @param random what delays are chosen by
   * @param working whether anything is sent by itself
   */
  record Surroundings(
      Optional<SSLContext> tls,
      Optional<InstantSource> clock,
      Resolver resolver,
      RandomGenerator random,
      boolean working) {}

  /** {@return how long an attempt may take} Its lookup may come before all other times. */
  Duration longestAttempt() {
    return limits.total().plus(limits.connect());
  }
}
