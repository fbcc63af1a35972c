package io.brrtrouter.conformance.security;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with all that it may mean: what stands in it in base64, hex or percent-encoded. */
final class Spellings {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}");
  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{24,}");
  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

  private Spellings() {}

  /** {@return the text, and each reading of a part of it that is another} */
  static List<String> of(String text) {
    List<String> readings = new ArrayList<>();
    readings.add(text);
    // Whatever is encoded may stand at any place, with anything before it.
    Matcher base64 = BASE64.matcher(text);
    while (base64.find()) {
      for (int i = 0; i < 4; i++) {
        String run = base64.group().substring(i).replace('+', '-').replace('/', '_');
        int whole = run.length() % 4 == 1 ? run.length() - 1 : run.length();
        readings.add(latin(Base64.getUrlDecoder().decode(run.substring(0, whole))));
      }
    }
    Matcher hex = HEX.matcher(text);
    while (hex.find()) {
      for (int i = 0; i < 2; i++) {
        String run = hex.group().substring(i);
        readings.add(latin(HexFormat.of().parseHex(run.substring(0, run.length() / 2 * 2))));
      }
    }
    if (text.indexOf('%') >= 0) {
      readings.add(
          PERCENT
              .matcher(text)
              .replaceAll(run ->
                  Matcher.quoteReplacement(
                      latin(HexFormat.of().parseHex(run.group().replace("%", ""))))));
    }
    return readings;
  }

  private static String latin(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
