package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import io.brrtrouter.server.runtime.BrrtServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of content over HTTP/2. */
@Timeout(60)
class DownloadOverHttp2Test {
  private static final byte[] OCTETS = "0123456789".getBytes(StandardCharsets.US_ASCII);

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Files, version: "1"}
      paths:
        /file:
          get:
            operationId: file
            responses: {"200": {description: The file., content: {text/plain: {}}}}
      """;

  private static HttpResponse file() {
    return HttpResponse.seekable(
        200,
        "text/plain",
        SeekableContent.of(
            new Version(OCTETS.length, null, EntityTag.strong("v1")),
            (sink, from, length) -> sink.write(OCTETS, (int) from, (int) length)));
  }

  @Test
  void every_stream_has_its_part() throws Exception {
    try (BrrtServer server =
            BrrtServer.builder()
                .document(io.brrtrouter.server.runtime.TestServer.file(DOCUMENT))
                .config(io.brrtrouter.server.runtime.TestServer.config())
                .handler("file", _ -> file())
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        H2Client client = new H2Client(new RawClient(server.port()))) {
      client.request(3, true, "GET", "/file", "range", "bytes=2-4");
      client.request(5, true, "GET", "/file", "range", "bytes=10-");
      client.request(7, true, "GET", "/file", "if-none-match", "\"v1\"");
      client.request(9, true, "HEAD", "/file");
      assertThat(client.whole(3)).isEqualTo("206 234");
      assertThat(client.field(3, "content-range")).isEqualTo("bytes 2-4/10");
      assertThat(client.field(3, "content-length")).isEqualTo("3");
      assertThat(client.whole(5)).startsWith("416 {");
      assertThat(client.field(5, "content-range")).isEqualTo("bytes */10");
      assertThat(client.whole(7)).isEqualTo("304 ");
      assertThat(client.field(7, "etag")).isEqualTo("\"v1\"");
      assertThat(client.field(7, "content-length")).isEqualTo("null");
      assertThat(client.whole(9)).isEqualTo("200 ");
      assertThat(client.field(9, "content-length")).isEqualTo("10");
    }
  }
}
