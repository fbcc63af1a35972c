package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;
import java.time.Duration;

/**
 * How credentials are dealt with, whoever verifies them.
 *
 * @param development whether schemes that nothing else verifies accept credentials for development
 * @param lenient whether a credential that is not good is ignored where anybody is let in
 * @param reload how often files with secrets are read again
 */
public record SecuritySettings(boolean development, boolean lenient, Duration reload) {

  static SecuritySettings of(ConfigValues values) {
    return new SecuritySettings(
        values.get(SecurityKeys.DEVELOPMENT),
        values.get(SecurityKeys.INVALID_CREDENTIALS).equals("ignore"),
        values.get(SecurityKeys.RELOAD));
  }
}
