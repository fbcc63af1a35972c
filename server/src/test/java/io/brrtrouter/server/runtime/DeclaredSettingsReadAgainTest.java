package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of an application, of which only a start takes a change. */
class DeclaredSettingsReadAgainTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void writes_a_file() throws IOException {
    file = Files.writeString(directory.resolve("config.yaml"), "shop: {size: 6}\n");
  }

  private ServerConfig read() {
    return ServerConfig.read(
        Optional.of(file),
        Map.of(),
        Map.of(),
        List.of(DeclaredSetting.integer("shop.size", 1, 10, 5, "How large it is.")));
  }

  private static List<String> changed(ServerConfig running) {
    return RestartSettings.changed(
            running.restartSettings(), running.values(), running.readAgain().values())
        .stream()
        .map(Finding::message)
        .toList();
  }

  @Test
  void nothing_is_told_where_nothing_changed() throws IOException {
    ServerConfig running = read();
    Files.writeString(file, "# as before\nshop: {size: 6}\n");

    assertThat(changed(running)).isEmpty();
  }

  @Test
  void a_change_is_told_and_not_taken() throws IOException {
    ServerConfig running = read();
    Files.writeString(file, "shop: {size: 7}\n");

    assertThat(changed(running))
        .containsExactly("shop.size has changed from 6 to 7, which only a start takes");
    assertThat(running.readAgain().keepingThoseOf(running).declaredValues().value("shop.size"))
        .isEqualTo("6");
  }
}
