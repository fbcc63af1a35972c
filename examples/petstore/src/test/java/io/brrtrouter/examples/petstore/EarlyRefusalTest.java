package io.brrtrouter.examples.petstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Photos that are refused before they are there: the test never sends the rest. */
@Timeout(60)
class EarlyRefusalTest {
  private static final int LIMIT = 64 << 20;

  private final TestDatabase database = TestDatabase.h2();
  private final LiveShop shop = new LiveShop(database);

  @AfterEach
  void close() throws Exception {
    shop.close();
    database.close();
  }

  private static String head(String key, String framing) {
    return "POST /pets/1001/photos HTTP/1.1\r\nHost: a\r\nX-API-Key: "
        + key
        + "\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        + framing
        + "\r\n\r\n";
  }

  private static String part(String mediaType) {
    return "--b\r\nContent-Disposition: form-data; name=\"pictures\"; filename=\"a\"\r\nContent-Type: "
        + mediaType
        + "\r\n\r\n";
  }

  private String answer(String sent) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(sent.getBytes(ISO_8859_1));
      out.flush();
      return status(socket);
    }
  }

  private static String status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readNBytes("HTTP/1.1 200".length()), ISO_8859_1);
  }

  @Test
  void of_another_type_are_refused_when_that_is_seen() throws Exception {
    assertThat(
            answer(
                head(ExampleKeys.CLERK, "Content-Length: " + LIMIT)
                    + part("image/gif")
                    + "GIF89a and much more"))
        .isEqualTo("HTTP/1.1 400");
  }

  @Test
  void that_say_they_are_too_large_are_refused_at_once() throws Exception {
    assertThat(answer(head(ExampleKeys.CLERK, "Content-Length: " + (LIMIT + 1))))
        .isEqualTo("HTTP/1.1 413");
  }

  @Test
  void of_somebody_without_a_key_are_refused_at_once() throws Exception {
    assertThat(answer(head("nobody-knows-this-key", "Content-Length: " + LIMIT)))
        .isEqualTo("HTTP/1.1 401");
  }

  @Test
  void that_do_not_say_how_large_they_are_are_refused_when_they_are() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
      OutputStream out = socket.getOutputStream();
      String begin = part("image/png");
      out.write(head(ExampleKeys.CLERK, "Transfer-Encoding: chunked").getBytes(ISO_8859_1));
      out.write(
          (Integer.toHexString(begin.length()) + "\r\n" + begin + "\r\n").getBytes(ISO_8859_1));
      byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(ISO_8859_1);
      try {
        for (int sent = 0; sent <= LIMIT; sent += 1 << 20) {
          out.write(chunk);
        }
      } catch (IOException refused) {
        // The server need not read what it has refused.
      }
      assertThat(status(socket)).isEqualTo("HTTP/1.1 413");
    }
    assertThat(shop.client().get("/pets/1001/photos").send().expect(200).json()).hasSize(1);
  }
}
