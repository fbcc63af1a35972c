package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.source.Pointers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Knows of an old and a new schema whether they are written alike, and so is all that they refer
 * to: then nothing has to be compared. Each pair is looked at once, whoever asks; the work is
 * linear in what is written.
 */
final class Sameness {
  /** What gives references another meaning than where they stand does. */
  private static final Set<String> NAMING =
      Set.of(
          "$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor");

  private final Schemas before;
  private final Schemas after;
  private final Map<Both, Known> known = new HashMap<>();

  private record Both(Place before, Place after) {}

  /** What is known of a pair, and which pairs refer to it. */
  private static final class Known {
    boolean differs;
    final List<Known> askers = new ArrayList<>();
  }

  /** Two values at the same path of a pair. */
  private record Values(String path, JsonNode before, JsonNode after) {}

  Sameness(Schemas before, Schemas after) {
    this.before = before;
    this.after = after;
  }

  /** {@return whether schemas are written alike one by one} */
  boolean are(List<Place> olds, List<Place> news) {
    if (olds.size() != news.size()) {
      return false;
    }
    for (int i = 0; i < olds.size(); i++) {
      if (!are(olds.get(i), news.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean are(Place old, Place now) {
    if (!old.lacksWhat(now) || !old.isWritten() || !now.isWritten()) {
      return false;
    }
    Both both = new Both(old.whole(), now.whole());
    Known answer = known.get(both);
    return !(answer == null ? explored(both) : answer).differs;
  }

  /** Looks at all that is not known yet, then tells those that refer to what differs. */
  private Known explored(Both root) {
    Known answer = new Known();
    known.put(root, answer);
    Deque<Both> open = new ArrayDeque<>(List.of(root));
    Deque<Known> differing = new ArrayDeque<>();
    while (!open.isEmpty()) {
      Both both = open.pop();
      Known it = known.getOrDefault(both, answer);
      if (!isAlike(both, it, open)) {
        it.differs = true;
      }
      if (it.differs) {
        differing.push(it);
      }
    }
    while (!differing.isEmpty()) {
      for (Known asker : differing.pop().askers) {
        if (!asker.differs) {
          asker.differs = true;
          differing.push(asker);
        }
      }
    }
    return answer;
  }

  /** {@return whether two schemas are written alike, but for what they refer to} */
  private boolean isAlike(Both both, Known it, Deque<Both> open) {
    Deque<Values> values = new ArrayDeque<>();
    values.push(new Values("", both.before().node(), both.after().node()));
    while (!values.isEmpty()) {
      Values each = values.pop();
      boolean alike;
      if (each.before().isObject() && each.after().isObject()) {
        alike = objects(each, both, it, open, values);
      } else if (each.before().isArray() && each.after().isArray()) {
        alike = arrays(each, values);
      } else {
        alike = each.before().equals(each.after());
      }
      if (!alike) {
        return false;
      }
    }
    return true;
  }

  private boolean objects(
      Values each, Both both, Known it, Deque<Both> open, Deque<Values> values) {
    if (each.before().size() != each.after().size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> member : each.before().properties()) {
      String name = member.getKey();
      JsonNode now = each.after().get(name);
      if (now == null || NAMING.contains(name)) {
        return false;
      }
      if (name.equals("$ref") && member.getValue().isString() && now.isString()) {
        if (!refer(each.path(), both, it, open)) {
          return false;
        }
      } else {
        String step = Pointers.escape(name);
        values.push(new Values(below(each.path(), step), member.getValue(), now));
      }
    }
    return true;
  }

  private static String below(String path, String step) {
    return path.isEmpty() ? step : path + "/" + step;
  }

  private static boolean arrays(Values each, Deque<Values> values) {
    if (each.before().size() != each.after().size()) {
      return false;
    }
    for (int i = 0; i < each.before().size(); i++) {
      values.push(
          new Values(
              below(each.path(), Integer.toString(i)), each.before().get(i), each.after().get(i)));
    }
    return true;
  }

  /** {@return false if one of two references leads nowhere; else they differ if the targets do} */
  private boolean refer(String path, Both both, Known it, Deque<Both> open) {
    Optional<Place> old =
        both.before().below(path).flatMap(place -> before.reference(place, "$ref"));
    Optional<Place> now = both.after().below(path).flatMap(place -> after.reference(place, "$ref"));
    if (old.isEmpty() || now.isEmpty()) {
      return false;
    }
    Both target = new Both(old.get(), now.get());
    Known answer = known.get(target);
    if (answer == null) {
      answer = new Known();
      known.put(target, answer);
      open.push(target);
    }
    it.differs |= answer.differs;
    answer.askers.add(it);
    return true;
  }
}
