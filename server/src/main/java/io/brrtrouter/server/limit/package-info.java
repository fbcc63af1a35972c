/** Who a client is, and how much it may ask for: addresses behind proxies, quotas, buckets. */
@NullMarked
package io.brrtrouter.server.limit;

import org.jspecify.annotations.NullMarked;
