package io.brrtrouter.outbound.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Knows what names stand for. */
@FunctionalInterface
public interface Resolver {
  /** That of the operating system. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * {@return the addresses of a host, one at least}
   *
   * @param host its name
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
