package io.brrtrouter.outbound;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Signatures of webhooks, for who sends and for who receives them: Standard Webhooks 1.0.0 with
 * symmetric keys ({@code v1}, HMAC-SHA256), and {@code X-Hub-Signature-256}.
 *
 * <pre>{@code
 * if (!WebhookSignature.verify(request.headers(), request.rawBody(), secrets, Duration.ofMinutes(5))) {
 *   return HttpResponse.problem(401, "Not signed", "");
 * }
 * }</pre>
 *
 * <p>A secret is {@code whsec_} and base64, or any other text, whose octets in UTF-8 are the key.
 */
public final class WebhookSignature {
  /** What a request is known by, the same at each attempt. */
  public static final String ID = "webhook-id";

  /** When the attempt was made, in seconds since 1970. */
  public static final String TIMESTAMP = "webhook-timestamp";

  /** The signatures, with spaces between them. */
  public static final String SIGNATURE = "webhook-signature";

  /** The signature of the body alone. */
  public static final String HUB = "X-Hub-Signature-256";

  private static final String VERSION = "v1,";
  private static final String HUB_METHOD = "sha256=";

  /** More signatures than anybody rotates secrets; each costs work for each secret. */
  private static final int MOST_SIGNATURES = 32;

  private static final int MOST_DIGITS = 12;

  private WebhookSignature() {}

  /**
   * {@return whether a request is signed with one of some secrets by Standard Webhooks, and not
   * long ago} Who receives a request should then look whether it has seen its {@code webhook-id}
   * before: a request may come twice. Compares in constant time.
   *
   * @param headers the header fields
   * @param body the body as it came, octet by octet
   * @param secrets the secrets, several while they rotate
   * @param tolerance how far the clocks of both sides, and the time on the way, may be apart; five
   *     minutes are usual
   * @throws IllegalArgumentException if a secret is empty or has no base64 behind {@code whsec_}
   */
  public static boolean verify(
      Headers headers, byte[] body, List<String> secrets, Duration tolerance) {
    return verify(headers, body, secrets, tolerance, InstantSource.system());
  }

  /**
   * {@return the same by another clock}
   *
   * @param headers the header fields
   * @param body the body as it came, octet by octet
   * @param secrets the secrets
   * @param tolerance how far the clocks may be apart
   * @param clock what time it is
   * @throws IllegalArgumentException if a secret is empty or has no base64 behind {@code whsec_}
   */
  public static boolean verify(
      Headers headers, byte[] body, List<String> secrets, Duration tolerance, InstantSource clock) {
    List<SigningKey> keys = secrets.stream().map(SigningKey::of).toList();
    List<String> ids = headers.all(ID);
    List<String> times = headers.all(TIMESTAMP);
    // Of two, one reader would take the first and another the last.
    if (ids.size() != 1
        || times.size() != 1
        || !isId(ids.getFirst())
        || !isNear(times.getFirst(), tolerance, clock)) {
      return false;
    }
    String signed = signed(ids.getFirst(), times.getFirst());
    List<byte[]> sent = signatures(headers);
    boolean verified = false;
    for (SigningKey key : keys) {
      byte[] expected = octets(base64(key.sign(signed, body)));
      for (byte[] signature : sent) {
        verified |= MessageDigest.isEqual(expected, signature);
      }
    }
    return verified;
  }

  /** What is signed has dots between its parts: with one in a part it could be split elsewhere. */
  private static boolean isId(String text) {
    return text.indexOf('.') < 0;
  }

  private static boolean isNear(String timestamp, Duration tolerance, InstantSource clock) {
    if (timestamp.isEmpty()
        || timestamp.length() > MOST_DIGITS
        || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    return Duration.between(sent, clock.instant()).abs().compareTo(tolerance) <= 0;
  }

  private static List<byte[]> signatures(Headers headers) {
    return headers.all(SIGNATURE).stream()
        .flatMap(line -> List.of(line.split(" ", MOST_SIGNATURES + 1)).stream())
        .filter(signature -> signature.startsWith(VERSION))
        .limit(MOST_SIGNATURES)
        .map(signature -> octets(signature.substring(VERSION.length())))
        .toList();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }

  /**
   * {@return whether a body is signed by {@code X-Hub-Signature-256} with one of some secrets} That
   * covers neither time nor id: who has seen one such request can send it again. Compares in
   * constant time.
   *
   * @param headers the header fields
   * @param body the body as it came, octet by octet
   * @param secrets the secrets
   * @throws IllegalArgumentException if a secret is empty or has no base64 behind {@code whsec_}
   */
  public static boolean verifyHub(Headers headers, byte[] body, List<String> secrets) {
    List<SigningKey> keys = secrets.stream().map(SigningKey::of).toList();
    List<String> sent = headers.all(HUB);
    boolean verified = false;
    for (SigningKey key : keys) {
      byte[] expected = octets(hub(key, body));
      verified |= sent.size() == 1 && MessageDigest.isEqual(expected, octets(sent.getFirst()));
    }
    return verified;
  }

  /**
   * {@return the value of {@code webhook-signature} for a request: a signature for each secret}
   *
   * @param id the value of {@code webhook-id}
   * @param time when it is sent, cut to the second in {@code webhook-timestamp}
   * @param body the body
   * @param secrets the secrets, the newest first
   * @throws IllegalArgumentException if there is no secret, or one is empty or has no base64 behind
   *     {@code whsec_}, or the id has a dot
   */
  public static String sign(String id, Instant time, byte[] body, List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("there is no secret to sign with");
    }
    if (!isId(id)) {
      throw new IllegalArgumentException("an id has no dot: what is signed has dots between parts");
    }
    String signed = signed(id, String.valueOf(time.getEpochSecond()));
    StringBuilder value = new StringBuilder();
    for (String secret : secrets) {
      value
          .append(value.isEmpty() ? "" : " ")
          .append(VERSION)
          .append(base64(SigningKey.of(secret).sign(signed, body)));
    }
    return value.toString();
  }

  /**
   * {@return the value of {@code X-Hub-Signature-256} for a body}
   *
   * @param body the body
   * @param secret the secret
   * @throws IllegalArgumentException if the secret is empty or has no base64 behind {@code whsec_}
   */
  public static String signHub(byte[] body, String secret) {
    return hub(SigningKey.of(secret), body);
  }

  private static String hub(SigningKey key, byte[] body) {
    return HUB_METHOD + HexFormat.of().formatHex(key.sign("", body));
  }

  private static String signed(String id, String timestamp) {
    return id + "." + timestamp + ".";
  }
}
