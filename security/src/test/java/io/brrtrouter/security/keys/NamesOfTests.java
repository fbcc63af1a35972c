package io.brrtrouter.security.keys;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Tells the addresses of names that end in {@link #DOMAIN}, as whoever answers for a name may:
 * others each time. All other names are resolved as ever. For {@link java.util.ServiceLoader}.
 */
public final class NamesOfTests extends InetAddressResolverProvider {
  static final String DOMAIN = ".names.test";

  private static final Map<String, List<List<String>>> ANSWERS = new ConcurrentHashMap<>();
  private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** For {@link java.util.ServiceLoader}. */
  public NamesOfTests() {}

  /**
   * {@return a name that nobody has asked for yet}
   *
   * @param answers addresses with white space between them, for one look-up after the other; the
   *     last ones go on
   */
  static String name(String... answers) {
    String name = "n" + NAMES.incrementAndGet() + DOMAIN;
    ANSWERS.put(name, Stream.of(answers).map(each -> List.of(each.split(" "))).toList());
    return name;
  }

  /** {@return how often somebody has resolved a name, whom no cache answered} */
  static int asked(String name) {
    AtomicInteger count = ASKED.get(name);
    return count == null ? 0 : count.get();
  }

  private static Stream<InetAddress> lookUp(String name) throws UnknownHostException {
    List<List<String>> answers = ANSWERS.get(name);
    if (answers == null) {
      throw new UnknownHostException(name);
    }
    int before = ASKED.computeIfAbsent(name, _ -> new AtomicInteger()).getAndIncrement();
    byte[][] octets =
        answers.get(Math.min(before, answers.size() - 1)).stream()
            .map(literal -> InetAddress.ofLiteral(literal).getAddress())
            .toArray(byte[][]::new);
    Stream.Builder<InetAddress> addresses = Stream.builder();
    for (byte[] each : octets) {
      addresses.add(InetAddress.getByAddress(name, each));
    }
    return addresses.build();
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    InetAddressResolver builtIn = configuration.builtinResolver();
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        return host.endsWith(DOMAIN) ? lookUp(host) : builtIn.lookupByName(host, policy);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return builtIn.lookupByAddress(address);
      }
    };
  }

  @Override
  public String name() {
    return "names of tests";
  }
}
