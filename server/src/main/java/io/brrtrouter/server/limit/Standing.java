package io.brrtrouter.server.limit;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;

/**
 * Where a client stands after one more request. Told to clients as
 * draft-ietf-httpapi-ratelimit-headers-10 has it.
 *
 * @param quota how much it may ask for
 * @param admitted whether this request was within that
 * @param remaining how many more are at once
 * @param nanos after how many nanoseconds there is one more
 */
public record Standing(Quota quota, boolean admitted, long remaining, long nanos) {
  private static final String FIELD = "RateLimit";
  private static final String POLICY = "RateLimit-Policy";
  private static final long SECOND = 1_000_000_000;

  /**
   * {@return a response that tells it, instead of what a handler may have written there}
   *
   * @param response any response to the request
   */
  public HttpResponse on(HttpResponse response) {
    Headers headers = response.headers();
    if (headers.contains(FIELD) || headers.contains(POLICY)) {
      headers = headers.toBuilder().remove(FIELD).remove(POLICY).build();
    }
    Headers told = headers.plus(FIELD, field(), POLICY, quota.policyField());
    return new HttpResponse(response.status(), told, response.body());
  }

  private String field() {
    return quota.fieldStart() + remaining + ";t=" + seconds(nanos);
  }

  /** {@return the seconds after which the next request is within the quota, for Retry-After} */
  public long retryAfter() {
    return Math.max(1, seconds(nanos));
  }

  /** Rounded up: who comes a moment too early is refused once more. */
  static long seconds(long nanos) {
    return Math.ceilDiv(nanos, SECOND);
  }
}
