package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.DocumentDiff;
import io.brrtrouter.openapi.diff.Impact;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.Generation;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.ServedOperation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server serves, one generation after another: each change compiles a whole one aside, which
 * is published or comes to nothing. Safe for use by many threads; changes wait for each other, and
 * requests for none.
 */
final class Generations {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.reload");

  private final Fixtures fixtures;
  private final Gate gate;

  /** Files that are taken only together with code. */
  private volatile Set<Path> left = Set.of();

  /** Held by whoever changes what is served; threads of requests do not wait for it. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Those that still answer requests. */
  private final Set<Living> living = ConcurrentHashMap.newKeySet();

  /** Has what code gives. Guarded by {@link #changing}. */
  private Drafter drafter;

  /** Every handler given so far, for documents that come later. Guarded by {@link #changing}. */
  private final Map<String, Handler> handlers;

  /** Those that must occur in the first document. Guarded by {@link #changing}. */
  private final Map<String, Handler> required;

  /** Guarded by {@link #changing}. */
  private final List<Addition> additions = new ArrayList<>();

  /** Guarded by {@link #changing}. */
  private Served served;

  /** Guarded by {@link #changing}. */
  private ReloadStatus status;

  /** Since when the generation serves. */
  private volatile long sinceMillis = System.currentTimeMillis();

  /**
   * What the generation that serves was made of.
   *
   * @param config the configuration
   * @param loaded the document; empty where nobody compares it with another
   * @param options what was compiled with
   * @param claim what it shares with others
   * @param contents the files it was read from
   * @param warnings what is odd about it
   */
  private record Served(
      ServerConfig config,
      Optional<Loaded> loaded,
      DispatchOptions options,
      SharedParts.Claim claim,
      Map<Path, String> contents,
      List<Finding> warnings) {
    Served claiming(SharedParts.Claim other) {
      return new Served(config, loaded, options, other, contents, warnings);
    }
  }

  /** A generation from its publication to its last response; told apart by identity. */
  private static final class Living {
    final CompiledApi api;
    final SharedParts.Claim claim;

    Living(CompiledApi api, SharedParts.Claim claim) {
      this.api = api;
      this.claim = claim;
    }
  }

  /**
   * Begins with the first generation.
   *
   * @param drafter makes others
   * @param first what came of the start, not refused
   * @param warnings what is odd about it
   */
  Generations(Drafter drafter, Draft first, List<Finding> warnings) {
    GivenParts given = drafter.given();
    this.fixtures = drafter.fixtures();
    this.drafter = drafter;
    this.required = new HashMap<>(given.handlers());
    this.handlers = new HashMap<>(given.handlers());
    Living one = new Living(withEndpoints(first), first.claim());
    living.add(one);
    this.gate =
        new Gate(
            one.api,
            () -> ended(one),
            first.config().http().maxInFlight(),
            first.config().http().maxStreams(),
            first.config().bodies().heapBytes());
    Map<Path, String> contents = new HashMap<>(first.document().loaded().contents());
    contents.putAll(first.config().contents());
    this.served = served(first, contents, warnings);
    this.status =
        new ReloadStatus(1, Instant.now(), Optional.empty(), Optional.empty(), Optional.empty());
    fixtures.reloads().add(status.serves());
    tell(gate.current());
    show();
  }

  private CompiledApi withEndpoints(Draft draft) {
    CompiledApi api = draft.api();
    return api.withEndpoints(
        new Assembly(draft.config(), fixtures).endpoints(draft.document().loaded(), api));
  }

  private Served served(Draft draft, Map<Path, String> contents, List<Finding> warnings) {
    fixtures
        .upkeep()
        .serve(draft.security().providers().values(), draft.config().security().reload());
    LogBackends.setLevels(draft.config().values());
    return new Served(
        draft.config(),
        kept(draft.document().loaded(), draft.config()),
        draft.options(),
        draft.claim(),
        contents,
        warnings);
  }

  /** Only what may be replaced is compared with what replaces it. */
  private static Optional<Loaded> kept(Loaded loaded, ServerConfig config) {
    return config.watch() ? Optional.of(loaded) : Optional.empty();
  }

  /** {@return who lets requests in} */
  Gate gate() {
    return gate;
  }

  /** {@return the files that what serves was read from, with the digests of their contents} */
  Map<Path, String> contents() {
    return changing(() -> served.contents());
  }

  /** {@return which generation serves} */
  long number() {
    return gate.current().number();
  }

  /** {@return since when it serves, in milliseconds since 1970} */
  long sinceMillis() {
    return sinceMillis;
  }

  private <T> T changing(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  /** As {@link BrrtServer#addRoute}. */
  void addRoute(Addition.Route route) {
    changing.lock();
    try {
      serve(route);
    } finally {
      changing.unlock();
    }
  }

  private void serve(Addition.Route route) {
    CompiledApi api = compiled(route, served.options());
    SharedParts.Claim claim = served.claim().again();
    publish(gate.current().api().with(api), claim);
    served = served.claiming(claim);
    add(route);
  }

  private static CompiledApi compiled(Addition.Route route, DispatchOptions options) {
    return ApiCompiler.route(route.method(), route.template(), route.handler(), options);
  }

  /** As {@link BrrtServer#registerFrom(Path, Map)}. */
  List<Finding> registerFrom(Path document, Map<String, Handler> more) {
    return changing(() -> register(document, more));
  }

  private List<Finding> register(Path document, Map<String, Handler> more) {
    LintedDocument linted =
        new LintedDocument(document, served.config().loadOptions(drafter.given().directories()));
    SharedParts.Claim claim = served.claim().again();
    Compilation.Compiled compiled = sound(linted, more, claim);
    publish(gate.current().api().with(compiled.api()), claim);
    handlers.putAll(more);
    Map<Path, String> contents = new HashMap<>(served.contents());
    contents.putAll(linted.loaded().contents());
    Served now = served;
    served = new Served(now.config(), now.loaded(), now.options(), claim, contents, now.warnings());
    add(new Addition.Registered(document, more, kept(linted.loaded(), now.config())));
    return compiled.findings();
  }

  /** {@return what is to be served; the claim is released if it is not} */
  private Compilation.Compiled sound(
      LintedDocument document, Map<String, Handler> more, SharedParts.Claim claim) {
    boolean taken = false;
    try {
      Compilation.Compiled compiled =
          switch (compile(document, served.config(), served.options(), more, claim)) {
            case Compilation.Compiled sound -> sound;
            case Compilation.Refused refused -> throw new StartupException(refused.findings());
          };
      taken = true;
      return compiled;
    } finally {
      if (!taken) {
        claim.release();
      }
    }
  }

  private Compilation compile(
      LintedDocument document,
      ServerConfig config,
      DispatchOptions options,
      Map<String, Handler> more,
      SharedParts.Claim claim) {
    ServiceSetup services = drafter.services(config, options, claim);
    Map<String, Handler> spare =
        new HashMap<>(
            services.handlers(document.loaded(), new Drafter.Handlers(more, handlers).names()));
    spare.putAll(handlers);
    return document.compile(loaded ->
        ServiceSetup.judge(ApiCompiler.compile(loaded, options, more, spare), services.findings()));
  }

  private void add(Addition addition) {
    additions.removeIf(addition::replaces);
    additions.add(addition);
  }

  /** As {@link BrrtServer#replaceHandler}. */
  void replaceHandler(String name, Handler handler) {
    changing.lock();
    try {
      replace(name, handler);
    } finally {
      changing.unlock();
    }
  }

  private void replace(String name, Handler handler) {
    SharedParts.Claim claim = served.claim().again();
    CompiledApi api;
    try {
      api = gate.current().api().withHandler(name, handler);
    } catch (IllegalArgumentException unknown) {
      claim.release();
      throw unknown;
    }
    publish(api, claim);
    served = served.claiming(claim);
    handlers.put(name, handler);
    required.computeIfPresent(name, (_, _) -> handler);
    additions.replaceAll(each ->
        each instanceof Addition.Route route && route.name().equals(name)
            ? new Addition.Route(route.method(), route.template(), handler)
            : each);
  }

  /**
   * Reads documents and configuration again, and publishes what comes of them if it may be.
   *
   * @return what became of them
   */
  ReloadOutcome reload() {
    return changing(this::takeFiles);
  }

  /** {@return files that are taken only together with code} */
  Set<Path> left() {
    return left;
  }

  /** Takes files only together with code. */
  void leave(Set<Path> files) {
    left = Set.copyOf(files);
  }

  /**
   * Says in {@code /ready} that changed code is not taken.
   *
   * @param findings what is wrong with it
   */
  void refuse(List<Finding> findings) {
    changing.lock();
    try {
      refused(true, ReloadOutcome.Refused.errors(findings, List.of(), Map.of()));
      show();
    } finally {
      changing.unlock();
    }
  }

  private void refused(boolean code, ReloadOutcome.Refused outcome) {
    fixtures.metrics().reloaded("refused");
    ReloadStatus.Refused last = new ReloadStatus.Refused(Instant.now(), outcome);
    status = code ? status.withCode(Optional.of(last)) : status.withFiles(Optional.of(last));
    fixtures.reloads().add(status.refuses(last));
  }

  /**
   * Says that the code is again that which serves, if it was made of these files as they are now.
   *
   * @param files what the code is generated from
   * @return whether it was
   */
  boolean keepsCode(Set<Path> files) {
    changing.lock();
    try {
      if (!left.equals(files) || !files.stream().allMatch(this::isServed)) {
        return false;
      }
      if (status.code().isPresent()) {
        fixtures.reloads().add(status.restores(Instant.now()));
        status = status.withCode(Optional.empty());
        show();
      }
      return true;
    } finally {
      changing.unlock();
    }
  }

  private boolean isServed(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return ContentDigest.of(path, DocumentLimits.MOST_BYTES).equals(served.contents().get(path));
  }

  /** Says that changed files are taken from now on. */
  void watched() {
    LOG.info("generation {} serves; changed files are taken", number());
  }

  /**
   * Lets other code answer, with documents and configuration as they are now, if it could have been
   * started so. What code has added to the running server is gone with that code.
   *
   * @param code what it gives
   * @return what became of it
   */
  ReloadOutcome exchange(GivenParts code) {
    return changing(() -> {
      Drafter other = new Drafter(code, fixtures);
      Map<String, Handler> all = code.handlers();
      ReloadOutcome outcome =
          take(new Reload(other, new Drafter.Handlers(all, Map.of()), List.of(), true));
      if (outcome instanceof ReloadOutcome.Published) {
        drafter = other;
        handlers.clear();
        handlers.putAll(all);
        required.clear();
        required.putAll(all);
      }
      return outcome;
    });
  }

  private ReloadOutcome takeFiles() {
    return take(
        new Reload(
            drafter, new Drafter.Handlers(required, handlers), List.copyOf(additions), false));
  }

  private ReloadOutcome take(Reload reload) {
    ReloadOutcome outcome = reload.run();
    switch (outcome) {
      case ReloadOutcome.Published _ -> fixtures.metrics().reloaded("published");
      case ReloadOutcome.Unchanged _ -> {
        fixtures.metrics().reloaded("unchanged");
        if (status.files().isPresent()) {
          fixtures.reloads().add(status.restores(Instant.now()));
        }
        status = status.withFiles(Optional.empty());
      }
      case ReloadOutcome.Refused refused -> refused(reload.code, refused);
    }
    show();
    return outcome;
  }

  /** One look at changed files, or one exchange of code. */
  private final class Reload {
    private final Drafter by;
    private final Drafter.Handlers who;
    private final List<Addition> added;
    private final boolean code;
    private final Map<Path, String> contents = new HashMap<>();
    private final Map<Addition.Registered, LintedDocument> registered = new HashMap<>();
    private final List<Finding> restart = new ArrayList<>();

    /** As the files have it now, or where they are wrong as it is in force. */
    private final ServerConfig config;

    private final @Nullable ConfigException wrong;
    private final LintedDocument document;

    /**
     * Begins to read.
     *
     * @param by makes the generation
     * @param who answers
     * @param added what code has added
     * @param code whether it is other code than that which serves
     */
    Reload(Drafter by, Drafter.Handlers who, List<Addition> added, boolean code) {
      this.by = by;
      this.who = who;
      this.added = added;
      this.code = code;
      ServerConfig read = served.config();
      ConfigException mistakes = null;
      try {
        read = config();
      } catch (ConfigException thrown) {
        contents.putAll(thrown.contents());
        mistakes = thrown;
      }
      this.config = read;
      this.wrong = mistakes;
      this.document = document(by.given().document());
    }

    ReloadOutcome run() {
      for (Addition addition : added) {
        if (addition instanceof Addition.Registered each) {
          registered.put(each, read(each.document()));
        }
      }
      if (wrong != null) {
        return ReloadOutcome.Refused.errors(findings(), wrong.findings(), contents);
      }
      if (!code && contents.equals(served.contents())) {
        return new ReloadOutcome.Unchanged(contents);
      }
      if (!documents().stream().allMatch(LintedDocument::isSound)) {
        return refused(findings());
      }
      List<Change> changes = changes();
      if (!config.allowBreaking()
          && changes.stream().anyMatch(change -> change.impact() == Impact.BREAKING)) {
        return ReloadOutcome.Refused.breaking(changes, contents);
      }
      return compile(changes);
    }

    /** One that code is generated from stays what it is until that code comes. */
    private LintedDocument document(Path file) {
      Optional<Loaded> same = served.loaded();
      if (code || same.isEmpty() || !left.contains(file.toAbsolutePath().normalize())) {
        return read(file);
      }
      contents.putAll(same.get().contents());
      return new LintedDocument(same.get());
    }

    private LintedDocument read(Path file) {
      LintedDocument linted =
          new LintedDocument(file, config.loadOptions(by.given().directories()));
      contents.putAll(linted.loaded().contents());
      return linted;
    }

    private List<LintedDocument> documents() {
      List<LintedDocument> all = new ArrayList<>(List.of(document));
      all.addAll(registered.values());
      return all;
    }

    private List<Finding> findings() {
      return documents().stream().flatMap(each -> each.findings().stream()).distinct().toList();
    }

    private ServerConfig config() {
      ServerConfig running = served.config();
      ServerConfig fresh = running.readAgain();
      contents.putAll(fresh.contents());
      restart.addAll(
          RestartSettings.changed(running.restartSettings(), running.values(), fresh.values()));
      return fresh.keepingThoseOf(running);
    }

    private List<Change> changes() {
      LocalDate today = LocalDate.now(ZoneId.systemDefault());
      List<Change> changes = new ArrayList<>(changes(served.loaded(), document, today));
      registered.forEach((before, now) -> changes.addAll(changes(before.loaded(), now, today)));
      return changes;
    }

    private static List<Change> changes(
        Optional<Loaded> before, LintedDocument now, LocalDate today) {
      return before
          .map(loaded -> DocumentDiff.between(loaded, now.loaded(), today).changes())
          .orElse(List.of());
    }

    private ReloadOutcome compile(List<Change> changes) {
      Draft draft;
      try {
        draft = by.draft(config, toServe(), who, List.of());
      } catch (StartupException unusable) {
        return ReloadOutcome.Refused.errors(List.of(), List.of(unusable(unusable)), contents);
      }
      ReloadOutcome outcome = null;
      try {
        outcome = publish(draft, changes);
        return outcome;
      } finally {
        if (!(outcome instanceof ReloadOutcome.Published)) {
          draft.claim().release();
        }
      }
    }

    private Drafter.Documents toServe() {
      return new Drafter.Documents(
          document, registered.values().stream().map(LintedDocument::loaded).toList());
    }

    private static Finding unusable(StartupException failure) {
      return new Finding(
          "config-artifact",
          Severity.ERROR,
          new SourceLocation("configuration", 0, 0),
          String.valueOf(failure.getMessage()),
          "");
    }

    private ReloadOutcome publish(Draft draft, List<Change> changes) {
      if (draft.compilation() instanceof Compilation.Refused(List<Finding> findings)) {
        return refused(findings);
      }
      CompiledApi api = withEndpoints(draft);
      List<Addition> again = new ArrayList<>();
      for (Addition addition : added) {
        switch (addition) {
          case Addition.Route route -> {
            api = api.with(compiled(route, draft.options()));
            again.add(route);
          }
          case Addition.Registered before -> {
            LintedDocument now = Objects.requireNonNull(registered.get(before));
            switch (Generations.this.compile(
                now, config, draft.options(), before.handlers(), draft.claim())) {
              case Compilation.Refused(List<Finding> findings) -> {
                return refused(findings);
              }
              case Compilation.Compiled compiled -> api = api.with(compiled.api());
            }
            again.add(
                new Addition.Registered(
                    before.document(), before.handlers(), Optional.of(now.loaded())));
          }
        }
      }
      List<Finding> warnings = new ArrayList<>(draft.warnings(fixtures));
      warnings.addAll(restart);
      List<Finding> fresh = new ArrayList<>(warnings);
      fresh.removeAll(served.warnings());
      long number =
          Generations.this.publish(
              api,
              draft.claim(),
              Optional.of(new ReloadStatus.News(changes, ofDocuments(fresh, true))),
              // The code that serves may still be that before what does not compile.
              status.withFiles(Optional.empty()).withCode(code ? Optional.empty() : status.code()));
      List<String> taken = new ArrayList<>(code ? List.of("code") : List.of());
      taken.addAll(config.changedSince(served.config()));
      served = served(draft, contents, warnings);
      additions.clear();
      additions.addAll(again);
      return new ReloadOutcome.Published(number, changes, fresh, taken, contents);
    }

    private ReloadOutcome.Refused refused(List<Finding> findings) {
      return ReloadOutcome.Refused.errors(
          ofDocuments(findings, true), ofDocuments(findings, false), contents);
    }

    /** {@return those that are in a document, or those that are not} */
    private List<Finding> ofDocuments(List<Finding> findings, boolean are) {
      Set<String> names = new LinkedHashSet<>();
      documents().forEach(each -> each.loaded().files().forEach(f -> names.add(f.toString())));
      return findings.stream()
          .filter(each -> names.contains(each.location().file()) == are)
          .toList();
    }
  }

  /** Publishes what code has added to the running server. */
  private void publish(CompiledApi api, SharedParts.Claim claim) {
    publish(api, claim, Optional.empty(), status);
  }

  private static void tell(Generation published) {
    if (LOG.isDebugEnabled()) {
      LOG.atDebug()
          .addKeyValue("event", "routes.loaded")
          .addKeyValue("generation", published.number())
          .addKeyValue("operations", published.api().operations().size())
          .log("the operations of a generation are there");
    }
  }

  /** {@return the number of the generation} */
  private long publish(
      CompiledApi api,
      SharedParts.Claim claim,
      Optional<ReloadStatus.News> news,
      ReloadStatus before) {
    Living next = new Living(api, claim);
    living.add(next);
    Generation published = null;
    try {
      published = gate.publish(api, () -> ended(next));
    } finally {
      if (published == null) {
        forget(next);
      }
    }
    sinceMillis = System.currentTimeMillis();
    tell(published);
    status =
        new ReloadStatus(published.number(), Instant.now(), news, before.files(), before.code());
    fixtures.reloads().add(status.serves());
    show();
    if (news.isEmpty() && served.config().watch()) {
      LOG.info("generation {} serves: code has changed it", published.number());
    }
    return published.number();
  }

  private void show() {
    if (served.config().watch()) {
      fixtures.ready().show(status);
    }
  }

  /** Told on an event loop, perhaps. */
  private void ended(Living last) {
    Thread.ofVirtual().name("brrt-generation-end").start(() -> forget(last));
  }

  /** Closes what only this one needed, and forgets what only it counted. */
  private void forget(Living last) {
    changing.lock();
    try {
      living.remove(last);
      List<ServedOperation> operations = new ArrayList<>();
      living.forEach(each -> operations.addAll(each.api.operations()));
      fixtures.metrics().retain(operations);
    } finally {
      changing.unlock();
    }
    last.claim.release();
  }
}
