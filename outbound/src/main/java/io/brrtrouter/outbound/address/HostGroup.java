package io.brrtrouter.outbound.address;

import io.brrtrouter.server.http.IpLiteral;
import java.util.Locale;

/**
 * Which hosts are taken for those of one owner: names are free for whoever has the one above them.
 */
public final class HostGroup {
  private HostGroup() {}

  /**
   * {@return the last two labels of a name, in lower case and without a dot at the end: whose name
   * server is asked, or one above it; an address as it is}
   *
   * @param host a name or an address, without brackets
   */
  public static String of(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (IpLiteral.parse(lower) != null) {
      return lower;
    }
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    return name.substring(dot + 1);
  }
}
