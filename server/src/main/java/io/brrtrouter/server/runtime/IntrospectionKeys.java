package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.runtime.ConfigType.text;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings about token introspection, for each scheme that takes a bearer token. */
final class IntrospectionKeys {
  static final SchemeKeys SECTION = new SchemeKeys("security.introspection");

  static final ConfigKey<Optional<URI>> URL =
      SECTION.url(
          "introspection_url",
          "Who is asked about tokens (OAuth 2.0 Token Introspection, RFC 7662): `https`, or `http`"
              + " to this machine.");
  static final ConfigKey<Optional<String>> CLIENT_ID =
      SECTION.word("client_id", "The name that this server has there.");
  static final ConfigKey<Optional<String>> CLIENT_SECRET =
      SECTION.secret("client_secret", "The secret that goes with it.");
  static final ConfigKey<Optional<String>> CLIENT_SECRET_FILE =
      SECTION.file("client_secret_file", "A file with that secret, read again when it changes.");
  static final ConfigKey<Optional<String>> ISS =
      SECTION.word("iss", "The issuer that a token must be said to be of, if that matters.");
  static final ConfigKey<List<String>> AUD =
      SECTION.words(
          "aud", List.of(), "Names of this service, one of which a token must be said to be for.");
  static final ConfigKey<Boolean> ANY_AUDIENCE =
      SECTION.flag(
          "any_audience",
          "Accept tokens whoever they are for: also those made for other services, which can use"
              + " them here then.");
  static final ConfigKey<List<String>> SCOPE_CLAIMS =
      SECTION.words(
          "scope_claims",
          List.of("scope", "scp", "scopes"),
          "Members of the answer that grant scopes or roles, all together.");
  static final ConfigKey<String> SUBJECT_CLAIM =
      new ConfigKey<>(
          SECTION.name("subject_claim"),
          text("member, or path", value -> !value.isBlank()),
          "sub",
          "The member of the answer that says who it is.");
  static final AskingKeys ASKING = AskingKeys.in(SECTION, "token");
  static final ConfigKey<Optional<String>> COOKIE_NAME =
      SECTION.word(
          "cookie_name", "A cookie that the token may be in where there is no `Authorization`.");

  static final List<ConfigKey<?>> ALL =
      Stream.of(
              List.of(URL, CLIENT_ID, CLIENT_SECRET, CLIENT_SECRET_FILE, ISS, AUD, ANY_AUDIENCE),
              List.of(SCOPE_CLAIMS, SUBJECT_CLAIM),
              ASKING.all(),
              List.of(COOKIE_NAME))
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private IntrospectionKeys() {}

  static IntrospectionSettings of(ConfigValues values, String scheme) {
    return new IntrospectionSettings(
        values.get(URL.of(scheme)),
        new IntrospectionSettings.Client(
            values.get(CLIENT_ID.of(scheme)),
            values.get(CLIENT_SECRET.of(scheme)),
            values.get(CLIENT_SECRET_FILE.of(scheme)).map(Path::of)),
        new IntrospectionSettings.Tokens(
            values.get(ISS.of(scheme)),
            values.get(AUD.of(scheme)),
            values.get(ANY_AUDIENCE.of(scheme)),
            values.get(SCOPE_CLAIMS.of(scheme)),
            values.get(SUBJECT_CLAIM.of(scheme))),
        ASKING.of(values, scheme),
        values.get(COOKIE_NAME.of(scheme)));
  }
}
