package io.brrtrouter.openapi.diff;

import java.util.Arrays;

/** Rules on the least and the most that schemas allow. */
enum BoundRule implements ChangeRule {
  REQUEST_MINIMUM_RAISED(Direction.REQUEST, Bound.MINIMUM, true),
  REQUEST_MINIMUM_LOWERED(Direction.REQUEST, Bound.MINIMUM, false),
  RESPONSE_MINIMUM_RAISED(Direction.RESPONSE, Bound.MINIMUM, true),
  RESPONSE_MINIMUM_LOWERED(Direction.RESPONSE, Bound.MINIMUM, false),
  REQUEST_MAXIMUM_LOWERED(Direction.REQUEST, Bound.MAXIMUM, true),
  REQUEST_MAXIMUM_RAISED(Direction.REQUEST, Bound.MAXIMUM, false),
  RESPONSE_MAXIMUM_LOWERED(Direction.RESPONSE, Bound.MAXIMUM, true),
  RESPONSE_MAXIMUM_RAISED(Direction.RESPONSE, Bound.MAXIMUM, false),
  REQUEST_MIN_LENGTH_RAISED(Direction.REQUEST, Bound.MIN_LENGTH, true),
  REQUEST_MIN_LENGTH_LOWERED(Direction.REQUEST, Bound.MIN_LENGTH, false),
  RESPONSE_MIN_LENGTH_RAISED(Direction.RESPONSE, Bound.MIN_LENGTH, true),
  RESPONSE_MIN_LENGTH_LOWERED(Direction.RESPONSE, Bound.MIN_LENGTH, false),
  REQUEST_MAX_LENGTH_LOWERED(Direction.REQUEST, Bound.MAX_LENGTH, true),
  REQUEST_MAX_LENGTH_RAISED(Direction.REQUEST, Bound.MAX_LENGTH, false),
  RESPONSE_MAX_LENGTH_LOWERED(Direction.RESPONSE, Bound.MAX_LENGTH, true),
  RESPONSE_MAX_LENGTH_RAISED(Direction.RESPONSE, Bound.MAX_LENGTH, false),
  REQUEST_MIN_ITEMS_RAISED(Direction.REQUEST, Bound.MIN_ITEMS, true),
  REQUEST_MIN_ITEMS_LOWERED(Direction.REQUEST, Bound.MIN_ITEMS, false),
  RESPONSE_MIN_ITEMS_RAISED(Direction.RESPONSE, Bound.MIN_ITEMS, true),
  RESPONSE_MIN_ITEMS_LOWERED(Direction.RESPONSE, Bound.MIN_ITEMS, false),
  REQUEST_MAX_ITEMS_LOWERED(Direction.REQUEST, Bound.MAX_ITEMS, true),
  REQUEST_MAX_ITEMS_RAISED(Direction.REQUEST, Bound.MAX_ITEMS, false),
  RESPONSE_MAX_ITEMS_LOWERED(Direction.RESPONSE, Bound.MAX_ITEMS, true),
  RESPONSE_MAX_ITEMS_RAISED(Direction.RESPONSE, Bound.MAX_ITEMS, false),
  REQUEST_MIN_PROPERTIES_RAISED(Direction.REQUEST, Bound.MIN_PROPERTIES, true),
  REQUEST_MIN_PROPERTIES_LOWERED(Direction.REQUEST, Bound.MIN_PROPERTIES, false),
  RESPONSE_MIN_PROPERTIES_RAISED(Direction.RESPONSE, Bound.MIN_PROPERTIES, true),
  RESPONSE_MIN_PROPERTIES_LOWERED(Direction.RESPONSE, Bound.MIN_PROPERTIES, false),
  REQUEST_MAX_PROPERTIES_LOWERED(Direction.REQUEST, Bound.MAX_PROPERTIES, true),
  REQUEST_MAX_PROPERTIES_RAISED(Direction.REQUEST, Bound.MAX_PROPERTIES, false),
  RESPONSE_MAX_PROPERTIES_LOWERED(Direction.RESPONSE, Bound.MAX_PROPERTIES, true),
  RESPONSE_MAX_PROPERTIES_RAISED(Direction.RESPONSE, Bound.MAX_PROPERTIES, false);

  private final Direction direction;
  private final Bound bound;
  private final boolean stricter;

  BoundRule(Direction direction, Bound bound, boolean stricter) {
    this.direction = direction;
    this.bound = bound;
    this.stricter = stricter;
  }

  /** {@return the rule for a bound that became stricter or looser in a direction} */
  static BoundRule of(Direction direction, Bound bound, boolean stricter) {
    return Arrays.stream(values())
        .filter(
            rule -> rule.direction == direction && rule.bound == bound && rule.stricter == stricter)
        .findFirst()
        .orElseThrow();
  }

  /** {@return whether it is about a number, or the length of a string} */
  boolean isOfScalars() {
    return switch (bound) {
      case MINIMUM, MAXIMUM, MIN_LENGTH, MAX_LENGTH -> true;
      case MIN_ITEMS, MAX_ITEMS, MIN_PROPERTIES, MAX_PROPERTIES -> false;
    };
  }

  /** {@return whether clients stop working} */
  boolean isBreaking() {
    return impact() == Impact.BREAKING;
  }

  @Override
  public Direction direction() {
    return direction;
  }

  @Override
  public Impact impact() {
    if (stricter) {
      return direction == Direction.REQUEST ? Impact.BREAKING : Impact.COMPATIBLE;
    }
    return direction == Direction.REQUEST ? Impact.COMPATIBLE : Impact.RISKY;
  }

  @Override
  public String title() {
    String word = bound.isLeast() == stricter ? "raised" : "lowered";
    return bound.keyword() + " was " + word + (stricter ? ", or set" : ", or lifted");
  }

  @Override
  public String reason() {
    if (direction == Direction.REQUEST) {
      return stricter
          ? "Requests with values beyond it are refused"
          : "Values within the old bound are still taken";
    }
    return stricter
        ? "Clients can read the values within it"
        : "Clients that count on the old bound may meet values beyond it";
  }
}
