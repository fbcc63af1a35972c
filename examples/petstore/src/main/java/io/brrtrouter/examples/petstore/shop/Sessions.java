package io.brrtrouter.examples.petstore.shop;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who is looking around. Safe for use by many threads. */
public final class Sessions {
  private static final int REMEMBERED = 10;
  private static final int ID_BYTES = 16;

  private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Users users;

  Sessions(Users users) {
    this.users = users;
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
    sessions.put(hex, new Session(users.get(user).name(), List.of()));
    return hex;
  }

  /**
   * {@return a session}
   *
   * @param id the session's id
   * @throws Refusal if there is none
   */
  public Session get(String id) {
    Session session = sessions.get(id);
    if (session == null) {
      throw new Refusal(Refusal.Reason.NOT_FOUND, "The session is over.");
    }
    return session;
  }

  /**
   * Remembers what was searched for, if there is such a session.
   *
   * @param id the session's id
   * @param words what was searched for
   */
  public void remember(String id, String words) {
    sessions.computeIfPresent(
        id,
        (_, session) -> {
          List<String> searches = new ArrayList<>(session.searches());
          searches.addFirst(words);
          return new Session(
              session.user(), searches.subList(0, Math.min(REMEMBERED, searches.size())));
        });
  }
}
