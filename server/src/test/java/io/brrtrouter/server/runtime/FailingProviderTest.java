package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.Exchange;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Next;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What users write may fail in every way, on event loops too: the client gets a 500, over sockets.
 */
class FailingProviderTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Failing, version: "1"}
      paths:
        /a:
          get:
            operationId: a
            security: [{key: []}, {other: []}]
            responses: {"200": {description: ok}}
        /open:
          get: {operationId: open, responses: {"200": {description: ok}}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          other: {type: apiKey, in: header, name: X-Other}
      """;

  private static final Pattern REQUEST_ID = Pattern.compile("X-Request-ID: (\\S+)");

  /** Does what the key says. */
  private static final class Failing implements SecurityProvider {
    @Override
    public Verification verify(Credential credential, HttpRequest request) throws Exception {
      return verification(((Credential.ApiKey) credential).value());
    }

    @Override
    public Verification verifyOnLoop(Credential credential, HttpRequest request) {
      String key = ((Credential.ApiKey) credential).value();
      return key.startsWith("thread ")
          ? Verification.NEEDS_THREAD
          : FailingProviderTest.<RuntimeException>verification(key);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  private static <T extends Exception> Verification verification(String key) throws T {
    switch (key.replace("thread ", "")) {
      case "overflow" -> throw new StackOverflowError("thrown by a test");
      case "assertion" -> throw new AssertionError("thrown by a test");
      case "class" -> throw new NoClassDefFoundError("thrown by a test");
      case "memory" -> throw new OutOfMemoryError("thrown by a test");
      case "exception" -> throw new IllegalStateException("thrown by a test");
      case "interruption" -> throw (T) new InterruptedException("thrown by a test");
      case "interrupt" -> Thread.currentThread().interrupt();
      case "nobody" -> {
        return Verification.accepted(null);
      }
      case "no reason" -> {
        return Verification.refused(null);
      }
      case "long reason" -> {
        return Verification.refused("x".repeat(2_000_000));
      }
      default -> {}
    }
    return Verification.accepted("ann");
  }

  private static void fail(HttpRequest request) {
    if (request.headers().contains("X-Fail")) {
      throw new AssertionError("thrown by a test");
    }
  }

  private static final class QuickFilter implements Filter {
    @Override
    public HttpResponse filter(Exchange exchange, Next next) throws Exception {
      fail(exchange.head());
      return next.proceed(exchange);
    }

    @Override
    public boolean neverBlocks() {
      return true;
    }
  }

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .port(0)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .security("key", new Failing())
          .security("other", new Failing())
          .handler("a", request -> HttpResponse.text(200, "ok"))
          .handler("open", Handler.neverBlocking(request -> HttpResponse.text(200, "ok")))
          .filter(new QuickFilter())
          .start();

  @AfterEach
  void stop() {
    server.close();
  }

  private String get(String path, String... fields) throws IOException {
    String[] lines = new String[2 + fields.length];
    lines[0] = "GET " + path + " HTTP/1.1";
    lines[1] = "Host: localhost";
    System.arraycopy(fields, 0, lines, 2, fields.length);
    return Wire.ask(server.port(), lines);
  }

  @ParameterizedTest
  @CsvSource({
    "overflow",
    "assertion",
    "class",
    "memory",
    "exception",
    "interruption",
    "thread overflow",
    "thread assertion",
    "thread class",
    "thread exception",
  })
  void is_answered_with_500_and_logged_with_the_request(String key) throws Exception {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.failures")) {
      String answer = get("/a", "X-Key: " + key);

      assertThat(Wire.status(answer)).isEqualTo(500);
      Matcher id = REQUEST_ID.matcher(answer);
      assertThat(id.find()).isTrue();
      assertThat(log.next(id.group(1)).getFormattedMessage())
          .isEqualTo(
              "request " + id.group(1) + ": GET /a could not be judged, so it is not let in");
      assertThat(log.next(id.group(1)).getThrowableProxy().getMessage())
          .isEqualTo("the provider of security scheme key failed");
    }
    assertThat(Wire.status(get("/a", "X-Key: good"))).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"nobody", "no reason", "thread nobody", "thread no reason"})
  void that_says_nothing_is_one(String key) throws Exception {
    assertThat(Wire.status(get("/a", "X-Key: " + key))).isEqualTo(500);
  }

  @Test
  void that_says_much_is_not_repeated_to_its_end() throws Exception {
    String answer = get("/a", "X-Key: long reason");

    assertThat(Wire.status(answer)).isEqualTo(401);
    assertThat(answer)
        .contains(
            "the credential of security scheme key is refused: ".substring(1)
                + "x".repeat(Verification.MOST_REASON - 3)
                + "...;");
    assertThat(answer).hasSizeLessThan(2_000);
  }

  @Test
  void that_has_no_name_is_described_by_where_it_is() {
    SecurityProvider lambda = (_, _) -> Verification.accepted("ann");
    SecurityProvider anonymous =
        new SecurityProvider() {
          @Override
          public Verification verify(Credential credential, HttpRequest request) {
            return Verification.accepted("ann");
          }
        };

    assertThat(new Failing().description()).isEqualTo("Failing");
    assertThat(lambda.description())
        .isEqualTo(anonymous.description())
        .isEqualTo("code in io.brrtrouter.server.runtime.FailingProviderTest");
  }

  /** What fails behind it failed by itself, and is no sign that the client has left. */
  @Test
  void that_interrupts_an_event_loop_does_not_reach_others() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(Wire.status(get("/a", "X-Key: interrupt"))).isEqualTo(200);
      assertThat(Wire.status(get("/a", "X-Key: interruption"))).isEqualTo(500);
      assertThat(Wire.status(get("/a", "X-Key: exception"))).isEqualTo(500);
    }
  }

  @Test
  void of_another_kind_filters_that_never_block_are_too() throws Exception {
    assertThat(Wire.status(get("/open", "X-Fail: yes"))).isEqualTo(500);
    assertThat(Wire.status(get("/open"))).isEqualTo(200);
  }
}
