package io.brrtrouter.examples.insurance.common;

import io.brrtrouter.examples.insurance.shared.model.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long list. A cursor is the key of the last element, so that what comes and goes
 * meanwhile neither hides an element nor shows it twice.
 *
 * @param items the elements
 * @param next the cursor of what follows; null at the end
 * @param <T> what is listed
 */
public record Slice<T>(List<T> items, @Nullable String next) {
  /**
   * Keys of letters and a number, {@code P-100001} for example: those of more digits come later.
   */
  public static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** Copies the list. */
  public Slice {
    items = List.copyOf(items);
  }

  /**
   * {@return the key that a cursor stands for; empty when nobody gave it out}
   *
   * @param cursor the cursor
   * @param keys what keys look like
   */
  public static Optional<String> key(String cursor, Predicate<String> keys) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
      return Optional.of(key).filter(keys);
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  /**
   * {@return the elements after a key that are wanted, up to a number of them}
   *
   * @param all everything, in order
   * @param after the key; null for the beginning
   * @param wanted which ones
   * @param limit how many at most
   * @param <T> what is listed
   */
  public static <T> Slice<T> of(
      NavigableMap<String, T> all, @Nullable String after, Predicate<T> wanted, int limit) {
    List<T> items = new ArrayList<>();
    String last = "";
    NavigableMap<String, T> rest = after == null ? all : all.tailMap(after, false);
    Iterator<Map.Entry<String, T>> entries = rest.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, T> entry = entries.next();
      if (!wanted.test(entry.getValue())) {
        continue;
      }
      if (items.size() == limit) {
        return new Slice<>(items, cursor(last));
      }
      items.add(entry.getValue());
      last = entry.getKey();
    }
    return new Slice<>(items, null);
  }

  private static String cursor(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@return what is said about it in the body} */
  public Page page() {
    return new Page(items.size(), next);
  }

  /**
   * {@return what is said about it in the header {@code Link} (RFC 8288); null at the end}
   *
   * @param path the path of the list
   * @param query the parameters of the request that were sent, those with several values as lists
   */
  public @Nullable String link(String path, Map<String, Object> query) {
    if (next == null) {
      return null;
    }
    StringBuilder target = new StringBuilder(path).append('?');
    query.forEach((name, value) -> {
      for (Object each : value instanceof List<?> list ? list : List.of(value)) {
        String encoded = URLEncoder.encode(each.toString(), StandardCharsets.UTF_8);
        target.append(name).append('=').append(encoded).append('&');
      }
    });
    return "<" + target.append("cursor=").append(next) + ">; rel=\"next\"";
  }
}
