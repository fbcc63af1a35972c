package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.download.FileContent;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files over sockets: what clients get, and that every file is closed whatever they do. */
@Timeout(120)
class DownloadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Files, version: "1"}
      paths:
        /file:
          get:
            operationId: file
            responses:
              "200":
                description: The file.
                headers: {ETag: {required: true, schema: {type: string}}}
                content: {application/octet-stream: {}}
        /counted:
          get:
            operationId: counted
            responses: {"200": {description: Octets., content: {text/plain: {}}}}
      """;

  /** More than the kernel keeps of what a client does not read. */
  private static final long LARGE = 64L << 20;

  private static final FileTime LONG_AGO =
      FileTime.from(Instant.parse("2020-02-29T12:00:00.123456789Z"));

  @TempDir private Path directory;
  private Path file;
  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private volatile SeekableContent counted =
      SeekableContent.of(new Version(0, null, null), (sink, from, length) -> {});
  private volatile Work before = () -> {};
  private BrrtServer server;

  /** What is true in the end. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void eventually(String what, Condition condition) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time: %s", what).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What a handler does before it answers. */
  private interface Work {
    void run() throws Exception;
  }

  @BeforeEach
  void start() throws IOException {
    file = old(Files.writeString(directory.resolve("file"), "0123456789"));
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(TestServer.config("http.max_streams", "1", "responses.check", "enforce"))
            .handler("file", _ -> FileContent.respond(200, "application/octet-stream", file))
            .handler(
                "counted",
                _ -> {
                  before.run();
                  return HttpResponse.seekable(200, "text/plain", counted);
                })
            .listener(
                new ExchangeListener() {
                  @Override
                  public void completed(CompletedExchange exchange) {
                    completed.add(exchange);
                  }
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static Path old(Path path) throws IOException {
    return Files.setLastModifiedTime(path, LONG_AGO);
  }

  private Path large() throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(LARGE);
    }
    return old(file);
  }

  /** Content that tells how often it is open. */
  private static final class Counted implements SeekableContent {
    private final Version version;
    private final PartWriter writer;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();

    Counted(Version version, PartWriter writer) {
      this.version = version;
      this.writer = writer;
    }

    @Override
    public Version version() {
      return version;
    }

    @Override
    public Opened open() throws IOException {
      opened.incrementAndGet();
      open.incrementAndGet();
      return new Opened() {
        @Override
        public Version version() {
          return version;
        }

        @Override
        public void writeTo(ContentSink sink, long from, long length) throws Exception {
          writer.writeTo(sink, from, length);
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    void awaitClosed() throws IOException {
      eventually("it is closed", () -> open.get() == 0);
    }
  }

  @Test
  void one_connection_has_parts_and_the_whole_one_after_the_other() throws Exception {
    try (KeptConnection client = new KeptConnection(server)) {
      Answer whole = client.get("/file");
      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.content()).isEqualTo("0123456789");
      assertThat(whole.headers())
          .containsEntry("accept-ranges", "bytes")
          .containsEntry("content-length", "10")
          .containsEntry("last-modified", "Sat, 29 Feb 2020 12:00:00 GMT");
      String tag = whole.headers().get("etag");
      assertThat(tag).matches("\"[A-Za-z0-9_-]{16}\"");
      Answer part = ask(client, "Range: bytes=2-4", "If-Range: " + tag);
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.content()).isEqualTo("234");
      assertThat(part.headers())
          .containsEntry("content-range", "bytes 2-4/10")
          .containsEntry("etag", tag);
      Answer parts = ask(client, "Range: bytes=0-1, -1");
      assertThat(parts.status()).isEqualTo(206);
      assertThat(parts.headers().get("content-type"))
          .matches("multipart/byteranges; boundary=[0-9a-f-]{36}");
      assertThat(parts.content())
          .contains("Content-Range: bytes 0-1/10\r\n\r\n01\r\n--")
          .contains("Content-Range: bytes 9-9/10\r\n\r\n9\r\n--")
          .endsWith("--\r\n");
      Answer none = ask(client, "Range: bytes=10-");
      assertThat(none.status()).isEqualTo(416);
      assertThat(none.headers()).containsEntry("content-range", "bytes */10");
      Answer same = ask(client, "If-None-Match: " + tag);
      assertThat(same.status()).isEqualTo(304);
      assertThat(same.headers())
          .containsEntry("etag", tag)
          .containsKey("date")
          .doesNotContainKeys("content-length", "content-type", "transfer-encoding");
      assertThat(ask(client, "If-Match: \"other\"").status()).isEqualTo(412);
      assertThat(client.get("/file").content()).isEqualTo("0123456789");
    }
    eventually("the file is closed", () -> open(file) == 0);
  }

  private static Answer ask(KeptConnection client, String... fields) throws IOException {
    String head = "GET /file HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    return client.send(head).read();
  }

  @Test
  void a_head_tells_of_the_whole() throws Exception {
    String answer = Wire.ask(server.port(), "HEAD /file HTTP/1.1", "Host: a", "Range: bytes=0-1");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("\r\nContent-Length: 10\r\n", "\r\nAccept-Ranges: bytes\r\n", "\r\nETag: \"");
    assertThat(Wire.content(answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEAD | X: y                     | 200 | 0
          GET  | If-None-Match: "v1"      | 304 | 0
          HEAD | If-None-Match: "v1"      | 304 | 0
          GET  | If-Match: "v2"           | 412 | 0
          GET  | Range: bytes=10-         | 416 | 0
          GET  | Range: bytes=0-1         | 206 | 1
          GET  | Range: bytes=0-1,4-5     | 206 | 1
          GET  | X: y                     | 200 | 1
          """)
  void is_opened_for_its_octets_only_and_closed(String method, String field, int status, int times)
      throws Exception {
    Counted content =
        new Counted(
            new Version(10, null, EntityTag.strong("v1")),
            (sink, from, length) -> sink.write(new byte[(int) length]));
    counted = content;
    String answer = Wire.ask(server.port(), method + " /counted HTTP/1.1", "Host: a", field);
    assertThat(Wire.status(answer)).isEqualTo(status);
    content.awaitClosed();
    assertThat(content.opened).hasValue(times);
  }

  @Test
  void is_closed_when_its_client_goes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Counted content =
        new Counted(
            new Version(LARGE, null, null),
            (sink, from, length) -> {
              begun.countDown();
              while (true) {
                sink.write(new byte[1 << 16]);
              }
            });
    counted = content;
    KeptConnection client = new KeptConnection(server);
    client.send("GET /counted HTTP/1.1\r\nHost: a\r\n\r\n");
    begun.await();
    assertThat(content.open).hasValue(1);
    // While it is sent, no other has room: that one is refused, and nothing is opened for it.
    assertThat(Wire.status(Wire.ask(server.port(), "GET /file HTTP/1.1", "Host: a")))
        .isEqualTo(503);
    assertThat(content.opened).hasValue(1);
    client.reset();
    content.awaitClosed();
  }

  /** Nobody writes it then. */
  @Test
  void is_closed_when_its_client_has_gone_before_it_is_opened() throws Exception {
    Counted content =
        new Counted(
            new Version(10, null, null),
            (sink, from, length) -> {
              throw new AssertionError("written for nobody");
            });
    counted = content;
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    before =
        () -> {
          asked.countDown();
          gone.await();
        };
    KeptConnection client = new KeptConnection(server);
    client.send("GET /counted HTTP/1.1\r\nHost: a\r\n\r\n");
    asked.await();
    client.reset();
    assertThat(completed.take().aborted()).isTrue();
    gone.countDown();
    eventually("it is opened", () -> content.opened.get() > 0);
    content.awaitClosed();
    awaitNoStream();
  }

  @Test
  void is_closed_when_writing_it_fails() throws Exception {
    Counted content =
        new Counted(
            new Version(10, null, null),
            (sink, from, length) -> {
              throw new IOException("the disk is gone");
            });
    counted = content;
    assertThat(Wire.ask(server.port(), "GET /counted HTTP/1.1", "Host: a")).endsWith("\r\n\r\n");
    content.awaitClosed();
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void is_a_failure_when_it_cannot_be_opened_and_leaves_no_stream_behind() throws Exception {
    counted = unopened(new AccessDeniedException("locked"));
    for (int i = 0; i < 3; i++) {
      assertThat(Wire.status(Wire.ask(server.port(), "GET /counted HTTP/1.1", "Host: a")))
          .isEqualTo(500);
    }
    assertThat(Wire.status(Wire.ask(server.port(), "GET /file HTTP/1.1", "Host: a")))
        .isEqualTo(200);
  }

  /** A file that is deleted once somebody has decided to send it: as one that was never there. */
  @Test
  void is_not_found_when_it_is_deleted_before_it_is_opened() throws Exception {
    Path shortLived = Files.writeString(directory.resolve("short-lived"), "0123456789");
    counted = FileContent.of(shortLived);
    Files.delete(shortLived);

    String answer = Wire.ask(server.port(), "GET /counted HTTP/1.1", "Host: a");

    assertThat(Wire.status(answer)).isEqualTo(404);
    assertThat(answer).contains("urn:brrtrouter:problem:not-found").doesNotContain("short-lived");
    assertThat(Wire.status(Wire.ask(server.port(), "GET /file HTTP/1.1", "Host: a")))
        .as("no stream is left behind")
        .isEqualTo(200);
  }

  private static SeekableContent unopened(IOException failure) {
    return new SeekableContent() {
      @Override
      public Version version() {
        return new Version(10, null, null);
      }

      @Override
      public Opened open() throws IOException {
        throw failure;
      }
    };
  }

  @Test
  void is_refused_and_told_once_while_too_many_files_are_open() throws Exception {
    counted = unopened(new FileSystemException("file", null, "Too many open files"));
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.dispatch.OpenFiles");
        CapturedLog failures = new CapturedLog("io.brrtrouter.server.failures")) {
      for (int i = 0; i < 3; i++) {
        String answer = Wire.ask(server.port(), "GET /counted HTTP/1.1", "Host: a");
        assertThat(Wire.status(answer)).isEqualTo(503);
        assertThat(answer).contains("Retry-After: ");
      }
      assertThat(log.about("raise the limit")).hasSize(1);
      assertThat(failures.about("GET /counted failed")).isEmpty();
    }
    assertThat(Wire.status(Wire.ask(server.port(), "GET /file HTTP/1.1", "Host: a")))
        .isEqualTo(200);
  }

  @Test
  void is_chosen_again_when_it_is_another_one_once_it_is_open() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Counted content =
        new Counted(
            new Version(4, null, EntityTag.strong("v2")),
            (sink, from, length) ->
                sink.write("wxyz".getBytes(ISO_8859_1), (int) from, (int) length));
    counted =
        new SeekableContent() {
          @Override
          public Version version() {
            asked.incrementAndGet();
            return new Version(10, null, EntityTag.strong("v1"));
          }

          @Override
          public Opened open() throws IOException {
            return content.open();
          }
        };
    assertThat(counted("Range: bytes=-2"))
        .contains("Content-Range: bytes 2-3/4\r\n")
        .endsWith("yz");
    assertThat(counted("Range: bytes=5-")).startsWith("HTTP/1.1 416 ").contains("bytes */4\r\n");
    assertThat(counted("If-None-Match: \"v2\"")).startsWith("HTTP/1.1 304 ");
    assertThat(counted("Range: bytes=0-1", "If-Range: \"v1\"")).endsWith("wxyz");
    assertThat(asked.get()).isPositive();
    content.awaitClosed();
  }

  private String counted(String... fields) throws IOException {
    String[] lines =
        Stream.concat(Stream.of("GET /counted HTTP/1.1", "Host: a"), Arrays.stream(fields))
            .toArray(String[]::new);
    return Wire.ask(server.port(), lines);
  }

  @Test
  void files_of_clients_that_go_are_closed() throws Exception {
    large();
    for (int i = 0; i < 20; i++) {
      try (Download download = new Download()) {
        assertThat(download.read(1000)).isEqualTo(1000);
        assertThat(open(file)).isBetween(0L, 1L);
        download.reset();
      }
      while (!completed.take().aborted()) {
        // One that was refused because the one before it had not quite ended.
      }
      awaitNoStream();
      eventually("the file is closed", () -> open(file) == 0);
    }
  }

  /** Whoever writes is gone when the place of the stream is free. */
  private void awaitNoStream() throws IOException {
    try (KeptConnection other = new KeptConnection(server)) {
      eventually(
          "no content is sent any more",
          () -> other.get("/metrics").content().contains("brrtrouter_streams_in_flight 0.0"));
    }
  }

  /** How often this process has a file open, where that can be told. */
  private static long open(Path path) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    Path real = path.toRealPath();
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.filter(each -> leadsTo(each, real)).count();
    }
  }

  private static boolean leadsTo(Path descriptor, Path real) {
    try {
      return Files.readSymbolicLink(descriptor).equals(real);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void a_file_that_is_replaced_while_it_is_sent_is_sent_to_its_end() throws Exception {
    large();
    try (Download download = new Download()) {
      Path next = directory.resolve("next");
      Files.write(next, new byte[] {1});
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      byte[] octets = download.in.readNBytes((int) LARGE);
      assertThat(octets.length).isEqualTo((int) LARGE);
      assertThat(octets).startsWith("0123456789".getBytes(ISO_8859_1));
      assertThat(zeros(octets, 10)).isTrue();
    }
    awaitNoStream();
    assertThat(Wire.ask(server.port(), "GET /file HTTP/1.1", "Host: a")).endsWith("\r\n\r\n\1");
  }

  private static boolean zeros(byte[] octets, int from) {
    for (int i = from; i < octets.length; i++) {
      if (octets[i] != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void a_file_that_is_truncated_while_it_is_sent_is_cut_off() throws Exception {
    large();
    try (Download download = new Download()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(LARGE / 2);
      }
      assertThat(download.rest()).isLessThan(LARGE);
    }
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void a_file_that_is_written_to_while_it_is_sent_is_cut_off() throws Exception {
    large();
    try (Download download = new Download()) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {1}), LARGE - 1);
      }
      assertThat(download.rest()).isLessThan(LARGE);
    }
    assertThat(completed.take().aborted()).isTrue();
  }

  @Test
  void whoever_asks_in_the_process_gets_the_part() {
    TestServer inProcess =
        TestServer.of(
            DOCUMENT,
            builder ->
                builder
                    .handler(
                        "file", _ -> FileContent.respond(200, "application/octet-stream", file))
                    .handler("counted", _ -> HttpResponse.seekable(200, "text/plain", counted)));
    HttpResponse part = inProcess.get("/file", "Range", "bytes=2-4");
    assertThat(part.status()).isEqualTo(206);
    assertThat(((Body.Bytes) part.body()).bytes()).isEqualTo("234".getBytes(ISO_8859_1));
  }

  @Test
  void a_file_that_is_none_is_for_the_handler_to_say() {
    assertThatThrownBy(() -> FileContent.respond(200, "text/plain", directory.resolve("nothing")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> FileContent.respond(200, "text/plain", directory))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is not a regular file");
  }

  /** A client that has read the head of a 200 and nothing more. */
  private final class Download implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    final InputStream in = new BufferedInputStream(socket.getInputStream());

    Download() throws IOException {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int octet = in.read();
        assertThat(octet).isNotNegative();
        head.append((char) octet);
      }
      assertThat(head.toString()).startsWith("HTTP/1.1 200").contains("Content-Length: " + LARGE);
    }

    int read(int octets) throws IOException {
      return in.readNBytes(octets).length;
    }

    /** {@return how many octets come before the connection ends} */
    long rest() throws IOException {
      return in.transferTo(OutputStream.nullOutputStream());
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
