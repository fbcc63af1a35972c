package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.text;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings about API keys that somebody else verifies, for each {@code apiKey} scheme. */
final class RemoteApiKeyKeys {
  static final SchemeKeys SECTION = new SchemeKeys("security.remote_api_keys");

  static final ConfigKey<Optional<URI>> URL =
      SECTION.url(
          "verify_url",
          "Who is asked about API keys, with a GET: 2xx means good, and may say who it is in JSON"
              + " (`subject`, `scopes`); 401, 403 and 404 mean bad. `https`, or `http` to this"
              + " machine.");
  static final ConfigKey<String> HEADER_NAME =
      new ConfigKey<>(
          SECTION.name("header_name"),
          text("name of a header field", value -> !value.isBlank()),
          "X-API-Key",
          "The header field that the key is sent there in.");
  static final AskingKeys ASKING = AskingKeys.in(SECTION, "key");

  static final List<ConfigKey<?>> ALL =
      Stream.of(List.<ConfigKey<?>>of(URL, HEADER_NAME), ASKING.all())
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private RemoteApiKeyKeys() {}

  static RemoteApiKeySettings of(ConfigValues values, String scheme) {
    return new RemoteApiKeySettings(
        values.get(URL.of(scheme)), values.get(HEADER_NAME.of(scheme)), ASKING.of(values, scheme));
  }
}
