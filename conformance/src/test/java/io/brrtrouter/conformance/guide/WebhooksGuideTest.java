package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.outbound.Attempt;
import io.brrtrouter.outbound.CallbackUrl;
import io.brrtrouter.outbound.Deliveries;
import io.brrtrouter.outbound.Delivery;
import io.brrtrouter.outbound.DeliveryFilter;
import io.brrtrouter.outbound.DeliveryListener;
import io.brrtrouter.outbound.DeliveryState;
import io.brrtrouter.outbound.OutgoingMessage;
import io.brrtrouter.outbound.Receiver;
import io.brrtrouter.outbound.RecordedDeliveries;
import io.brrtrouter.outbound.RecordedDelivery;
import io.brrtrouter.outbound.RefusedReceiverException;
import io.brrtrouter.outbound.WebhookSignature;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/webhooks.md")
@Timeout(120)
class WebhooksGuideTest {
  private static final String SECRET = "webhook-secret-of-a-test-0123456789";

  @TempDir private Path directory;
  private final BlockingQueue<Headers> fields = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> bodies = new LinkedBlockingQueue<>();
  private final List<Integer> answers = new ArrayList<>();
  private HttpServer receiver;
  private Resources resources;

  @BeforeEach
  void begin() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    resources =
        Resources.of(
            ServerConfig.defaults()
                .declaring(Deliveries.settings())
                .with(
                    Map.of(
                        "outbound.database",
                        directory.resolve("deliveries").toString(),
                        "outbound.http",
                        "true",
                        "outbound.allowed",
                        "127.0.0.1",
                        "outbound.secret",
                        SECRET)));
  }

  @AfterEach
  void end() {
    resources.close();
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Headers.Builder headers = Headers.builder();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
      fields.add(headers.build());
      bodies.add(exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.removeFirst(), -1);
    }
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
  }

  private Headers next() throws InterruptedException {
    Headers next = fields.poll(1, TimeUnit.MINUTES);
    assertThat(next).as("what has come").isNotNull();
    return next;
  }

  private Path document() throws IOException {
    return Files.writeString(
        directory.resolve("shelter.yaml"), Pages.blocks("docs/webhooks.md", "yaml").getFirst());
  }

  @Test
  void its_document_has_no_error() throws IOException {
    Loaded loaded = OpenApiLoader.load(document(), LoadOptions.defaults());

    assertThat(loaded.findings()).isEmpty();
    assertThat(Linter.lint(loaded)).noneMatch(found -> found.rule().contains("expression"));
  }

  @Test
  void its_settings_are_those_there_are() throws IOException {
    List<String> rows =
        Pages.read("docs/webhooks.md")
            .lines()
            .filter(line -> line.startsWith("| `outbound."))
            .toList();

    assertThat(rows)
        .isEqualTo(
            Deliveries.settings().stream()
                .map(setting ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            setting.name(),
                            setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
                            setting.meaning()))
                .toList());
  }

  static final class Shelter implements BrrtApplication {
    private static final CallbackUrl ADOPTED = CallbackUrl.of("{$request.body#/callbackUrl}");

    @Override
    public List<DeclaredSetting> settings() {
      return Deliveries.settings();
    }

    @Override
    public void configure(BrrtServer.Builder server, Resources resources) {
      Deliveries deliveries = Deliveries.open(resources);
      server.handler("adopt_pet", request -> adopt(request, deliveries));
    }

    private static HttpResponse adopt(Request request, Deliveries deliveries) {
      OutgoingMessage message =
          new OutgoingMessage(
              "adopted",
              "POST",
              "",
              List.of(),
              Optional.of("application/json"),
              "{\"pet\": \"Rex\"}".getBytes(StandardCharsets.UTF_8));
      try {
        ADOPTED.from(request).ifPresent(url -> deliveries.send(Receiver.of(url), message));
        return HttpResponse.of(202);
      } catch (RefusedReceiverException refused) {
        return HttpResponse.problem(422, "Not a receiver", refused.getMessage());
      }
    }
  }

  private static void isTold(BrrtClient client, Resources resources) {
    String wish = "{\"callbackUrl\": \"https://example.com/adopted\"}";
    client.post("/pets/Rex/adoption").json(wish).send().expect(202);
    RecordedDelivery told = RecordedDeliveries.of(resources).only("adopted");
    assertThat(told.url()).hasToString("https://example.com/adopted");
    assertThat(told.text()).isEqualTo("{\"pet\": \"Rex\"}");
  }

  @Test
  void in_tests_nothing_is_sent() throws Exception {
    BrrtApplication application = new Shelter();
    Resources tested =
        Resources.of(ServerConfig.defaults().declaringInTests(application.settings()));
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document())
            .resources(tested)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    application.configure(builder, tested);
    try (BrrtServer server = builder.startInProcess();
        BrrtClient client = BrrtClient.inProcess(server)) {
      isTold(client, tested);
    }
  }

  @Test
  void a_callback_is_sent_to_whom_the_request_names() throws Exception {
    BrrtApplication application = new Shelter();
    BrrtServer.Builder builder =
        BrrtServer.builder()
            .document(document())
            .resources(resources)
            .output(new PrintStream(OutputStream.nullOutputStream()));
    application.configure(builder, resources);
    assertThat(application.settings()).isEqualTo(Deliveries.settings());
    try (BrrtServer server = builder.startInProcess();
        BrrtClient client = BrrtClient.inProcess(server)) {
      client
          .post("/pets/rex/adoption")
          .json("{\"callbackUrl\": \"" + url() + "\"}")
          .send()
          .expect(202);
      assertThat(next().get("webhook-signature")).startsWith("v1,");
      assertThat(new String(bodies.take(), StandardCharsets.UTF_8)).isEqualTo("{\"pet\": \"Rex\"}");
      client.post("/pets/rex/adoption").json("{}").send().expect(202);
      assertThat(
              client
                  .post("/pets/rex/adoption")
                  .json("{\"callbackUrl\": \"http://169.254.169.254/latest\"}")
                  .send()
                  .expect(422)
                  .text())
          .contains("leads to an address for the link");
    }
  }

  private static OutgoingMessage message() {
    return new OutgoingMessage(
        "adopted", "POST", "", List.of(), Optional.of("application/json"), new byte[] {'1'});
  }

  private static void adoptInTransaction(
      Connection connection, Deliveries deliveries, Receiver receiver, OutgoingMessage message)
      throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement update =
        connection.prepareStatement("update pets set adopted = true where name = ?")) {
      update.setString(1, "Rex");
      update.executeUpdate();
    }
    deliveries.send(connection, receiver, message);
    connection.commit();
    deliveries.wake();
  }

  @Test
  void what_a_transaction_takes_is_sent_with_it() throws Exception {
    Deliveries deliveries = Deliveries.open(resources);
    try (Connection connection =
        DriverManager.getConnection("jdbc:h2:async:" + directory.resolve("deliveries"))) {
      connection.createStatement().execute("create table pets (name varchar(20), adopted boolean)");
      adoptInTransaction(connection, deliveries, Receiver.of(url()), message());
    }
    next();
  }

  /** What the page calls names of its own. */
  private interface Subscriptions {
    List<String> secrets(String name);

    void end(URI url);
  }

  private static Deliveries opened(Resources resources, Subscriptions subscriptions) {
    return Deliveries.open(
        resources,
        builder ->
            builder
                .secrets(subscriptions::secrets)
                .listener(
                    new DeliveryListener() {
                      @Override
                      public void gone(Delivery delivery, Attempt attempt) {
                        subscriptions.end(delivery.url());
                      }
                    }));
  }

  @Test
  void a_receiver_has_its_own_secret_and_its_subscription_ends_when_it_is_gone() throws Exception {
    BlockingQueue<URI> ended = new LinkedBlockingQueue<>();
    String own = "own-webhook-secret-of-a-test";
    Deliveries deliveries =
        opened(
            resources,
            new Subscriptions() {
              @Override
              public List<String> secrets(String name) {
                return name.equals("shop-7") ? List.of(own) : List.of();
              }

              @Override
              public void end(URI url) {
                ended.add(url);
              }
            });
    answers.add(410);
    URI url = url();

    deliveries.send(Receiver.of(url).signedWith("shop-7"), message());

    assertThat(WebhookSignature.verify(next(), bodies.take(), List.of(own), Duration.ofMinutes(5)))
        .isTrue();
    assertThat(ended.poll(1, TimeUnit.MINUTES)).isEqualTo(url);
  }

  private static HttpResponse received(
      Request request, List<String> secrets, Consumer<String> firstTime) {
    if (!WebhookSignature.verify(
        request.headers(), request.rawBody(), secrets, Duration.ofMinutes(5))) {
      return HttpResponse.problem(401, "Not signed", "");
    }
    firstTime.accept(request.headers().first("webhook-id").orElseThrow());
    return HttpResponse.of(204);
  }

  @Test
  void who_receives_verifies() throws Exception {
    List<String> ids = new ArrayList<>();
    Path document =
        Files.writeString(
            directory.resolve("receiver.yaml"),
            """
            openapi: 3.1.1
            info: {title: Receiver, version: "1"}
            paths:
              /hook:
                post:
                  operationId: hook
                  requestBody: {content: {application/json: {}}}
                  responses:
                    "204": {description: Thanks.}
                    "401": {description: Not signed., content: {application/problem+json: {}}}
            """);
    try (BrrtServer server =
            BrrtServer.builder()
                .document(document)
                .handler("hook", request -> received(request, List.of(SECRET), ids::add))
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .startInProcess();
        BrrtClient client = BrrtClient.inProcess(server)) {
      Instant now = Instant.now();
      byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
      client
          .post("/hook")
          .json("{}")
          .header("webhook-id", "id-1")
          .header("webhook-timestamp", String.valueOf(now.getEpochSecond()))
          .header("webhook-signature", WebhookSignature.sign("id-1", now, body, List.of(SECRET)))
          .send()
          .expect(204);
      client.post("/hook").json("{}").send().expect(401);
    }
    assertThat(ids).containsExactly("id-1");
  }

  private static int replayed(Deliveries deliveries, Instant outage) {
    DeliveryFilter dead = DeliveryFilter.all().in(DeliveryState.DEAD).to("127.0.0.1").since(outage);
    for (Delivery delivery : deliveries.list(dead, 100)) {
      for (Attempt attempt : deliveries.attempts(delivery.id())) {
        attempt.error().ifPresent(error -> complain(delivery.operation(), error));
      }
    }
    return deliveries.replayDead(dead);
  }

  private static void complain(String operation, String error) {
    assertThat(operation + " " + error).isEqualTo("adopted answered 404");
  }

  @Test
  void what_is_dead_is_replayed() throws Exception {
    BlockingQueue<Delivery> dead = new LinkedBlockingQueue<>();
    Deliveries deliveries =
        Deliveries.open(
            resources,
            builder ->
                builder.listener(
                    new DeliveryListener() {
                      @Override
                      public void dead(Delivery delivery, Attempt attempt) {
                        dead.add(delivery);
                      }
                    }));
    answers.add(404);
    Instant before = Instant.now().minusSeconds(60);
    deliveries.send(Receiver.of(url()), message());
    next();
    assertThat(dead.poll(1, TimeUnit.MINUTES)).isNotNull();

    assertThat(replayed(deliveries, before)).isEqualTo(1);

    next();
  }
}
