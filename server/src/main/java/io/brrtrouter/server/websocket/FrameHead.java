package io.brrtrouter.server.websocket;

/**
 * The head of a frame that a client sent (RFC 6455 section 5.2), valid by itself.
 *
 * @param last whether the message ends with the frame
 * @param compressed whether the message is compressed; the first frame says it (RFC 7692 section 6)
 * @param opcode one of {@link Opcode}
 * @param length octets of content
 * @param mask what the content is masked with
 */
record FrameHead(boolean last, boolean compressed, int opcode, long length, int mask) {
  boolean isControl() {
    return Opcode.isControl(opcode);
  }
}
