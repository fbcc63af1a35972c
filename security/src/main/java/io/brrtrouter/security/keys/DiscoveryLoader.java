package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.jose.KeyUse;
import io.brrtrouter.security.jose.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads the key set that metadata names: of OpenID Connect Discovery 1.0 section 4, or of an
 * authorization server (RFC 8414 section 3). Metadata of a public address may not name a key set at
 * a private one.
 */
public final class DiscoveryLoader implements KeyLoader {
  private static final String OPENID = "/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server";

  /**
   * Who metadata may be of: OpenID Connect drops a slash at the end of an issuer before it makes
   * the URL, so that the URL has two issuers.
   *
   * @param exact the issuer
   * @param orWithSlash whether it may have a slash at its end too
   */
  public record ExpectedIssuer(String exact, boolean orWithSlash) {
    boolean is(String issuer) {
      return issuer.equals(exact) || (orWithSlash && issuer.equals(exact + "/"));
    }
  }

  private final URI url;
  private final ExpectedIssuer issuer;
  private final JoseLimits limits;
  private final Fetch fetch;
  private final Referrer referrer;

  /**
   * Makes one.
   *
   * @param url where the metadata is
   * @param issuer whose it must be
   * @param limits bounds on the set
   * @param fetch how both are fetched; closed with this loader
   */
  public DiscoveryLoader(URI url, ExpectedIssuer issuer, JoseLimits limits, Fetch fetch) {
    this(url, issuer, limits, fetch, InetAddress::getAllByName);
  }

  DiscoveryLoader(
      URI url, ExpectedIssuer issuer, JoseLimits limits, Fetch fetch, Referrer.Resolver resolver) {
    this.url = url;
    this.issuer = issuer;
    this.limits = limits;
    this.fetch = fetch;
    this.referrer = new Referrer(url, resolver);
  }

  /**
   * {@return the issuer that a URL of metadata is made of, null if it is not made of one}
   *
   * @param url the URL
   */
  public static @Nullable ExpectedIssuer issuerOf(URI url) {
    String text = url.toString();
    if (text.endsWith(OPENID)) {
      return new ExpectedIssuer(text.substring(0, text.length() - OPENID.length()), true);
    }
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    if (url.getRawQuery() != null || !path.startsWith(OAUTH)) {
      return null;
    }
    String rest = path.substring(OAUTH.length());
    return rest.isEmpty() || rest.startsWith("/")
        ? new ExpectedIssuer(
            text.substring(0, text.length() - path.length()) + rest, rest.isEmpty())
        : null;
  }

  @Override
  public Keys load(@Nullable Keys previous)
      throws IOException, InvalidKeySetException, InterruptedException {
    boolean inside = referrer.isInside();
    ObjectNode metadata = StrictJson.object(fetch.get(url));
    if (metadata == null) {
      throw new IOException("it is not a JSON object with unique names");
    }
    String stated = StrictJson.text(metadata, "issuer");
    if (stated == null || !issuer.is(stated)) {
      throw new IOException("its \"issuer\" is not " + issuer.exact());
    }
    String set = StrictJson.text(metadata, "jwks_uri");
    if (set == null) {
      throw new IOException("it has no \"jwks_uri\"");
    }
    URI keys = Destination.referred(url, set);
    referrer.judge(keys, inside);
    byte[] octets = fetch.get(keys);
    referrer.judge(keys, inside);
    return UrlLoader.keys(octets, KeyUse.SIGNATURE, limits, stated, previous);
  }

  @Override
  public String origin() {
    return Destination.shown(url);
  }

  @Override
  public void close() {
    fetch.close();
  }
}
