package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.files.GuardedFiles;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in files that are there and cannot be read, which is not being gone. */
class UnreadableKeysTest {
  private static final HttpRequest REQUEST =
      new HttpRequest(Method.GET, "/", "HTTP/1.1", Headers.of(), Peer.of(new InetSocketAddress(0)));
  private static final String LOGGER = "io.brrtrouter.server.security";
  private static final String ANN = "ann-key-0123456789";
  private static final String BEN = "ben-key-0123456789";
  private static final String EVE = "eve-key-0123456789";

  private final GuardedFiles guarded = new GuardedFiles();

  @TempDir Path directory;
  private Path mounted;

  @BeforeEach
  void mount() throws IOException {
    mounted = Files.createDirectory(directory.resolve("mounted"));
    Files.writeString(mounted.resolve("ann"), ANN);
    Files.writeString(mounted.resolve("ben"), BEN);
  }

  private ApiKeyProvider provider() throws UnusableSecretException {
    return ApiKeyProvider.builder()
        .scheme(SCHEME)
        .keysDirectory(guarded.of(mounted), List.of())
        .build();
  }

  private static boolean knows(ApiKeyProvider provider, String key) {
    return provider.verifyOnLoop(new Credential.ApiKey(key), REQUEST)
        instanceof Verification.Accepted;
  }

  /** Other tests make servers say such things meanwhile. */
  private static final String SCHEME = "unreadable";

  private static final String KEPT = "; what was read of it before stays in force";
  private static final String WITHDRAWN = "; what it granted is taken back";

  private static List<String> said(CapturedLog log) {
    return log.about(" " + SCHEME + ": ").stream().map(Object::toString).toList();
  }

  private String unsearchable() {
    return "the files in the directory "
        + mounted
        + " may be listed, but not read: it lacks the permission to search it (x)";
  }

  @Test
  void a_directory_that_may_be_listed_but_not_searched_keeps_its_keys_and_that_is_said_once()
      throws Exception {
    ApiKeyProvider provider = provider();
    guarded.forbidSearching(mounted);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      for (int i = 0; i < 3; i++) {
        provider.reload();
        assertThat(knows(provider, ANN)).isTrue();
        assertThat(knows(provider, BEN)).isTrue();
      }
      assertThat(said(log))
          .containsExactly(
              "[WARN] API keys of security scheme unreadable: " + unsearchable() + KEPT);

      // Its names are known all the same, so that what is gone is gone.
      Files.delete(mounted.resolve("ann"));
      Files.writeString(mounted.resolve("eve"), EVE);
      provider.reload();
      assertThat(knows(provider, ANN)).isFalse();
      assertThat(knows(provider, BEN)).isTrue();
      assertThat(knows(provider, EVE)).isFalse();

      guarded.allow();
      provider.reload();
      assertThat(knows(provider, EVE)).isTrue();
      assertThat(said(log))
          .containsExactly(
              "[WARN] API keys of security scheme unreadable: " + unsearchable() + KEPT,
              "[WARN] API keys of security scheme unreadable: ann has no key any more",
              "[INFO] API keys of security scheme unreadable: eve has a key now.");
      guarded.forbidSearching(mounted);
      provider.reload();
      assertThat(said(log)).as("it was good in between").hasSize(4);
    }
  }

  @Test
  void a_directory_that_may_not_be_searched_refuses_a_start() {
    guarded.forbidSearching(mounted);

    assertThatThrownBy(this::provider)
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage(unsearchable());
    assertThat(
            ApiKeyProvider.builder()
                .scheme(SCHEME)
                .keysDirectory(guarded.of(mounted), List.of())
                .complaints())
        .containsExactly(unsearchable());
  }

  /** Why a key cannot be read. */
  private enum Obstacle {
    DIRECTORY_NOT_LISTED(true, "the directory {mounted} cannot be read"),
    FILE_NOT_READ(true, "{ann} may not be read"),
    /** No permission is needed for that one, nor does one help. */
    LINK_TO_ITSELF(true, "{ann} cannot be read"),
    KEY_FILE_NOT_READ(false, "{ann} may not be read"),
    FOLDER_OF_KEY_FILE_NOT_SEARCHED(false, "{ann} may not be read");

    private final boolean directory;
    private final String message;

    Obstacle(boolean directory, String message) {
      this.directory = directory;
      this.message = message;
    }
  }

  private void put(Obstacle obstacle) throws IOException {
    Path ann = mounted.resolve("ann");
    switch (obstacle) {
      case DIRECTORY_NOT_LISTED -> guarded.forbidListing(mounted);
      case FOLDER_OF_KEY_FILE_NOT_SEARCHED -> guarded.forbidSearching(mounted);
      case FILE_NOT_READ, KEY_FILE_NOT_READ -> guarded.forbidReading(ann);
      case LINK_TO_ITSELF -> {
        Files.delete(ann);
        Files.createSymbolicLink(ann, ann);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_cannot_be_read_keeps_its_key_says_so_once_and_refuses_a_start(Obstacle obstacle)
      throws Exception {
    ApiKeyProvider.Builder builder = ApiKeyProvider.builder().scheme(SCHEME);
    if (obstacle.directory) {
      builder.keysDirectory(guarded.of(mounted), List.of());
    } else {
      builder.keyFile("ann", guarded.of(mounted.resolve("ann")), List.of());
    }
    ApiKeyProvider provider = builder.build();
    String message =
        obstacle
            .message
            .replace("{mounted}", mounted.toString())
            .replace("{ann}", mounted.resolve("ann").toString());
    put(obstacle);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      provider.reload();
      provider.reload();

      assertThat(knows(provider, ANN)).isTrue();
      assertThat(said(log))
          .containsExactly("[WARN] API keys of security scheme unreadable: " + message + KEPT);
    }
    assertThatThrownBy(builder::build).hasMessage(message);
  }

  @Test
  void a_file_that_may_not_be_read_keeps_nobody_elses_key() throws Exception {
    ApiKeyProvider provider = provider();
    guarded.forbidReading(mounted.resolve("ann"));
    Files.writeString(mounted.resolve("ben"), EVE);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      provider.reload();
      provider.reload();

      assertThat(knows(provider, ANN)).isTrue();
      assertThat(knows(provider, BEN)).isFalse();
      assertThat(knows(provider, EVE)).isTrue();
      assertThat(said(log))
          .startsWith("[INFO] API keys of security scheme unreadable: the key of ben is exchanged.")
          .hasSize(2);
    }
  }

  /** What it led to is gone, and the link says that it should be there. */
  @Test
  void a_link_to_nothing_revokes_its_key_and_says_so() throws Exception {
    Path aside = directory.resolve("aside");
    Path ann = mounted.resolve("ann");
    Files.move(ann, aside);
    Files.createSymbolicLink(ann, aside);
    ApiKeyProvider provider = provider();
    assertThat(knows(provider, ANN)).isTrue();

    Files.delete(aside);
    try (CapturedLog log = new CapturedLog(LOGGER)) {
      provider.reload();
      provider.reload();

      assertThat(knows(provider, ANN)).isFalse();
      assertThat(knows(provider, BEN)).isTrue();
      assertThat(said(log))
          .containsExactly(
              "[WARN] API keys of security scheme unreadable: ann has no key any more",
              "[WARN] API keys of security scheme unreadable: "
                  + ann
                  + " is a symbolic link to a file that is not there"
                  + WITHDRAWN);
    }
    assertThatThrownBy(this::provider)
        .hasMessage(ann + " is a symbolic link to a file that is not there");
  }

  @Test
  void what_is_no_file_is_no_key() throws Exception {
    Files.createDirectory(mounted.resolve("lost+found"));

    assertThat(provider().description()).isEqualTo("2 keys, read from files");
  }
}
