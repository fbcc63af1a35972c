package io.brrtrouter.codegen.client;

import io.brrtrouter.schema.stream.Items;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The items of a response, read while they come: JSON Lines, JSON sequences (RFC 7464) or events
/// (HTML standard section 9.2), which are objects of their fields.
final class IncomingItems<T> implements Items<T> {
  private static final int END = -1;
  private static final int RS = 0x1E;
  private static final int BOM = 0xFEFF;

  private final Incoming in;
  private final Content<T> content;
  private final Reply reply;
  private final int most;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private long number;
  private boolean begun;

  /// What the next event has where it says no other: the id of a block without data, which is no
  /// event but sets the last event id.
  private @Nullable String lastId;

  /// Whether LF belongs to the CR before it.
  private boolean afterReturn;

  private @Nullable IOException failure;

  /// @param most the octets of an item
  IncomingItems(Incoming in, Content<T> content, Reply reply, int most) {
    this.in = in;
    this.content = content;
    this.reply = reply;
    this.most = most;
  }

  @Override
  public Optional<T> next() throws IOException, InterruptedException {
    if (in.isClosed()) {
      throw failure == null ? new IOException("the items are closed") : failure;
    }
    try {
      boolean events = MediaTypes.bare(content.mediaType()).equals("text/event-stream");
      byte[] json =
          events ? event() : ItemText.isSequence(content.mediaType()) ? sequenced() : line();
      if (json == null) {
        return Optional.empty();
      }
      number++;
      Reply item = reply.item(json, number);
      return Optional.of(events ? item.event(content) : item.json(content));
    } catch (IOException wrong) {
      end(wrong);
      throw wrong;
    } catch (InterruptedException | RuntimeException | Error wrong) {
      // What was read of an item is lost: what follows would be taken for one.
      end(new IOException("the items ended with " + wrong, wrong));
      throw wrong;
    }
  }

  private void end(IOException why) {
    failure = why;
    in.close();
  }

  @Override
  public void close() {
    in.close();
  }

  private byte @Nullable [] line() throws IOException, InterruptedException {
    while (true) {
      text.reset();
      int octet = in.read();
      for (; octet != '\n' && octet != END; octet = in.read()) {
        add(octet);
      }
      byte[] line = text.toByteArray();
      if (!isBlank(line)) {
        return line;
      }
      if (octet == END) {
        return null;
      }
    }
  }

  /// A text ends with the line on which its value does, so that nobody waits for the next one.
  private byte @Nullable [] sequenced() throws IOException, InterruptedException {
    int octet = in.read();
    while (octet == RS || isSpace(octet)) {
      begun |= octet == RS;
      octet = in.read();
    }
    if (octet == END) {
      return null;
    }
    if (!begun) {
      throw reply.item(new byte[0], number + 1).malformed("does not begin with RS (U+001E)");
    }
    text.reset();
    int depth = 0;
    boolean quoted = false;
    boolean escaped = false;
    for (; octet != RS && octet != END; octet = in.read()) {
      add(octet);
      if (quoted) {
        quoted = escaped || octet != '"';
        escaped = octet == '\\' && !escaped;
      } else {
        quoted = octet == '"';
        depth += octet == '{' || octet == '[' ? 1 : octet == '}' || octet == ']' ? -1 : 0;
        if (octet == '\n' && depth <= 0) {
          begun = false;
          return text.toByteArray();
        }
      }
    }
    byte[] json = text.toByteArray();
    boolean ends = json[0] == '{' || json[0] == '[' || json[0] == '"';
    if (!ends && !isSpace(json[json.length - 1])) {
      throw reply.item(json, number + 1).malformed("may be cut off");
    }
    begun = octet == RS;
    return json;
  }

  private byte @Nullable [] event() throws IOException, InterruptedException {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    fieldsBefore(fields);
    StringBuilder data = null;
    int length = 0;
    for (String line = eventLine(); line != null; line = eventLine()) {
      if (line.isEmpty()) {
        if (data != null) {
          fields.put("data", data.toString());
          lastId = null;
          return fields.toString().getBytes(StandardCharsets.UTF_8);
        }
        lastId = fields.path("id").asString(null);
        fields.removeAll();
        fieldsBefore(fields);
        length = 0;
        continue;
      }
      if (line.charAt(0) == ':') {
        continue; // A comment.
      }
      length += line.length();
      demand(length);
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "data" ->
            data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
        case "event" -> fields.put("event", value);
        case "id" -> {
          if (value.indexOf('\0') < 0) {
            fields.put("id", value);
          }
        }
        case "retry" -> {
          if (isNumber(value)) {
            fields.put("retry", Long.parseLong(value));
          }
        }
        default -> {} // What nobody knows.
      }
    }
    return null; // What no empty line follows is no event.
  }

  private void fieldsBefore(ObjectNode fields) {
    if (lastId != null) {
      fields.put("id", lastId);
    }
  }

  /// A line that ends with CR, LF or both; null where it does not end.
  private @Nullable String eventLine() throws IOException, InterruptedException {
    text.reset();
    int octet = in.read();
    if (octet == '\n' && afterReturn) {
      octet = in.read();
    }
    for (; octet != '\n' && octet != '\r'; octet = in.read()) {
      if (octet == END) {
        return null;
      }
      add(octet);
    }
    afterReturn = octet == '\r';
    String line = text.toString(StandardCharsets.UTF_8);
    boolean first = !begun;
    begun = true;
    return first && !line.isEmpty() && line.charAt(0) == BOM ? line.substring(1) : line;
  }

  private static boolean isNumber(String text) {
    int longest = 18;
    return !text.isEmpty()
        && text.length() <= longest
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void add(int octet) throws IOException {
    demand(text.size() + 1);
    text.write(octet);
  }

  private void demand(int length) throws IOException {
    if (length > most) {
      throw reply
          .item(text.toByteArray(), number + 1)
          .malformed("has more than " + most + " octets");
    }
  }

  private static boolean isBlank(byte[] octets) {
    for (byte octet : octets) {
      if (!isSpace(octet)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(int octet) {
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
  }
}
