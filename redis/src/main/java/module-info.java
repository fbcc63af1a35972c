/** Rate limits that several servers count together, in Redis. */
module io.brrtrouter.redis {
  requires io.brrtrouter.server;
  requires io.github.bucket4j.core;
  requires io.github.bucket4j.lettuce;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.common;
  requires io.netty.transport;
  requires lettuce.core;
  requires org.slf4j;
  requires static transitive org.jspecify;

  provides io.brrtrouter.server.limit.SharedLimiterSource with
      io.brrtrouter.redis.RedisLimiterSource;
}
