package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.testing.BrrtClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated code of operations that read their bodies while they come, on real connections: {@code
 * streamed/Films.java} handles them, {@code streamed/Director.java} asks.
 */
class StreamedBodyTest {
  private static final Path FOLDER = Path.of("src/test/resources/streamed");
  private static final Path DOCUMENT = FOLDER.resolve("openapi.yaml");

  /** More pieces than a client reads ahead. */
  private static final int MANY = 100;

  /** Longer than anything takes; for a test that fails only. */
  private static final int PATIENCE_SECONDS = 60;

  private static ClassLoader loader;

  private final BlockingQueue<String> read = new LinkedBlockingQueue<>();
  private final StringBuilder came = new StringBuilder();
  private BrrtServer server;

  @BeforeAll
  static void generate() throws IOException {
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(DOCUMENT, "streamed", Part.JAVA).files());
    assertThat(Java.unformatted(files)).isEmpty();
    for (String own : List.of("Films", "Director")) {
      files.add(
          new SourceFile(
              "streamed/" + own + ".java", Files.readString(FOLDER.resolve(own + ".java"))));
    }
    loader = Classes.of(files);
  }

  @BeforeEach
  void start() throws ReflectiveOperationException {
    BrrtServer.Builder builder = BrrtServer.builder().document(DOCUMENT).port(0);
    Object films =
        loader.loadClass("streamed.Films").getConstructor(BlockingQueue.class).newInstance(read);
    loader
        .loadClass("streamed.server.FilmsServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("streamed.api.FilmsApi"))
        .invoke(null, builder, films);
    server = builder.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Waits until what a handler has read begins with a text. */
  private void awaitRead(String text) {
    while (came.length() < text.length()) {
      awaitMore();
    }
    assertThat(came.toString()).startsWith(text);
  }

  private void awaitMore() {
    String piece;
    try {
      piece = read.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(piece).as("what follows \"" + came + "\"").isNotNull();
    came.append(piece);
  }

  private String ask(String method, @Nullable InputStream body) throws Exception {
    try {
      return (String)
          loader
              .loadClass("streamed.Director")
              .getMethod(method, URI.class, InputStream.class)
              .invoke(null, URI.create(server.url()), body);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static InputStream octets(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Many pieces, of which the last but one is there once the first one has been read at the other
   * end: whoever sends may read some ahead, but not all.
   */
  private InputStream pieces(InputStream last) {
    Stream<Supplier<InputStream>> pieces =
        Stream.concat(
            Collections.nCopies(MANY, "piece").stream().map(text -> () -> octets(text)),
            Stream.of(
                () -> {
                  awaitRead("piece");
                  return octets("late");
                },
                () -> last));
    Iterator<InputStream> each = pieces.map(Supplier::get).iterator();
    return new SequenceInputStream(
        new Enumeration<InputStream>() {
          @Override
          public boolean hasMoreElements() {
            return each.hasNext();
          }

          @Override
          public InputStream nextElement() {
            return each.next();
          }
        });
  }

  @Test
  void a_handler_reads_a_chunk_before_the_next_one_is_sent() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(1000 * PATIENCE_SECONDS);
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          PUT /films/7 HTTP/1.1
          Host: films
          Connection: close
          Content-Type: video/mp4
          Transfer-Encoding: chunked

          5
          first
          """
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      awaitRead("first");
      out.write("6\r\nsecond\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      awaitRead("firstsecond<end>");

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 ")
          .contains("film 7 of 11");
    }
  }

  @Test
  void a_client_sends_what_it_has_read_while_it_reads_on() throws Exception {
    assertThat(ask("film", pieces(octets("!")))).isEqualTo("film 7 of 505");
    awaitRead("piece".repeat(MANY) + "late!<end>");
  }

  @Test
  void a_stream_that_fails_at_the_client_has_no_end_at_the_server() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the tape is torn");
          }

          @Override
          public int read(byte[] octets, int from, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> ask("film", pieces(broken)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the tape is torn");
    while (came.indexOf("<") < 0) {
      awaitMore();
    }
    assertThat(came.toString()).startsWith("piece").endsWith("Exception>");
  }

  @Test
  void a_body_that_is_optional_may_be_missing() throws Exception {
    assertThat(ask("shot", null)).isEqualTo("nothing");
  }

  @Test
  void one_of_several_media_types_is_sent_and_is_the_content_of_the_request() throws Exception {
    assertThat(ask("shot", octets("12345"))).isEqualTo("image/octet-stream of 5");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3_000_000})
  void a_form_has_its_type_and_its_files_are_read_wherever_they_are(int length) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=caption\r\n\r\nRex\r\n"
            + "--b\r\nContent-Disposition: form-data; name=poster; filename=rex.png\r\n\r\n"
            + "x".repeat(length)
            + "\r\n--b--\r\n";
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      assertThat(
              client
                  .post("/posters")
                  .body("multipart/form-data; boundary=b", body)
                  .send()
                  .expect(200)
                  .text())
          .isEqualTo("Rex: rex.png of " + length + "=" + length);
      String without = body.replace("name=caption", "name=other");
      client.post("/posters").body("multipart/form-data; boundary=b", without).send().expect(400);
    }
  }

  /** What would be refused if anybody looked at it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/x-www-form-urlencoded",
        "image/png",
        "multipart/form-data; boundary=b",
        "text/plain; charset=utf-8"
      })
  void octets_come_as_they_are_in_every_media_type(String mediaType) {
    try (BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
      byte[] odd = {'{', '%', (byte) 0xff};

      assertThat(client.post("/shots").body(mediaType, odd).send().expect(200).text())
          .isEqualTo(mediaType + " of 3");
    }
  }
}
