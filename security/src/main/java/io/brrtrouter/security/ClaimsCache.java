package io.brrtrouter.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.brrtrouter.security.jose.VerificationKey;
import io.brrtrouter.security.keys.Keys;
import io.brrtrouter.server.auth.Verification.Accepted;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tokens said that were verified before. It holds no token, only its digest; an entry is good
 * while its token is, and as long as the key of its token is among the keys.
 */
final class ClaimsCache {
  private final Cache<Digest, Entry> entries;

  ClaimsCache(int size) {
    // Its upkeep is a few steps, done by who comes by: no threads of its own, and none to end.
    this.entries = Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
  }

  /**
   * What a token said.
   *
   * @param accepted that
   * @param lifetime when it is good
   * @param key the key it was verified with
   * @param issuer whose key this was, as metadata said; null if nothing said
   */
  record Entry(
      Accepted accepted,
      ClaimRules.Lifetime lifetime,
      VerificationKey key,
      @Nullable String issuer) {
    boolean isGood(Keys current, long now) {
      return lifetime.has(now)
          && current.set().contains(key)
          && Objects.equals(issuer, current.issuer());
    }
  }

  /** {@return what a token said, null if it is not known, expired, or its key is gone} */
  @Nullable Accepted find(Digest digest, Keys current, long now) {
    Entry entry = entries.getIfPresent(digest);
    if (entry == null) {
      return null;
    }
    if (entry.isGood(current, now)) {
      return entry.accepted;
    }
    entries.invalidate(digest);
    return null;
  }

  void put(Digest digest, Entry entry) {
    entries.put(digest, entry);
  }
}
