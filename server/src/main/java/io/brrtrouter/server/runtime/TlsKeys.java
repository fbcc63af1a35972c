package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.file;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.parsed;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.tls.ClientAuth;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsException;
import io.brrtrouter.server.tls.TlsProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of TLS. */
final class TlsKeys {
  /** The oldest version that RFC 8996 leaves, and the one after it. */
  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  static final ConfigKey<Optional<Path>> CERTIFICATE =
      new ConfigKey<>(
          "tls.certificate_file",
          file(),
          Optional.empty(),
          "The server's certificate in PEM, followed by those it was issued by. With it the port"
              + " speaks TLS only. Certificate, key and authorities are read again while the server"
              + " runs, see `tls.reload_secs`.");
  static final ConfigKey<Optional<Path>> KEY =
      new ConfigKey<>(
          "tls.key_file",
          file(),
          Optional.empty(),
          "The private key of the certificate, PKCS #8 in PEM.");
  static final ConfigKey<Optional<Path>> KEY_PASSWORD =
      new ConfigKey<>(
          "tls.key_password_file",
          file(),
          Optional.empty(),
          "A file whose first line is the password of an encrypted key.");
  static final ConfigKey<ClientAuth> CLIENT_AUTH =
      new ConfigKey<>(
          "tls.client_auth",
          parsed("`none`, `want`, `need`", TlsKeys::clientAuth)
              .renderedBy(auth -> auth.name().toLowerCase(Locale.ROOT)),
          ClientAuth.NONE,
          "Whether clients are asked for a certificate: not; they are, and may have none; they are,"
              + " and are turned away without one. One that nobody trusted has issued, or that is"
              + " out of date, ends the handshake in either case.");
  static final ConfigKey<Optional<Path>> CLIENT_CA =
      new ConfigKey<>(
          "tls.client_ca_file",
          file(),
          Optional.empty(),
          "Certificates in PEM of those whose clients are trusted. Nobody else is.");
  static final ConfigKey<List<String>> PROTOCOLS =
      new ConfigKey<>(
          "tls.protocols",
          list(text("`TLSv1.3` or `TLSv1.2`", VERSIONS::contains)),
          VERSIONS,
          "The versions of TLS that are spoken.");
  static final ConfigKey<Duration> RELOAD =
      new ConfigKey<>(
          "tls.reload_secs",
          seconds(Duration.ofMillis(10), Duration.ofHours(24)),
          Duration.ofSeconds(10),
          "How often is looked whether a file of TLS has other content. New connections get what is"
              + " in it then; files that cannot be used are logged, and those before stay in use.");

  static final List<ConfigKey<?>> ALL =
      List.of(CERTIFICATE, KEY, KEY_PASSWORD, CLIENT_AUTH, CLIENT_CA, PROTOCOLS, RELOAD);

  /** What does nothing without a certificate. */
  private static final List<ConfigKey<?>> FURTHER =
      List.of(KEY, KEY_PASSWORD, CLIENT_AUTH, CLIENT_CA);

  private TlsKeys() {}

  private static Optional<ClientAuth> clientAuth(String text) {
    return switch (text) {
      case "none" -> Optional.of(ClientAuth.NONE);
      case "want" -> Optional.of(ClientAuth.WANT);
      case "need" -> Optional.of(ClientAuth.NEED);
      default -> Optional.empty();
    };
  }

  /** {@return TLS as configured, none without a certificate} */
  static Optional<TlsConfig> read(ConfigValues values) {
    return values
        .get(CERTIFICATE)
        .map(certificate ->
            new TlsConfig(
                certificate,
                values.get(KEY).orElseThrow(),
                values.get(KEY_PASSWORD),
                values.get(CLIENT_AUTH),
                values.get(CLIENT_CA),
                values.get(PROTOCOLS),
                values.get(RELOAD)));
  }

  /** {@return settings that are right by themselves but not together} */
  static List<Finding> contradictions(ConfigValues values) {
    List<Finding> findings = new ArrayList<>();
    if (values.get(CERTIFICATE).isEmpty()) {
      for (ConfigKey<?> key : FURTHER) {
        if (!key.fallback().equals(values.get(key))) {
          findings.add(
              contradiction(
                  values, key, "does nothing without tls.certificate_file", "set that too"));
        }
      }
      return findings;
    }
    if (values.get(KEY).isEmpty()) {
      findings.add(
          contradiction(values, CERTIFICATE, "is of no use without its key", "set tls.key_file"));
    }
    boolean asks = values.get(CLIENT_AUTH) != ClientAuth.NONE;
    if (asks && values.get(CLIENT_CA).isEmpty()) {
      findings.add(
          contradiction(
              values, CLIENT_AUTH, "would trust no client at all", "set tls.client_ca_file"));
    }
    if (!asks && values.get(CLIENT_CA).isPresent()) {
      findings.add(
          contradiction(
              values,
              CLIENT_CA,
              "does nothing while no client is asked for a certificate",
              "set tls.client_auth to want or need"));
    }
    if (values.get(PROTOCOLS).isEmpty()) {
      findings.add(
          contradiction(
              values, PROTOCOLS, "leaves no version to speak", "name TLSv1.3, TLSv1.2 or both"));
    }
    return findings;
  }

  private static Finding contradiction(
      ConfigValues values, ConfigKey<?> key, String message, String fix) {
    return Contradictions.of(values, key, message, fix);
  }

  /** {@return why files cannot be used, each at the setting that names the file} */
  static List<Finding> findings(ConfigValues values, TlsException refused) {
    return refused.problems().stream()
        .map(problem -> finding(values, problem, Severity.ERROR))
        .toList();
  }

  /** {@return what a file has, at the setting that names the file} */
  static Finding finding(ConfigValues values, TlsProblem problem, Severity severity) {
    ConfigKey<?> key =
        switch (problem.part()) {
          case CERTIFICATE -> CERTIFICATE;
          case KEY -> KEY;
          case KEY_PASSWORD -> KEY_PASSWORD;
          case CLIENT_AUTHORITIES -> CLIENT_CA;
        };
    return new Finding(
        "config-tls",
        severity,
        new SourceLocation(values.source(key), 0, 0),
        key.name() + ": " + problem.message(),
        problem.fix());
  }
}
