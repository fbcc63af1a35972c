package io.brrtrouter.server.runtime;

import java.net.URI;
import java.util.Optional;

/**
 * Who is asked about the API keys of a scheme, as configured; {@code docs/configuration.md}
 * explains each.
 *
 * @param url who is asked
 * @param headerName the field that the key is sent in
 * @param asking how it is asked
 */
public record RemoteApiKeySettings(Optional<URI> url, String headerName, AskingSettings asking) {}
