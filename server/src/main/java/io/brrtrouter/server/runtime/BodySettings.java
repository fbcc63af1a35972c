package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;

/**
 * Request bodies in memory.
 *
 * @param maxBytes octets of one body, unless its operation says otherwise
 * @param ceilingBytes the most an operation may say
 * @param heapPercent share of the heap all bodies together may take
 */
public record BodySettings(int maxBytes, int ceilingBytes, int heapPercent) {
  /** {@return how many bytes that share is} */
  long heapBytes() {
    return Math.max(1, Runtime.getRuntime().maxMemory() / 100 * heapPercent);
  }

  static BodySettings of(ConfigValues values) {
    return new BodySettings(
        values.get(ConfigKeys.MAX_BODY),
        values.get(ConfigKeys.BODY_CEILING),
        values.get(ConfigKeys.BODY_HEAP));
  }
}
