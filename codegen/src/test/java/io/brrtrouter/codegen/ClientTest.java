package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A generated client and a generated server on a real connection: what {@code client/Caller.java}
 * sends, {@code client/Echo.java} gets.
 */
class ClientTest {
  private static final Path FOLDER = Path.of("src/test/resources/client");

  private static ClassLoader loader;
  private static BrrtServer server;
  private static URI base;

  @BeforeAll
  static void start() throws ReflectiveOperationException, IOException {
    Path document = FOLDER.resolve("openapi.yaml");
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "echo", Part.JAVA).files());
    for (String own : List.of("Echo", "Caller")) {
      files.add(
          new SourceFile("echo/" + own + ".java", Files.readString(FOLDER.resolve(own + ".java"))));
    }
    assertThat(Java.unformatted(files.subList(0, files.size() - 2))).isEmpty();
    loader = Classes.of(files);
    BrrtServer.Builder builder = BrrtServer.builder().document(document).port(0);
    Object echo = loader.loadClass("echo.Echo").getConstructor().newInstance();
    loader
        .loadClass("echo.server.EchoServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("echo.api.EchoApi"))
        .invoke(null, builder, echo);
    server = builder.start();
    base = URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static URI base() {
    return base;
  }

  /** {@return each request that {@code Caller.java} sends, as text} */
  static List<String> sent() throws ReflectiveOperationException {
    return exchanges().stream().map(exchange -> exchange[0]).toList();
  }

  @SuppressWarnings("unchecked") // as declared
  private static List<String[]> exchanges() throws ReflectiveOperationException {
    return (List<String[]>)
        loader.loadClass("echo.Caller").getMethod("ask", URI.class).invoke(null, base);
  }

  @Test
  void what_a_client_sends_is_what_a_handler_gets() throws ReflectiveOperationException {
    List<String[]> exchanges = exchanges();

    assertThat(exchanges).hasSize(22);
    for (String[] exchange : exchanges) {
      assertThat(exchange[1]).isEqualTo(exchange[0]);
    }
  }
}
