package io.brrtrouter.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeyProviderTest {
  private static final HttpRequest REQUEST =
      new HttpRequest(Method.GET, "/", "HTTP/1.1", Headers.of(), Peer.of(new InetSocketAddress(0)));
  private static final String ANN = "ann-key-0123456789";
  private static final String BEN = "ben-key-0123456789";

  @TempDir Path directory;

  private static String ask(SecurityProvider provider, String key) {
    return switch (provider.verifyOnLoop(new Credential.ApiKey(key), REQUEST)) {
      case Verification.Accepted(String subject, List<String> scopes, var _, var _) ->
          subject + scopes;
      case Verification.Refused(String reason) -> reason;
      case Verification other -> other.toString();
    };
  }

  @Test
  void a_key_says_whose_it_is_and_what_it_grants() throws Exception {
    ApiKeyProvider provider =
        ApiKeyProvider.builder()
            .key("ann", ANN, List.of("read"))
            .key("ben", ApiKeyProvider.hash(BEN), List.of())
            .build();

    assertThat(ask(provider, ANN)).isEqualTo("ann[read]");
    assertThat(ask(provider, BEN)).isEqualTo("ben[]");
    assertThat(ask(provider, ANN + " ")).isEqualTo("the key is not known");
    assertThat(ask(provider, ApiKeyProvider.hash(BEN))).isEqualTo("the key is not known");
    assertThat(ask(provider, "")).isEqualTo("the key is not known");
    assertThat(provider.description()).isEqualTo("2 keys");
  }

  @Test
  void what_is_no_api_key_is_not_known() throws Exception {
    ApiKeyProvider provider = ApiKeyProvider.builder().key("ann", ANN, List.of()).build();

    assertThat(provider.verifyOnLoop(new Credential.Bearer(ANN), REQUEST))
        .isEqualTo(Verification.refused("the key is not known"));
  }

  @Test
  void digests_compare_by_all_their_octets_and_show_none() {
    KeyDigest one = KeyDigest.of(ANN);
    assertThat(one).isEqualTo(KeyDigest.of(ANN)).hasSameHashCodeAs(KeyDigest.of(ANN));
    assertThat(one).isEqualTo(KeyDigest.parse(one.written())).isNotEqualTo(KeyDigest.of(BEN));
    String last = one.written();
    char changed = last.endsWith("0") ? '1' : '0';
    assertThat(one)
        .isNotEqualTo(KeyDigest.parse(last.substring(0, last.length() - 1) + changed))
        .hasToString("KeyDigest[hidden]");
  }

  @Test
  void keys_in_files_are_exchanged_and_revoked_without_a_restart() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Files.writeString(mounted.resolve("ann"), ANN + "\n");
    Files.writeString(mounted.resolve("ben"), BEN);
    Path one = Files.writeString(directory.resolve("one"), "one-key-0123456789");
    ApiKeyProvider provider =
        ApiKeyProvider.builder()
            .keysDirectory(mounted, List.of("read"))
            .keyFile("one", one, List.of())
            .build();
    assertThat(provider.description()).isEqualTo("3 keys, read from files");

    Files.writeString(mounted.resolve("ann"), "new-key-0123456789");
    Files.delete(mounted.resolve("ben"));
    assertThat(ask(provider, ANN)).as("nothing is read for a request").isEqualTo("ann[read]");
    provider.reload();

    assertThat(ask(provider, "new-key-0123456789")).isEqualTo("ann[read]");
    assertThat(ask(provider, ANN)).isEqualTo("the key is not known");
    assertThat(ask(provider, BEN)).isEqualTo("the key is not known");
    assertThat(ask(provider, "one-key-0123456789")).isEqualTo("one[]");
  }

  /** Kubernetes swaps a symbolic link, so that all files change at once. */
  @Test
  void a_mounted_secret_is_exchanged_by_a_symbolic_link() throws Exception {
    Path before = Files.createDirectory(directory.resolve("..before"));
    Path after = Files.createDirectory(directory.resolve("..after"));
    Files.writeString(before.resolve("ann"), ANN);
    Files.writeString(after.resolve("ann"), BEN);
    Path data = Files.createSymbolicLink(directory.resolve("..data"), before);
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Files.createSymbolicLink(mounted.resolve("ann"), data.resolve("ann"));
    ApiKeyProvider provider = ApiKeyProvider.builder().keysDirectory(mounted, List.of()).build();

    Files.delete(data);
    Files.createSymbolicLink(data, after);
    provider.reload();

    assertThat(ask(provider, BEN)).isEqualTo("ann[]");
    assertThat(ask(provider, ANN)).isEqualTo("the key is not known");
  }

  @Test
  void files_that_cannot_be_used_leave_the_keys_as_they_were() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), ANN);
    ApiKeyProvider provider = ApiKeyProvider.builder().keyFile("ann", file, List.of()).build();

    for (String unusable : new String[] {"", "short", "x".repeat(5_000)}) {
      Files.writeString(file, unusable);
      provider.reload();
      assertThat(ask(provider, ANN)).isEqualTo("ann[]");
    }
  }

  @Test
  void what_becomes_of_a_key_is_told_with_its_scheme() throws Exception {
    Path file = Files.writeString(directory.resolve("told_key"), "first-key-0123456789");
    ApiKeyProvider provider =
        ApiKeyProvider.builder().scheme("told").keyFile("shop", file, List.of()).build();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.security")) {
      for (String content : List.of("second-key-0123456789", "short", "third-key-0123456789", "")) {
        if (content.isEmpty()) {
          Files.delete(file);
        } else {
          Files.writeString(file, content);
        }
        provider.reload();
        provider.reload();
      }
      Files.writeString(file, "fourth-key-0123456789");
      provider.reload();

      String told = "API keys of security scheme told: ";
      assertThat(log.about(told))
          .extracting(Object::toString)
          .containsExactly(
              "[INFO] " + told + "the key of shop is exchanged.",
              "[WARN] "
                  + told
                  + "the key in "
                  + file
                  + " has 5 characters; fewer than 16 can be guessed; what was read of it before"
                  + " stays in force",
              "[INFO] " + told + "the key of shop is exchanged.",
              "[WARN] " + told + "shop has no key any more",
              "[WARN] " + told + "there is no file " + file + "; what it granted is taken back",
              "[INFO] " + told + "shop has a key now.");
    }
  }

  @Test
  void a_file_that_is_gone_revokes_its_key_also_the_last_one() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Path only = Files.writeString(mounted.resolve("ann"), ANN);
    Path file = Files.writeString(directory.resolve("key"), BEN);
    ApiKeyProvider provider =
        ApiKeyProvider.builder()
            .keysDirectory(mounted, List.of())
            .keyFile("ben", file, List.of())
            .build();

    Files.delete(only);
    Files.delete(file);
    provider.reload();
    assertThat(ask(provider, ANN)).isEqualTo("the key is not known");
    assertThat(ask(provider, BEN)).isEqualTo("the key is not known");

    Files.writeString(only, "new-key-0123456789");
    provider.reload();
    assertThat(ask(provider, "new-key-0123456789")).isEqualTo("ann[]");
  }

  @Test
  void a_directory_that_is_gone_revokes_its_keys_and_one_that_cannot_be_read_does_not()
      throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Path only = Files.writeString(mounted.resolve("ann"), ANN);
    ApiKeyProvider provider =
        ApiKeyProvider.builder()
            .keysDirectory(mounted, List.of())
            .key("ben", BEN, List.of())
            .build();

    Files.delete(only);
    Files.delete(mounted);
    Files.writeString(mounted, "a file in its place");
    provider.reload();
    assertThat(ask(provider, ANN)).as("no directory, so that it cannot be read").isEqualTo("ann[]");
    Files.delete(mounted);
    provider.reload();
    assertThat(ask(provider, ANN)).isEqualTo("the key is not known");
    assertThat(ask(provider, BEN)).isEqualTo("ben[]");

    Files.createDirectory(mounted);
    Files.writeString(only, ANN);
    provider.reload();
    assertThat(ask(provider, ANN)).isEqualTo("ann[]");
  }

  @Test
  void a_mistake_in_one_file_does_not_keep_another_key_from_being_revoked() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("mounted"));
    Files.writeString(mounted.resolve("ann"), ANN);
    Files.writeString(mounted.resolve("ben"), BEN);
    ApiKeyProvider provider = ApiKeyProvider.builder().keysDirectory(mounted, List.of()).build();

    Files.writeString(mounted.resolve("ann"), "short");
    Files.delete(mounted.resolve("ben"));
    provider.reload();
    assertThat(ask(provider, ANN)).isEqualTo("ann[]");
    assertThat(ask(provider, BEN)).isEqualTo("the key is not known");
  }

  /** The last client is taken out, the server starts again, and the first one comes. */
  @Test
  void a_directory_without_keys_lets_nobody_in_until_there_is_one() throws Exception {
    Path mounted = Files.createDirectory(directory.resolve("clients"));
    ApiKeyProvider provider = ApiKeyProvider.builder().keysDirectory(mounted, List.of()).build();
    assertThat(provider.isEmpty()).isTrue();
    assertThat(ask(provider, ANN)).isEqualTo("the key is not known");

    Files.writeString(mounted.resolve("ann"), ANN);
    provider.reload();
    assertThat(provider.isEmpty()).isFalse();
    assertThat(ask(provider, ANN)).isEqualTo("ann[]");
    assertThatThrownBy(() -> ApiKeyProvider.builder().build()).hasMessage("there is no key at all");
  }

  @Test
  void two_clients_cannot_have_one_key() {
    assertThatThrownBy(() ->
            ApiKeyProvider.builder()
                .key("ann", ANN, List.of())
                .key("ben", ApiKeyProvider.hash(ANN), List.of())
                .build())
        .isInstanceOf(UnusableSecretException.class)
        .hasMessage("ann and ben have the same key");
  }

  @Test
  void a_large_file_is_no_key() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "x".repeat(4_097));
    assertThatThrownBy(() -> ApiKeyProvider.builder().keyFile("a", file, List.of()).build())
        .hasMessage(file + " is larger than 4096 octets");
  }
}
