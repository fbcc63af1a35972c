/** Buckets in Redis, by Lettuce and Bucket4j. */
@NullMarked
package io.brrtrouter.redis;

import org.jspecify.annotations.NullMarked;
