package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.auth.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that says which tokens may not be used any more: in each line the {@code jti} of one, or
 * {@code sub:} and a subject all of whose tokens are meant. The subject is that of the principal or
 * the claim {@code sub}, which are not the same where another claim says who it is. A {@code jti}
 * that has a colon begins with {@code jti:}, so that nothing else in front of one is taken for it;
 * so does one that has white space, so that no remark behind one is. A file that is emptied revokes
 * what it did before: so it looks while it is written. One with a line that cannot be used revokes
 * what it did before and what its other lines say, except at a start, which refuses it.
 */
final class RevokedTokens {
  private static final Logger LOG = LoggerFactory.getLogger(RevokedTokens.class);

  private static final String SUBJECT = "sub:";
  private static final String ID = "jti:";

  /** JSON in base64url begins so. */
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

  /** A hundred thousand identifiers. */
  private static final int MOST_OCTETS = 4 * 1024 * 1024;

  /** Some editors begin a file with it; anywhere else nobody would see it in an identifier. */
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** What stands in the text where the file is not UTF-8; nobody could write it into a token. */
  private static final char REPLACEMENT = '\uFFFD';

  /** A remark, as it may stand on a line of its own. */
  private static final Pattern REMARK = Pattern.compile("\\s#");

  private static final Pattern SPACE = Pattern.compile("\\s");

  /** Lines that cannot be used and are told of one by one. */
  private static final int MOST_TOLD = 5;

  private final WatchedFile<Revoked> file;
  private final WatchedFile.Subject subject;

  private record Revoked(Set<String> ids, Set<String> subjects) {
    Revoked() {
      this(new HashSet<>(), new HashSet<>());
    }

    int size() {
      return ids.size() + subjects.size();
    }

    void add(Revoked others) {
      ids.addAll(others.ids);
      subjects.addAll(others.subjects);
    }
  }

  /** What is wrong of lines of the text read last, without what stands in them. */
  private final List<String> wrong = new ArrayList<>();

  /**
   * Reads a file.
   *
   * @param path the file
   * @param scheme name of the security scheme whose tokens they are; empty if nobody has said
   * @throws UnusableSecretException if it cannot be read or used
   */
  RevokedTokens(Path path, String scheme) throws UnusableSecretException {
    file = WatchedFile.ofLines(path, MOST_OCTETS, RevokedTokens::first, this::again);
    subject = new WatchedFile.Subject("Revoked tokens", scheme);
  }

  private static Revoked first(String text) throws UnusableSecretException {
    List<String> wrong = new ArrayList<>();
    Revoked revoked = read(text, wrong);
    if (!wrong.isEmpty()) {
      throw new UnusableSecretException(wrong.getFirst());
    }
    return revoked;
  }

  private Revoked again(String text) throws UnusableSecretException {
    if (text.isEmpty()) {
      throw new UnusableSecretException(
          "is empty, as a file is while it is written; a line with # alone says that nothing is"
              + " revoked");
    }
    Revoked revoked = read(text, wrong);
    if (!wrong.isEmpty()) {
      // Nobody knows what the line was to say: perhaps that of one that is revoked already.
      revoked.add(file.value());
    }
    return revoked;
  }

  /** {@return what the lines say that can be used} What is wrong of the others is added. */
  private static Revoked read(String text, List<String> wrong) {
    Revoked revoked = new Revoked();
    int number = 0;
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    for (String each : (marked ? text.substring(1) : text).lines().toList()) {
      number++;
      String line = each.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        add(line, number, revoked);
      } catch (UnusableSecretException unusable) {
        wrong.add(String.valueOf(unusable.getMessage()));
      }
    }
    return revoked;
  }

  private static void add(String line, int number, Revoked revoked) throws UnusableSecretException {
    if (line.indexOf(REPLACEMENT) >= 0) {
      throw new UnusableSecretException(
          "line " + number + " is not UTF-8; write the file in UTF-8");
    }
    if (line.indexOf(BYTE_ORDER_MARK) >= 0) {
      throw new UnusableSecretException(
          "line "
              + number
              + " has a byte order mark (U+FEFF), which is seen by nobody; take it out");
    }
    if (REMARK.matcher(line).find()) {
      throw new UnusableSecretException(
          "line " + number + " has a remark behind it; put that on a line of its own");
    }
    if (line.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableSecretException(
          "line " + number + " has a control character in it; take it out");
    }
    if (line.startsWith(SUBJECT)) {
      revoked.subjects.add(named(line, SUBJECT, number));
    } else {
      revoked.ids.add(line.startsWith(ID) ? named(line, ID, number) : id(line, number));
    }
  }

  private static String named(String line, String prefix, int number)
      throws UnusableSecretException {
    String name = line.substring(prefix.length()).strip();
    if (name.isEmpty()) {
      throw new UnusableSecretException(
          "line " + number + " has nothing after \"" + prefix + "\", and revokes nothing");
    }
    return name;
  }

  /** Not shown: it may be a whole token that somebody has put there. */
  private static String id(String line, int number) throws UnusableSecretException {
    if (line.indexOf(':') >= 0) {
      throw new UnusableSecretException(
          "line "
              + number
              + " has a colon and begins with neither \"sub:\" nor \"jti:\"; write \"sub:\" before a"
              + " subject, and \"jti:\" before the jti of a token that has a colon itself");
    }
    if (SPACE.matcher(line).find()) {
      throw new UnusableSecretException(
          "line "
              + number
              + " has white space in it; write one jti in a line, remarks on lines of their own, and"
              + " \"jti:\" before the jti of a token that has white space itself");
    }
    if (TOKEN.matcher(line).matches()) {
      throw new UnusableSecretException(
          "line " + number + " is a whole token; write the jti that is in it");
    }
    return line;
  }

  /** {@return whether a token is one of them} Never blocks. */
  boolean contain(Verification.Accepted token) {
    Revoked revoked = file.value();
    return has(revoked.ids, token.claims().get("jti"))
        || revoked.subjects.contains(token.subject())
        || has(revoked.subjects, token.claims().get("sub"));
  }

  private static boolean has(Set<String> revoked, @Nullable Object claim) {
    return claim instanceof String text && revoked.contains(text);
  }

  void reload() {
    int before = file.value().size();
    file.reload(LOG, subject);
    tellWhatIsWrong();
    int now = file.value().size();
    if (now < before) {
      LOG.warn(
          "{} names {} of them now, {} before: which it does not name any more are good again",
          file.path(),
          now,
          before);
    }
  }

  private void tellWhatIsWrong() {
    wrong.stream()
        .limit(MOST_TOLD)
        .forEach(each ->
            LOG.warn(
                "{}: {}; the line revokes nothing, the others count, and so does all that was"
                    + " revoked before",
                file.path(),
                each));
    if (wrong.size() > MOST_TOLD) {
      LOG.warn("{}: so it is of {} lines more", file.path(), wrong.size() - MOST_TOLD);
    }
    wrong.clear();
  }
}
