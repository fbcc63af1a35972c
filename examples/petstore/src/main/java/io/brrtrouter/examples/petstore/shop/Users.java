package io.brrtrouter.examples.petstore.shop;

import io.brrtrouter.examples.petstore.database.Database;
import io.brrtrouter.examples.petstore.database.Row;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The customers and what they wrote. Safe for use by many threads. */
public final class Users {
  private static final int LONGEST_SLUG = 60;

  private final Database database;
  private final InstantSource clock;
  private Consumer<String> removal = _ -> {};

  Users(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Tells somebody more, in the same transaction, whose name is to be forgotten. */
  void whenRemoved(Consumer<String> told) {
    removal = removal.andThen(told);
  }

  /**
   * Some of the users.
   *
   * @param users the users, ordered by name
   * @param total how many there are on all pages
   */
  public record Page(List<User> users, long total) {
    /** Copies the users. */
    public Page {
      users = List.copyOf(users);
    }
  }

  /**
   * {@return users, ordered by name}
   *
   * @param offset how many to leave out from the start
   * @param limit how many at most
   */
  public Page page(int offset, int limit) {
    return database.transaction(transaction ->
        new Page(
            transaction.list(
                "select * from users order by name limit ? offset ?", Users::user, limit, offset),
            count()));
  }

  /** {@return how many users there are} */
  public long count() {
    return database.transaction(transaction -> transaction.count("users"));
  }

  /**
   * {@return whether there is a user}
   *
   * @param name the user's name
   */
  public boolean exists(String name) {
    return database.transaction(
        transaction -> transaction.exists("select name from users where name = ?", name));
  }

  /**
   * {@return a user}
   *
   * @param name the user's name
   * @throws Refusal if there is none
   */
  public User get(String name) {
    return find("select * from users where name = ?", name);
  }

  /** Like {@link #get}, and keeps the user from changes of others until the transaction ends. */
  User hold(String name) {
    return find("select * from users where name = ? for update", name);
  }

  private User find(String sql, String name) {
    return database
        .transaction(transaction -> transaction.first(sql, Users::user, name))
        .orElseThrow(() -> Refusal.notFound("user", name));
  }

  private static User user(Row row) {
    return new User(
        row.text("name"),
        row.text("full_name"),
        row.optionalText("email").orElse(null),
        row.date("member_since"));
  }

  /**
   * Signs a user up.
   *
   * @param user the user
   * @return the user as kept
   * @throws Refusal if the name is taken
   */
  public User add(User user) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    User member = new User(user.name(), user.fullName(), user.email(), today);
    return database.transaction(transaction -> {
      if (exists(user.name())) {
        throw Refusal.conflict("The name " + user.name() + " is taken.");
      }
      transaction.update(
          "insert into users (name, full_name, email, member_since) values (?, ?, ?, ?)",
          user.name(),
          user.fullName(),
          user.email(),
          today);
      return member;
    });
  }

  /**
   * Deletes a user and the user's posts. Pets of the user belong to nobody from then on.
   *
   * @param name the user's name
   * @throws Refusal if there is none
   */
  public void remove(String name) {
    database.run(transaction -> {
      hold(name);
      removal.accept(name);
      transaction.update("delete from users where name = ?", name);
    });
  }

  /**
   * {@return what a user wrote, newest first}
   *
   * @param name the user's name
   * @param offset how many to leave out from the start
   * @param limit how many at most
   * @throws Refusal if there is no such user
   */
  public List<Post> posts(String name, int offset, int limit) {
    return database.transaction(transaction -> {
      get(name);
      return transaction.list(
          "select * from posts where author = ? order by number desc limit ? offset ?",
          Users::post,
          name,
          limit,
          offset);
    });
  }

  /**
   * {@return how many posts a user wrote}
   *
   * @param name the user's name
   * @throws Refusal if there is no such user
   */
  public long countPosts(String name) {
    return database.transaction(transaction -> {
      if (!exists(name)) {
        throw Refusal.notFound("user", name);
      }
      return transaction.count("posts where author = ?", name);
    });
  }

  private static Post post(Row row) {
    return new Post(
        row.text("slug"), row.text("title"), row.text("content"), row.instant("written_at"));
  }

  /**
   * {@return a post}
   *
   * @param name the user's name
   * @param id the post's id
   * @throws Refusal if there is no such user or post
   */
  public Post post(String name, String id) {
    return database.transaction(transaction -> {
      get(name);
      return transaction
          .first("select * from posts where author = ? and slug = ?", Users::post, name, id)
          .orElseThrow(() -> Refusal.notFound("post", id));
    });
  }

  /**
   * Adds a post.
   *
   * @param name the user's name
   * @param title the title
   * @param text the text
   * @return the post with its id
   * @throws Refusal if there is no such user
   */
  public Post write(String name, String title, String text) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.transaction(transaction -> {
      hold(name);
      Post post = new Post(freeSlug(title, name), title, text, now);
      transaction.update(
          """
          insert into posts (author, slug, title, content, written_at, number)
          values (?, ?, ?, ?, ?, ?)
          """,
          name,
          post.id(),
          title,
          text,
          now,
          transaction.next("post_numbers"));
      return post;
    });
  }

  private String freeSlug(String title, String author) {
    String slug = slug(title);
    if (!isTaken(slug, author)) {
      return slug;
    }
    int free = 2;
    while (isTaken(slug + "-" + free, author)) {
      free *= 2;
    }
    return slug + "-" + firstFree(slug + "-", free / 2, free, author);
  }

  /** The first after a number that is taken, as long as they were given in order. */
  private int firstFree(String slug, int taken, int free, String author) {
    if (free - taken <= 1) {
      return free;
    }
    int middle = (taken + free) / 2;
    return isTaken(slug + middle, author)
        ? firstFree(slug, middle, free, author)
        : firstFree(slug, taken, middle, author);
  }

  private boolean isTaken(String slug, String author) {
    return database.transaction(transaction ->
        transaction.exists("select 1 from posts where author = ? and slug = ?", author, slug));
  }

  private static String slug(String title) {
    String plain = Normalizer.normalize(title, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    StringBuilder slug = new StringBuilder();
    for (int i = 0; i < plain.length() && slug.length() < LONGEST_SLUG; i++) {
      char c = plain.charAt(i);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        slug.append(c);
      } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '-' && c < 128) {
        slug.append('-');
      }
    }
    while (!slug.isEmpty() && slug.charAt(slug.length() - 1) == '-') {
      slug.setLength(slug.length() - 1);
    }
    return slug.isEmpty() ? "post" : slug.toString();
  }
}
