package io.brrtrouter.schema.codec;

/**
 * Finds a member of an object by its name. Only gets its bearings: what it passes over is not
 * checked, because it is read, and checked, later. So objects with late tags inside each other cost
 * at most the depth of the text times its length.
 */
final class LookAhead {
  private final byte[] json;
  private int at;

  LookAhead(byte[] json, int start) {
    this.json = json;
    this.at = start;
  }

  /** The index of the first name that is one of some, -1 if none is. */
  int find(TextTable names) {
    if (current() != '{') {
      return -1;
    }
    do {
      at++;
      passWhitespace();
      int start = at;
      if (current() != '"') {
        return -1;
      }
      passString();
      if (at > json.length) {
        return -1;
      }
      int index = find(names, start + 1, at - 1);
      passWhitespace();
      at++;
      passWhitespace();
      if (index >= 0) {
        return index;
      }
      passValue();
    } while (current() == ',');
    return -1;
  }

  /** Where the value of the member found is. */
  int valueStart() {
    return at;
  }

  /** The index of the string at the value of the member found, -1 for another one or no string. */
  int findText(TextTable texts) {
    if (current() != '"') {
      return -1;
    }
    int start = at;
    passString();
    return at > json.length ? -1 : find(texts, start + 1, at - 1);
  }

  private int find(TextTable names, int from, int to) {
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      if (json[i] == '\\') {
        int length = Escapes.length(json, i);
        if (length == 0) {
          return -1;
        }
        escaped = true;
        i += length - 1;
      }
    }
    return escaped ? names.find(Escapes.decode(json, from, to)) : names.find(json, from, to);
  }

  private int current() {
    return at < json.length ? json[at] : 0;
  }

  private void passWhitespace() {
    while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
  }

  private void passString() {
    at = Words.endOfPlain(json, at + 1);
    while (at < json.length && json[at] != '"') {
      at = Words.endOfPlain(json, at + (json[at] == '\\' ? 2 : 1));
    }
    at++;
  }

  /** Passes over everything up to the comma or bracket behind the value. */
  private void passValue() {
    int open = 0;
    while (at < json.length) {
      int c = json[at];
      if (c == '"') {
        passString();
        continue;
      }
      if (open == 0 && (c == ',' || c == '}')) {
        return;
      }
      open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      at++;
    }
  }
}
