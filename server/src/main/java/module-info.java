/** Router, dispatcher, transport and built-in endpoints of an OpenAPI-first HTTP server. */
@SuppressWarnings(
    "module") // That of the security module, for which a package is, is compiled after this one.
module io.brrtrouter.server {
  requires transitive io.brrtrouter.openapi;
  requires static com.aayushatharva.brotli4j;
  requires static com.github.luben.zstd_jni;
  requires io.netty.buffer;
  requires io.netty.codec.haproxy;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.prometheus.metrics.config;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.instrumentation.jvm;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.brrtrouter.server.auth;
  exports io.brrtrouter.server.coding;
  exports io.brrtrouter.server.config;
  exports io.brrtrouter.server.cors;
  exports io.brrtrouter.server.decode;
  exports io.brrtrouter.server.dispatch;
  exports io.brrtrouter.server.download;
  exports io.brrtrouter.server.files to
      io.brrtrouter.security;
  exports io.brrtrouter.server.http;
  exports io.brrtrouter.server.limit;
  exports io.brrtrouter.server.log;
  exports io.brrtrouter.server.measure;
  exports io.brrtrouter.server.outage to
      io.brrtrouter.redis,
      io.brrtrouter.security;
  exports io.brrtrouter.server.runtime;
  exports io.brrtrouter.server.scheme;
  exports io.brrtrouter.server.service;
  exports io.brrtrouter.server.site;
  exports io.brrtrouter.server.stream;
  exports io.brrtrouter.server.trace;
  exports io.brrtrouter.server.watch to
      io.brrtrouter.cli;
  exports io.brrtrouter.server.websocket;

  uses io.brrtrouter.server.limit.SharedLimiterSource;
  uses io.brrtrouter.server.log.LogBackend;
  uses io.brrtrouter.server.scheme.SecuritySource;
  uses io.brrtrouter.server.service.ServiceSource;
  uses io.brrtrouter.server.trace.TracingSource;
}
