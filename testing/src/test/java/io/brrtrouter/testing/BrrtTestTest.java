package io.brrtrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.brrtrouter.server.runtime.BrrtApplication;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class BrrtTestTest {
  private static final String LIBRARY = "src/test/resources/library.yaml";
  private static final Set<BrrtServer> SERVERS = ConcurrentHashMap.newKeySet();
  private static final ConcurrentLinkedQueue<String> MOCKED = new ConcurrentLinkedQueue<>();
  private static final ConcurrentLinkedQueue<String> SETTINGS = new ConcurrentLinkedQueue<>();

  private static EngineExecutionResults run(Class<?> type) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(type)).execute();
  }

  private static List<String> failures(Class<?> type) {
    return run(type).allEvents().failed().stream().map(BrrtTestTest::failure).toList();
  }

  private static String failure(Event event) {
    return event
        .getRequiredPayload(TestExecutionResult.class)
        .getThrowable()
        .orElseThrow()
        .getMessage();
  }

  // Classes with a life of their own; surefire leaves nested classes that are static alone.

  @BrrtTest(value = Library.class, document = LIBRARY)
  static class Fine {
    @Test
    void a(BrrtServer server, BrrtClient client) {
      SERVERS.add(server);
      client.get("/books").send().expect(200);
    }

    @Nested
    class Inside {
      @Test
      void b(BrrtServer server) {
        SERVERS.add(server);
      }
    }
  }

  @Test
  void a_class_runs_at_both_speeds_each_with_a_server() {
    EngineExecutionResults results = run(Fine.class);
    results.testEvents().assertStatistics(statistics -> statistics.succeeded(4).failed(0));
    assertThat(
            results
                .containerEvents()
                .started()
                .map(event -> event.getTestDescriptor().getDisplayName()))
        .contains("in process", "over a socket");
    assertThat(SERVERS).hasSize(2);
  }

  @BrrtTest(
      document = LIBRARY,
      mock = true,
      speeds = Speed.IN_PROCESS,
      settings = "endpoints.health = /up")
  static class Mocked {
    @Test
    void a(BrrtClient client) {
      MOCKED.add(client.get("/books").send().expect(200).text());
      client.get("/up").send().expect(200);
      client.get("/health").send().expect(404);
    }
  }

  @Test
  void without_application_the_document_answers() {
    run(Mocked.class)
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    assertThat(MOCKED).containsExactly("[\"Dracula\"]");
  }

  /** Has settings with values for tests. */
  static class Stocked implements BrrtApplication {
    @Override
    public List<DeclaredSetting> settings() {
      return List.of(
          DeclaredSetting.text("stock.place", "./data", "Where it is.").inTests("memory"),
          DeclaredSetting.text("stock.size", "10", "How much.").inTests("1"));
    }

    @Override
    public void configure(BrrtServer.Builder builder, Resources resources) {
      new Library().configure(builder, resources);
    }
  }

  @BrrtTest(
      value = Stocked.class,
      document = LIBRARY,
      speeds = Speed.IN_PROCESS,
      settings = "stock.size=2")
  static class InTests {
    @Test
    void a(Resources resources) {
      SETTINGS.add(resources.setting("stock.place") + " " + resources.setting("stock.size"));
    }
  }

  @Test
  void settings_have_their_values_in_tests_unless_the_test_says_others() {
    run(InTests.class)
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
    assertThat(SETTINGS).containsExactly("memory 2");
  }

  @BrrtTest(
      value = Library.class,
      document = LIBRARY,
      speeds = Speed.IN_PROCESS,
      settings = {"port", "ports=1", "host"})
  static class WrongSetting {
    @Test
    void a() {}
  }

  @Test
  void a_setting_has_a_name_and_a_value() {
    assertThat(failures(WrongSetting.class))
        .containsExactly(
            """
            a setting is written name=value, not "port"
            a setting is written name=value, not "host"
            code: error[config-unknown-key]: there is no setting ports; did you mean port?\
            """);
  }

  private static final List<String> SHELVES = new CopyOnWriteArrayList<>();

  /** Has a setting of its own, and keeps something. */
  private static final class Shelved implements BrrtApplication {
    @Override
    public List<DeclaredSetting> settings() {
      return List.of(DeclaredSetting.text("library.shelf", "A", "Where books stand."));
    }

    @Override
    public void configure(BrrtServer.Builder builder, Resources resources) {
      String shelf = resources.setting("library.shelf");
      resources.get("shelf", AutoCloseable.class, () -> () -> SHELVES.add("closed " + shelf));
      new Library().configure(builder, resources);
    }
  }

  @BrrtTest(value = Shelved.class, document = LIBRARY, settings = "library.shelf=B")
  static class OwnSetting {
    @Test
    void is_served(BrrtClient client) {
      client.get("/books").send().expect(200);
      SHELVES.add("served");
    }
  }

  @Test
  void an_application_has_its_settings_and_what_it_keeps_is_closed() {
    run(OwnSetting.class)
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(2).failed(0));
    assertThat(SHELVES).containsExactly("served", "closed B", "served", "closed B");
  }

  @BrrtTest(value = Library.class, document = LIBRARY)
  static class Broken {
    @Test
    void a(BrrtClient client) {
      client.get("/broken").send().expect(200);
    }
  }

  @Test
  void a_handler_that_breaks_the_document_is_told_how_and_its_client_is_not() {
    assertThat(failures(Broken.class))
        .hasSize(2)
        .allSatisfy(failure -> {
          assertThat(failure)
              .startsWith(
                  """
                  GET /broken: expected status 200 but got status 500
                  what the handler answered does not match the document:
                    body: must be a string, not a number (src/test/resources/library.yaml:73:\
                  """);
          assertThat(failure.split("\\{", 2)[1]).doesNotContain("must be a string");
        });
  }

  @BrrtTest(value = Library.class, document = LIBRARY)
  static class Again {
    @Test
    void a(BrrtClient client) {
      client.get("/broken").header("X-Request-ID", "one-id").send();
      client.get("/books").header("X-Request-ID", "one-id").send().expect(404);
    }
  }

  @Test
  void a_request_id_that_comes_again_brings_nothing_of_the_first() {
    assertThat(failures(Again.class))
        .hasSize(2)
        .allSatisfy(failure ->
            assertThat(failure)
                .startsWith("GET /books: expected status 404 but got status 200\n")
                .doesNotContain("what the handler answered does not match the document"));
  }

  @BrrtTest(document = LIBRARY, speeds = Speed.IN_PROCESS, settings = "ports=1")
  static class UnknownSetting {
    @Test
    void a() {}
  }

  @Test
  void a_setting_must_be_one() {
    assertThat(failures(UnknownSetting.class))
        .containsExactly(
            "code: error[config-unknown-key]: there is no setting ports; did you mean port?");
  }

  @BrrtTest(
      value = Shelved.class,
      document = LIBRARY,
      speeds = Speed.IN_PROCESS,
      settings = {"http.max_requests=many", "library.shelves=A"})
  static class WrongSettings {
    @Test
    void a() {}
  }

  @Test
  void every_setting_that_is_wrong_is_named() {
    assertThat(failures(WrongSettings.class).getFirst().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("code: error[config-value]: http.max_requests cannot be \"many\"");
    assertThat(failures(WrongSettings.class).getFirst())
        .endsWith(
            "code: error[config-unknown-key]: there is no setting library.shelves; library has shelf");
  }

  @BrrtTest(value = Library.class, document = LIBRARY)
  static class AskedOutside {
    @BeforeAll
    static void all(BrrtClient client) {
      client.get("/books").send();
    }

    @Test
    void a() {}
  }

  @Test
  void nobody_can_ask_a_server_before_the_first_speed() {
    assertThat(failures(AskedOutside.class))
        .containsExactly(
            "all runs once for all speeds, when no server has started: only constructors, tests, @BeforeEach and"
                + " @AfterEach, and all of a @Nested class, may ask for a BrrtClient, BrrtServer or Resources");
  }

  @BrrtTest(value = Library.class, document = LIBRARY)
  static class AskedInside {
    private final BrrtClient own;

    AskedInside(BrrtClient own) {
      this.own = own;
    }

    @BeforeEach
    void each(BrrtClient client) {
      assertThat(client).isSameAs(own);
    }

    @AfterEach
    void after(BrrtServer server, BrrtClient client) {
      assertThat(server).isNotNull();
      assertThat(client).isSameAs(own);
    }

    @Test
    void a() {}

    @Nested
    class Inside {
      @BeforeAll
      static void all(BrrtClient client) {
        client.get("/books").send().expect(200);
      }

      @Test
      void b() {}
    }
  }

  @Test
  void whatever_runs_within_a_speed_may_ask() {
    assertThat(failures(AskedInside.class)).isEmpty();
    run(AskedInside.class)
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(4).failed(0));
  }

  @BrrtTest(value = NeedsMore.class, document = LIBRARY, speeds = Speed.SOCKET)
  static class WrongApplication {
    @Test
    void a() {}
  }

  private record NeedsMore(String more) implements BrrtApplication {
    @Override
    public void configure(BrrtServer.Builder builder, Resources resources) {}
  }

  @Test
  void an_application_is_made_without_parameters() {
    assertThat(failures(WrongApplication.class))
        .containsExactly(
            "io.brrtrouter.testing.BrrtTestTest$NeedsMore needs a constructor without parameters"
                + " that does not fail");
  }
}
