package io.brrtrouter.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with something that a builder was given, or was not: for whoever calls the builder,
 * and for whoever writes a configuration, each in their own words.
 *
 * @param subject what the sentence begins with; null where it begins with none
 * @param options everything that it is about: where one of these is refused already, this one only
 *     follows from that
 * @param message the rest of the sentence, without full stop
 * @param fix what would be right, one clause
 */
record Mistake(@Nullable Option subject, Set<Option> options, Sentence message, Sentence fix) {

  /** A part of a sentence, in which options are named. */
  interface Sentence {
    /**
     * {@return the text}
     *
     * @param name what an option is called
     */
    String with(Function<Option, String> name);
  }

  /** {@return one about an option, in which no other is named} */
  static Mistake of(Option subject, String message, String fix) {
    return new Mistake(subject, EnumSet.of(subject), _ -> message, _ -> fix);
  }

  /** {@return one that begins with an option, and is about others too} */
  static Mistake of(Option subject, Sentence message, Sentence fix, Option... others) {
    return new Mistake(subject, EnumSet.of(subject, others), message, fix);
  }

  /** {@return one that begins with no option} */
  static Mistake among(Set<Option> options, Sentence message, Sentence fix) {
    return new Mistake(null, options, message, fix);
  }

  /** {@return it for whoever calls a builder} */
  String forCode() {
    String begin = subject == null ? "" : subject.method() + " ";
    return begin + message.with(Option::method) + ": " + fix.with(Option::method);
  }

  /** {@return several for whoever calls a builder} */
  static String forCode(List<Mistake> mistakes) {
    return mistakes.stream().map(Mistake::forCode).collect(Collectors.joining("; "));
  }

  /** {@return a text that is not blank} */
  static String notBlank(Option option, String value) {
    if (value.isBlank()) {
      throw new MistakeException(of(option, "is empty", "give it a value"));
    }
    return value;
  }
}
