package io.brrtrouter.examples.insurance.claims.casework;

import io.brrtrouter.examples.insurance.claims.generated.model.ImportReport;
import io.brrtrouter.examples.insurance.claims.generated.model.LossKind;
import io.brrtrouter.examples.insurance.common.Euros;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Losses that brokers have heard of. */
public final class Notices {
  /** The oldest are forgotten first. */
  static final int MOST = 10_000;

  private final Deque<Notice> notices = new ArrayDeque<>();

  Notices() {}

  /**
   * A loss.
   *
   * @param policy the policy
   * @param happenedOn the day
   * @param kind what happened; perhaps something that nobody here knows yet
   * @param estimate what it costs
   */
  public record Notice(String policy, LocalDate happenedOn, LossKind kind, Euros estimate) {

    private static Optional<Notice> of(String line) {
      String[] fields = line.strip().split(";", -1);
      if (fields.length != 4 || !fields[0].matches("P-[0-9]{6,10}") || fields[2].isBlank()) {
        return Optional.empty();
      }
      // A number as people write it: nobody shall make us read a million digits.
      if (!fields[3].matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Notice(
                fields[0],
                LocalDate.parse(fields[1]),
                LossKind.of(fields[2].strip()),
                Euros.of(fields[3])));
      } catch (DateTimeException noDate) {
        return Optional.empty();
      }
    }
  }

  /**
   * Reads what a broker sends and keeps it.
   *
   * @param csv lines of {@code policy;date;kind;amount}
   * @return what became of the lines
   */
  public ImportReport add(String csv) {
    List<Notice> read = new ArrayList<>();
    List<Integer> bad = new ArrayList<>();
    List<String> lines = csv.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        int number = i + 1;
        Notice.of(lines.get(i)).ifPresentOrElse(read::add, () -> bad.add(number));
      }
    }
    keep(read);
    return new ImportReport(read.size(), unknown(read), bad);
  }

  private synchronized void keep(List<Notice> read) {
    notices.addAll(read);
    while (notices.size() > MOST) {
      notices.removeFirst();
    }
  }

  private static Map<String, Integer> unknown(List<Notice> read) {
    Map<String, Integer> unknown = new TreeMap<>();
    for (Notice notice : read) {
      if (notice.kind() instanceof LossKind.Other(String name)) {
        unknown.merge(name, 1, Integer::sum);
      }
    }
    return unknown;
  }

  /** {@return what brokers have sent lately, oldest first} */
  public synchronized List<Notice> all() {
    return List.copyOf(notices);
  }
}
