package io.brrtrouter.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.DevelopmentProvider;
import io.brrtrouter.server.auth.Pbkdf2Hash;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alone, because it reads logs, compares times and counts threads. */
@Isolated
class BasicProviderTest {
  /** Both stand for {@code secret-password}. */
  static final String BCRYPT = "$2b$10$abcdefghijklmnopqrstuurRNjYRjZcfmTagSP08eA/MkymhfzpRK";

  private static final String PBKDF2 =
      "$pbkdf2-sha256$i=100000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU";

  /** Stands for {@code pässwörd}. */
  static final String OTHER = "$2a$11$0123456789abcdefghijke/ay9tPhppwkNOO0SduMGltexbTgQdrK";

  private static final Verification ANNA = Verification.accepted("anna", List.of("read", "write"));
  private static final Verification WRONG =
      Verification.refused("the user or the password is wrong");

  private final TestClock clock = new TestClock();
  @TempDir private Path directory;

  private BasicProviderBuilder anna() throws UnusableSecretException {
    return BasicProvider.builder().user("anna", BCRYPT, List.of("read", "write")).clock(clock);
  }

  private static Verification verify(BasicProvider provider, String user, String password) {
    try {
      return provider.verify(new Credential.Basic(user, password), Tokens.REQUEST);
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static Verification onLoop(BasicProvider provider, String user, String password) {
    return provider.verifyOnLoop(new Credential.Basic(user, password), Tokens.REQUEST);
  }

  /** As the credentials for development are, for whoever copies them into production. */
  @ParameterizedTest
  @ValueSource(strings = {DevelopmentProvider.SECRET, DevelopmentProvider.WITHOUT_SCOPES})
  void a_password_that_everybody_knows_is_none(String password) throws Exception {
    String hash = Pbkdf2Hash.of(password).written();
    String known = "it is that of the password for development, which everybody knows";

    assertThatThrownBy(() -> anna().user("developer", hash, List.of()))
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage("the password hash of user developer: " + known);
    Path file = Files.writeString(directory.resolve("users"), "developer:" + hash);
    assertThatThrownBy(() -> anna().usersFile(file).build())
        .hasMessage(file + ": line 1: the password hash of user developer: " + known);
    anna().user("developer", PBKDF2, List.of()).build().close();
  }

  @Nested
  class A_password {
    @ParameterizedTest
    @CsvSource({
      "anna, secret-password, true",
      "ben,  secret-password, true",
      "anna, secret-passworD, false",
      "Anna, secret-password, false",
      "anna, ''             , false",
      "cleo, secret-password, false",
      "'',   secret-password, false",
      "'',   ''             , false",
    })
    void is_the_one_of_its_user_or_wrong(String user, String password, boolean right)
        throws Exception {
      try (BasicProvider provider = anna().user("ben", PBKDF2, List.of()).build()) {
        Verification expected =
            !right ? WRONG : user.equals("anna") ? ANNA : Verification.accepted("ben");
        assertThat(verify(provider, user, password)).isEqualTo(expected);
      }
    }

    @Test
    void of_another_kind_of_credential_is_none() throws Exception {
      try (BasicProvider provider = anna().build()) {
        Credential bearer = new Credential.Bearer("secret-password");
        assertThat(provider.verify(bearer, Tokens.REQUEST)).isEqualTo(WRONG);
        assertThat(provider.verifyOnLoop(bearer, Tokens.REQUEST)).isEqualTo(WRONG);
      }
    }

    @Test
    void that_was_right_is_known_on_the_loop_for_a_while_and_a_wrong_one_never() throws Exception {
      try (BasicProvider provider = anna().cacheTtl(Duration.ofSeconds(30)).build()) {
        assertThat(onLoop(provider, "anna", "secret-password"))
            .isInstanceOf(Verification.NeedsThread.class);
        verify(provider, "anna", "secret-password");
        verify(provider, "anna", "wrong");

        assertThat(onLoop(provider, "anna", "secret-password")).isEqualTo(ANNA);
        assertThat(onLoop(provider, "anna", "wrong")).isInstanceOf(Verification.NeedsThread.class);
        assertThat(onLoop(provider, "annas", "ecret-password"))
            .isInstanceOf(Verification.NeedsThread.class);
        clock.pass(Duration.ofSeconds(30));
        assertThat(onLoop(provider, "anna", "secret-password"))
            .isInstanceOf(Verification.NeedsThread.class);
      }
    }

    @Test
    void is_not_remembered_where_nothing_is_to_be() throws Exception {
      try (BasicProvider provider = anna().cacheTtl(Duration.ZERO).build()) {
        verify(provider, "anna", "secret-password");
        assertThat(onLoop(provider, "anna", "secret-password"))
            .isInstanceOf(Verification.NeedsThread.class);
      }
    }

    @Test
    void of_nobody_takes_as_long_as_that_of_somebody() throws Exception {
      try (BasicProvider provider = anna().build()) {
        long known = Long.MAX_VALUE;
        long unknown = Long.MAX_VALUE;
        for (int i = 0; i < 16; i++) {
          known = Math.min(known, nanos(provider, "anna", i));
          unknown = Math.min(unknown, nanos(provider, "nobody", i));
        }
        assertThat(unknown).isBetween(known / 2, known * 2);
      }
    }

    private static long nanos(BasicProvider provider, String user, int attempt) {
      long begun = System.nanoTime();
      assertThat(verify(provider, user, "wrong " + attempt)).isEqualTo(WRONG);
      return System.nanoTime() - begun;
    }

    @Test
    void that_hundreds_send_at_once_is_verified_once() throws Exception {
      try (BasicProvider provider = anna().concurrency(1).build();
          ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Verification>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          answers.add(many.submit(() -> verify(provider, "anna", "secret-password")));
        }
        for (Future<Verification> answer : answers) {
          assertThat(answer.get()).as("500 hashes do not fit into 2 seconds").isEqualTo(ANNA);
        }
      }
    }

    @Test
    void that_does_not_get_its_turn_in_time_is_neither_right_nor_wrong() throws Exception {
      try (BasicProvider provider = anna().concurrency(1).patience(Duration.ofMillis(100)).build();
          ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Verification>> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          String guess = "guess " + i;
          answers.add(many.submit(() -> verify(provider, "anna", guess)));
        }
        List<Verification> all = new ArrayList<>();
        for (Future<Verification> answer : answers) {
          all.add(answer.get());
        }
        assertThat(all)
            .contains(
                WRONG,
                new Verification.Unavailable(
                    "more passwords wait to be verified than can be in time"))
            .allMatch(each -> !(each instanceof Verification.Accepted));
      }
    }
  }

  @Nested
  class A_file_of_users {
    private Path file;

    @BeforeEach
    void place() {
      file = directory.resolve("users");
    }

    private void write(String... lines) throws IOException {
      Files.writeString(file, String.join("\n", lines));
    }

    private BasicProvider provider() throws UnusableSecretException {
      return BasicProvider.builder().usersFile(file).clock(clock).build();
    }

    @Test
    void has_names_hashes_and_scopes() throws Exception {
      write("# staff", "", "anna:" + BCRYPT + ":read write\r", "ben:" + PBKDF2);
      try (BasicProvider provider = provider()) {
        assertThat(verify(provider, "anna", "secret-password")).isEqualTo(ANNA);
        assertThat(verify(provider, "ben", "secret-password"))
            .isEqualTo(Verification.accepted("ben"));
        assertThat(provider.description()).isEqualTo("HTTP basic, 2 users, read from " + file);
        assertThat(provider.toString()).doesNotContain(BCRYPT).doesNotContain("anna");
      }
    }

    @Test
    void is_read_again_and_what_is_remembered_of_who_has_changed_is_forgotten() throws Exception {
      write("anna:" + BCRYPT, "ben:" + BCRYPT, "cleo:" + BCRYPT);
      try (BasicProvider provider = provider()) {
        verify(provider, "anna", "secret-password");
        verify(provider, "ben", "secret-password");
        verify(provider, "cleo", "secret-password");

        write("anna:" + OTHER, "cleo:" + BCRYPT);
        provider.reload();
        assertThat(onLoop(provider, "anna", "secret-password"))
            .isInstanceOf(Verification.NeedsThread.class);
        assertThat(verify(provider, "anna", "secret-password")).isEqualTo(WRONG);
        assertThat(verify(provider, "anna", "pässwörd")).isEqualTo(Verification.accepted("anna"));
        assertThat(verify(provider, "ben", "secret-password")).isEqualTo(WRONG);
        assertThat(onLoop(provider, "cleo", "secret-password"))
            .isEqualTo(Verification.accepted("cleo"));
      }
    }

    @Test
    void that_is_broken_changes_nothing_and_is_told_once() throws Exception {
      write("anna:" + BCRYPT);
      List<String> lines;
      try (Lines log = new Lines(BasicProvider.class);
          BasicProvider provider = provider()) {
        write("anna:" + BCRYPT, "ben:" + BCRYPT + ":read:" + PBKDF2);
        provider.reload();
        provider.reload();
        assertThat(verify(provider, "anna", "secret-password"))
            .isEqualTo(Verification.accepted("anna"));
        write("ben:" + BCRYPT);
        provider.reload();
        assertThat(verify(provider, "anna", "secret-password")).isEqualTo(WRONG);
        lines = log.lines();
      }
      assertThat(lines)
          .containsExactly(
              "WARN Users are not exchanged: "
                  + file
                  + ": line 2 is not of the form name:hash or name:hash:scope scope; those from"
                  + " before stay in force",
              "INFO Users of " + file + " are exchanged.");
    }

    @Test
    void that_is_gone_lets_none_of_its_users_in_and_is_told_once() throws Exception {
      write("ben:" + BCRYPT);
      List<String> lines;
      try (Lines log = new Lines(BasicProvider.class);
          BasicProvider provider = anna().usersFile(file).build();
          BasicProvider nobodyElse = provider()) {
        assertThat(verify(provider, "ben", "secret-password")).isNotEqualTo(WRONG);
        assertThat(verify(nobodyElse, "ben", "secret-password")).isNotEqualTo(WRONG);

        Files.delete(file);
        nobodyElse.reload();
        assertThat(verify(nobodyElse, "ben", "secret-password")).isEqualTo(WRONG);
        assertThat(nobodyElse.description()).startsWith("HTTP basic, 0 users");
        for (int i = 0; i < 2; i++) {
          provider.reload();
          assertThat(verify(provider, "ben", "secret-password")).isEqualTo(WRONG);
          assertThat(verify(provider, "anna", "secret-password")).isEqualTo(ANNA);
        }
        write("ben:" + BCRYPT);
        provider.reload();
        assertThat(verify(provider, "ben", "secret-password")).isNotEqualTo(WRONG);
        lines = log.lines();
      }
      String gone =
          "WARN Users of " + file + " count no more, because there is no such file any more";
      assertThat(lines)
          .containsExactly(gone, nobody(), gone, "INFO Users of " + file + " are exchanged.");
    }

    private String nobody() {
      return "WARN " + file + " was the last file with users, and has none now: nobody gets in";
    }

    /** The same file is good for the next start. */
    @Test
    void whose_last_user_is_taken_out_has_none_now_and_after_the_next_start() throws Exception {
      write("ben:" + BCRYPT);
      List<String> lines;
      try (Lines log = new Lines(BasicProvider.class);
          BasicProvider provider = provider()) {
        write("# ben has left");
        provider.reload();
        provider.reload();
        assertThat(verify(provider, "ben", "secret-password")).isEqualTo(WRONG);
        lines = log.lines();
      }
      assertThat(lines).containsExactly("INFO Users of " + file + " are exchanged.", nobody());
      try (BasicProvider next = provider()) {
        assertThat(verify(next, "ben", "secret-password")).isEqualTo(WRONG);
        write("ben:" + BCRYPT);
        next.reload();
        assertThat(verify(next, "ben", "secret-password")).isEqualTo(Verification.accepted("ben"));
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            anna               | : line 1 is not of the form name:hash or name:hash:scope scope
            :HASH              | : line 1: a user has a name, without colons
            anna:secret        | : line 1: the password hash of user anna: it is neither PBKDF2
            anna:HASH;anna:HASH| : there are two users anna
            """)
    void that_cannot_be_used_is_refused(String lines, String message) throws Exception {
      write(lines.replace("HASH", BCRYPT).split(";"));
      assertThatThrownBy(this::provider)
          .isInstanceOf(UnusableSecretException.class)
          .hasMessageContaining(file + message)
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void a_closed_provider_lets_nobody_in_and_leaves_no_threads() throws Exception {
    BasicProvider provider = anna().build();
    assertThat(verify(provider, "anna", "secret-password")).isEqualTo(ANNA);
    assertThat(threads()).isNotEmpty();

    provider.close();
    assertThat(verify(provider, "anna", "secret-password"))
        .isEqualTo(new Verification.Unavailable("the provider is closed"));
    assertThat(onLoop(provider, "anna", "secret-password"))
        .isInstanceOf(Verification.NeedsThread.class);
    for (Thread thread : threads()) {
      assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("brrt-passwords-"))
        .toList();
  }

  @Nested
  class As_configured {
    private static final String SCHEME = "{type: http, scheme: basic}";

    private static String authorization(String pair) {
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_without_users_lets_a_server_start_which_says_so() throws Exception {
      Path file = Files.writeString(directory.resolve("users"), "# nobody yet\n");
      String yaml =
          """
          security:
            basic:
              door: {users_file: %s}
          """
              .formatted(file);
      ByteArrayOutputStream told = new ByteArrayOutputStream();
      try (BrrtServer _ =
          Served.builder(directory, SCHEME, yaml)
              .output(new PrintStream(told, true, StandardCharsets.UTF_8))
              .port(0)
              .host("127.0.0.1")
              .start()) {
        assertThat(told.toString(StandardCharsets.UTF_8))
            .contains(
                directory.resolve("config.yaml")
                    + ":3:24: warning[security-provider]: security.basic.door.users_file = "
                    + file
                    + " has no user, and nobody gets in");
      }
    }

    @Test
    void users_get_in_with_their_password() throws Exception {
      Path file = Files.writeString(directory.resolve("users"), "ben:" + BCRYPT + ":read\n");
      String yaml =
          """
          security:
            basic:
              door:
                users:
                  anna: {password_hash: "%s", scopes: [read, write]}
                  poor: {password_hash: "%s"}
                users_file: %s
                concurrency: 2
          """
              .formatted(BCRYPT, PBKDF2, file);
      try (Served server = Served.over(directory, SCHEME, yaml)) {
        var anna = server.get("Authorization", authorization("anna:secret-password"));
        assertThat(anna.body()).isEqualTo("anna [read, write] {}");
        assertThat(server.get("Authorization", authorization("ben:secret-password")).body())
            .isEqualTo("ben [read] {}");
        assertThat(server.get("Authorization", authorization("poor:secret-password")).statusCode())
            .isEqualTo(403);

        var wrong = server.get("Authorization", authorization("anna:wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
            .hasValue("Basic realm=\"Served\", charset=\"UTF-8\"");
        assertThat(wrong.body()).contains("the user or the password is wrong");
        assertThat(server.get().statusCode()).isEqualTo(401);
      }
    }
  }
}
