package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The configuration cannot be used. Carries every problem found, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;
  private final transient @Nullable SoundSettings sound;
  private final transient Map<Path, String> contents;

  /**
   * Builds the exception.
   *
   * @param findings at least one error
   */
  public ConfigException(List<Finding> findings) {
    this(findings, null, Map.of());
  }

  /** Builds the exception, with the settings that are right and the files that were read. */
  ConfigException(
      List<Finding> findings, @Nullable SoundSettings sound, Map<Path, String> contents) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
    this.sound = sound;
    this.contents = contents;
  }

  /** {@return the files that were read, with the digests of their contents} */
  Map<Path, String> contents() {
    return contents;
  }

  /** {@return every problem: those of the file in its order, then variables, then flags} */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * {@return these problems with those that a start would find in what the settings name: files of
   * TLS, and who verifies the security schemes of a document} So nobody corrects a name only to
   * hear of the next mistake. Settings that are wrong themselves, or beside one that is, are left
   * out: what follows from a mistake is none.
   *
   * @param document the document to be served
   * @param directories further directories it may refer to
   */
  public List<Finding> withFurther(Path document, List<Path> directories) {
    List<Finding> all = new ArrayList<>(findings);
    if (sound != null) {
      sound.mistakes(document, directories).stream()
          .filter(each -> !findings.contains(each))
          .forEach(all::add);
    }
    return all;
  }
}
