package io.brrtrouter.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.transport.Reading.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Our reader against Netty's {@code HttpServerCodec}, over the rows of {@link FramingTest} and
 * random connections, most of them broken: what ours accepts, the codec reads as the same requests
 * that end at the same octets, and what the codec refuses, ours does not accept. Each connection is
 * also read in pieces, which makes no difference.
 *
 * <p>Our reader checks trailer fields and drops them; of them only the end is compared.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodecDifferentialTest {
  private static final int CONNECTIONS = 40_000;
  private static final long SEED = 20_261_126;
  private static final int MOST_SHOWN = 5;
  private static final TransportLimits LIMITS = new Settings().limits();

  /** Why our reader refuses what the codec reads as a request, and what the codec does. */
  private static final Map<String, String> STRICTER =
      Map.ofEntries(
          Map.entry(
              "exactly one space separates the parts of a request line",
              "skips any amount of white space"),
          Map.entry("a request line ends with \" HTTP/1.1\"", "takes a bare CR for white space"),
          Map.entry(
              "a request line ends with \"HTTP/\", two digits with a dot between, and CRLF",
              "skips white space and takes the version in lower case"),
          Map.entry(
              "octet .. is not allowed in a method",
              "skips control octets before, takes tab, VT, FF and CR for the space behind"),
          Map.entry("a method has at most 32 characters", "has no limit but that of the line"),
          Map.entry(
              "octet .. is not allowed in a request target; percent-encode it",
              "keeps NUL, other control octets, fragments and octets beyond ASCII"),
          Map.entry("a request target begins with \"/\" or is an http URI", "keeps any text"),
          Map.entry("only OPTIONS has the request target *", "leaves it to the application"),
          Map.entry("an http URI has a host", "leaves it to the application"),
          Map.entry("the server is no proxy: no CONNECT", "leaves it to the application"),
          Map.entry(
              "the server speaks HTTP/1.1 and HTTP/1.0", "reads HTTP/2.0 and HTTP/0.9 as HTTP/1"),
          Map.entry(
              "the request target is longer than 8192 octets",
              "has one limit for the line, set high here"),
          Map.entry(
              "the header fields are more than 100 or larger than 16384 octets",
              "counts no fields; its limit in octets is set high here"),
          Map.entry(
              "a field line does not begin with white space: folded lines are not accepted",
              "joins folded lines; a space makes a Content-Length the rest of another field"),
          Map.entry("a request has one Host field", "keeps all"),
          Map.entry("an HTTP/1.1 request has a Host field", "leaves it to the application"),
          Map.entry(
              "a request has at most one Content-Length field",
              "takes the first of two that differ in HTTP/1.0"),
          Map.entry("a request has at most one .. field", "keeps all"),
          Map.entry("the authority in .. has a port but no host", "leaves it to the application"),
          Map.entry(
              "the host in .. has a character that no host has", "leaves it to the application"),
          Map.entry("the port in .. is a number up to 65535", "leaves it to the application"),
          Map.entry(
              "a \"%\" of the host in .. begins no percent-encoding",
              "leaves it to the application"),
          Map.entry(
              "brackets in .. hold an IPv6 address and end the host",
              "leaves it to the application"),
          Map.entry(
              "an https URI was asked for on a connection that is not encrypted; ask for it over"
                  + " TLS",
              "leaves it to the application"),
          Map.entry(
              "the only expectation the server meets is 100-continue",
              "leaves it to the application"),
          Map.entry(
              "Transfer-Encoding has an empty transfer coding", "ignores it and reads chunks"),
          Map.entry(
              "the server implements no transfer coding but chunked",
              "reads chunks and leaves their content coded"),
          Map.entry("a chunk size has at most 8 digits", "skips leading zeros"),
          Map.entry("a chunk extension has a name behind its semicolon", "takes a semicolon alone"),
          Map.entry(
              "octet .. is not allowed in a chunk extension",
              "takes two semicolons and two words for an extension"),
          Map.entry("octet .. is not allowed in the name of a trailer field", "joins folded lines"),
          Map.entry("a trailer field ends with CRLF", "takes a bare CR for a part of the value"));

  private final RandomRequests random = new RandomRequests(SEED);
  private final List<String> inPiecesOtherwise = new ArrayList<>();
  private final List<String> readOtherwise = new ArrayList<>();
  private final List<String> acceptedAlone = new ArrayList<>();
  private final Map<String, Integer> stricter = new TreeMap<>();
  private int connections;
  private int accepted;
  private int refused;
  private int refusedByBoth;

  @BeforeAll
  void readAll(TestReporter reporter) {
    Stream.concat(FramingTest.requests(), FramingTest.errors())
        .map(Arguments::get)
        .forEach(row -> compare(String.valueOf(row[1]).getBytes(StandardCharsets.ISO_8859_1)));
    for (int i = 0; i < CONNECTIONS; i++) {
      compare(random.connection());
    }
    reporter.publishFile(
        "codec-differential.txt",
        MediaType.TEXT_PLAIN_UTF_8,
        file -> Files.writeString(file, table()));
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "%d connections, %d requests accepted; %d connections refused, %d of them by both%n%n"
            .formatted(connections, accepted, refused, refusedByBoth));
    stricter.forEach((reason, count) ->
        table.append(
            "%5d times: %s; the codec %s%n".formatted(count, reason, STRICTER.get(reason))));
    return table.toString();
  }

  private void compare(byte[] octets) {
    Reading own = OwnReader.read(LIMITS, octets, octets.length);
    Reading codec = CodecReader.read(octets);
    connections++;
    accepted += own.messages().size();
    comparePieces(octets, own);
    compareRequests(octets, own, codec);
    compareRefusals(octets, own, codec);
  }

  private void comparePieces(byte[] octets, Reading own) {
    int[] pieces = random.pieces(octets.length);
    int[] ends = Arrays.copyOf(pieces, pieces.length + 1);
    ends[pieces.length] = octets.length;
    Reading inPieces = OwnReader.read(LIMITS, octets, ends);
    // A line that does not end may be wrong already; the parts of a whole one are looked at once.
    boolean cutOff = own.refusal() != null && inPieces.refusal() == null;
    Reading expected = cutOff && !RandomRequests.isWhole(octets) ? inPieces : own;
    if (!inPieces.equals(expected) || !inPieces.messages().equals(own.messages())) {
      show(inPiecesOtherwise, octets, own, inPieces);
    }
  }

  private void compareRequests(byte[] octets, Reading own, Reading codec) {
    int count = own.messages().size();
    List<Message> read = codec.messages();
    boolean same = read.size() >= count && read.subList(0, count).equals(own.messages());
    boolean sameEnd = !own.atRest() || (codec.atRest() && read.size() == count);
    if (!same || !sameEnd) {
      show(readOtherwise, octets, own, codec);
    }
  }

  private void compareRefusals(byte[] octets, Reading own, Reading codec) {
    String refusal = own.refusal();
    if (refusal == null) {
      if (codec.refusal() != null) {
        show(acceptedAlone, octets, own, codec);
      }
      return;
    }
    refused++;
    int count = own.messages().size();
    if (codec.messages().size() > count) {
      String reason =
          refusal
              .replaceAll("0x[0-9a-f]{2}", "..")
              .replaceAll("at most one (?!Content-Length)\\S+ field", "at most one .. field")
              .replaceAll("in the (Host field|request target) ", "in .. ");
      stricter.merge(reason, 1, Integer::sum);
    } else if (codec.refusal() != null) {
      refusedByBoth++;
    }
  }

  private static void show(List<String> shown, byte[] octets, Reading own, Reading other) {
    if (shown.size() < MOST_SHOWN) {
      shown.add(
          RandomRequests.shown(octets) + "\nis to ours " + own + "\nand otherwise " + other + "\n");
    }
  }

  @Test
  void where_a_piece_ends_makes_no_difference() {
    assertThat(inPiecesOtherwise).isEmpty();
  }

  @Test
  void what_our_reader_accepts_the_codec_reads_as_the_same_requests() {
    assertThat(readOtherwise).isEmpty();
  }

  @Test
  void what_the_codec_refuses_our_reader_refuses() {
    assertThat(acceptedAlone).isEmpty();
  }

  /** A reason that is not listed, and one that is listed and never seen, are both wrong. */
  @Test
  void our_reader_is_stricter_in_these_ways_only() {
    assertThat(stricter.keySet()).containsExactlyInAnyOrderElementsOf(STRICTER.keySet());
  }

  /** Without sound and broken requests in large numbers the other tests would say nothing. */
  @Test
  void there_was_enough_to_compare() {
    assertThat(accepted).isGreaterThan(CONNECTIONS);
    assertThat(refusedByBoth).isGreaterThan(CONNECTIONS / 4);
  }
}
