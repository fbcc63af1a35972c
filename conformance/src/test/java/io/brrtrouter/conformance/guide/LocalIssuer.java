package io.brrtrouter.conformance.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Issues tokens, and serves metadata and keys on a loopback port. */
final class LocalIssuer implements AutoCloseable {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final KeyPair key;

  LocalIssuer() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = generator.generateKeyPair();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String page = pages.get(exchange.getRequestURI().getPath());
      byte[] octets = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : octets.length);
      exchange.getResponseBody().write(octets);
    }
  }

  /** {@return where it is} */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Serves metadata that names an issuer and its keys, which are served too. */
  LocalIssuer metadata(String path, String issuer, String keys) {
    pages.put(
        path,
        """
        {"issuer": "%s", "jwks_uri": "%s%s", "id_token_signing_alg_values_supported": ["RS256"]}
        """
            .formatted(issuer, url(), keys));
    return keys(keys);
  }

  /** Serves the key as RFC 7517 has it, with what providers add. */
  LocalIssuer keys(String path) {
    RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
    pages.put(
        path,
        """
        {"keys": [{"kty": "RSA", "use": "sig", "kid": "key-1", "n": "%s", "e": "%s",
          "x5t": "key-1", "x5c": ["MIIC"], "issuer": "https://login.example.com/{tenantid}/v2.0"}]}
        """
            .formatted(number(rsa.getModulus()), number(rsa.getPublicExponent())));
    return this;
  }

  private static String number(BigInteger value) {
    byte[] octets = value.toByteArray();
    int sign = octets[0] == 0 ? 1 : 0;
    byte[] digits = new byte[octets.length - sign];
    System.arraycopy(octets, sign, digits, 0, digits.length);
    return base64(digits);
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }

  /**
   * {@return a token}
   *
   * @param type its {@code typ}, empty for none
   * @param claims JSON
   */
  String token(String type, String claims) throws GeneralSecurityException {
    String typ = type.isEmpty() ? "" : ", \"typ\": \"" + type + "\"";
    String header = "{\"kid\": \"key-1\", \"alg\": \"RS256\"" + typ + "}";
    String input =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(key.getPrivate());
    signer.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + base64(signer.sign());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
