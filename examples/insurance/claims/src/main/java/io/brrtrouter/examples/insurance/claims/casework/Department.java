package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.Assessment;
import io.brrtrouter.examples.insurance.common.Euros;
import io.brrtrouter.examples.insurance.common.Jobs;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The department of claims: everything the service keeps, in memory. Safe for use by many threads.
 */
public final class Department {
  private static final Set<String> CAR = Set.of("collision", "burglary");
  private static final Set<String> HOME = Set.of("burglary", "water_damage");
  private static final Set<String> JOURNEY = Set.of("cancelled_journey");

  private final Clock clock;
  private final Map<String, Cover> covers;
  private final Claims claims;
  private final Evidences evidences = new Evidences();
  private final Assessments assessments;
  private final Notices notices = new Notices();

  private Department(Clock clock, Map<String, Cover> covers, Jobs<Assessment> assessments) {
    this.clock = clock;
    this.covers = covers;
    this.claims = new Claims(clock);
    this.assessments = new Assessments(claims, covers, evidences, assessments);
  }

  /**
   * {@return a department that knows the policies the other service begins with}
   *
   * @param clock tells the time
   */
  public static Department withPolicies(Clock clock) {
    return withPolicies(clock, Assessments.jobs());
  }

  /**
   * {@return a department that knows the policies the other service begins with}
   *
   * @param clock tells the time
   * @param assessments does the assessments
   */
  public static Department withPolicies(Clock clock, Jobs<Assessment> assessments) {
    return new Department(
        clock,
        Map.of(
            "P-100001", new Cover(CAR, Euros.of("300.00"), Euros.of("14900.00")),
            "P-100002", new Cover(HOME, Euros.of("150.00"), Euros.of("50000.00")),
            "P-100003", new Cover(JOURNEY, Euros.ZERO, Euros.of("4000.00")),
            "P-100004", new Cover(HOME, Euros.of("150.00"), Euros.of("50000.00"))),
        assessments);
  }

  /** {@return the time} */
  public OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  /**
   * {@return what is known of a policy}
   *
   * @param policy its number
   */
  public Optional<Cover> cover(String policy) {
    return Optional.ofNullable(covers.get(policy));
  }

  /** {@return the claims} */
  public Claims claims() {
    return claims;
  }

  /** {@return photos and papers} */
  public Evidences evidences() {
    return evidences;
  }

  /** {@return the assessments} */
  public Assessments assessments() {
    return assessments;
  }

  /** {@return what brokers have heard of} */
  public Notices notices() {
    return notices;
  }
}
