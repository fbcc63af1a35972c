package io.brrtrouter.openapi.diff;

import java.util.List;

/**
 * One change between two documents. What several operations share is one change.
 *
 * @param rule the sort of change
 * @param subjects what is affected, in the order of the new document: operations such as {@code GET
 *     /pets}, {@code webhook petAdded POST}, or {@code document}; never empty
 * @param path where in the first subject, for example {@code request body
 *     application/json/owner/name}; empty when it is about the whole
 * @param before where it stood in the old document; of what was added, what has it now
 * @param after where it stands in the new document; of what was removed, what had it
 * @param message what changed, with the old and the new value
 */
public record Change(
    ChangeRule rule,
    List<String> subjects,
    String path,
    ChangeLocation before,
    ChangeLocation after,
    String message) {

  /** Copies the list and checks that somebody is affected. */
  public Change {
    subjects = List.copyOf(subjects);
    if (subjects.isEmpty()) {
      throw new IllegalArgumentException(rule.id() + ": a change has a subject");
    }
  }

  /** {@return what the change does to clients} */
  public Impact impact() {
    return rule.impact();
  }

  /** {@return which way the data goes} */
  public Direction direction() {
    return rule.direction();
  }

  /** {@return the place to look at: in the new document, of what was removed in the old one} */
  public ChangeLocation location() {
    return after.isThere() || !before.isThere() ? after : before;
  }

  /** {@return the first subject, how many more there are, and the place in it} */
  public String where() {
    String subject = subjects.getFirst();
    if (subjects.size() > 1) {
      subject += " and " + (subjects.size() - 1) + " more";
    }
    return path.isEmpty() ? subject : subject + ", " + path;
  }

  /** {@return {@code file:line:column: impact[rule]: where: message}} */
  @Override
  public String toString() {
    return location().location()
        + ": "
        + impact().word()
        + "["
        + rule.id()
        + "]: "
        + where()
        + ": "
        + message;
  }
}
