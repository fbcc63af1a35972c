package io.brrtrouter.server.decode;

/**
 * Decodes bodies of one media type: one implementation for each kind of media type. Selected by the
 * head of a request, before its body is read. Implementations are immutable.
 */
public sealed interface MediaDecoder
    permits JsonBody, FormBody, MultipartBody, SequenceBody, TextBody, RawBody, TypedBody {

  /**
   * Decodes a body.
   *
   * @param body the octets, with at least one unless {@link #takesEmpty}
   * @return what became of it
   */
  DecodedBody decode(byte[] body);

  /**
   * {@return about how many bytes the value takes that a body is decoded into}
   *
   * @param body the octets
   */
  default long decodedBytes(byte[] body) {
    return 2L * body.length;
  }

  /** {@return whether a body of no octets is a value of the media type} */
  boolean takesEmpty();

  /** {@return whether a body it accepts is a JSON value; some are octets or parts and no more} */
  default boolean hasValue() {
    return true;
  }
}
