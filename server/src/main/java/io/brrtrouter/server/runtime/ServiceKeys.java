package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.service.ServiceSources;
import java.util.List;

/** The settings about other services that answer operations. */
final class ServiceKeys {
  /** Found once: which settings there are does not change while the process lives. */
  static final ServiceSources SOURCES = ServiceSources.installed();

  static final List<ConfigKey<?>> ALL = SOURCES.keys();

  private ServiceKeys() {}
}
