package io.brrtrouter.examples.insurance.common;

import io.brrtrouter.examples.insurance.shared.model.Problem;

/** The problems that both services answer with, each with a type of its own. */
public final class Problems {
  private Problems() {}

  /**
   * {@return that something does not exist}
   *
   * @param what the kind of thing
   * @param id what it was called
   */
  public static Problem notFound(String what, Object id) {
    return problem("not-found", "Not found", 404, "There is no " + what + " " + id + ".");
  }

  /** {@return that a cursor was made up} */
  public static Problem badCursor() {
    return problem(
        "bad-cursor",
        "No such page",
        400,
        "The cursor is none of ours; take \"next\" of the page before.");
  }

  /**
   * {@return that something is not possible now}
   *
   * @param why why
   */
  public static Problem conflict(String why) {
    return problem("conflict", "Not possible now", 409, why);
  }

  /** {@return that somebody else has changed it} */
  public static Problem outdated() {
    return problem(
        "outdated",
        "Somebody was faster",
        412,
        "It has changed since; get it again and look whether the change still makes sense.");
  }

  /**
   * {@return that something makes no sense}
   *
   * @param why why
   */
  public static Problem impossible(String why) {
    return problem("impossible", "Not possible", 422, why);
  }

  /** {@return that a change does not say what it changes} */
  public static Problem tagMissing() {
    return problem(
        "tag-missing",
        "Which version?",
        428,
        "Send the ETag of what is changed in If-Match, so that no change of somebody else is lost.");
  }

  /**
   * {@return that there is too much to do}
   *
   * @param why why
   */
  public static Problem busy(String why) {
    return problem("busy", "Later", 503, why);
  }

  private static Problem problem(String type, String title, int status, String detail) {
    return new Problem("/problems/" + type, title, status, detail, null);
  }
}
