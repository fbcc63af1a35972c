package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Encoding;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Schema;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what is carried: media types with their schemas and encodings. */
final class ContentComparison {
  private final Changes changes;
  private final SchemaComparison schemas;
  private final Notes notes;

  /**
   * What it means that media types come and go.
   *
   * @param direction which way the content goes
   * @param removed the rule for one that is gone
   * @param added the rule for one that is new
   */
  record Rules(Direction direction, ChangeRule removed, ChangeRule added) {}

  ContentComparison(Changes changes, SchemaComparison schemas, Notes notes) {
    this.changes = changes;
    this.schemas = schemas;
    this.notes = notes;
  }

  void compare(
      Site site,
      Owner owner,
      Map<String, MediaType> before,
      Map<String, MediaType> after,
      Rules rules) {
    Map<String, MediaType> old = normalized(before);
    Map<String, MediaType> now = normalized(after);
    old.forEach((type, media) -> {
      String match = match(type, now);
      if (match == null) {
        changes.removed(
            site,
            rules.removed(),
            media.location(),
            owner,
            "the media type " + type + " was removed");
      } else {
        mediaTypes(site.in(type), media, now.get(match), rules.direction());
      }
    });
    now.forEach((type, media) -> {
      if (old.containsKey(type)) {
        return;
      }
      String match = match(type, old);
      if (match == null) {
        changes.added(
            site, rules.added(), owner, media.location(), "the media type " + type + " was added");
      } else {
        mediaTypes(site.in(type), old.get(match), media, rules.direction());
      }
    });
  }

  /** Compares the value of a parameter or header. */
  void value(Site site, Valued before, Valued after, Direction direction) {
    if (!sameForm(before.content(), after.content())) {
      return; // What the value is, is told already.
    }
    if (before.content().isEmpty()) {
      schemas.compare(
          site,
          new Owner("the " + before.sort(), before.location(), after.location()),
          before.schema(),
          after.schema(),
          direction);
      return;
    }
    before
        .content()
        .forEach((type, media) -> {
          MediaType other = after.content().get(type);
          if (other != null) {
            mediaTypes(site.in(type), media, other, direction);
          }
        });
  }

  boolean mayBeComposite(Optional<Schema> before, Optional<Schema> after) {
    return schemas.mayBeComposite(before, after);
  }

  /** {@return whether values by schemas, or in the same media types} */
  static boolean sameForm(Map<String, MediaType> before, Map<String, MediaType> after) {
    return before.keySet().equals(after.keySet());
  }

  static String form(Map<String, MediaType> content) {
    return content.isEmpty() ? "a schema" : "content " + String.join(", ", content.keySet());
  }

  private static Map<String, MediaType> normalized(Map<String, MediaType> content) {
    Map<String, MediaType> normalized = new LinkedHashMap<>();
    content.forEach((type, media) ->
        normalized.putIfAbsent(type.replace(" ", "").toLowerCase(Locale.ROOT), media));
    return normalized;
  }

  /** {@return the same type, else the nearest range that covers it; null when there is none} */
  private static @Nullable String match(String type, Map<String, MediaType> others) {
    if (others.containsKey(type)) {
      return type;
    }
    int end = type.indexOf(';');
    String plain = end < 0 ? type : type.substring(0, end);
    String range = plain.substring(0, plain.indexOf('/') + 1) + "*";
    for (String covering : new String[] {plain, range, "*/*"}) {
      if (others.containsKey(covering)) {
        return covering;
      }
    }
    return null;
  }

  private void mediaTypes(
      Site site, @Nullable MediaType before, @Nullable MediaType after, Direction direction) {
    if (before == null || after == null) {
      return;
    }
    Owner owner = new Owner("the media type", before.location(), after.location());
    schemas.compare(site, owner, before.schema(), after.schema(), direction);
    schemas.compare(site.in("item"), owner, before.itemSchema(), after.itemSchema(), direction);
    String old = encodings(before);
    String now = encodings(after);
    if (!old.equals(now)) {
      changes.add(
          site,
          direction == Direction.REQUEST
              ? BodyRule.REQUEST_ENCODING_CHANGED
              : BodyRule.RESPONSE_ENCODING_CHANGED,
          before.location(),
          after.location(),
          "the encoding changed from %s to %s".formatted(Texts.cut(old), Texts.cut(now)));
    }
    notes.mediaTypes(site, before, after);
  }

  private static String encodings(MediaType media) {
    return encodings(media.encoding())
        + media.prefixEncoding().stream()
            .map(ContentComparison::encoding)
            .collect(Collectors.joining())
        + media.itemEncoding().map(each -> "*" + encoding(each)).orElse("");
  }

  private static String encodings(Map<String, Encoding> encodings) {
    return encodings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + encoding(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String encoding(Encoding encoding) {
    StringBuilder text = new StringBuilder("(");
    text.append(encoding.contentType().orElse("default"));
    encoding.style().ifPresent(style -> text.append(" style ").append(style.word()));
    encoding.explode().ifPresent(explode -> text.append(" explode ").append(explode));
    text.append(encoding.allowReserved() ? " allowReserved" : "");
    encoding
        .headers()
        .forEach(
            (name, header) -> text.append(header.required() ? " required " : " ").append(name));
    if (!encoding.encoding().isEmpty()) {
      text.append(encodings(encoding.encoding()));
    }
    encoding.prefixEncoding().forEach(each -> text.append(encoding(each)));
    encoding.itemEncoding().ifPresent(each -> text.append('*').append(encoding(each)));
    return text.append(')').toString();
  }
}
