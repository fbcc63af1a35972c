package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes providers of {@code security.introspection}: tokens about which somebody else is asked. The
 * server finds it by itself.
 */
public final class IntrospectionSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("introspection");

  private static final ConfigKey<Optional<URI>> URL =
      KEYS.url(
              "introspection_url",
              "Who is asked about tokens (OAuth 2.0 Token Introspection, RFC 7662): `https`, or `http`"
                  + " to this machine.")
          .alsoCalled("url", "endpoint", "introspection_endpoint", "introspect_url");
  private static final ConfigKey<Optional<String>> CLIENT_ID =
      KEYS.word("client_id", "The name that this server has there.").alsoCalled("client", "id");
  private static final ConfigKey<Optional<String>> CLIENT_SECRET =
      KEYS.secret("client_secret", "The secret that goes with it.")
          .alsoCalled("secret", "client_password");
  private static final ConfigKey<Optional<String>> CLIENT_SECRET_FILE =
      KEYS.file("client_secret_file", "A file with that secret, read again when it changes.")
          .alsoCalled("secret_file");
  private static final ConfigKey<Optional<String>> ISS =
      KEYS.word("iss", "The issuer that a token must be said to be of, if that matters.")
          .alsoCalled("issuer", "issuer_url");
  private static final ConfigKey<List<String>> AUD =
      KEYS.words(
              "aud",
              List.of(),
              "Names of this service, one of which a token must be said to be for.")
          .alsoCalled("audience", "audiences");
  private static final ConfigKey<Boolean> ANY_AUDIENCE =
      KEYS.flag(
          "any_audience",
          "Accept tokens whoever they are for: also those made for other services, which can use"
              + " them here then.");
  private static final ConfigKey<List<String>> SCOPE_CLAIMS =
      KEYS.words(
              "scope_claims",
              List.of("scope", "scp", "scopes"),
              "Members of the answer that grant scopes or roles, all together.")
          .alsoCalled("scope_claim", "scopes", "roles");
  private static final ConfigKey<String> SUBJECT_CLAIM =
      KEYS.key(
              "subject_claim",
              text("member, or path", value -> !value.isBlank()),
              "sub",
              "The member of the answer that says who it is.")
          .alsoCalled("subject", "sub");
  private static final ConfigKey<Duration> LEEWAY =
      Leeway.key(
          KEYS,
          "By how much clocks may differ, where the answer says when a token begins or ends.");
  private static final AskingKeys ASKING = AskingKeys.in(KEYS, "token");
  private static final ConfigKey<Optional<String>> COOKIE_NAME =
      KEYS.word(
              "cookie_name", "A cookie that the token may be in where there is no `Authorization`.")
          .alsoCalled("cookie");

  private static final List<ConfigKey<?>> ALL =
      Stream.of(
              List.of(URL, CLIENT_ID, CLIENT_SECRET, CLIENT_SECRET_FILE, ISS, AUD, ANY_AUDIENCE),
              List.of(SCOPE_CLAIMS, SUBJECT_CLAIM, LEEWAY),
              ASKING.all(),
              List.of(COOKIE_NAME))
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  /** For {@link java.util.ServiceLoader}. */
  public IntrospectionSource() {}

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return ALL;
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    Attempts attempts =
        Attempts.at(settings, ALL, settings.scheme().takesBearerToken(), "no bearer token");
    IntrospectionProviderBuilder builder = IntrospectionProvider.builder().scheme(settings.name());
    settings.get(URL).ifPresent(url -> attempts.call(() -> builder.introspectionUrl(url)));
    client(settings, builder, attempts);
    tokens(settings, builder, attempts);
    ASKING.set(settings, builder.asking(), attempts);
    return attempts.provider(builder::mistakes, builder::build);
  }

  private static void client(
      SchemeSettings settings, IntrospectionProviderBuilder builder, Attempts attempts) {
    settings.get(CLIENT_ID).ifPresent(id -> attempts.call(() -> builder.clientId(id)));
    settings.get(CLIENT_SECRET).ifPresent(each -> attempts.call(() -> builder.clientSecret(each)));
    settings
        .get(CLIENT_SECRET_FILE)
        .ifPresent(file ->
            attempts.read(
                CLIENT_SECRET_FILE,
                "name a file with the secret",
                () -> builder.clientSecretFile(Path.of(file))));
  }

  private static void tokens(
      SchemeSettings settings, IntrospectionProviderBuilder builder, Attempts attempts) {
    settings.get(ISS).ifPresent(issuer -> attempts.call(() -> builder.issuer(issuer)));
    settings.get(AUD).forEach(audience -> attempts.call(() -> builder.audience(audience)));
    if (settings.get(ANY_AUDIENCE)) {
      builder.anyAudience();
    }
    attempts.call(() -> builder.subjectClaim(settings.get(SUBJECT_CLAIM)));
    attempts.call(() -> builder.scopeClaims(settings.get(SCOPE_CLAIMS).toArray(String[]::new)));
    builder.leeway(settings.get(LEEWAY));
    settings.get(COOKIE_NAME).ifPresent(name -> attempts.call(() -> builder.cookieName(name)));
  }
}
