package io.brrtrouter.server.http;

/**
 * What becomes of a response that is being written when the document that it began with is
 * replaced: whether whoever writes it is told to end it, by {@link ContentSink.Ending#REPLACED}.
 */
public enum OnReload {
  /** As {@code http.streams_on_reload} of the configuration says. */
  AS_CONFIGURED,
  /** It goes on with what it began with, unless more documents are replaced than are kept. */
  CONTINUE,
  /** It ends, and its client may ask again. */
  END
}
