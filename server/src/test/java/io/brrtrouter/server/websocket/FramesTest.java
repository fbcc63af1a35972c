package io.brrtrouter.server.websocket;

import static io.brrtrouter.server.websocket.Frames.binary;
import static io.brrtrouter.server.websocket.Frames.close;
import static io.brrtrouter.server.websocket.Frames.compressed;
import static io.brrtrouter.server.websocket.Frames.deflated;
import static io.brrtrouter.server.websocket.Frames.frame;
import static io.brrtrouter.server.websocket.Frames.hex;
import static io.brrtrouter.server.websocket.Frames.join;
import static io.brrtrouter.server.websocket.Frames.ping;
import static io.brrtrouter.server.websocket.Frames.pong;
import static io.brrtrouter.server.websocket.Frames.text;
import static io.brrtrouter.server.websocket.Frames.unmasked;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read and what is answered, by section of RFC 6455 and RFC 7692, over real sockets. */
@Timeout(60)
class FramesTest {
  private static final int MOST = 200_000;

  private static BrrtServer server;

  @BeforeAll
  static void serve() {
    server =
        BrrtServer.builder()
            .document(TestServer.file(WebSocketTest.DOCUMENT))
            .config(TestServer.config())
            .handler(
                "chat",
                WebSockets.handler(
                    WebSocketOptions.builder().mostOctets(MOST).build(), FramesTest::echo))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterAll
  static void close_server() {
    server.close();
  }

  static void echo(WebSocket socket) throws Exception {
    for (Optional<Message> said = socket.receive(); said.isPresent(); said = socket.receive()) {
      socket.send(said.get());
    }
  }

  /** What a client sends, and all that it gets. A row ends with the connection. */
  record Row(String section, String what, byte[] sent, List<String> got) {
    @Override
    public String toString() {
      return section + " " + what;
    }
  }

  private static final List<Row> ROWS = new ArrayList<>();

  private static void row(String section, String what, byte[] sent, String... got) {
    ROWS.add(new Row(section, what, sent, List.of(got)));
  }

  /** A row that goes on after what is tried: an echo, and a close. */
  private static void goes(String section, String what, byte[] sent, String... got) {
    List<String> all = new ArrayList<>(List.of(got));
    all.addAll(List.of("text still", "close 1000", "end"));
    ROWS.add(new Row(section, what, join(sent, text("still"), close(1000, "")), all));
  }

  /** A row after which nothing more is answered. */
  private static void refused(String section, String what, int code, byte[] sent) {
    ROWS.add(new Row(section, what, join(sent, text("too late")), List.of("close " + code, "end")));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  private static String ascii(int length) {
    return "0123456789".repeat(length / 10 + 1).substring(0, length);
  }

  static List<Row> rows() {
    ROWS.clear();
    lengths();
    masks();
    bits();
    fragments();
    controls();
    closing();
    utf8();
    compression();
    return ROWS;
  }

  /** The section is named so that the table can be compared with the standard. */
  @Test
  void the_table_has_many_rows_of_each_section() {
    List<Row> rows = rows().stream().filter(row -> row.section().matches("[0-9.]+")).toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(120);
    assertThat(rows.stream().map(Row::section))
        .contains("5.1", "5.2", "5.4", "5.5.1", "5.5.2", "5.5.3", "7.4", "8.1");
  }

  private static void lengths() {
    for (int length : new int[] {0, 1, 2, 124, 125, 126, 127, 128, 65_535, 65_536, 65_537, MOST}) {
      goes("5.2", "text of " + length, text(ascii(length)), "text " + ascii(length));
    }
    for (int length : new int[] {0, 1, 125, 126, 65_535, 65_536}) {
      String hex = HexFormat.of().formatHex(bytes(length));
      goes("5.2", "binary of " + length, binary(bytes(length)), "binary " + hex);
    }
    refused("5.2", "0 in two octets", 1002, frame(0x81, 2, 0, new byte[0]));
    refused("5.2", "125 in two octets", 1002, frame(0x81, 2, 125, bytes(125)));
    refused("5.2", "126 in eight octets", 1002, frame(0x81, 8, 126, bytes(126)));
    refused("5.2", "65535 in eight octets", 1002, frame(0x81, 8, 65_535, new byte[0]));
    refused(
        "5.2", "the highest bit of a length", 1002, frame(0x81, 8, Long.MIN_VALUE, new byte[0]));
    refused("5.2", "a negative int", 1009, frame(0x82, 8, 0x8000_0000L, new byte[0]));
    refused("5.2", "more than an int", 1009, frame(0x82, 8, 1L << 40, new byte[0]));
    refused("10.4", "more than is taken", 1009, frame(0x82, 8, MOST + 1, new byte[0]));
    refused(
        "10.4",
        "more than is taken, in fragments",
        1009,
        join(frame(0x02, bytes(MOST)), frame(0x80, bytes(1))));
  }

  private static void masks() {
    refused("5.1", "text without mask", 1002, unmasked(0x81, "hello".getBytes(UTF_8)));
    refused("5.1", "a ping without mask", 1002, unmasked(0x89, new byte[0]));
    refused("5.1", "a close without mask", 1002, unmasked(0x88, new byte[0]));
    goes("5.3", "a mask of 0", hex("81 85 00000000 48656c6c6f"), "text Hello");
    goes("5.7", "the example: Hello", hex("81 85 37fa213d 7f9f4d5158"), "text Hello");
  }

  private static void bits() {
    for (int bit : new int[] {0x40, 0x20, 0x10, 0x70}) {
      String name = Integer.toHexString(bit);
      refused("5.2", "reserved bits " + name + " of text", 1002, frame(0x81 | bit, bytes(1)));
      refused("5.2", "reserved bits " + name + " of a ping", 1002, frame(0x89 | bit, bytes(1)));
      refused("5.2", "reserved bits " + name + " of a close", 1002, frame(0x88 | bit, bytes(0)));
      refused(
          "5.2",
          "reserved bits " + name + " of a continuation",
          1002,
          join(frame(0x01, bytes(0)), frame(0x80 | bit, bytes(0))));
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF}) {
      refused("5.2", "opcode " + opcode, 1002, frame(0x80 | opcode, bytes(0)));
    }
    refused("5.2", "opcode 3 with content", 1002, frame(0x83, bytes(5)));
    refused(
        "5.2",
        "opcode 4 within a message",
        1002,
        join(frame(0x01, "a".getBytes(UTF_8)), frame(0x84, bytes(0))));
  }

  private static void fragments() {
    byte[] hel = "Hel".getBytes(UTF_8);
    byte[] lo = "lo".getBytes(UTF_8);
    goes("5.4", "two fragments", join(frame(0x01, hel), frame(0x80, lo)), "text Hello");
    goes(
        "5.4",
        "two fragments, binary",
        join(frame(0x02, bytes(3)), frame(0x80, bytes(2))),
        "binary 001f3e001f");
    goes(
        "5.4",
        "fragments of nothing",
        join(frame(0x01, bytes(0)), frame(0x00, bytes(0)), frame(0x80, bytes(0))),
        "text ");
    goes(
        "5.4",
        "the last one empty",
        join(frame(0x01, hel), frame(0x00, lo), frame(0x80, bytes(0))),
        "text Hello");
    byte[] many = frame(0x01, hel);
    for (int i = 0; i < 1000; i++) {
      many = join(many, frame(0x00, lo));
    }
    goes(
        "5.4",
        "1001 fragments",
        join(many, frame(0x80, hel)),
        "text Hel" + "lo".repeat(1000) + "Hel");
    goes(
        "5.4",
        "a ping between fragments",
        join(frame(0x01, hel), ping("x"), frame(0x80, lo)),
        "pong 78",
        "text Hello");
    goes(
        "5.4",
        "a pong between fragments",
        join(frame(0x01, hel), pong("x"), frame(0x80, lo)),
        "text Hello");
    row(
        "5.4",
        "a close between fragments",
        join(frame(0x01, hel), close(1000, ""), frame(0x80, lo)),
        "close 1000",
        "end");
    refused("5.4", "a continuation of nothing", 1002, frame(0x80, lo));
    refused("5.4", "a continuation of nothing, not the last", 1002, frame(0x00, lo));
    refused("5.4", "text within text", 1002, join(frame(0x01, hel), frame(0x81, lo)));
    refused("5.4", "binary within text", 1002, join(frame(0x01, hel), frame(0x82, lo)));
    refused("5.4", "text begun twice", 1002, join(frame(0x01, hel), frame(0x01, lo)));
    row(
        "5.4",
        "a continuation behind a whole message",
        join(text("a"), frame(0x80, lo)),
        "text a",
        "close 1002",
        "end");
    goes(
        "5.4",
        "messages one after the other",
        join(text("a"), text("b"), binary(bytes(2)), text("c")),
        "text a",
        "text b",
        "binary 001f",
        "text c");
  }

  private static void controls() {
    goes("5.5.2", "a ping", ping(""), "pong");
    goes("5.5.2", "a ping with content", ping("Hello"), "pong 48656c6c6f");
    goes(
        "5.5.2",
        "a ping of 125",
        ping(ascii(125)),
        "pong " + HexFormat.of().formatHex(ascii(125).getBytes(UTF_8)));
    goes("5.5.2", "a ping that is no text", frame(0x89, hex("fffe00")), "pong fffe00");
    goes(
        "5.5.2",
        "three pings",
        join(ping("a"), ping("b"), ping("c")),
        "pong 61",
        "pong 62",
        "pong 63");
    goes("5.5.3", "a pong that nobody asked for", pong("x"));
    refused("5.5", "a ping of 126", 1002, frame(0x89, bytes(126)));
    refused("5.5", "a pong of 126", 1002, frame(0x8A, bytes(126)));
    refused("5.5", "a close of 126", 1002, frame(0x88, join(hex("03e8"), bytes(124))));
    refused("5.5", "a ping of 70000", 1002, frame(0x89, bytes(70_000)));
    refused("5.5", "a ping in fragments", 1002, join(frame(0x09, bytes(1)), frame(0x80, bytes(1))));
    refused("5.5", "a pong in fragments", 1002, frame(0x0A, bytes(1)));
    refused("5.5", "a close in fragments", 1002, frame(0x08, hex("03e8")));
  }

  private static void closing() {
    row("5.5.1", "a close", close(1000, ""), "close 1000", "end");
    row("5.5.1", "a close without code", close(), "close", "end");
    row("5.5.1", "a close with a reason", close(1000, "bye"), "close 1000 bye", "end");
    row("5.5.1", "a reason of 123", close(1000, ascii(123)), "close 1000 " + ascii(123), "end");
    row("5.5.1", "a message behind a close", join(close(1000, ""), text("x")), "close 1000", "end");
    row("5.5.1", "a ping behind a close", join(close(1000, ""), ping("x")), "close 1000", "end");
    row("5.5.1", "two closes", join(close(1000, ""), close(1001, "")), "close 1000", "end");
    refused("5.5.1", "a close of one octet", 1002, frame(0x88, bytes(1)));
    refused("8.1", "a reason that is no UTF-8", 1007, frame(0x88, hex("03e8 ff")));
    for (int code :
        new int[] {
          1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999
        }) {
      row("7.4.1", "a close with " + code, close(code, ""), "close " + code, "end");
    }
    for (int code :
        new int[] {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 65_535}) {
      refused("7.4", "a close with " + code, 1002, close(code, ""));
    }
  }

  private static void utf8() {
    for (String text :
        List.of(
            "κόσμε",
            "\u0000",
            "\u007f",
            "\u0080",
            "\u07ff",
            "\u0800",
            "\ufffd",
            "\uffff",
            "😀",
            "\udbff\udfff")) {
      goes(
          "8.1",
          "text " + HexFormat.of().formatHex(text.getBytes(UTF_8)),
          text(text),
          "text " + text);
    }
    for (String octets :
        List.of(
            "80",
            "bf",
            "c0af",
            "c1bf",
            "e080af",
            "e0 9f bf",
            "ed a0 80",
            "ed bf bf",
            "f0 80 80 af",
            "f4 90 80 80",
            "f5 80 80 80",
            "fe",
            "ff",
            "c3",
            "e2 82",
            "f0 9f 98",
            "48 65 ff 6c",
            "ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64")) {
      refused("8.1", "no text: " + octets, 1007, frame(0x81, hex(octets)));
    }
    goes(
        "8.1",
        "a character in two fragments",
        join(frame(0x01, hex("f09f")), frame(0x80, hex("9880"))),
        "text 😀");
    refused(
        "8.1",
        "a character that does not end",
        1007,
        join(frame(0x01, hex("f09f")), frame(0x80, hex("98"))));
    goes("8.1", "binary that is no text", binary(hex("ff")), "binary ff");
  }

  private static final String LONG = "compress me ".repeat(1000);

  private static void compression() {
    zip("7.2.2", "a compressed message", compressed("Hello"), "text Hello");
    zip("7.2.3.1", "the example", frame(0xC1, hex("f248cdc9c90700")), "text Hello");
    zip(
        "7.2.3.2",
        "the example with a block without compression",
        frame(0xC1, hex("000500faff48656c6c6f00")),
        "text Hello");
    zip(
        "7.2.3.4",
        "the example with a last block",
        frame(0xC1, hex("f348cdc9c9070000")),
        "text Hello");
    zip(
        "7.2.3.5",
        "the example with two blocks",
        frame(0xC1, hex("f248050000 00ffffcac9c90700")),
        "text Hello");
    zip("7.2.3.6", "the example of an empty message", frame(0xC1, hex("00")), "text ");
    zip("6.1", "a message that is not", text("Hello"), "text Hello");
    zip("7.2.1", "one worth compressing", compressed(LONG), "compressed text " + LONG);
    zip("7.2.1", "one that is not compressed and worth it", text(LONG), "compressed text " + LONG);
    byte[] parts = deflated(LONG.getBytes(UTF_8));
    int half = parts.length / 2;
    zip(
        "6.2",
        "in fragments",
        join(
            frame(0x41, java.util.Arrays.copyOf(parts, half)),
            ping(""),
            frame(0x80, java.util.Arrays.copyOfRange(parts, half, parts.length))),
        "pong",
        "compressed text " + LONG);
    unzip(
        "6.1",
        "a compressed continuation",
        1002,
        join(frame(0x01, bytes(0)), frame(0xC0, bytes(1))));
    unzip("6.1", "a compressed ping", 1002, frame(0xC9, bytes(0)));
    unzip("6.1", "another reserved bit", 1002, frame(0xE1, bytes(0)));
    unzip("7.2.2", "no DEFLATE", 1007, frame(0xC1, hex("ffffff")));
    unzip("8.1", "no UTF-8 within", 1007, frame(0xC1, deflated(hex("ff"))));
    unzip("10.4", "more than is taken within", 1009, frame(0xC1, deflated(new byte[MOST + 1])));
    unzip("10.4", "a bomb", 1009, frame(0xC2, deflated(new byte[64 << 20])));
  }

  private static final List<Row> ZIPPED = new ArrayList<>();

  private static void zip(String section, String what, byte[] sent, String... got) {
    int from = ROWS.size();
    goes("RFC 7692 " + section, what, sent, got);
    ZIPPED.add(ROWS.remove(from));
  }

  private static void unzip(String section, String what, int code, byte[] sent) {
    int from = ROWS.size();
    refused("RFC 7692 " + section, what, code, sent);
    ZIPPED.add(ROWS.remove(from));
  }

  static Stream<Row> zipped() {
    ROWS.clear();
    ZIPPED.clear();
    compression();
    return ZIPPED.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void is_read(Row row) throws Exception {
    check(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void is_read_octet_by_octet(Row row) throws Exception {
    if (row.sent.length < 300) {
      try (SocketClient client = SocketClient.open(server.port())) {
        for (byte octet : row.sent) {
          try {
            client.send(new byte[] {octet});
          } catch (java.io.IOException closed) {
            break;
          }
        }
        check(client, row);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zipped")
  void is_read_compressed(Row row) throws Exception {
    check(row, "Sec-WebSocket-Extensions: permessage-deflate");
  }

  private static void check(Row row, String... fields) throws Exception {
    try (SocketClient client = SocketClient.open(server.port(), fields)) {
      client.send(row.sent);
      check(client, row);
    }
  }

  private static void check(SocketClient client, Row row) throws Exception {
    List<String> frames = client.frames().stream().map(FramesTest::withoutReason).toList();
    assertThat(frames).isEqualTo(row.got.stream().map(FramesTest::withoutReason).toList());
  }

  /** A refusal says why, in words that other tests look at. */
  private static String withoutReason(String frame) {
    return frame.startsWith("close 100") && !frame.startsWith("close 1000")
        ? frame.substring(0, "close 1000".length())
        : frame;
  }
}
