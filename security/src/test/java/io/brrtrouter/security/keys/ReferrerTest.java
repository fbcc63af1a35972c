package io.brrtrouter.security.keys;

import static io.brrtrouter.security.keys.NamesOfTests.name;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.brrtrouter.security.jose.JoseLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where metadata may lead, by addresses and by names whose addresses change. */
class ReferrerTest {
  private static final String INSIDE =
      "its \"jwks_uri\" leads from a public address to a private one";

  private static void follow(String from, String to) throws IOException {
    Referrer referrer = new Referrer(URI.create(from), InetAddress::getAllByName);
    boolean inside = referrer.isInside();
    referrer.judge(Destination.referred(URI.create(from), to), inside);
  }

  @ParameterizedTest
  @CsvSource({
    "https://1.1.1.1/m, https://9.9.9.9/keys",
    "https://1.1.1.1/m, https://1.1.1.1:8443/keys",
    "https://10.0.0.1/m, https://10.0.0.2/keys",
    "https://10.0.0.1/m, https://127.0.0.1/keys",
    "https://10.0.0.1/m, https://1.1.1.1/keys",
    "http://127.0.0.1/m, http://127.0.0.1:81/keys",
    "http://127.0.0.1/m, https://10.0.0.1/keys"
  })
  void metadata_may_lead_outside_and_from_inside_to_inside(String from, String to) {
    assertThatCode(() -> follow(from, to)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/keys", "https://[::1]/keys", "https://169.254.169.254/latest",
        "https://10.0.0.1/keys", "https://192.168.0.1/keys", "https://[fd00::1]/keys",
        "https://0.0.0.0/keys", "https://[::ffff:10.0.0.1]/keys"
      })
  void metadata_may_not_lead_from_outside_to_inside(String to) {
    assertThatThrownBy(() -> follow("https://1.1.1.1/m", to))
        .isInstanceOf(IOException.class)
        .hasMessage(INSIDE);
  }

  /** A name is inside to lead there with one of its addresses, and to come from there with all. */
  @ParameterizedTest
  @CsvSource({
    "9.9.9.9, 1.1.1.1, true",
    "9.9.9.9, 10.0.0.1, false",
    "9.9.9.9, 127.0.0.1, false",
    "9.9.9.9, 1.1.1.1 10.0.0.1, false",
    "9.9.9.9, 10.0.0.1 1.1.1.1, false",
    "9.9.9.9, 2606:4700::1111 ::1, false",
    "10.0.0.1, 10.0.0.2, true",
    "10.0.0.1 10.0.0.3, 10.0.0.2, true",
    "9.9.9.9 10.0.0.1, 10.0.0.2, false",
    "10.0.0.1 9.9.9.9, 10.0.0.2, false",
    "10.0.0.1 9.9.9.9, 1.1.1.1, true",
  })
  void names_are_what_their_addresses_are(String from, String to, boolean followed) {
    String source = "https://" + name(from) + "/m";
    String target = "https://" + name(to) + "/keys";

    if (followed) {
      assertThatCode(() -> follow(source, target)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> follow(source, target)).hasMessage(INSIDE);
    }
  }

  @Test
  void a_name_that_nobody_knows_is_not_followed_and_no_source_from_inside() {
    assertThatThrownBy(() -> follow("https://1.1.1.1/m", "https://unknown.names.test/keys"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown.names.test");
    assertThatThrownBy(() -> follow("https://nobody.names.test/m", "https://10.0.0.1/keys"))
        .hasMessage(INSIDE);
  }

  /**
   * What the JDK was told counts for a while, so that who asks next is sent where was judged; and a
   * kept connection to another address is not taken.
   */
  @Test
  void a_client_connects_to_what_was_resolved_before_though_the_name_has_changed()
      throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] where =
                exchange.getLocalAddress().getAddress().getHostAddress().getBytes(US_ASCII);
            exchange.sendResponseHeaders(200, where.length);
            exchange.getResponseBody().write(where);
          }
        });
    server.start();
    try (Fetch fetch = new Fetch(Duration.ofSeconds(20), 1_000, null)) {
      String name = name("127.0.0.2", "127.0.0.3", "127.0.0.4");
      URI url = URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");

      assertThat(InetAddress.getAllByName(name)[0].getHostAddress()).isEqualTo("127.0.0.2");
      assertThat(new String(fetch.get(url), US_ASCII)).isEqualTo("127.0.0.2");
      assertThat(InetAddress.getAllByName(name)[0].getHostAddress()).isEqualTo("127.0.0.2");
      assertThat(NamesOfTests.asked(name)).isEqualTo(1);
    } finally {
      server.stop(0);
    }
  }

  /** The names of both are really resolved to this machine; how they are judged is told apart. */
  @Nested
  class While_something_is_fetched {
    private static final char[] PASSWORD = "changeit".toCharArray();
    @TempDir private Path directory;

    /** What names are told to be, one look after the other, as when a cache forgets meanwhile. */
    private static Referrer.Resolver judged(String from, String looks, String to, String more) {
      Deque<String> first = new ArrayDeque<>(List.of(looks.split(" ")));
      Deque<String> second = new ArrayDeque<>(List.of(more.split(" ")));
      return host -> {
        Deque<String> left = host.equals(from) ? first : host.equals(to) ? second : null;
        String literal = left == null ? "" : left.size() > 1 ? left.removeFirst() : left.getFirst();
        return new InetAddress[] {InetAddress.ofLiteral(literal)};
      };
    }

    @ParameterizedTest(name = "metadata {0}, keys {1}")
    @CsvSource({
      "9.9.9.9, 1.1.1.1, '', 1",
      "9.9.9.9, 10.0.0.1, REFUSED, 0",
      "9.9.9.9, 1.1.1.1 10.0.0.1, REFUSED, 1",
      "10.0.0.1, 10.0.0.1, '', 1",
      "9.9.9.9 10.0.0.1, 10.0.0.1, REFUSED, 0",
      "10.0.0.1 9.9.9.9, 10.0.0.1, REFUSED, 0",
      "10.0.0.1 10.0.0.1 9.9.9.9, 10.0.0.1, REFUSED, 1",
    })
    void names_are_judged_before_and_after(String from, String to, String outcome, int asked)
        throws Exception {
      String source = name("127.0.0.1");
      String target = name("127.0.0.1");
      SSLContext context = context(target);
      AtomicInteger fetched = new AtomicInteger();
      HttpServer metadata = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      HttpsServer keys = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      keys.setHttpsConfigurator(new HttpsConfigurator(context));
      String port = ":" + keys.getAddress().getPort();
      answer(
          metadata,
          "{\"issuer\":\"i\",\"jwks_uri\":\"https://" + target + port + "/\"}",
          new AtomicInteger());
      answer(keys, "{\"keys\":[]}", fetched);
      URI url = URI.create("http://" + source + ":" + metadata.getAddress().getPort() + "/");
      try (Fetch fetch = new Fetch(Duration.ofSeconds(20), 1_000, context)) {
        DiscoveryLoader loader =
            new DiscoveryLoader(
                url,
                new DiscoveryLoader.ExpectedIssuer("i", false),
                JoseLimits.DEFAULT,
                fetch,
                judged(source, from, target, to));

        if (outcome.isEmpty()) {
          assertThat(loader.load(null).issuer()).isEqualTo("i");
        } else {
          assertThatThrownBy(() -> loader.load(null))
              .isInstanceOf(IOException.class)
              .hasMessage(INSIDE);
        }
        assertThat(fetched).as("how often keys were fetched").hasValue(asked);
      } finally {
        metadata.stop(0);
        keys.stop(0);
      }
    }

    private static void answer(HttpServer server, String body, AtomicInteger count) {
      byte[] octets = body.getBytes(US_ASCII);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              count.incrementAndGet();
              exchange.sendResponseHeaders(200, octets.length);
              exchange.getResponseBody().write(octets);
            }
          });
      server.start();
    }

    /** With a certificate of a name, which is trusted too. */
    private SSLContext context(String name) throws Exception {
      Path file = directory.resolve("store.p12");
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "server",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=keys",
                  "-ext",
                  "san=dns:" + name,
                  "-keystore",
                  file.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  new String(PASSWORD))
              .redirectErrorStream(true)
              .start();
      keytool.getInputStream().readAllBytes();
      assertThat(keytool.waitFor()).isZero();
      KeyStore store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      store.setCertificateEntry("trusted", store.getCertificate("server"));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    }
  }
}
