package io.brrtrouter.outbound.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.runtime.ConfigException;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server that hands on from starting, and what it says of it. */
@Timeout(120)
class StartTest {
  @TempDir Path directory;

  private String refused(String config) {
    Throwable thrown =
        catchThrowable(() -> Gateway.start(directory, Gateway.DOCUMENT, config).close());
    List<Finding> findings =
        switch (thrown) {
          case StartupException startup -> startup.findings();
          case ConfigException configuration -> configuration.findings();
          case null, default -> throw new AssertionError("it started", thrown);
        };
    return String.join("\n", findings.stream().map(Finding::toString).toList())
        .replace(directory.toString(), "DIR");
  }

  @Test
  void a_service_is_not_configured() {
    assertThat(refused("services:\n  katalog: {url: [\"http://a\"]}\n"))
        .contains(
            "openapi.yaml:10:18: error[service-settings]: the service \"catalog\", which answers"
                + " \"item\", \"put_item\", \"post_item\", \"delete_item\", \"options_item\" and 2"
                + " more, is not configured; set services.catalog.url to its address, or"
                + " register handlers under these names; did you mean katalog?")
        .containsOnlyOnce("is not configured")
        .contains(
            "DIR/config.yaml:2:3: warning[service-settings]: services.katalog is for a service that"
                + " no operation of the document names; name it with x-service, or remove it if no"
                + " document does that is registered later")
        .doesNotContain("handler-missing");
  }

  /** Its clock would tell. */
  @Test
  void what_no_operation_names_is_looked_at_and_not_kept() throws Exception {
    try (RawService service = RawService.text("ok");
        Gateway gateway =
            Gateway.start(
                directory,
                Gateway.DOCUMENT,
                Gateway.config(service.url()) + "  nobodys: {url: [\"http://a\"]}\n")) {
      assertThat(Gateway.status(gateway.ask("GET", "/api/items/7"))).isEqualTo(200);
      assertThat(threads("brrt-service-catalog")).isPositive();
      while (threads("brrt-service-nobodys") > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .count();
  }

  @Test
  void everything_that_is_wrong_with_a_service_is_told_at_once() throws IOException {
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    assertThat(
            refused(
                """
                services:
                  catalog:
                    url: ["ftp://a", "http://user:word@b", "http:///c", "http://d?e=f", "http://g/../h"]
                    credential: secret
                    credential_file: missing
                    ca_file: "%s"
                """
                    .formatted(nonsense)))
        .isEqualTo(
            """
            DIR/config.yaml:3:10: error[service-settings]: services.catalog.url has the scheme ftp; write an http or https URL with a host, and at most a port and a path
            DIR/config.yaml:3:10: error[service-settings]: services.catalog.url has a user name or password in it; write an http or https URL with a host, and at most a port and a path
            DIR/config.yaml:3:10: error[service-settings]: services.catalog.url has no host; write an http or https URL with a host, and at most a port and a path
            DIR/config.yaml:3:10: error[service-settings]: services.catalog.url has a query or a fragment; write an http or https URL with a host, and at most a port and a path
            DIR/config.yaml:3:10: error[service-settings]: services.catalog.url has dot segments in its path; write an http or https URL with a host, and at most a port and a path
            DIR/config.yaml:5:22: error[service-settings]: services.catalog.credential_file is one too many: credential is set too; keep one\
            """);
  }

  @Test
  void a_url_is_missing() {
    assertThat(refused("services:\n  catalog: {retries: 2}\n"))
        .isEqualTo(
            "DIR/config.yaml:2:3: error[service-settings]: services.catalog.url is missing; set it to"
                + " the address, http://catalog:8080 for example");
  }

  @Test
  void certificates_are_none() throws IOException {
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    assertThat(
            refused(
                "services:\n  catalog:\n    url: [\"https://a\"]\n    ca_file: \""
                    + nonsense
                    + "\"\n"))
        .contains("error[service-settings]: services.catalog.ca_file names a file that has ")
        .contains("write it in PEM");
    assertThat(
            refused(
                "services:\n  catalog:\n    url: [\"https://a\"]\n    client_cert_file: \""
                    + nonsense
                    + "\"\n"))
        .contains("services.catalog.client_cert_file is set without client_key_file; set both");
  }

  @Test
  void settings_are_misspelt() {
    assertThat(refused("services:\n  catalog:\n    url: [\"http://a\"]\n    retrys: 1\n"))
        .contains("no setting services.catalog.retrys")
        .contains("did you mean");
    assertThat(refused("services:\n  catalog:\n    url: [\"http://a\"]\n    retry_on: [500]\n"))
        .contains("services.catalog.retry_on");
  }

  @Test
  void without_settings_mocks_answer() throws IOException {
    try (Gateway gateway = Gateway.start(directory, Gateway.DOCUMENT, "mock: true\n")) {
      assertThat(Gateway.status(gateway.ask("DELETE", "/api/items/7"))).isEqualTo(200);
    }
    try (RawService service = RawService.text("by the service");
        Gateway gateway =
            Gateway.start(
                directory, Gateway.DOCUMENT, "mock: true\n" + Gateway.config(service.url()))) {
      assertThat(Gateway.body(gateway.ask("GET", "/api/items/7"))).isEqualTo("by the service");
    }
  }

  @Test
  void variables_configure_too() {
    assertThatThrownBy(() ->
            Gateway.start(
                directory,
                Gateway.DOCUMENT.replace("x-service: catalog", "x-service: shop-catalog"),
                "services:\n  shop_catalog: {retries: 1}\n"))
        .hasMessageContaining("services.shop_catalog.url is missing");
  }
}
