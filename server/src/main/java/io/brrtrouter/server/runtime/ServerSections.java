package io.brrtrouter.server.runtime;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.server.config.ConfigValues;

/** Puts together what the sections of a configuration say. */
final class ServerSections {
  private ServerSections() {}

  /** {@return connections and requests} */
  static ServerConfig.Http http(ConfigValues values) {
    return new ServerConfig.Http(
        values.get(ConfigKeys.KEEP_ALIVE),
        values.get(ConfigKeys.TIMEOUT),
        values.get(ConfigKeys.MAX_REQUESTS),
        values.get(ConfigKeys.HANDLER_DEADLINE),
        values.get(ConfigKeys.MAX_CONNECTIONS),
        values.get(ConfigKeys.MAX_IN_FLIGHT),
        values.get(ConfigKeys.MAX_TARGET),
        values.get(ConfigKeys.MAX_HEADER_BYTES),
        values.get(ConfigKeys.MAX_HEADERS),
        values.get(ConfigKeys.MAX_TRAILER_BYTES),
        values.get(ConfigKeys.MAX_CHUNK_EXTENSION_BYTES),
        values.get(ConfigKeys.HEAD_TIMEOUT),
        values.get(ConfigKeys.BODY_TIMEOUT),
        values.get(ConfigKeys.BODY_TIMEOUT_PER_KIB),
        values.get(ConfigKeys.WRITE_STALL),
        values.get(ConfigKeys.LINGER));
  }

  /** {@return request bodies in memory} */
  static ServerConfig.Bodies bodies(ConfigValues values) {
    return new ServerConfig.Bodies(
        values.get(ConfigKeys.MAX_BODY),
        values.get(ConfigKeys.BODY_CEILING),
        values.get(ConfigKeys.BODY_HEAP));
  }

  /** {@return limits of JSON bodies} */
  static JsonLimits json(ConfigValues values) {
    return new JsonLimits(
        values.get(ConfigKeys.JSON_DEPTH),
        values.get(ConfigKeys.JSON_STRING),
        values.get(ConfigKeys.JSON_NAME),
        values.get(ConfigKeys.JSON_NUMBER),
        values.get(ConfigKeys.JSON_TOKENS),
        values.get(ConfigKeys.JSON_MEMBERS));
  }

  /** {@return forms and queries} */
  static ServerConfig.Forms forms(ConfigValues values) {
    return new ServerConfig.Forms(
        values.get(ConfigKeys.MAX_FIELDS),
        values.get(ConfigKeys.MAX_PARTS),
        values.get(ConfigKeys.MAX_PART_HEADER));
  }

  /** {@return paths of the built-in endpoints} */
  static ServerConfig.Endpoints endpoints(ConfigValues values) {
    return new ServerConfig.Endpoints(
        values.get(ConfigKeys.HEALTH),
        values.get(ConfigKeys.READY),
        values.get(ConfigKeys.METRICS),
        values.get(ConfigKeys.OPENAPI_YAML),
        values.get(ConfigKeys.OPENAPI_JSON),
        values.get(ConfigKeys.DOCS),
        values.get(ConfigKeys.SECURITY_DECISIONS));
  }
}
