package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.site.StaticFiles;
import io.brrtrouter.server.trace.RequestTracing;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server made of an OpenAPI document and handlers. Safe for use by many threads.
 *
 * <pre>{@code
 * try (BrrtServer server =
 *     BrrtServer.builder()
 *         .document(Path.of("petstore.yaml"))
 *         .handler("list_pets", request -> HttpResponse.json(200, pets))
 *         .start()) {
 *   System.out.println(server.url());
 * }
 * }</pre>
 *
 * <p>What a running server does can be changed: each of {@link #addRoute}, {@link #registerFrom}
 * and {@link #replaceHandler} compiles a new generation and publishes it. Requests already begun
 * end with the generation they began with.
 */
public final class BrrtServer implements AutoCloseable {
  private static final StackWalker STACK = StackWalker.getInstance();

  private final Generations generations;
  private final Gate gate;
  private final Lifecycle lifecycle;
  private final AtomicReference<@Nullable Watching> watching = new AtomicReference<>();

  private BrrtServer(Generations generations, Lifecycle lifecycle) {
    this.generations = generations;
    this.gate = generations.gate();
    this.lifecycle = lifecycle;
  }

  /** {@return a builder without document} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@return the port the server listens on}
   *
   * @throws IllegalStateException if it was started in process
   */
  public int port() {
    return lifecycle.port();
  }

  /**
   * {@return where the server listens, {@code http://127.0.0.1:8080} for example}
   *
   * @throws IllegalStateException if it was started in process
   */
  public String url() {
    return lifecycle.url();
  }

  /**
   * Answers a request without a socket, as it would be answered over one: routing, validation, the
   * limit of its body, filters, handler, checks, metrics. What the transport does is skipped: the
   * syntax of target and {@code Host} is not checked, nor are the limits of target and header
   * fields, the memory all bodies may take, connections and times; {@code Date} and {@code
   * Content-Length} are not added. May be called by many threads at once.
   *
   * @param request the head; {@code Content-Length} is added when there is a body, and {@code Host:
   *     localhost} when it names none
   * @param body the body, empty for none; not copied
   * @return the response, its content empty or bytes
   */
  public HttpResponse exchange(HttpRequest request, byte[] body) {
    return InProcess.exchange(gate, request, body);
  }

  /**
   * The same, and returns as soon as there is a response: its content is read while it is written,
   * which takes as long as it takes. To be closed by who is done with it.
   *
   * @param request the head, as above
   * @param body the body, empty for none; not copied
   * @return the response, its content empty: that of a WebSocket is a {@code Body.Tunnel}
   */
  public OpenExchange open(HttpRequest request, byte[] body) {
    return InProcess.open(gate, request, body);
  }

  /**
   * Serves one more route, described by no document: path parameters are text, the body is raw, the
   * response is not checked. Replaces an operation of the same method and an equal template. The
   * template is used as it is, without a base path. The route is not in the document that {@code
   * /openapi.json} and the documentation show.
   *
   * @param method the method, {@code GET} for example
   * @param template the path template, {@code /pets/{petId}} for example
   * @param handler who answers
   * @throws IllegalArgumentException if the method is no token or the template is none
   */
  public void addRoute(String method, String template, Handler handler) {
    generations.addRoute(new Addition.Route(method, template, handler));
  }

  /**
   * Serves a document on top of what is served; operations of the same method and an equal path
   * template are replaced. Handlers given earlier are used where their names occur. {@code
   * /openapi.json} and the documentation go on to show the server's own document: two documents may
   * say different things by the same names, so no one document could say both.
   *
   * @param document the file
   * @return what is odd about the document but did not keep it from being served
   * @throws StartupException if the document cannot be served; nothing has changed then
   */
  public List<Finding> registerFrom(Path document) {
    return registerFrom(document, Map.of());
  }

  /**
   * Serves a document on top of what is served, with further handlers.
   *
   * @param document the file
   * @param more handlers by name; each name must occur in the document
   * @return as {@link #registerFrom(Path)}
   * @throws StartupException if the document cannot be served; nothing has changed then
   */
  public List<Finding> registerFrom(Path document, Map<String, Handler> more) {
    return generations.registerFrom(document, more);
  }

  /**
   * Lets another handler answer; a mocked operation becomes a real one.
   *
   * @param name name of the handler
   * @param handler who answers from now on
   * @throws IllegalArgumentException if no operation has a handler of that name
   */
  public void replaceHandler(String name, Handler handler) {
    generations.replaceHandler(name, handler);
  }

  /**
   * Reads documents and configuration again, as it is done when their files change.
   *
   * @return what became of them
   */
  ReloadOutcome reload() {
    return generations.reload();
  }

  /** {@return what answers} */
  CompiledApi current() {
    return gate.current().api();
  }

  /** Takes changed files from now on, if it is to. */
  private void watch() {
    if (lifecycle.config().watch()) {
      lifecycle.keepUntilDrain(this::stopWatching);
      watchAnew();
      generations.watched();
    }
  }

  private void stopWatching() {
    Watching last = watching.getAndSet(null);
    if (last != null) {
      last.close();
    }
  }

  /** Watches the files that serve now; what has changed of them meanwhile is taken at once. */
  private void watchAnew() {
    stopWatching();
    Watching now = new Watching(generations, lifecycle);
    watching.set(now);
    now.start();
    if (lifecycle.readiness() == Readiness.DRAINING) {
      stopWatching();
    }
  }

  /** {@return what the application keeps by name} */
  Resources resources() {
    return lifecycle.resources();
  }

  /** Says that changed code is not taken, and why. */
  void refuse(List<Finding> findings) {
    generations.refuse(findings);
  }

  /** {@return whether code that is generated from files is served with what they are now} */
  boolean keepsCode(Set<Path> files) {
    return generations.keepsCode(files);
  }

  /** Takes files only together with code from now on, because code is generated from them. */
  void leave(Set<Path> files) {
    if (!generations.left().equals(files)) {
      generations.leave(files);
      watchAnew();
    }
  }

  /**
   * Demands that the application's settings are those the server was started with.
   *
   * @throws StartupException if they are others: only a start reads them
   */
  void requireSettings(List<DeclaredSetting> declared) {
    Set<String> before = new TreeSet<>(lifecycle.config().declaredNames());
    Set<String> now = new TreeSet<>();
    declared.forEach(setting -> now.add(setting.name()));
    if (!before.equals(now)) {
      throw new StartupException(
          "the project declares the settings %s instead of %s, which only a start reads; start it again"
              .formatted(now, before),
          new IllegalStateException("other settings"));
    }
  }

  private void exchange(GivenParts code, Set<Path> files) {
    stopWatching();
    generations.leave(files);
    ReloadOutcome outcome = generations.exchange(code);
    if (outcome instanceof ReloadOutcome.Published) {
      Live.current().ifPresent(Live::serves);
    }
    Watching.tell(outcome);
    watchAnew();
  }

  /**
   * Stops: readiness fails, no connection is accepted any more, requests in progress have the
   * configured time to end. Returns when all is over; a second call waits for the first.
   */
  @Override
  public void close() {
    lifecycle.close();
  }

  /** Collects what a server needs. Not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Path document;
    private ServerConfig config = ServerConfig.defaults();
    private final GivenHandlers handlers = new GivenHandlers();
    private final List<Filter> filters = new ArrayList<>();
    private final List<ExchangeListener> listeners = new ArrayList<>();
    private final List<StaticFiles> files = new ArrayList<>();
    private List<Path> directories = List.of();
    private @Nullable String host;
    private @Nullable Integer port;
    private @Nullable Boolean mock;
    private final Map<String, SecurityProvider> providers = new LinkedHashMap<>();
    private boolean development;
    private boolean echo;
    private boolean standalone;
    private Resources resources = Resources.of(ServerConfig.defaults());
    private PrintStream output = System.out;
    private Path typedIn = Path.of("");
    private @Nullable CorsPolicy cors;
    private LongSupplier nanoTime = System::nanoTime;
    private @Nullable RequestTracing tracing;

    private Builder() {}

    /**
     * Sets the OpenAPI document. There must be one.
     *
     * @param file a YAML or JSON file
     * @return this builder
     */
    public Builder document(Path file) {
      this.document = file;
      return this;
    }

    /**
     * Lets references of the document read files of further directories, with everything below
     * them; without this only of its own.
     *
     * @param more the directories
     * @return this builder
     */
    public Builder allowDirectories(List<Path> more) {
      this.directories = List.copyOf(more);
      return this;
    }

    /**
     * Sets the configuration; without this, every setting is at its default. The environment counts
     * only where the configuration was read from it: {@link BrrtApplication#run} does that, a
     * builder does not.
     *
     * @param settings the configuration
     * @return this builder
     */
    public Builder config(ServerConfig settings) {
      this.config = settings;
      return this;
    }

    /**
     * Sets what is to be closed once the server has drained and stopped, and when it cannot start.
     *
     * @param kept what the application was configured with
     * @return this builder
     */
    public Builder resources(Resources kept) {
      this.resources = kept;
      return this;
    }

    /**
     * Sets the address to listen on, whatever the configuration says.
     *
     * @param address a host name or IP address
     * @return this builder
     */
    public Builder host(String address) {
      this.host = address;
      return this;
    }

    /**
     * Sets the port to listen on, whatever the configuration says.
     *
     * @param number 0 to 65535; 0 takes a free one
     * @return this builder
     */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /**
     * Sets who answers the operations of a name: their first {@code x-handler*} extension that is
     * text, else their operationId, else method and path such as {@code GET /pets}.
     *
     * @param name the name; one that no operation has is refused at start, and so is one that was
     *     given a handler before: the first would never be called
     * @param handler who answers
     * @return this builder
     */
    public Builder handler(String name, Handler handler) {
      handlers.give(name, handler, caller());
      return this;
    }

    /**
     * Lets another handler answer than the one given before, in a test for example. What {@link
     * #neverBlocking} declared of that one before is not true of this one; it says so itself, or is
     * declared again.
     *
     * @param name name of the handler
     * @param handler who answers
     * @return this builder
     * @throws IllegalArgumentException if none was given before
     */
    public Builder replaceHandler(String name, Handler handler) {
      handlers.replace(name, handler, caller());
      return this;
    }

    /**
     * Declares that handlers never block, as {@link Handler#neverBlocking} does for one: they run
     * on the event loops, without a thread of their own and without a deadline.
     *
     * @param names names that {@link #handler} was or will be called with
     * @return this builder
     */
    public Builder neverBlocking(String... names) {
      handlers.neverBlock(names);
      return this;
    }

    /**
     * Sets which pages of other origins may use the API, in place of the section {@code cors} of
     * the configuration: with a predicate of origins, for example.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder cors(CorsPolicy policy) {
      this.cors = policy;
      return this;
    }

    /**
     * Serves static files, beside those of the section {@code static} of the configuration.
     *
     * @param below which files, and where
     * @return this builder
     */
    public Builder files(StaticFiles below) {
      files.add(below);
      return this;
    }

    /**
     * Adds a filter inside of those added before.
     *
     * @param filter wraps every operation
     * @return this builder
     */
    public Builder filter(Filter filter) {
      filters.add(filter);
      return this;
    }

    /**
     * Adds somebody who is told about every exchange.
     *
     * @param listener who
     * @return this builder
     */
    public Builder listener(ExchangeListener listener) {
      listeners.add(listener);
      return this;
    }

    /**
     * Sets who records requests in traces, whatever the environment says.
     *
     * @param recorder who; not closed with the server
     * @return this builder
     */
    public Builder tracing(RequestTracing recorder) {
      this.tracing = recorder;
      return this;
    }

    /**
     * Sets whether operations without a handler answer from the document's examples; without this,
     * the configuration decides.
     *
     * @param on whether they do; else they are refused at start
     * @return this builder
     */
    public Builder mock(boolean on) {
      this.mock = on;
      return this;
    }

    /**
     * Sets who verifies the credentials of a security scheme, before what is configured for it.
     *
     * @param scheme name of the scheme in the document; one that it does not declare is refused at
     *     start
     * @param provider who; it is not closed with the server, which {@link Resources} can do
     * @return this builder
     */
    public Builder security(String scheme, SecurityProvider provider) {
      providers.put(scheme, provider);
      return this;
    }

    /**
     * Sets whether security schemes that nothing else verifies accept the credentials for
     * development, which everybody knows: see {@link
     * io.brrtrouter.server.auth.DevelopmentProvider}. On a loopback address only, and with a
     * warning at every start. {@code security.development} of the configuration does the same.
     *
     * @param on whether they do; they do not, unless set
     * @return this builder
     */
    public Builder developmentSecurity(boolean on) {
      this.development = on;
      return this;
    }

    /**
     * Sets whether operations without a handler answer with what they received.
     *
     * @param on whether they do; wins over {@link #mock}
     * @return this builder
     */
    public Builder echo(boolean on) {
      this.echo = on;
      return this;
    }

    /**
     * Sets whether the process is there for this server only: SIGTERM then drains and ends it with
     * exit code 0. Otherwise it drains too, but the exit code is the JVM's, 143.
     *
     * @param on whether it is; not, unless set
     * @return this builder
     */
    public Builder standalone(boolean on) {
      this.standalone = on;
      return this;
    }

    /**
     * Sets where a starting server says what it is and where it listens, {@link System#out} unless
     * set.
     *
     * @param stream takes a few lines of text
     * @return this builder
     */
    public Builder output(PrintStream stream) {
      this.output = stream;
      return this;
    }

    /** Sets the clock by which rate limits count, in nanoseconds; that of the system unless set. */
    Builder nanoTime(LongSupplier clock) {
      this.nanoTime = clock;
      return this;
    }

    /** Sets the directory in which commands are typed; the working directory unless set. */
    Builder typedIn(String directory) {
      this.typedIn = Path.of(directory);
      return this;
    }

    /**
     * Starts to listen, and says so. Returns when connections are accepted.
     *
     * @return the running server
     * @throws StartupException if document, handlers and configuration do not go together, or the
     *     address cannot be bound; the message has every reason
     * @throws ConfigException if {@link #host} or {@link #port} was given what it cannot be
     */
    public BrrtServer start() {
      BrrtServer server = startUnwatched();
      server.watch();
      return server;
    }

    /** Starts like {@link #start}; changed files are taken with {@link BrrtServer#reload} only. */
    BrrtServer startUnwatched() {
      Banner banner = new Banner(output);
      BrrtServer server =
          started(lifecycle -> {
            BrrtServer assembled = assemble(banner, lifecycle, true);
            banner.warn(assembled.lifecycle.listen(assembled.gate, standalone));
            return assembled;
          });
      banner.listening(server.url());
      return server;
    }

    /**
     * Starts without sockets and without a word: only {@link BrrtServer#exchange} reaches the
     * server.
     *
     * @return the running server
     * @throws StartupException as {@link #start}
     */
    public BrrtServer startInProcess() {
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
      BrrtServer server = started(lifecycle -> assemble(new Banner(nowhere), lifecycle, false));
      server.lifecycle.ready();
      return server;
    }

    /**
     * Lets a running server answer with what was given here.
     *
     * @param running the server
     * @param files what the code was generated from
     * @throws StartupException if handlers contradict each other
     */
    void exchange(BrrtServer running, Set<Path> files) {
      running.exchange(given(Objects.requireNonNull(document), true), files);
    }

    /** Nobody else could close the resources of a server that there is none of. */
    private BrrtServer started(Function<Lifecycle, BrrtServer> start) {
      Lifecycle lifecycle = null;
      BrrtServer server = null;
      try {
        lifecycle = new Lifecycle(settings(), resources);
        server = start.apply(lifecycle);
        return server;
      } finally {
        if (server == null) {
          if (lifecycle == null) {
            resources.close();
          } else {
            lifecycle.closeAll();
          }
        }
      }
    }

    /** The configuration, with what was set here on top. */
    private ServerConfig settings() {
      ServerConfig settings = config;
      if (host != null) {
        settings = settings.with("host", host);
      }
      if (development) {
        settings = settings.with("security.development", "true");
      }
      return port == null ? settings : settings.with("port", port.toString());
    }

    /** {@return what lists the findings of the document, from where commands are typed} */
    private String lintCommand(Path file) {
      StringBuilder command = new StringBuilder("brrt lint ").append(Banner.typed(file, typedIn));
      for (Path directory : directories) {
        command.append(" --allow-dir ").append(Banner.typed(directory, typedIn));
      }
      return command.toString();
    }

    private BrrtServer assemble(Banner banner, Lifecycle lifecycle, boolean listens) {
      if (document == null) {
        throw new IllegalStateException("a server needs a document; call document(Path)");
      }
      ServerConfig settings = lifecycle.config();
      LintedDocument linted = new LintedDocument(document, settings.loadOptions(directories));
      RequestTracing recorder =
          tracing == null ? TracingSetup.open(lifecycle, linted.loaded()) : tracing;
      Fixtures fixtures = Fixtures.of(new ReadyEndpoint(lifecycle::readiness), settings, recorder);
      lifecycle.keep(fixtures);
      GivenParts given = given(document, listens);
      Drafter drafter = new Drafter(given, fixtures);
      Draft first =
          drafter.draft(
              settings,
              Drafter.Documents.of(linted),
              new Drafter.Handlers(given.handlers(), Map.of()),
              listens ? lifecycle.readTls() : List.of());
      CompiledApi api = first.api();
      List<Finding> warnings = first.warnings(fixtures);
      banner.loaded(
          document,
          lintCommand(document),
          api,
          Posture.of(
              api,
              first.security().providers(),
              new RateLimitSetup(settings.rateLimit()).counting(first.options().rateLimits()),
              first.posture()),
          first.document().findings(),
          warnings);
      Generations generations = new Generations(drafter, first, warnings);
      fixtures.measure(generations, lifecycle);
      return new BrrtServer(generations, lifecycle);
    }

    /** {@return where the calling method was called} */
    private static StackTraceElement caller() {
      return STACK.walk(frames -> frames.skip(2).findFirst().orElseThrow().toStackTraceElement());
    }

    private GivenParts given(Path file, boolean listens) {
      Optional<Fallback> fallback =
          echo
              ? Optional.of(Fallback.ECHO)
              : Optional.ofNullable(mock).map(on -> on ? Fallback.MOCK : Fallback.NONE);
      return new GivenParts(
          file,
          directories,
          handlers.registered(),
          providers,
          filters,
          listeners,
          fallback,
          Optional.ofNullable(cors),
          files,
          nanoTime,
          listens);
    }
  }
}
