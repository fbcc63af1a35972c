package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a new project that are commented out, without the comment signs. */
class NewProjectSettingsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.2.0
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            security: [ { key: [ goods ] }, { token: [] }, { staff: [ goods, orders ] }, { machine: [ orders ] }, { login: [] }, { partner: [] } ]
            responses: { 200: { description: pets } }
      components:
        securitySchemes:
          key: { type: apiKey, in: header, name: X-Key }
          token: { type: http, scheme: bearer }
          staff: { type: http, scheme: basic }
          machine: { type: mutualTLS }
          login: { type: openIdConnect, openIdConnectUrl: "http://127.0.0.1:1/.well-known/openid-configuration" }
          partner: { type: oauth2, oauth2MetadataUrl: "http://127.0.0.1:1/.well-known/oauth-authorization-server", flows: {} }
      """;

  private static final String USERS =
      "ann:$pbkdf2-sha256$i=100000$MDEyMzQ1Njc4OWFiY2RlZg$LR4elr9TeGMRjDhyOSJl2fDvnOVg79KcTWlx/baO9AU:goods orders\n";

  @TempDir Path directory;
  private Path project;
  private String settings = "";

  @BeforeEach
  void make() throws IOException {
    directory = directory.toRealPath();
    project = directory.resolve("shop");
    CommandBench bench = new CommandBench(directory, Map.of("BRRT_REPOSITORY", "file:///it"));
    int status =
        bench.execute("new", project.toString(), "--document", bench.write("pets.yaml", DOCUMENT));
    assertThat(status).as(bench.err()).isZero();
    String config = Files.readString(project.resolve("config.yaml"));
    int block = config.indexOf("# security:");
    settings =
        config.substring(0, block)
            + config
                .substring(block)
                .replaceAll("(?m)^# ", "")
                .replace("https://id.example.com", "http://127.0.0.1:1");
  }

  private BrrtServer start() throws IOException {
    Path config = Files.writeString(project.resolve("config.yaml"), settings);
    return BrrtServer.builder()
        .document(project.resolve("pets.yaml"))
        .config(ServerConfig.read(Optional.of(config), Map.of(), Map.of("port", "0")))
        .mock(true)
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private void replace(String what, String by) {
    assertThat(settings).contains(what);
    settings = settings.replace(what, by);
  }

  @Test
  void ask_for_nothing_but_what_nobody_can_know() {
    assertThatThrownBy(this::start)
        .isInstanceOf(StartupException.class)
        .hasMessage(
            """
            CONFIG:17:20: error[security-provider]: security.api_keys.key.keys.a_client.key_env = A_CLIENT_KEY names an environment variable that is not set
              fix: set it to the key, or take the client out
            CONFIG:30:19: error[security-provider]: security.basic.staff.users_file cannot be used: there is no file users.txt, looked for at HERE/users.txt
              fix: name a file with a line name:hash for each user; brrt hash --password makes hashes
            CONFIG:38:21: error[config-tls]: tls.certificate_file: there is no file server.pem, looked for at HERE/server.pem
              fix: name a file that can be read
            CONFIG:39:13: error[config-tls]: tls.key_file: there is no file server.key, looked for at HERE/server.key
              fix: name a file that can be read
            CONFIG:41:19: error[config-tls]: tls.client_ca_file: there is no file clients.pem, looked for at HERE/clients.pem
              fix: name a file that can be read
            5 errors\
            """
                .replace("HERE", Path.of("").toAbsolutePath().toString())
                .replace("CONFIG", project.resolve("config.yaml").toString()));
  }

  @Test
  void are_enough_with_that() throws Exception {
    replace("key_env: A_CLIENT_KEY ", "key: 0123456789abcdef ");
    replace("users.txt", Files.writeString(directory.resolve("users"), USERS).toString());
    certificates();
    for (String file : List.of("server.pem", "server.key", "clients.pem")) {
      replace(file, directory.resolve(file).toString());
    }

    try (BrrtServer server = start()) {
      assertThat(server.url()).startsWith("https://");
    }
  }

  /** Java writes no keys in PEM by itself. */
  private void certificates() throws Exception {
    Path store = directory.resolve("store.p12");
    char[] password = "changeit".toCharArray();
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(password))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    String certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
    Files.writeString(directory.resolve("server.pem"), certificate);
    Files.writeString(directory.resolve("clients.pem"), certificate);
    Files.writeString(
        directory.resolve("server.key"),
        pem("PRIVATE KEY", keys.getKey("server", password).getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(content));
  }
}
