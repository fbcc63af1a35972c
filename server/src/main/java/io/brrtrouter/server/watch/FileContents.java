package io.brrtrouter.server.watch;

import io.brrtrouter.openapi.source.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is in files now, and reads only those anew that may have changed. For one thread at a
 * time.
 */
final class FileContents {
  /**
   * File systems tell times in ticks, of up to two seconds: a file that was changed just now may be
   * changed again without looking any different.
   */
  private static final Duration TICK = Duration.ofSeconds(3);

  private final int mostOctets;
  private final InstantSource clock;
  private final Map<Path, Seen> seen = new HashMap<>();

  /** What a file looked like and what was in it; unsettled if it might look the same by now. */
  private record Seen(@Nullable Look look, String digest, boolean settled) {}

  /** Whatever differs when a file differs, as far as the file system tells. */
  private record Look(FileTime changed, long size, @Nullable Object key) {
    static @Nullable Look at(Path file) {
      try {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
      } catch (IOException absent) {
        return null;
      }
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param mostOctets what is behind so many octets of a file does not count
   * @param clock tells the time as file systems do
   */
  FileContents(int mostOctets, InstantSource clock) {
    this.mostOctets = mostOctets;
    this.clock = clock;
  }

  /**
   * {@return the digests of what is in files now, as {@link ContentDigest} tells}
   *
   * @param files the files
   */
  Map<Path, String> of(Collection<Path> files) {
    seen.keySet().retainAll(files);
    Map<Path, String> digests = new HashMap<>();
    files.forEach(file -> digests.put(file, digest(file)));
    return digests;
  }

  private String digest(Path file) {
    Look look = Look.at(file);
    Seen last = seen.get(file);
    if (last != null && last.settled() && Objects.equals(last.look(), look)) {
      return last.digest();
    }
    // The time before: what is changed while it is read is changed later than that.
    boolean settled =
        look == null || look.changed().toInstant().isBefore(clock.instant().minus(TICK));
    String digest = ContentDigest.of(file, mostOctets);
    seen.put(file, new Seen(look, digest, settled));
    return digest;
  }
}
