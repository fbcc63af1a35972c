package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;

/** Fields that exclude each other. */
final class Exclusive {
  private Exclusive() {}

  /** Reports every field after the first that is there. */
  static void check(LocatedNode object, Findings findings, String... fields) {
    String first = null;
    for (String field : fields) {
      LocatedNode member = object.member(field);
      if (member != null && first != null) {
        findings.error(
            "exclusive-fields",
            member.nameLocation(),
            "\"" + first + "\" and \"" + field + "\" exclude each other",
            "keep one of them");
      } else if (member != null) {
        first = field;
      }
    }
  }
}
