package io.brrtrouter.examples.petstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The pet store in a process of its own, with the settings of {@code config.yaml}. */
final class ShopProcess {
  private static final String LISTENING = "Listening on ";

  private ShopProcess() {}

  static Process start(Map<String, String> settings) throws IOException {
    return start(settings, 0);
  }

  /** Starts it at a port, 0 for any. */
  static Process start(Map<String, String> settings, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                PetStore.class.getName(),
                "--port=" + port)
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("LOG_LEVEL", "warn");
    builder.environment().putAll(settings);
    return builder.start();
  }

  /** {@return where it listens, once it does} */
  static URI url(BufferedReader said) throws IOException {
    StringBuilder all = new StringBuilder();
    while (true) {
      String line = said.readLine();
      assertThat(line).as(() -> "after: " + all).isNotNull();
      if (line.startsWith(LISTENING)) {
        return URI.create(line.substring(LISTENING.length()));
      }
      all.append(line).append('\n');
    }
  }
}
