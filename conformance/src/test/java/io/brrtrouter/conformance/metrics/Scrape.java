package io.brrtrouter.conformance.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one scrape in the text format has.
 *
 * @param samples values by name with labels, as written
 * @param types types by name
 */
record Scrape(Map<String, Double> samples, Map<String, String> types) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static Scrape of(String url) {
    return parse(get(url, "text/plain").body());
  }

  static HttpResponse<String> get(String url, String accept) {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/metrics")).header("Accept", accept).build(),
        BodyHandlers.ofString());
  }

  static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return CLIENT.send(request, handler);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static Scrape parse(String text) {
    Map<String, Double> samples = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    text.lines()
        .forEach(line -> {
          if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", -1);
            types.put(words[2], words[3]);
          } else if (!line.startsWith("#")) {
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(0, space), number(line.substring(space + 1)));
          }
        });
    return new Scrape(samples, types);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** {@return a value; 0 where it does not occur, as a query has it} */
  double value(String sample) {
    return samples.getOrDefault(sample, 0.0);
  }

  /** {@return the names, each once} */
  Set<String> names() {
    return new TreeSet<>(types.keySet());
  }
}
