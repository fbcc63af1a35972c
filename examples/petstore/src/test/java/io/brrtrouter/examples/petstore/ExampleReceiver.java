package io.brrtrouter.examples.petstore;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** {@code WebhookReceiver.java} in a process of its own, as the README starts it. */
final class ExampleReceiver implements AutoCloseable {
  private static final String SECRET = "whsec_cGV0LXN0b3JlLWV4YW1wbGUtc2VjcmV0";
  private static final String LISTENING = "Listening on http://127.0.0.1:";

  private final Process process;
  private final BufferedReader said;
  private final String port;

  ExampleReceiver() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "WebhookReceiver.java",
                "0",
                SECRET)
            .redirectErrorStream(true)
            .start();
    said = process.inputReader(StandardCharsets.UTF_8);
    String first = next();
    if (!first.startsWith(LISTENING)) {
      throw new IllegalStateException(first);
    }
    port = first.substring(LISTENING.length());
  }

  /** {@return a text of the README with the port that this one has} */
  String placed(String text) {
    return text.replace("127.0.0.1:9000", "127.0.0.1:" + port);
  }

  /** {@return the next line that it says} */
  String next() throws IOException {
    return String.valueOf(said.readLine());
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    said.close();
  }
}
