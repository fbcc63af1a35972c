package io.brrtrouter.examples.petstore;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.testing.BrrtClient;
import io.brrtrouter.testing.TestRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of curl's command line as the README uses. */
record Curl(
    String method,
    String target,
    List<String> headers,
    List<String> data,
    List<String> json,
    List<String> parts) {
  /** Words of a shell: bare, or in single quotes. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private static final String HOST = "http://127.0.0.1:8080";

  static Curl parse(String line) {
    Iterator<String> words =
        WORD.matcher(line)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .iterator();
    expect("curl", words.next());
    String method = "";
    String target = "";
    List<String> headers = new ArrayList<>();
    List<String> data = new ArrayList<>();
    List<String> json = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "-g" -> {} // Brackets mean nothing special.
        case "-X" -> method = words.next();
        case "-H" -> headers.add(words.next());
        case "-d", "--data-urlencode" -> data.add(words.next());
        case "--json" -> json.add(words.next());
        case "-F" -> parts.add(words.next());
        default -> {
          expect(HOST, word.substring(0, Math.min(HOST.length(), word.length())));
          target = word.substring(HOST.length());
        }
      }
    }
    boolean sends = !data.isEmpty() || !json.isEmpty() || !parts.isEmpty();
    String implied = sends ? "POST" : "GET";
    return new Curl(method.isEmpty() ? implied : method, target, headers, data, json, parts);
  }

  private static void expect(String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new IllegalArgumentException("expected " + expected + ", not " + actual);
    }
  }

  TestRequest request(BrrtClient client) {
    TestRequest request = client.request(method, target);
    String contentType = "";
    for (String header : headers) {
      String[] nameAndValue = header.split(": ", 2);
      if (nameAndValue[0].equals("Content-Type")) {
        contentType = nameAndValue[1];
      } else {
        request.header(nameAndValue[0], nameAndValue[1]);
      }
    }
    json.forEach(request::json);
    if (!contentType.isEmpty()) {
      return request.body(contentType, data.getFirst());
    }
    for (String field : data) {
      String[] nameAndValue = field.split("=", 2);
      request.field(nameAndValue[0], URLDecoder.decode(nameAndValue[1], StandardCharsets.UTF_8));
    }
    parts.forEach(part -> add(part, request));
    return request;
  }

  private static void add(String part, TestRequest request) {
    Matcher file = Pattern.compile("([^=]*)=([^;]*);filename=([^;]*);type=(.*)").matcher(part);
    if (file.matches()) {
      request.file(
          file.group(1),
          file.group(3),
          file.group(4),
          file.group(2).getBytes(StandardCharsets.UTF_8));
    } else {
      String[] nameAndValue = part.split("=", 2);
      byte[] value = nameAndValue[1].getBytes(StandardCharsets.UTF_8);
      request.part(nameAndValue[0], null, Headers.empty(), value);
    }
  }
}
