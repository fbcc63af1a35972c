package io.brrtrouter.conformance.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keycloak's distribution in a process of its own, with the realm {@code pets}. */
final class Keycloak implements AutoCloseable {
  private static final String ADMIN = "admin";
  private static final String PASSWORD = "admin-password-of-a-test";

  /** It builds itself at its first start, which takes a minute and more where others compile. */
  private static final long PATIENCE_MINUTES = 8;

  private final Path home;
  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private Keycloak(Path home, Process process, int port) {
    this.home = home;
    this.process = process;
    this.port = port;
  }

  /** Starts a copy of a distribution, which it writes to. */
  static Keycloak start(Path distribution, Path directory) throws Exception {
    Path home = directory.resolve("keycloak");
    copy(distribution, home);
    Path imports = Files.createDirectories(home.resolve("data/import"));
    try (InputStream realm =
        Objects.requireNonNull(Keycloak.class.getResourceAsStream("pets-realm.json"))) {
      Files.copy(realm, imports.resolve("pets-realm.json"));
    }
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--import-realm");
    builder
        .environment()
        .putAll(
            Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                PASSWORD,
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_APPEND",
                "-Xmx768m"));
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("keycloak.log").toFile());
    Keycloak keycloak = new Keycloak(home, builder.start(), port);
    keycloak.awaitReady(directory.resolve("keycloak.log"));
    return keycloak;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(each)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path log) throws Exception {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
    while (System.nanoTime() < until) {
      if (!process.isAlive()) {
        break;
      }
      try {
        if (get(discovery()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // It does not listen yet.
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    close();
    throw new AssertionError("Keycloak did not start:\n" + Files.readString(log));
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  URI discovery() {
    return url("/realms/pets/.well-known/openid-configuration");
  }

  URI tokens() {
    return url("/realms/pets/protocol/openid-connect/token");
  }

  private HttpResponse<String> get(URI url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** {@return the access token for a user's password} */
  String tokenOf(String client, String scope) throws Exception {
    Map<String, String> form =
        new HashMap<>(
            Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", "anna",
                "password", "annas-password-of-a-test"));
    if (!scope.isEmpty()) {
      form.put("scope", scope);
    }
    return token(tokens(), form);
  }

  /** {@return the access token of an answer to a form} */
  String token(URI endpoint, Map<String, String> form) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(endpoint + " answers " + response.body());
    }
    return json(response.body()).get("access_token").asString();
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** Makes a new key, with which all tokens are signed from now on; {@return its id} */
  String rotate(int priority) throws Exception {
    String component =
        """
        {"name": "rotated-%1$d", "providerId": "rsa-generated", "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["%1$d"], "enabled": ["true"], "active": ["true"], "algorithm": ["RS256"]}}
        """
            .formatted(priority);
    HttpResponse<String> response = admin("POST", "/admin/realms/pets/components", component);
    String location = response.headers().firstValue("Location").orElseThrow();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** Deletes every RS256 key but one. */
  void forgetKeysBut(String kept) throws Exception {
    JsonNode components =
        json(
            admin("GET", "/admin/realms/pets/components?type=org.keycloak.keys.KeyProvider", "")
                .body());
    for (JsonNode each : components) {
      String id = each.get("id").asString();
      if (each.get("providerId").asString().equals("rsa-generated") && !id.equals(kept)) {
        admin("DELETE", "/admin/realms/pets/components/" + id, "");
      }
    }
  }

  private HttpResponse<String> admin(String method, String path, String body) throws Exception {
    String token =
        token(
            url("/realms/master/protocol/openid-connect/token"),
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMIN,
                "password",
                PASSWORD));
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(url(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + " answers " + response.statusCode());
    }
    return response;
  }

  /** Ends the process. */
  void stop() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
    process.waitFor(30, TimeUnit.SECONDS);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    http.close();
    if (Files.exists(home)) {
      Files.walkFileTree(
          home,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(each);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }
}
