package io.brrtrouter.security;

import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes providers of {@code security.remote_api_keys}: API keys about which somebody else is asked.
 * The server finds it by itself.
 */
public final class RemoteApiKeySource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("remote_api_keys");

  private static final ConfigKey<Optional<URI>> URL =
      KEYS.url(
              "verify_url",
              "Who is asked about API keys, with a GET: 204, or 200 without a body or with a JSON"
                  + " object that has `valid`, `active`, `subject` or `scopes`, means good, and the"
                  + " object may say who it is (`subject`, `scopes`); 401 and 403, and an object with"
                  + " `valid` or `active` false, mean bad; anything else, 404 too, means nothing, and"
                  + " the request gets a 503. `https`, or `http` to this machine.")
          .alsoCalled("url", "endpoint", "verification_url", "verify_uri");
  private static final ConfigKey<String> HEADER_NAME =
      KEYS.key(
              "header_name",
              text("name of a header field", value -> !value.isBlank()),
              "X-API-Key",
              "The header field that the key is sent there in.")
          .alsoCalled("header", "name");
  private static final AskingKeys ASKING = AskingKeys.in(KEYS, "key");

  private static final List<ConfigKey<?>> ALL =
      Stream.of(List.<ConfigKey<?>>of(URL, HEADER_NAME), ASKING.all())
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  /** For {@link java.util.ServiceLoader}. */
  public RemoteApiKeySource() {}

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
        Attempts.at(settings, ALL, settings.scheme().type().equals("apiKey"), "no API key");
    RemoteApiKeyProviderBuilder builder = RemoteApiKeyProvider.builder();
    settings.get(URL).ifPresent(url -> attempts.call(() -> builder.verifyUrl(url)));
    attempts.call(() -> builder.headerName(settings.get(HEADER_NAME)));
    ASKING.set(settings, builder.asking(), attempts);
    return attempts.provider(builder::mistakes, builder::build);
  }
}
