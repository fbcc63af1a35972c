package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import io.brrtrouter.openapi.diff.Impact;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.server.watch.FileWatch;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes the files of a server when they change: documents and configuration as a new generation,
 * those of TLS as they are taken from time to time anyway. The log says what became of them.
 */
final class Watching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.reload");

  /** A new document may have hundreds, and whoever edits wants to see the first. */
  private static final int MOST = 20;

  private static final int MOST_NAMES = 10;

  private final Generations generations;
  private final Lifecycle lifecycle;
  private final Set<Path> tls;
  private final FileWatch files;

  /** What was read last; used by whoever watches. */
  private Map<Path, String> read;

  Watching(Generations generations, Lifecycle lifecycle) {
    this.generations = generations;
    this.lifecycle = lifecycle;
    this.tls = lifecycle.tlsFiles();
    Map<Path, String> taken = own(generations.contents());
    int most = DocumentLimits.MOST_BYTES;
    tls.forEach(file -> taken.put(file, ContentDigest.of(file, most)));
    this.read = taken;
    this.files = new FileWatch(taken, most, () -> own(generations.contents()).keySet(), this::take);
  }

  void start() {
    files.start();
  }

  /** Without those that somebody else takes. */
  private Map<Path, String> own(Map<Path, String> contents) {
    Map<Path, String> own = new HashMap<>(contents);
    own.keySet().removeAll(generations.left());
    return own;
  }

  private Map<Path, String> take(Set<Path> changed, Map<Path, String> now) {
    if (changed.stream().anyMatch(tls::contains)) {
      lifecycle.lookAtTls();
    }
    Map<Path, String> served = own(generations.contents());
    if (changed.stream().allMatch(file -> tls.contains(file) || isNews(file, now, served))) {
      read = now;
      return now;
    }
    LOG.atDebug()
        .addKeyValue("event", "reload.started")
        .log("files have changed, and are read again");
    ReloadOutcome outcome = generations.reload();
    if (!Thread.currentThread().isInterrupted()) {
      tell(outcome);
    }
    Map<Path, String> taken = own(outcome.contents());
    tls.forEach(file -> taken.put(file, now.getOrDefault(file, ContentDigest.NONE)));
    read = taken;
    return taken;
  }

  /** {@return whether code has added the file, as it is, to what serves} */
  private boolean isNews(Path file, Map<Path, String> now, Map<Path, String> served) {
    return !read.containsKey(file) && Objects.equals(now.get(file), served.get(file));
  }

  /** Says what became of changed files or code. */
  static void tell(ReloadOutcome outcome) {
    switch (outcome) {
      case ReloadOutcome.Published published -> tell(published);
      case ReloadOutcome.Unchanged _ ->
          LOG.atInfo()
              .addKeyValue("event", "reload.unchanged")
              .log("the files are again as the generation has them that serves");
      case ReloadOutcome.Refused refused -> tell(refused);
    }
  }

  private static void tell(ReloadOutcome.Published published) {
    LOG.atInfo()
        .addKeyValue("event", "reload.published")
        .addKeyValue("generation", published.number())
        .log(
            "generation {} serves: {}{}",
            published.number(),
            ChangeRenderer.summary(published.changes()),
            taken(published.taken()));
    changes(published.changes());
    findings(published.warnings());
  }

  /** Changes are those of the document; whoever has changed something else looks for that. */
  private static String taken(List<String> taken) {
    if (taken.isEmpty()) {
      return "";
    }
    String first = String.join(", ", taken.subList(0, Math.min(MOST_NAMES, taken.size())));
    int more = taken.size() - MOST_NAMES;
    return " of the document; taken: " + first + (more > 0 ? " and " + more + " more" : "");
  }

  private static void tell(ReloadOutcome.Refused refused) {
    if (refused.breaking().isEmpty()) {
      LOG.atError()
          .addKeyValue("event", "reload.refused")
          .log("the changed files have errors and are not taken; what served before goes on");
    } else {
      LOG.atError()
          .addKeyValue("event", "reload.breaking")
          .log(
              "the changed document would break clients and is not taken; what served before goes on:"
                  + " {}; to take it, set allow_breaking",
              ChangeRenderer.summary(refused.changes()));
    }
    changes(refused.breaking());
    findings(errors(refused.ofConfiguration()));
    findings(errors(refused.ofDocument()));
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(each -> each.severity() == Severity.ERROR).toList();
  }

  /** What breaks clients comes first, so that it is not behind what only the number is told of. */
  private static void changes(List<Change> changes) {
    changes.stream()
        .sorted(Comparator.comparing(Change::impact))
        .limit(MOST)
        .forEach(change ->
            LOG.atLevel(change.impact() == Impact.BREAKING ? Level.WARN : Level.INFO)
                .log("{}", change));
    more(changes.size());
  }

  private static void findings(List<Finding> findings) {
    findings.stream()
        .limit(MOST)
        .forEach(finding ->
            LOG.atLevel(finding.severity() == Severity.ERROR ? Level.ERROR : Level.WARN)
                .log("{}", finding));
    more(findings.size());
  }

  private static void more(int size) {
    if (size > MOST) {
      LOG.info("and {} more", size - MOST);
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
