package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.parsed;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.http.ForwardedField;
import io.brrtrouter.server.http.IpRange;
import io.brrtrouter.server.http.TrustedProxies;
import java.util.List;

/** The settings about proxies before the server. */
final class ProxyKeys {
  /** Where proxies are that are believed. */
  static final ConfigType<IpRange> PROXIES =
      parsed(
          "IP address, or range such as `10.0.0.0/8`, which may not be wider than /8, of IPv6 /16,"
              + " because whoever is in it may say that he is anybody (where all that comes is from"
              + " proxies, name their network; of IPv6 also `fc00::/7`)",
          IpRange::parseOfProxies);

  static final ConfigKey<List<IpRange>> TRUSTED =
      new ConfigKey<>(
          "http.trusted_proxies",
          list(PROXIES),
          List.of(),
          "Proxies that are believed when they say whom they forward a request for, and which host it"
              + " was sent to; nobody is, unless set. Name those only through which all requests from"
              + " them come.");
  static final ConfigKey<ForwardedField> HEADER =
      new ConfigKey<>(
          "http.forwarded_header",
          parsed("`x-forwarded-for` or `forwarded`", ForwardedField::parse),
          TrustedProxies.NONE.field(),
          "Where trusted proxies say it: the usual field, with `X-Forwarded-Host` and"
              + " `X-Forwarded-Proto`, or the one of RFC 7239. The other one is"
              + " ignored, since a proxy may hand it on as the client wrote it.");

  private ProxyKeys() {}
}
