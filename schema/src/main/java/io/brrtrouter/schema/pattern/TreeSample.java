package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.BackReference;
import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Spells an expression out, every quantifier a few times over its minimum, and tries whether the
 * text matches. Conditions are not looked at.
 */
final class TreeSample {
  /** Longer ones are not spelt out. */
  private static final int MAX_LENGTH = 1 << 16;

  private final Map<Integer, String> captured = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private final int extra;
  private final int variant;

  private TreeSample(int extra, int variant) {
    this.extra = extra;
    this.variant = variant;
  }

  /** {@return a text that all match, spelt after the first, or empty} */
  static Optional<String> of(List<EcmaPattern> patterns, int min, int max, int variant) {
    for (int extra : new int[] {1, 0, 2, 4, min, Math.max(min - 1, 0)}) {
      for (int way = variant; way < variant + 4; way++) {
        TreeSample sample = new TreeSample(extra, way);
        sample.write(patterns.getFirst().node());
        String text = sample.out.toString();
        int length = text.codePointCount(0, text.length());
        if (length >= min
            && length <= max
            && patterns.stream().allMatch(pattern -> pattern.find(text))) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }

  private void write(Node node) {
    if (out.length() > MAX_LENGTH) {
      return;
    }
    switch (node) {
      case Characters characters -> out.appendCodePoint(letter(characters.set()));
      case Sequence sequence -> sequence.items().forEach(this::write);
      case Choice choice -> write(choice.options().get(variant % choice.options().size()));
      case Repeat repeat -> {
        long times = Math.min(repeat.max(), (long) repeat.min() + extra);
        for (long i = 0; i < times && out.length() <= MAX_LENGTH; i++) {
          write(repeat.body());
        }
      }
      case Group group -> {
        int start = out.length();
        write(group.body());
        captured.put(group.index(), out.substring(start));
      }
      case BackReference reference -> out.append(captured.getOrDefault(reference.group(), ""));
      case Look look -> {
        if (!look.negated()) {
          // Only for what its groups capture.
          int start = out.length();
          write(look.body());
          out.setLength(start);
        }
      }
      case Node.Start _, Node.End _, Node.WordBoundary _ -> {}
    }
  }

  private int letter(CodePoints set) {
    for (int i = 0; i < 26; i++) {
      int c = 'a' + (out.length() + variant + i) % 26;
      if (set.contains(c)) {
        return c;
      }
    }
    return set.isEmpty() ? ' ' : set.last(0);
  }
}
