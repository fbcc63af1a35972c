package io.brrtrouter.outbound.client;

import java.net.UnknownHostException;

/** A name stands for an address that nothing may be sent to. */
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddressException(String message) {
    super(message);
  }
}
