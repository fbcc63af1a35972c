package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.testing.BrrtClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pet store in a process of its own, as everybody starts it. */
@Timeout(120)
class ProcessTest {
  @TempDir private Path directory;

  private Process start() throws IOException {
    return ShopProcess.start(
        Map.of("BRRTR_DATABASE_URL", "jdbc:h2:async:" + directory.resolve("shop")));
  }

  private static BrrtClient client(BufferedReader said) throws IOException {
    return BrrtClient.at(ShopProcess.url(said));
  }

  @Test
  void what_it_kept_is_there_after_a_restart() throws Exception {
    long pet;
    Process first = start();
    try (BufferedReader said = first.inputReader(StandardCharsets.UTF_8);
        BrrtClient client = client(said)) {
      pet = Given.dogId(client);
      first.toHandle().destroy(); // SIGTERM
      assertThat(said.lines().toList()).isEmpty();
      assertThat(first.waitFor()).isZero();
    } finally {
      first.destroyForcibly();
    }
    Process second = start();
    try (BufferedReader said = second.inputReader(StandardCharsets.UTF_8);
        BrrtClient client = client(said)) {
      client.get("/pets/" + pet).send().expect(200);
      assertThat(client.get("/pets?limit=100").send().expect(200).json()).hasSize(9);
      assertThat(Given.dogId(client)).isEqualTo(pet + 1);
    } finally {
      second.destroyForcibly();
    }
  }

  @Test
  void what_it_kept_is_there_after_a_crash() throws Exception {
    String order;
    Process first = start();
    try (BufferedReader said = first.inputReader(StandardCharsets.UTF_8);
        BrrtClient client = client(said)) {
      order = "/orders/" + Given.order(client);
    } finally {
      first.destroyForcibly().waitFor(); // SIGKILL
    }
    Process second = start();
    try (BufferedReader said = second.inputReader(StandardCharsets.UTF_8);
        BrrtClient client = client(said)) {
      client.get(order).send().expect(200);
    } finally {
      second.destroyForcibly();
    }
  }

  @Test
  void its_settings_know_the_example_keys() throws Exception {
    Process process = start();
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        BrrtClient client = client(said)) {
      BrrtClient clerk = client.with(ExampleKeys.STAFF, ExampleKeys.CLERK);
      String switches = "{\"holiday_mode\": false}";

      ExampleKeys.manager(client).put("/admin/settings").json(switches).send().expect(200);
      clerk.get("/pets/1001/adoption").send().expect(404);
      clerk.get("/users").send().expect(403);
      client.get("/users").send().expect(401);
    } finally {
      process.destroyForcibly();
    }
  }

  private static List<String> refusal(String url) throws Exception {
    Process process = ShopProcess.start(Map.of("BRRTR_DATABASE_URL", url));
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = said.lines().toList();
      assertThat(process.waitFor()).isEqualTo(1);
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:postgresql://127.0.0.1:1/shop?password=secret | Connection to 127.0.0.1:1 refused
          jdbc:postgresql://nowhere.invalid/shop | there is no host nowhere.invalid
          jdbc:h2:/proc/nowhere/shop;PASSWORD=secret | Error while creating file "/proc/nowhere" [90062-252]
          """)
  void without_its_database_it_says_so_in_a_sentence(String url, String reason) throws Exception {
    assertThat(refusal(url))
        .containsExactly(
            "database.url = "
                + url.replace("secret", "******")
                + " (BRRTR_DATABASE_URL) cannot be opened: "
                + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:mysql://127.0.0.1/shop", "jdbc:postgresql://ada:secret@127.0.0.1/shop"})
  void a_url_of_another_database_is_refused(String url) throws Exception {
    assertThat(refusal(url))
        .containsExactly(
            "environment variable BRRTR_DATABASE_URL: error[config-value]: database.url cannot be \""
                + url.replace("secret", "******")
                + "\"; it takes: a URL that begins with jdbc:h2: or jdbc:postgresql:, without user"
                + " and password before the host");
  }
}
