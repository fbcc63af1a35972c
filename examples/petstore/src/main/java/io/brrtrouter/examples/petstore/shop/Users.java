package io.brrtrouter.examples.petstore.shop;

import java.text.Normalizer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The customers and what they wrote. Safe for use by many threads. */
public final class Users {
  private static final int LONGEST_SLUG = 60;

  private final ConcurrentSkipListMap<String, Account> accounts = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  private record Account(User user, List<Post> posts) {}

  Users(InstantSource clock) {
    this.clock = clock;
  }

  /** {@return all users, ordered by name} */
  public List<User> all() {
    return accounts.values().stream().map(Account::user).toList();
  }

  /**
   * {@return whether there is a user}
   *
   * @param name the user's name
   */
  public boolean exists(String name) {
    return accounts.containsKey(name);
  }

  /**
   * {@return a user}
   *
   * @param name the user's name
   * @throws Refusal if there is none
   */
  public User get(String name) {
    return account(name).user();
  }

  private Account account(String name) {
    return found(name, accounts.get(name));
  }

  private static Account found(String name, @Nullable Account account) {
    if (account == null) {
      throw Refusal.notFound("user", name);
    }
    return account;
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
    if (accounts.putIfAbsent(user.name(), new Account(member, List.of())) != null) {
      throw Refusal.conflict("The name " + user.name() + " is taken.");
    }
    return member;
  }

  /**
   * Deletes a user and the user's posts.
   *
   * @param name the user's name
   * @throws Refusal if there is none
   */
  public void remove(String name) {
    found(name, accounts.remove(name));
  }

  /**
   * {@return what a user wrote, newest first}
   *
   * @param name the user's name
   * @throws Refusal if there is no such user
   */
  public List<Post> posts(String name) {
    return account(name).posts();
  }

  /**
   * {@return a post}
   *
   * @param name the user's name
   * @param id the post's id
   * @throws Refusal if there is no such user or post
   */
  public Post post(String name, String id) {
    return posts(name).stream()
        .filter(post -> id.equals(post.id()))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("post", id));
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
    Account after =
        accounts.compute(
            name,
            (_, before) -> {
              Account account = found(name, before);
              List<Post> posts = new ArrayList<>();
              posts.add(new Post(freeSlug(title, account.posts()), title, text, clock.instant()));
              posts.addAll(account.posts());
              return new Account(account.user(), List.copyOf(posts));
            });
    return found(name, after).posts().getFirst();
  }

  private static String freeSlug(String title, List<Post> taken) {
    String slug = slug(title);
    String free = slug;
    for (int i = 2; isTaken(free, taken); i++) {
      free = slug + "-" + i;
    }
    return free;
  }

  private static boolean isTaken(String slug, List<Post> posts) {
    return posts.stream().anyMatch(post -> slug.equals(post.id()));
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
