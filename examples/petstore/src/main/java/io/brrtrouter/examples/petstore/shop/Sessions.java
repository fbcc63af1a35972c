package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.schema.codec.JsonInput;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Who is looking around. Safe for use by many threads. */
public final class Sessions {
  private static final int REMEMBERED = 10;
  private static final int ID_BYTES = 16;

  /** As long as the cookie that remembers it. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private final SecureRandom random = new SecureRandom();
  private final Database database;
  private final Users users;
  private final InstantSource clock;

  Sessions(Database database, Users users, InstantSource clock) {
    this.database = database;
    this.users = users;
    this.clock = clock;
  }

  /**
   * A session.
   *
   * @param user the user's name
   * @param searches the words searched for, newest first
   */
  public record Session(String user, List<String> searches) {}

  /**
   * Starts a session.
   *
   * @param user the user's name
   * @return the session's id
   * @throws Refusal if there is no such user
   */
  public String start(String user) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String hex = HexFormat.of().formatHex(id);
    Instant now = clock.instant();
    database.run(transaction -> {
      users.hold(user);
      transaction.update("delete from sessions where started_at < ?", now.minus(LONGEST));
      transaction.update(
          """
          insert into sessions (id, visitor, searches, version, started_at)
          values (?, ?, ?, ?, ?)
          """,
          hex,
          user,
          "[]",
          1,
          now);
    });
    return hex;
  }

  /**
   * {@return a session}
   *
   * @param id the session's id
   * @throws Refusal if there is none
   */
  public Session get(String id) {
    return find(id)
        .map(Versioned::session)
        .orElseThrow(() -> new Refusal(Refusal.Reason.NOT_FOUND, "The session is over."));
  }

  private record Versioned(Session session, int version) {}

  private Optional<Versioned> find(String id) {
    return database.transaction(transaction ->
        transaction.first(
            "select * from sessions where id = ?",
            row ->
                new Versioned(
                    new Session(
                        row.text("visitor"),
                        Json.list(JsonInput::readString, row.text("searches"))),
                    row.integer("version")),
            id));
  }

  /**
   * Remembers what was searched for, if there is such a session.
   *
   * @param id the session's id
   * @param words what was searched for
   */
  public void remember(String id, String words) {
    database.run(transaction ->
        find(id)
            .ifPresent(before -> {
              List<String> searches = new ArrayList<>(before.session().searches());
              searches.addFirst(words);
              transaction.updateUnchanged(
                  "update sessions set searches = ?, version = version + 1 where id = ? and version = ?",
                  Json.text(searches.subList(0, Math.min(REMEMBERED, searches.size()))),
                  id,
                  before.version());
            }));
  }
}
