package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.examples.petstore.HookReceiver.Received;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.outbound.WebhookSignature;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the shop tells those outside, over sockets. */
@Timeout(120)
abstract class SentWebhooks {
  private static final Loaded LOADED =
      OpenApiLoader.load(Path.of("openapi.yaml"), LoadOptions.defaults());

  private static final String SHOP_SECRET = "whsec_c2hvcC1zZWNyZXQtb2YtMjQtb2N0ZXRz";
  private static final String OWN_SECRET = "whsec_b3duLXNlY3JldC1vZi0yNC1vY3RldHMh";

  private final TestDatabase database;
  private final List<AutoCloseable> open = new ArrayList<>();

  SentWebhooks(TestDatabase database) {
    this.database = database;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
    database.close();
  }

  private HookReceiver receiver(int... statuses) {
    HookReceiver receiver = new HookReceiver(statuses);
    open.add(receiver);
    return receiver;
  }

  private LiveShop shop(String... settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("outbound.http", "true");
    all.put("outbound.allowed", "127.0.0.1");
    all.put("outbound.secret", SHOP_SECRET);
    all.put("outbound.backoff_ms", "1");
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    LiveShop shop = new LiveShop(database, all);
    open.add(shop);
    return shop;
  }

  private static TestResponse subscribe(LiveShop shop, String url, String secret, String event) {
    ObjectNode wish = new JsonMapper().createObjectNode().put("url", url);
    wish.putArray("events").add(event);
    if (!secret.isEmpty()) {
      wish.put("secret", secret);
    }
    return shop.client().post("/webhooks").json(wish).send();
  }

  private static BrrtClient office(LiveShop shop) {
    return ExampleKeys.manager(shop.client());
  }

  private static boolean isSigned(Received received, String secret) {
    return WebhookSignature.verify(
        received.headers(), received.body(), List.of(secret), Duration.ofMinutes(5));
  }

  private static boolean isValid(Received received, String webhook) {
    Schema schema =
        LOADED
            .api()
            .orElseThrow()
            .webhooks()
            .get(webhook)
            .operations()
            .getFirst()
            .requestBody()
            .orElseThrow()
            .content()
            .get("application/json")
            .schema()
            .orElseThrow();
    SchemaCompiler.Builder compiler = SchemaCompiler.builder();
    LOADED.resources().forEach(compiler::resource);
    return compiler
        .build()
        .compile(schema.resource(), schema.pointer(), View.RESPONSE)
        .isValid(received.json());
  }

  /** Waits until a delivery is in a state. */
  private static JsonNode await(LiveShop shop, String id, String state) throws Exception {
    while (true) {
      JsonNode traced = office(shop).get("/admin/deliveries/" + id).send().expect(200).json();
      if (traced.at("/delivery/state").asString().equals(state)) {
        return traced;
      }
      Thread.sleep(20);
    }
  }

  @Test
  void partners_are_told_of_an_adoption() throws Exception {
    HookReceiver partner = receiver(204);
    LiveShop shop = shop("webhooks.partners", partner.url());

    String path = Given.adopted(shop.client());

    Map<String, Received> told = new TreeMap<>();
    for (int i = 0; i < 2; i++) {
      Received received = partner.next();
      told.put(received.json().has("pet") ? "petAdopted" : "petAdded", received);
    }
    assertThat(told).containsOnlyKeys("petAdded", "petAdopted");
    assertThat(told)
        .allSatisfy((webhook, received) -> {
          assertThat(isSigned(received, SHOP_SECRET)).isTrue();
          assertThat(isValid(received, webhook)).isTrue();
          assertThat(received.headers().first("Content-Type")).contains("application/json");
          assertThat(received.headers().first("Idempotency-Key")).contains(received.id());
        });
    JsonNode adopted = told.get("petAdopted").json();
    assertThat("/pets/" + adopted.path("pet").asLong()).isEqualTo(path);
    assertThat(adopted.propertyNames()).containsExactly("pet", "name", "species", "at");
    assertThat(told.get("petAdded").json().has("purchase_price")).isFalse();
  }

  @Test
  void goods_of_the_first_day_are_no_news() {
    LiveShop shop = shop("webhooks.partners", receiver(204).url());

    assertThat(deliveries(shop, "")).isEmpty();
  }

  private static JsonNode deliveries(LiveShop shop, String query) {
    return office(shop)
        .get("/admin/deliveries" + query)
        .send()
        .expect(200)
        .json()
        .path("deliveries");
  }

  @Test
  void subscribers_are_told_what_they_asked_for_with_their_own_signature() throws Exception {
    HookReceiver subscriber = receiver(204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.adopted").expect(201);

    String path = Given.adopted(shop.client());

    Received received = subscriber.next();
    assertThat(isSigned(received, OWN_SECRET)).isTrue();
    assertThat(isSigned(received, SHOP_SECRET)).isFalse();
    assertThat(received.json().path("type").asString()).isEqualTo("pet.adopted");
    assertThat(received.json().path("subject").asString()).isEqualTo(path);
    assertThat(deliveries(shop, "")).hasSize(1);
  }

  @Test
  void without_a_secret_of_their_own_the_shop_signs() throws Exception {
    HookReceiver subscriber = receiver(204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), "", "pet.added").expect(201);

    Given.dog(shop.client());

    assertThat(isSigned(subscriber.next(), SHOP_SECRET)).isTrue();
  }

  @Test
  void nobody_is_told_of_what_was_undone() throws Exception {
    HookReceiver subscriber = receiver(204);
    LiveShop shop = shop();
    long first = Given.dogId(shop.client());
    long taken = Given.dogId(shop.client());
    long other = Given.dogId(shop.client());
    order(shop, taken, "").expect(201);
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.changed").expect(201);

    // The first is set aside, and that is told, before the second turns out to be taken.
    order(shop, first, ",{\"pet\":" + taken + "}").expect(409);
    order(shop, other, "").expect(201);

    assertThat(subscriber.next().json().path("subject").asString()).isEqualTo("/pets/" + other);
    assertThat(deliveries(shop, "")).hasSize(1);
  }

  private static TestResponse order(LiveShop shop, long pet, String more) {
    return shop.client()
        .post("/orders")
        .json("{\"customer\":\"ada\",\"lines\":[{\"pet\":%d}%s]}".formatted(pet, more))
        .send();
  }

  @Test
  void customers_are_told_what_becomes_of_an_order() throws Exception {
    HookReceiver customer = receiver(204);
    LiveShop shop = shop();

    String id =
        shop.client()
            .post("/orders")
            .json(
                """
                {"customer": "ada", "lines": [{"pet": %d}], "callback_url": "%s"}
                """
                    .formatted(Given.dogId(shop.client()), customer.url()))
            .send()
            .expect(201)
            .json()
            .path("id")
            .asString();
    Received placed = customer.next();
    shop.client()
        .post("/orders/" + id + "/payment")
        .json("{\"method\":\"invoice\",\"email\":\"ada@petstore.example\"}")
        .send()
        .expect(202);
    Received paid = customer.next();

    assertThat(isSigned(placed, SHOP_SECRET)).isTrue();
    assertThat(placed.json()).hasToString("{\"order\":\"" + id + "\",\"status\":\"placed\"}");
    assertThat(paid.json()).hasToString("{\"order\":\"" + id + "\",\"status\":\"invoiced\"}");
  }

  @Test
  void who_is_busy_is_told_again() throws Exception {
    HookReceiver subscriber = receiver(503, 204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201);

    Given.dog(shop.client());

    Received first = subscriber.next();
    Received second = subscriber.next();
    assertThat(second.id()).isEqualTo(first.id());
    JsonNode traced = await(shop, first.id(), "delivered");
    assertThat(traced.path("attempts").valueStream().map(each -> each.path("status").asInt()))
        .containsExactly(503, 204);
  }

  @Test
  void who_is_gone_is_unsubscribed() throws Exception {
    HookReceiver subscriber = receiver(410, 204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201);
    Given.dog(shop.client());
    await(shop, subscriber.next().id(), "dead");

    // Another secret is refused until there is no subscription any more.
    while (subscribe(shop, subscriber.url(), SHOP_SECRET, "pet.added").status() == 409) {
      Thread.sleep(20);
    }
    Given.dog(shop.client());

    assertThat(isSigned(subscriber.next(), SHOP_SECRET)).isTrue();
    assertThat(deliveries(shop, "")).hasSize(2);
  }

  @Test
  void the_office_sends_again_what_is_dead() throws Exception {
    HookReceiver subscriber = receiver(400, 400, 204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201);
    Given.dog(shop.client());
    String id = subscriber.next().id();
    JsonNode dead = await(shop, id, "dead");
    String replay = "/admin/deliveries/" + id + "/replay";

    shop.client().post(replay).send().expect(401);
    shop.client().with(ExampleKeys.STAFF, ExampleKeys.CLERK).post(replay).send().expect(403);
    assertThat(dead.at("/delivery/operation").asString()).isEqualTo("on_event");
    assertThat(dead.at("/delivery/receiver").asString() + "/hooks?token=a%2Fb")
        .isEqualTo(subscriber.url());
    assertThat(deliveries(shop, "?state=dead")).hasSize(1);
    assertThat(deliveries(shop, "?state=delivered")).isEmpty();

    office(shop).post(replay).send().expect(202);
    assertThat(subscriber.next().id()).isEqualTo(id);
    await(shop, id, "dead");
    assertThat(
            office(shop)
                .post("/admin/deliveries/replay")
                .send()
                .expect(202)
                .json()
                .path("replayed")
                .asInt())
        .isEqualTo(1);
    assertThat(subscriber.next().id()).isEqualTo(id);
    assertThat(await(shop, id, "delivered").path("attempts")).hasSize(3);
    assertThat(deliveries(shop, "?state=dead")).isEmpty();
  }

  @Test
  void the_office_leafs_through_deliveries() throws Exception {
    HookReceiver subscriber = receiver(204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Given.dog(shop.client());
      sent.add(subscriber.next().id());
    }

    JsonNode first = office(shop).get("/admin/deliveries?limit=2").send().expect(200).json();
    JsonNode second =
        office(shop)
            .get("/admin/deliveries?limit=2&older_than=" + first.path("next").asString())
            .send()
            .expect(200)
            .json();

    assertThat(ids(first)).containsExactly(sent.get(2), sent.get(1));
    assertThat(ids(second)).containsExactly(sent.get(0));
    assertThat(second.has("next")).isFalse();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("deliveries").valueStream().map(each -> each.path("id").asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "http://10.0.0.1/",
        "http://127.0.0.1:22/"
      })
  void nothing_is_sent_to_where_strangers_must_not_point(String url) throws Exception {
    LiveShop shop = shop();
    TestResponse refused = subscribe(shop, url, OWN_SECRET, "pet.added").expect(400);
    TestResponse ordered =
        shop.client()
            .post("/orders")
            .json(
                """
                {"customer": "ada", "lines": [{"pet": %d}], "callback_url": "%s"}
                """
                    .formatted(Given.dogId(shop.client()), url))
            .send()
            .expect(400);

    assertThat(refused.problem().type()).isEqualTo("/problems/receiver");
    assertThat(ordered.problem().type()).isEqualTo("/problems/receiver");
    assertThat(deliveries(shop, "")).isEmpty();
  }

  @Test
  void a_partner_to_whom_nothing_may_be_sent_keeps_from_opening() {
    assertThatThrownBy(() -> shop("webhooks.partners", "http://10.0.0.1/"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("webhooks.partners")
        .hasMessageContaining("cannot be used: the URL of the receiver");
  }

  @Test
  void who_knows_an_address_does_not_change_what_it_hears() throws Exception {
    HookReceiver subscriber = receiver(204);
    LiveShop shop = shop();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201);

    subscribe(shop, subscriber.url(), SHOP_SECRET, "pet.removed").expect(409);
    subscribe(shop, subscriber.url(), "", "pet.removed").expect(409);
    Given.dog(shop.client());

    assertThat(isSigned(subscriber.next(), OWN_SECRET)).isTrue();
    subscribe(shop, subscriber.url(), OWN_SECRET, "pet.removed").expect(200);
    Given.dog(shop.client());
    assertThat(deliveries(shop, "")).hasSize(1);
  }

  @Test
  void secrets_are_in_no_log_and_no_answer() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger("io.brrtrouter");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.setContext(root.getLoggerContext());
    said.start();
    root.addAppender(said);
    try {
      HookReceiver subscriber = receiver(503, 400);
      LiveShop shop = shop("webhooks.partners", subscriber.url());
      List<TestResponse> answers = new ArrayList<>();
      answers.add(subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(201));
      answers.add(subscribe(shop, subscriber.url(), OWN_SECRET, "pet.added").expect(200));
      answers.add(subscribe(shop, subscriber.url(), OWN_SECRET + "x", "pet.added"));
      answers.add(subscribe(shop, "http://10.0.0.1/", OWN_SECRET, "pet.added").expect(400));
      Given.dog(shop.client());
      String id = subscriber.next().id();
      await(shop, id, "dead");
      answers.add(office(shop).get("/admin/deliveries").send().expect(200));
      answers.add(office(shop).get("/admin/deliveries/" + id).send().expect(200));

      assertThat(List.copyOf(said.list))
          .anyMatch(event -> event.getLevel().equals(Level.WARN))
          .extracting(ILoggingEvent::getFormattedMessage)
          .noneMatch(SentWebhooks::hasSecret)
          .noneMatch(line -> line.contains("token=a"));
      assertThat(answers)
          .extracting(answer -> answer.headers() + answer.text())
          .noneMatch(SentWebhooks::hasSecret);
    } finally {
      root.detachAppender(said);
    }
  }

  private static boolean hasSecret(String text) {
    return text.contains(OWN_SECRET.substring("whsec_".length()))
        || text.contains(SHOP_SECRET.substring("whsec_".length()));
  }
}
