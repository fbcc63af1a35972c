package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.server.decode.DecodeLimits;

/**
 * Bounds on what requests may cost.
 *
 * @param body bytes of a buffered body, unless the operation has {@code x-brrtrouter-body-limit}
 * @param bodyCeiling the most an operation may ask for with that extension
 * @param deadlineMillis milliseconds a handler may take, unless the operation has {@code
 *     x-brrtrouter-deadline-ms}; 0 for any time
 * @param decode bounds on JSON, queries, forms and multipart bodies, and on violations that are
 *     told
 */
public record DispatchLimits(int body, int bodyCeiling, long deadlineMillis, DecodeLimits decode) {

  /** The limits unless configured otherwise. */
  public static final DispatchLimits DEFAULT =
      new DispatchLimits(1 << 20, OperationExtension.DEFAULT_BODY_CEILING, 0, DecodeLimits.DEFAULT);

  /** Refuses what makes no sense. */
  public DispatchLimits {
    if (body < 1 || bodyCeiling < body || deadlineMillis < 0) {
      throw new IllegalArgumentException(
          "body and in-flight limits are at least 1, the ceiling at least the body limit and the"
              + " deadline at least 0");
    }
  }
}
