package io.brrtrouter.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  /** Of the libraries of Standard Webhooks. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long TIME = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  /** Computed by Python: the octets of the text in UTF-8 are the key. */
  private static final String PLAIN_SECRET = "plain text secret ü";

  private static final String PLAIN_SIGNATURE = "v1,GJFvNqNxu7r76V+ammL6iNUBN4VKVWpu+YtvFVN6TAA=";

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(TIME + 60));
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static boolean verify(String... fields) {
    return WebhookSignature.verify(Headers.of(fields), BODY, List.of(SECRET), TOLERANCE, CLOCK);
  }

  private static boolean verify(String timestamp, String signature) {
    return verify("webhook-id", ID, "webhook-timestamp", timestamp, "webhook-signature", signature);
  }

  @Test
  void signatures_are_those_of_standard_webhooks() {
    Instant time = Instant.ofEpochSecond(TIME).plusMillis(999);

    assertThat(WebhookSignature.sign(ID, time, BODY, List.of(SECRET))).isEqualTo(SIGNATURE);
    assertThat(WebhookSignature.sign(ID, time, BODY, List.of(PLAIN_SECRET)))
        .isEqualTo(PLAIN_SIGNATURE);
    assertThat(WebhookSignature.sign(ID, time, BODY, List.of(SECRET, PLAIN_SECRET)))
        .isEqualTo(SIGNATURE + " " + PLAIN_SIGNATURE);
  }

  /** The example of GitHub's documentation. */
  @Test
  void signatures_are_those_of_hubs() {
    byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);
    String signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    List<String> secrets = List.of("It's a Secret to Everybody");

    assertThat(WebhookSignature.signHub(body, secrets.getFirst())).isEqualTo(signature);
    assertThat(
            WebhookSignature.verifyHub(Headers.of("x-hub-signature-256", signature), body, secrets))
        .isTrue();
    assertThat(
            WebhookSignature.verifyHub(Headers.of("x-hub-signature-256", signature), BODY, secrets))
        .isFalse();
    assertThat(WebhookSignature.verifyHub(Headers.empty(), body, secrets)).isFalse();
    assertThat(
            WebhookSignature.verifyHub(
                Headers.of("x-hub-signature-256", signature, "x-hub-signature-256", "sha256=00"),
                body,
                secrets))
        .isFalse();
  }

  @Test
  void one_of_several_signatures_and_secrets_is_enough() {
    assertThat(verify(String.valueOf(TIME), SIGNATURE)).isTrue();
    assertThat(verify(String.valueOf(TIME), PLAIN_SIGNATURE + " " + SIGNATURE)).isTrue();
    assertThat(verify(String.valueOf(TIME), "v1a,AAAA v2,BBBB v1, " + SIGNATURE)).isTrue();
    Headers headers =
        Headers.of(
            "Webhook-Id", ID,
            "Webhook-Timestamp", String.valueOf(TIME),
            "Webhook-Signature", SIGNATURE);
    assertThat(
            WebhookSignature.verify(headers, BODY, List.of(PLAIN_SECRET, SECRET), TOLERANCE, CLOCK))
        .isTrue();
    assertThat(WebhookSignature.verify(headers, BODY, List.of(PLAIN_SECRET), TOLERANCE, CLOCK))
        .isFalse();
    assertThat(WebhookSignature.verify(headers, BODY, List.of(), TOLERANCE, CLOCK)).isFalse();
    assertThat(WebhookSignature.verify(headers, new byte[0], List.of(SECRET), TOLERANCE, CLOCK))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v1,",
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        "v1,no base64"
      })
  void wrong_signatures_are_refused(String signature) {
    assertThat(verify(String.valueOf(TIME), signature)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "-300, true", "301, false", "-301, false"})
  void clocks_may_be_apart_a_little(long seconds, boolean verified) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(TIME + seconds));
    Headers headers =
        Headers.of(
            "webhook-id", ID,
            "webhook-timestamp", String.valueOf(TIME),
            "webhook-signature", SIGNATURE);

    assertThat(WebhookSignature.verify(headers, BODY, List.of(SECRET), TOLERANCE, clock))
        .isEqualTo(verified);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+1614265330",
        "1614265330.0",
        "01614265331",
        "99999999999999999999",
        "¹²³",
        "1e9"
      })
  void what_is_no_time_is_refused(String timestamp) {
    assertThat(verify(timestamp, SIGNATURE)).isFalse();
  }

  @Test
  void what_is_missing_or_there_twice_is_refused() {
    String time = String.valueOf(TIME);
    assertThat(verify("webhook-timestamp", time, "webhook-signature", SIGNATURE)).isFalse();
    assertThat(verify("webhook-id", ID, "webhook-signature", SIGNATURE)).isFalse();
    assertThat(verify("webhook-id", ID, "webhook-timestamp", time)).isFalse();
    assertThat(
            verify(
                "webhook-id",
                ID,
                "webhook-id",
                "other",
                "webhook-timestamp",
                time,
                "webhook-signature",
                SIGNATURE))
        .isFalse();
    assertThat(
            verify(
                "webhook-id",
                ID,
                "webhook-timestamp",
                time,
                "webhook-timestamp",
                "1",
                "webhook-signature",
                SIGNATURE))
        .isFalse();
  }

  /** Somebody else has chosen how the body begins, and the time of another day is the id's now. */
  @Test
  void what_is_signed_cannot_be_split_elsewhere() {
    String now = String.valueOf(TIME);
    byte[] body = (now + ".{\"paid\":true}").getBytes(StandardCharsets.UTF_8);
    String signature =
        WebhookSignature.sign("msg_1", Instant.ofEpochSecond(1_000_000_000), body, List.of(SECRET));
    Headers headers =
        Headers.of(
            "webhook-id", "msg_1.1000000000",
            "webhook-timestamp", now,
            "webhook-signature", signature);
    byte[] rest = "{\"paid\":true}".getBytes(StandardCharsets.UTF_8);

    assertThat(WebhookSignature.verify(headers, rest, List.of(SECRET), TOLERANCE, CLOCK)).isFalse();
  }

  @Test
  void secrets_that_are_none_are_refused_without_being_shown() {
    assertThatThrownBy(() -> SigningKey.of("")).hasMessage("a secret is empty");
    assertThatThrownBy(() -> SigningKey.of("whsec_")).hasMessage("a secret is empty");
    assertThatThrownBy(() -> SigningKey.of("whsec_not~base64"))
        .hasMessage("a secret begins with whsec_ and goes on with no base64")
        .hasNoCause();
    assertThatThrownBy(() -> WebhookSignature.sign(ID, Instant.EPOCH, BODY, List.of()))
        .hasMessage("there is no secret to sign with");
    assertThatThrownBy(() -> WebhookSignature.sign("a.b", Instant.EPOCH, BODY, List.of(SECRET)))
        .hasMessage("an id has no dot: what is signed has dots between parts");
  }
}
