package io.brrtrouter.security;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeSetting;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Gives a builder what is configured, and collects everything that is wrong with that, in the words
 * of the configuration and with its places.
 */
final class Attempts {
  private final SchemeSettings settings;
  private final List<ConfigKey<?>> keys;
  private final Map<Option, ConfigKey<?>> instead = new EnumMap<>(Option.class);
  private final Set<Option> refused = EnumSet.noneOf(Option.class);
  private final List<Finding> findings = new ArrayList<>();

  /** Takes a secret, or what a file has. */
  interface Step {
    void run() throws UnusableSecretException;
  }

  /**
   * {@return attempts to verify a scheme}
   *
   * @param settings what is configured
   * @param keys what there is to configure
   * @param fits whether the scheme is one that can be verified so
   * @param lacks what it does not take: {@code no bearer token} for example
   * @throws UnusableSettingsException if it is none
   */
  static Attempts at(SchemeSettings settings, List<ConfigKey<?>> keys, boolean fits, String lacks)
      throws UnusableSettingsException {
    if (!fits) {
      throw new UnusableSettingsException(List.of(settings.unfit(lacks)));
    }
    return new Attempts(settings, keys);
  }

  private Attempts(SchemeSettings settings, List<ConfigKey<?>> keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /** Calls a method of the builder. */
  void call(Runnable method) {
    try {
      method.run();
    } catch (MistakeException wrong) {
      wrong.mistakes().forEach(this::add);
    }
  }

  /** Calls one whose mistakes are those of a certain setting. */
  void call(SchemeSetting<?> setting, Runnable method) {
    try {
      method.run();
    } catch (MistakeException wrong) {
      for (Mistake mistake : wrong.mistakes()) {
        findings.add(
            setting.mistake(
                mistake.message().with(Option::setting), mistake.fix().with(Option::setting)));
      }
    }
  }

  /** Calls one that reads a secret or a file, which a setting has or names. */
  void read(ConfigKey<?> key, String fix, Step step) {
    try {
      step.run();
    } catch (UnusableSecretException unusable) {
      findings.add(settings.at(key).mistake(unusable, fix));
      refused.addAll(options(key));
      instead.forEach((option, from) -> {
        if (from.equals(key)) {
          refused.add(option);
        }
      });
    } catch (MistakeException wrong) {
      wrong.mistakes().forEach(this::add);
    }
  }

  private static List<Option> options(ConfigKey<?> key) {
    List<Option> options = new ArrayList<>();
    for (Option option : Option.values()) {
      if (key.name().endsWith(">." + option.setting())) {
        options.add(option);
      }
    }
    return options;
  }

  /** Lets another setting than its own stand for an option, a file of the secret for example. */
  void comesFrom(Option option, ConfigKey<?> key) {
    instead.put(option, key);
  }

  /** Says that an option is refused, so that nobody hears that it is missing too. */
  void refuse(Option option, Finding finding) {
    refused.add(option);
    findings.add(finding);
  }

  void refuse(Finding finding) {
    findings.add(finding);
  }

  private void add(Mistake mistake) {
    if (mistake.options().stream().anyMatch(refused::contains)) {
      return;
    }
    Option subject = mistake.subject();
    String fix = mistake.fix().with(Option::setting);
    String message = mistake.message().with(Option::setting);
    findings.add(
        subject == null ? settings.mistake(message, fix) : setting(subject).mistake(message, fix));
    if (subject != null) {
      refused.add(subject);
    }
  }

  private SchemeSetting<?> setting(Option option) {
    ConfigKey<?> key = instead.get(option);
    if (key == null) {
      key = own(option);
    }
    return settings.at(key);
  }

  private ConfigKey<?> own(Option option) {
    return keys.stream().filter(each -> options(each).contains(option)).findFirst().orElseThrow();
  }

  /**
   * {@return the provider}
   *
   * @param mistakes what the builder still finds wrong
   * @param built builds the provider
   * @throws UnusableSettingsException if anything is wrong, with all of it
   */
  <P> P provider(Supplier<List<Mistake>> mistakes, Supplier<P> built)
      throws UnusableSettingsException {
    // Each is told, whichever else of these it is about.
    Set<Option> before = EnumSet.copyOf(refused);
    for (Mistake mistake : mistakes.get()) {
      refused.clear();
      refused.addAll(before);
      add(mistake);
    }
    throwUnlessEmpty();
    return built.get();
  }

  void throwUnlessEmpty() throws UnusableSettingsException {
    if (!findings.isEmpty()) {
      throw new UnusableSettingsException(findings);
    }
  }
}
