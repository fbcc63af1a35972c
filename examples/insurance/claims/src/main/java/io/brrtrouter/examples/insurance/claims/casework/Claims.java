package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Claim;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimReportInput;
import io.brrtrouter.examples.insurance.claims.generated.model.ClaimStatus;
import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Slice;
import io.brrtrouter.examples.insurance.shared.model.Person;
import io.brrtrouter.examples.insurance.shared.model.PersonInput;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every claim by its id, the latest first. Versions replace each other only one after the other, so
 * of two who change the same version one is told that the other was faster.
 */
public final class Claims {
  private final NavigableMap<String, ClaimFile> files =
      new ConcurrentSkipListMap<>(Slice.BY_NUMBER.reversed());
  private final AtomicInteger numbers = new AtomicInteger(500_000);
  private final Clock clock;

  Claims(Clock clock) {
    this.clock = clock;
  }

  /**
   * Opens a file.
   *
   * @param report what happened
   * @return its first version
   */
  public ClaimFile open(ClaimReportInput report) {
    Claim claim =
        Claim.builder()
            .id("C-" + numbers.incrementAndGet())
            .policy(report.policy())
            .status(ClaimStatus.Known.REPORTED)
            .reportedAt(OffsetDateTime.now(clock))
            .happenedAt(report.happenedAt())
            .description(report.description())
            .loss(report.loss())
            .estimate(report.estimate())
            .reporter(person(report.reporter()))
            .build();
    ClaimFile file = new ClaimFile(claim, 1, Euros.ZERO);
    files.put(claim.id(), file);
    return file;
  }

  private static Person person(PersonInput input) {
    return new Person(
        UUID.randomUUID(), input.name(), input.born(), input.email(), input.address());
  }

  /**
   * {@return a file as it is now}
   *
   * @param id the claim's id
   */
  public Optional<ClaimFile> find(String id) {
    return Optional.ofNullable(files.get(id));
  }

  /**
   * Replaces a version by the next.
   *
   * @param before the version that was changed
   * @param after the next
   * @return whether nobody was faster
   */
  public boolean replace(ClaimFile before, ClaimFile after) {
    return files.replace(before.claim().id(), before, after);
  }

  /**
   * {@return a part of the files, the latest first}
   *
   * @param after the id before the first one; null for the beginning
   * @param wanted which ones
   * @param limit how many at most
   */
  public Slice<ClaimFile> slice(@Nullable String after, Predicate<ClaimFile> wanted, int limit) {
    return Slice.of(files, after, wanted, limit);
  }
}
