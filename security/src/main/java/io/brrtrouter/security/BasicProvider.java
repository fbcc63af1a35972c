package io.brrtrouter.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies users and passwords (RFC 7617), for the security scheme {@code http} with {@code basic}.
 * Passwords are kept as hashes that are slow to compute, PBKDF2 or bcrypt. Safe for use by many
 * threads; close it when the server has stopped.
 *
 * <pre>{@code
 * BasicProvider provider =
 *     BasicProvider.builder().usersFile(Path.of("/etc/pets/users")).build();
 * }</pre>
 *
 * <p>A password that was right is remembered for a while, as a digest with a key that only this
 * object has, and answered on the event loop. Everything else computes a hash on one of a few
 * threads, also for users that there are not, so that nobody learns which there are.
 */
public final class BasicProvider implements SecurityProvider, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BasicProvider.class);

  private static final int KEY_OCTETS = 32;

  /** Beyond what waits its turn: the slowest hash, on processors with other work. */
  private static final Duration COMPUTING = Duration.ofSeconds(15);

  private static final Verification WRONG =
      Verification.refused("the user or the password is wrong");
  private static final Verification BUSY =
      new Verification.Unavailable("more passwords wait to be verified than can be in time");
  private static final Verification CLOSED = new Verification.Unavailable("the provider is closed");

  private final Supplier<Users> users;
  private final @Nullable WatchedFile<Users> file;
  private final String usersAre;
  private final WatchedFile.Subject subject;
  private final Duration remembered;
  private final Duration patience;
  private final InstantSource clock;
  private final HashThreads threads;
  private final Flights<Digest, Verification> flights = new Flights<>();
  private final Cache<Digest, Right> right;
  private final byte[] key = new byte[KEY_OCTETS];
  private volatile boolean closed;

  /** A password that was right: for whom, and until when that is remembered. */
  private record Right(User user, Verification.Accepted accepted, long until) {}

  /** What a builder has put together. */
  record Parts(
      Users users,
      @Nullable WatchedFile<Users> file,
      String usersAre,
      String scheme,
      Duration remembered,
      Duration patience,
      int concurrency,
      int mostRemembered,
      InstantSource clock) {}

  BasicProvider(Parts parts) {
    WatchedFile<Users> watched = parts.file;
    this.users = watched == null ? parts::users : watched::value;
    this.file = watched;
    this.usersAre = parts.usersAre;
    this.subject = new WatchedFile.Subject("Users", parts.scheme);
    this.remembered = parts.remembered;
    this.patience = parts.patience;
    this.clock = parts.clock;
    this.threads = new HashThreads(parts.concurrency);
    // Its upkeep is a few steps, done by who comes by: no threads of its own, and none to end.
    this.right =
        Caffeine.newBuilder().maximumSize(parts.mostRemembered).executor(Runnable::run).build();
    new SecureRandom().nextBytes(key);
  }

  /** {@return a builder, which needs users} */
  public static BasicProviderBuilder builder() {
    return new BasicProviderBuilder();
  }

  /** Answers for passwords that were right a moment ago. */
  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    if (!(credential instanceof Credential.Basic(String name, String password))) {
      return WRONG;
    }
    Verification known = remembered(Digest.of(key, name, password), name);
    return known == null ? Verification.NEEDS_THREAD : known;
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) throws Exception {
    if (!(credential instanceof Credential.Basic(String name, String password))) {
      return WRONG;
    }
    Digest digest = Digest.of(key, name, password);
    Verification known = remembered(digest, name);
    return known != null ? known : asked(digest, turn(digest, name, password));
  }

  private @Nullable Verification remembered(Digest digest, String name) {
    Right found = right.getIfPresent(digest);
    if (found == null || closed) {
      return null;
    }
    // Whoever is not among the users any more, or has another password by now, is forgotten.
    if (clock.millis() < found.until && found.user.equals(users.get().find(name))) {
      return found.accepted;
    }
    right.invalidate(digest);
    return null;
  }

  private Flights.Work<Verification> turn(Digest digest, String name, String password) {
    long asked = System.nanoTime();
    return begins -> {
      Verification known = remembered(digest, name);
      if (known != null) {
        return known;
      }
      // Whoever asked has gone, or is about to: others have their turn.
      return System.nanoTime() - asked > patience.toNanos() || !begins.getAsBoolean()
          ? BUSY
          : compute(digest, name, password);
    };
  }

  private Verification compute(Digest digest, String name, String password) {
    Users now = users.get();
    User user = now.find(name);
    User computed = user == null ? now.standIn(Digest.of(key, name, "").first()) : user;
    boolean matches = computed != null && computed.hash().matches(password);
    if (user == null || !matches) {
      return WRONG;
    }
    Verification.Accepted accepted = user.accepted();
    if (!remembered.isZero()) {
      right.put(digest, new Right(user, accepted, clock.millis() + remembered.toMillis()));
    }
    return accepted;
  }

  private Verification asked(Digest digest, Flights.Work<Verification> turn) throws Exception {
    try {
      return flights.get(digest, threads, turn, patience.plus(COMPUTING));
    } catch (TimeoutException late) {
      return BUSY;
    } catch (RejectedExecutionException crowded) {
      return closed ? CLOSED : BUSY;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RejectedExecutionException) {
        return closed ? CLOSED : BUSY;
      }
      throw failed;
    }
  }

  /** Reads the file of users again; one that cannot be used is told once. */
  @Override
  public void reload() {
    if (file != null) {
      boolean any = users.get().size() > 0;
      file.reload(LOG, subject);
      if (any && users.get().size() == 0) {
        LOG.warn(
            "{} was the last file with users{}, and has none now: nobody gets in",
            file.path(),
            subject.whose());
      }
    }
  }

  @Override
  public String description() {
    int count = users.get().size();
    return "HTTP basic, " + (count == 1 ? "1 user" : count + " users") + usersAre;
  }

  /** Ends what computes hashes; from now on passwords are answered with 503. */
  @Override
  public void close() {
    closed = true;
    threads.close();
    right.invalidateAll();
  }
}
