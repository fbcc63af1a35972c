import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receives webhooks and verifies their signatures with nothing but the JDK, to show what that takes:
 * {@code java WebhookReceiver.java PORT SECRET}. Prints what has come. (In Java with BRRTRouter it
 * is {@code WebhookSignature.verify}.)
 */
final class WebhookReceiver {
  private static final int FIVE_MINUTES = 300;
  private static final int MOST_OCTETS = 1024 * 1024;

  private final byte[] key;

  private WebhookReceiver(String secret) {
    key =
        secret.startsWith("whsec_")
            ? Base64.getDecoder().decode(secret.substring("whsec_".length()))
            : secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Receives until it is stopped. */
  public static void main(String[] args) throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(here, Integer.parseInt(args[0])), 0);
    server.createContext("/", new WebhookReceiver(args[1])::handle);
    server.start();
    System.out.println("Listening on http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_OCTETS);
      boolean signed = isSigned(exchange, body);
      System.out.println(
          (signed ? "signed: " : "not signed: ") + new String(body, StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(signed ? 204 : 401, -1);
    }
  }

  /** Standard Webhooks: HMAC-SHA256 of id, time and body, each octet as it came. */
  private boolean isSigned(HttpExchange exchange, byte[] body) {
    String id = field(exchange, "webhook-id");
    String time = field(exchange, "webhook-timestamp");
    try {
      if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time)) > FIVE_MINUTES) {
        return false;
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
      String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
      boolean found = false;
      for (String signature : field(exchange, "webhook-signature").split(" ")) {
        found |=
            MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
      }
      return found;
    } catch (NumberFormatException | GeneralSecurityException unsound) {
      return false;
    }
  }

  private static String field(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
