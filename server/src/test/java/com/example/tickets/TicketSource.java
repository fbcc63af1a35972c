package com.example.tickets;

import static io.brrtrouter.server.config.ConfigType.integer;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies API keys that are tickets: with a number on them, and a stamp. */
public final class TicketSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("tickets");
  private static final ConfigKey<Integer> LAST =
      KEYS.key("last", integer(0, 9_999), 0, "The last ticket that was sold.")
          .alsoCalled("maximum");
  private static final ConfigKey<Optional<String>> STAMP =
      KEYS.secret("stamp", "What tickets end in.");
  private static final ConfigKey<List<String>> SCOPES =
      KEYS.scopes("guests.<name>.scopes", "What a guest may.");

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(LAST, STAMP, SCOPES);
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    List<Finding> mistakes = new ArrayList<>();
    if (settings.get(LAST) == 0) {
      mistakes.add(settings.at(LAST).mistake("is 0, so nobody has a ticket", "sell some"));
    }
    if (settings.get(STAMP).isEmpty()) {
      mistakes.add(settings.at(STAMP).mistake("is missing", "set it to what tickets end in"));
    }
    if (!mistakes.isEmpty()) {
      throw new UnusableSettingsException(mistakes);
    }
    String stamp = settings.get(STAMP).orElseThrow();
    return (credential, _) ->
        credential instanceof Credential.ApiKey(String ticket) && ticket.endsWith(stamp)
            ? Verification.accepted("guest", settings.get(SCOPES, "guest"))
            : Verification.refused("the ticket has no stamp");
  }
}
