package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.source.Pointers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Writes a schema so that those that say the same are alike, wherever references lead. */
final class ResolvedText {
  /** Characters, beyond which references are written as they are. */
  private static final int MAX_LENGTH = 100_000;

  /** References in what references lead to, beyond which they are written as they are. */
  private static final int MAX_DEPTH = 100;

  private static final Set<String> TEXTS = Set.of("title", "description", "$comment");

  private final Schemas schemas;
  private final Set<Place> inside = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private ResolvedText(Schemas schemas) {
    this.schemas = schemas;
  }

  static String of(Schemas schemas, Place place, String keyword) {
    ResolvedText resolved = new ResolvedText(schemas);
    resolved.value(place, keyword, place.keyword(keyword));
    return resolved.text.toString();
  }

  private void value(Place owner, String path, JsonNode value) {
    if (value.isObject()) {
      object(owner, path, value);
    } else if (value.isArray()) {
      text.append('[');
      for (int i = 0; i < value.size(); i++) {
        value(owner, path + "/" + i, value.get(i));
        text.append(',');
      }
      text.append(']');
    } else {
      text.append(Texts.canonical(value));
    }
  }

  private void object(Place owner, String path, JsonNode object) {
    Optional<Place> self = owner.below(path);
    Optional<Place> target = self.flatMap(each -> schemas.reference(each, "$ref"));
    boolean followed = text.length() < MAX_LENGTH && inside.size() < MAX_DEPTH;
    if (target.isPresent() && followed && inside.add(target.get())) {
      Place place = target.get();
      members(place, "", place.node(), List.of());
      inside.remove(place);
      if (object.size() > 1) {
        members(owner, path, object, List.of("$ref"));
      }
      return;
    }
    members(owner, path, object, List.of());
  }

  private void members(Place owner, String path, JsonNode object, List<String> except) {
    if (!object.isObject()) {
      text.append(Texts.canonical(object));
      return;
    }
    Map<String, JsonNode> members = new TreeMap<>();
    object.forEachEntry(members::put);
    text.append('{');
    members.forEach((name, value) -> {
      boolean informs = TEXTS.contains(name) && value.isString();
      if (!informs && !except.contains(name)) {
        text.append(name.length()).append(':').append(name).append('=');
        String step = Pointers.escape(name);
        value(owner, path.isEmpty() ? step : path + "/" + step, value);
        text.append(';');
      }
    });
    text.append('}');
  }
}
