package io.brrtrouter.security.keys;

import io.brrtrouter.security.jose.InvalidKeySetException;
import io.brrtrouter.security.jose.JoseLimits;
import io.brrtrouter.security.jose.KeySet;
import io.brrtrouter.security.jose.KeyUse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Loads the key set of a URL.
 *
 * @param url where it is
 * @param use what its keys are for
 * @param limits bounds on the set
 * @param fetch how it is fetched; closed with this loader
 */
public record UrlLoader(URI url, KeyUse use, JoseLimits limits, Fetch fetch) implements KeyLoader {

  @Override
  public Keys load(@Nullable Keys previous)
      throws IOException, InvalidKeySetException, InterruptedException {
    return keys(fetch.get(url), use, limits, null, previous);
  }

  /** {@return what octets say, the previous keys where they say the same} */
  static Keys keys(
      byte[] octets,
      KeyUse use,
      JoseLimits limits,
      @Nullable String issuer,
      @Nullable Keys previous)
      throws InvalidKeySetException {
    String source = new String(octets, StandardCharsets.ISO_8859_1);
    return previous != null
            && previous.source().equals(source)
            && Objects.equals(previous.issuer(), issuer)
        ? previous
        : new Keys(KeySet.parse(octets, use, limits), issuer, source);
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
