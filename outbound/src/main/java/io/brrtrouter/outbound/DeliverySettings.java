package io.brrtrouter.outbound;

import io.brrtrouter.outbound.address.HostRule;
import io.brrtrouter.outbound.address.PortRange;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.runtime.DeclaredSetting;
import io.brrtrouter.server.runtime.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The settings of deliveries: what they are called, and what they do. */
final class DeliverySettings {
  private static final String OFF = "off";
  private static final String BOOLEAN = "`true` or `false`";
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration TEN_YEARS = Duration.ofDays(3_650);

  static final List<DeclaredSetting> ALL =
      List.of(
          DeclaredSetting.text(
                  "outbound.database",
                  DeliveriesBuilder.FILE,
                  "The file, without its ending, in which deliveries are kept by H2 where the"
                      + " application gives no database; `:memory:` keeps them in memory.")
              .inTests(EmbeddedDatabase.MEMORY),
          DeclaredSetting.text(
                  "outbound.schema", "", "The schema of the tables; empty for the usual one.")
              .taking(
                  "a name of letters a to z, digits and `_`, or nothing",
                  text -> text.isEmpty() || Tables.PREFIX.matcher(text).matches()),
          DeclaredSetting.text(
                  "outbound.table_prefix",
                  DeliveriesBuilder.PREFIX,
                  "What the names of the tables begin with.")
              .taking(
                  "letters a to z, digits and `_`", text -> Tables.PREFIX.matcher(text).matches()),
          DeclaredSetting.text(
                  "outbound.secret",
                  "",
                  "Signs requests to receivers without a secret of their own: `whsec_` and base64,"
                      + " or any other text.")
              .taking("`whsec_` and base64, or any other text", DeliverySettings::isSecret)
              .asSecret(),
          DeclaredSetting.text(
              "outbound.secret_file",
              "",
              "A file with that secret, read each time; with a line for each while it rotates, the"
                  + " newest first."),
          DeclaredSetting.text(
                  "outbound.signatures",
                  "standard",
                  "How requests are signed: `standard` by Standard Webhooks, `hub` by"
                      + " X-Hub-Signature-256, `standard, hub` by both, `off` not at all.")
              .taking("`standard`, `hub`, both with a comma, or `off`", DeliverySettings::areKinds),
          DeclaredSetting.integer(
              "outbound.attempts",
              1,
              1_000,
              DeliveriesBuilder.ATTEMPTS,
              "After how many attempts a delivery is dead."),
          millis(
              "outbound.backoff_ms",
              SHORTEST,
              DAY,
              DeliveriesBuilder.FIRST_BACKOFF,
              "The longest time before the second attempt; doubles with each further one."),
          millis(
              "outbound.max_backoff_ms",
              SHORTEST,
              DAY,
              DeliveriesBuilder.MOST_BACKOFF,
              "The longest time before any attempt, but for Retry-After."),
          seconds(
              "outbound.max_retry_after_secs",
              DeliveriesBuilder.MOST_RETRY_AFTER,
              "The longest Retry-After that is kept to."),
          duration(
              "outbound.give_up_secs",
              ConfigType.seconds(Duration.ofSeconds(1), TEN_YEARS),
              DeliveriesBuilder.PATIENCE,
              "How long after it was taken a delivery is dead, however many attempts there were."),
          millis(
              "outbound.connect_timeout_ms",
              SHORTEST,
              TEN_MINUTES,
              DeliveriesBuilder.CONNECT,
              "How long it may take to look up a host, to connect, and to agree on keys, each."),
          millis(
              "outbound.response_timeout_ms",
              SHORTEST,
              TEN_MINUTES,
              DeliveriesBuilder.RESPONSE,
              "How long a receiver may say nothing."),
          millis(
              "outbound.timeout_ms",
              SHORTEST,
              TEN_MINUTES,
              DeliveriesBuilder.TOTAL,
              "How long an attempt may take in all."),
          DeclaredSetting.integer(
              "outbound.concurrency",
              1,
              10_000,
              DeliveriesBuilder.CONCURRENCY,
              "How many attempts an instance makes at once."),
          DeclaredSetting.integer(
              "outbound.receiver_concurrency",
              1,
              10_000,
              DeliveriesBuilder.RECEIVER_CONCURRENCY,
              "How many of them to one host and port."),
          DeclaredSetting.integer(
              "outbound.group_concurrency",
              0,
              10_000,
              0,
              "How many of them to names with the same last two labels, and to one address; 0 for"
                  + " a quarter, or `outbound.receiver_concurrency` where that is more."),
          millis(
              "outbound.poll_ms",
              Duration.ofMillis(10),
              TEN_MINUTES,
              DeliveriesBuilder.POLL,
              "How often an instance looks for what others have taken."),
          millis(
              "outbound.drain_ms",
              Duration.ZERO,
              TEN_MINUTES,
              DeliveriesBuilder.DRAIN,
              "How long closing waits for attempts under way."),
          seconds(
              "outbound.keep_delivered_secs",
              DeliveriesBuilder.KEEP_DELIVERED,
              "How long deliveries are kept that have arrived."),
          seconds(
              "outbound.keep_dead_secs",
              DeliveriesBuilder.KEEP_DEAD,
              "How long deliveries are kept that are dead."),
          DeclaredSetting.text(
                  "outbound.http", "false", "Whether URLs of http are sent to, unencrypted.")
              .taking(BOOLEAN, DeliverySettings::isBoolean),
          DeclaredSetting.text(
                  "outbound.ports", DeliveriesBuilder.PORTS, "Which ports are sent to.")
              .taking(
                  "ports and ranges of ports, with commas",
                  each(text -> PortRange.parse(text).isPresent())),
          DeclaredSetting.text(
                  "outbound.record_only",
                  "false",
                  "Whether requests are only written down, and never sent by anybody.")
              .taking(BOOLEAN, DeliverySettings::isBoolean)
              .inTests("true"),
          DeclaredSetting.text("outbound.allowed", "", "Receivers that need not be public hosts.")
              .taking(
                  "names, `*.` and ends of names, and ranges of addresses, with commas",
                  each(text -> HostRule.parse(text).isPresent())),
          DeclaredSetting.text(
                  "outbound.denied", "", "Hosts that are never sent to, public or allowed.")
              .taking(
                  "names, `*.` and ends of names, and ranges of addresses, with commas",
                  each(text -> HostRule.parse(text).isPresent())));

  private DeliverySettings() {}

  private static DeclaredSetting millis(
      String name, Duration least, Duration most, Duration fallback, String meaning) {
    return duration(name, ConfigType.millis(least, most), fallback, meaning);
  }

  private static DeclaredSetting seconds(String name, Duration fallback, String meaning) {
    return duration(name, ConfigType.seconds(Duration.ZERO, TEN_YEARS), fallback, meaning);
  }

  private static DeclaredSetting duration(
      String name, ConfigType<Duration> type, Duration fallback, String meaning) {
    return DeclaredSetting.text(name, type.render(fallback), meaning)
        .taking(type.description(), text -> type.parse(text) != null);
  }

  private static boolean isBoolean(String text) {
    return text.equals("true") || text.equals("false");
  }

  private static Predicate<String> each(Predicate<String> element) {
    return text -> elements(text).stream().allMatch(element);
  }

  private static List<String> elements(String text) {
    List<String> elements = new ArrayList<>();
    for (String element : text.split(",", -1)) {
      if (!element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  private static boolean isSecret(String text) {
    try {
      if (!text.isEmpty()) {
        SigningKey.of(text);
      }
      return true;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static boolean areKinds(String text) {
    return text.equals(OFF)
        || (!elements(text).isEmpty()
            && elements(text).stream()
                .allMatch(kind -> kind.equals("standard") || kind.equals("hub")));
  }

  /** {@return a builder as the settings say} */
  static DeliveriesBuilder read(Resources settings) {
    return Deliveries.builder()
        .file(settings.setting("outbound.database"))
        .tables(settings.setting("outbound.schema"), settings.setting("outbound.table_prefix"))
        .shared(shared(settings))
        .signatures(kinds(settings.setting("outbound.signatures")))
        .attempts(settings.integer("outbound.attempts"))
        .backoff(
            millis(settings, "outbound.backoff_ms"), millis(settings, "outbound.max_backoff_ms"))
        .retryAfter(seconds(settings, "outbound.max_retry_after_secs"))
        .giveUpAfter(seconds(settings, "outbound.give_up_secs"))
        .timeouts(
            millis(settings, "outbound.connect_timeout_ms"),
            millis(settings, "outbound.response_timeout_ms"),
            millis(settings, "outbound.timeout_ms"))
        .concurrency(
            settings.integer("outbound.concurrency"),
            settings.integer("outbound.receiver_concurrency"))
        .groupConcurrency(settings.integer("outbound.group_concurrency"))
        .poll(millis(settings, "outbound.poll_ms"))
        .drain(millis(settings, "outbound.drain_ms"))
        .keep(
            seconds(settings, "outbound.keep_delivered_secs"),
            seconds(settings, "outbound.keep_dead_secs"))
        .http(settings.setting("outbound.http").equals("true"))
        .recordOnly(settings.setting("outbound.record_only").equals("true"))
        .ports(settings.setting("outbound.ports"))
        .allow(settings.setting("outbound.allowed"))
        .deny(settings.setting("outbound.denied"));
  }

  private static SignatureKind[] kinds(String text) {
    return text.equals(OFF)
        ? new SignatureKind[0]
        : elements(text).stream()
            .map(kind -> SignatureKind.valueOf(kind.toUpperCase(Locale.ROOT)))
            .toArray(SignatureKind[]::new);
  }

  private static Duration millis(Resources settings, String name) {
    return parsed(settings, name, ConfigType.millis(Duration.ZERO, TEN_YEARS));
  }

  private static Duration seconds(Resources settings, String name) {
    return parsed(settings, name, ConfigType.seconds(Duration.ZERO, TEN_YEARS));
  }

  private static Duration parsed(Resources settings, String name, ConfigType<Duration> type) {
    Duration value = type.parse(settings.setting(name));
    if (value == null) {
      throw new IllegalStateException(name + " is no duration");
    }
    return value;
  }

  private static SignedRequests.SharedSecrets shared(Resources settings) {
    String file = settings.setting("outbound.secret_file");
    String secret = settings.setting("outbound.secret");
    if (file.isEmpty()) {
      List<String> secrets = secret.isEmpty() ? List.of() : List.of(secret);
      return () -> secrets;
    }
    if (!secret.isEmpty()) {
      throw new IllegalStateException(
          "outbound.secret and outbound.secret_file are both set; take one of them");
    }
    return () -> lines(Path.of(file));
  }

  private static List<String> lines(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException missing) {
      throw new IOException(
          "there is no file " + file.toAbsolutePath() + " (outbound.secret_file)", missing);
    }
    List<String> secrets = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (secrets.isEmpty()) {
      throw new IOException("the file of outbound.secret_file is empty");
    }
    return secrets;
  }
}
