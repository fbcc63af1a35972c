package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.parsed;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.limit.ForwardedField;
import io.brrtrouter.server.limit.IpRange;
import io.brrtrouter.server.limit.TrustedProxies;
import java.util.List;

/** The settings about proxies before the server. */
final class ProxyKeys {
  static final ConfigKey<List<IpRange>> TRUSTED =
      new ConfigKey<>(
          "http.trusted_proxies",
          list(parsed("IP address, or range such as `10.0.0.0/8`", IpRange::parse)),
          List.of(),
          "Proxies that are believed when they say whom they forward a request for; nobody is, unless"
              + " set. Name those only through which all requests from them come.");
  static final ConfigKey<ForwardedField> HEADER =
      new ConfigKey<>(
          "http.forwarded_header",
          parsed("`x-forwarded-for` or `forwarded`", ForwardedField::parse),
          TrustedProxies.NONE.field(),
          "Where trusted proxies say it: the usual field or the one of RFC 7239. The other one is"
              + " ignored, since a proxy may hand it on as the client wrote it.");

  private ProxyKeys() {}
}
