package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Several parts of content as one (RFC 9110 section 14.6).
 *
 * @param ranges the parts
 * @param heads what stands before each
 * @param end what stands behind the last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PartialContent(List<ByteRange> ranges, List<byte[]> heads, byte[] end)
    implements Selection.Writer {

  /**
   * {@return a 206}
   *
   * @param headers header fields of the whole
   * @param version the whole
   * @param ranges the parts
   */
  static Selection of(Headers headers, Version version, List<ByteRange> ranges) {
    // Nobody can know it before, and write it into the content.
    String boundary = UUID.randomUUID().toString();
    String type = headers.get("Content-Type");
    String typed = type == null ? "" : "Content-Type: " + type + "\r\n";
    List<byte[]> heads = new ArrayList<>();
    for (ByteRange range : ranges) {
      heads.add(
          octets(
              (heads.isEmpty() ? "" : "\r\n")
                  + "--"
                  + boundary
                  + "\r\n"
                  + typed
                  + "Content-Range: "
                  + range.of(version.length())
                  + "\r\n\r\n"));
    }
    PartialContent parts =
        new PartialContent(ranges, heads, octets("\r\n--" + boundary + "--\r\n"));
    return new Selection.Content(
        206,
        headers.with("Content-Type", "multipart/byteranges; boundary=" + boundary),
        parts.length(),
        parts);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private long length() {
    long length = end.length;
    for (int i = 0; i < ranges.size(); i++) {
      length += heads.get(i).length + ranges.get(i).length();
    }
    return length;
  }

  @Override
  public void writeTo(SeekableContent.Opened content, ContentSink sink) throws Exception {
    for (int i = 0; i < ranges.size(); i++) {
      sink.write(heads.get(i));
      content.writeTo(sink, ranges.get(i).first(), ranges.get(i).length());
    }
    sink.write(end);
  }
}
