package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.Masked;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One start of a {@link BrrtApplication}, with the surroundings of its process. */
final class Launch {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final String CONFIG_VARIABLE = "BRRTR_CONFIG";

  /** Set by {@code brrt run --verbose}. */
  private static final String VERBOSE_VARIABLE = "BRRTR_VERBOSE";

  /** Set by {@code brrt run}: where its user stands, which is not where the project runs. */
  private static final String TYPED_IN_VARIABLE = "BRRTR_TYPED_IN";

  private static final String NOT_TAKEN =
      "the changed code is not taken; what served before goes on";

  private static final String USUAL_CONFIG = "config.yaml";
  private static final List<String> OPTIONS = List.of("port", "host", "config");
  private static final String HELP =
      """
      Options:
        --port PORT      port to listen on; 0 takes a free one
        --host HOST      address to listen on; 0.0.0.0 for all
        --config FILE    configuration file; config.yaml beside the document unless given
        --dev-security   accept credentials for development, on this machine only
        --verbose        show every setting in force and where it comes from
        --help           show this help\
      """;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;
  private final Optional<Live> live;
  private @Nullable BrrtServer server;

  Launch(Map<String, String> environment, PrintStream out, PrintStream err) {
    this(environment, out, err, Optional.empty());
  }

  /**
   * Prepares a start.
   *
   * @param live the process, if its code is exchanged
   */
  Launch(Map<String, String> environment, PrintStream out, PrintStream err, Optional<Live> live) {
    this.environment = environment;
    this.out = out;
    this.err = err;
    this.live = live;
  }

  /** {@return 0 with a running server, else the exit code of the process} */
  int run(BrrtApplication application, Path document, String... args) {
    Optional<BrrtServer> running = live.flatMap(Live::server);
    if (running.isPresent()) {
      exchange(running.get(), application, document);
      return 0;
    }
    List<String> switches = new ArrayList<>(List.of(args));
    boolean verbose = switches.remove("--verbose") || environment.containsKey(VERBOSE_VARIABLE);
    boolean help = switches.remove("--help");
    Map<String, String> flags = new HashMap<>();
    boolean development = switches.remove("--dev-security");
    if (!help && !parse(switches, flags)) {
      err.println(
          "usage: [--port PORT] [--host HOST] [--config FILE] [--dev-security] [--verbose] [--help]");
      return WRONG_USAGE;
    }
    try {
      List<DeclaredSetting> declared = Declarations.of(application);
      if (help) {
        out.println(HELP);
        help(declared);
        return 0;
      }
      ServerConfig config = config(document, flags, declared);
      if (development) {
        config = config.with("security.development", "true", "--dev-security");
      }
      if (verbose) {
        err.println("Settings");
        config.settings().forEach(setting -> err.println("  " + setting));
      }
      BrrtServer started = start(application, document, config);
      server = started;
      live.ifPresent(process -> process.started(started));
      return 0;
    } catch (ConfigException refused) {
      refused.withFurther(document, List.of()).forEach(err::println);
      return FAILED;
    } catch (StartupException refused) {
      err.println(refused.getMessage());
      return FAILED;
    }
  }

  /** No documentation stands beside a jar, so this says all there is to say. */
  private void help(List<DeclaredSetting> settings) {
    if (!settings.isEmpty()) {
      out.println("Settings of this project, with their environment variables:");
    }
    for (DeclaredSetting setting : settings) {
      ConfigKey<String> key = setting.key();
      out.println("  " + key.name() + " (" + key.variable() + ")");
      out.println("      " + key.description());
      out.println("      " + values(key));
    }
    out.println("Settings of the server, with their environment variables:");
    ConfigKeys.ALL.forEach(
        key -> out.println("  " + key.name() + " (" + key.variable() + "): " + values(key)));
  }

  private static <T> String values(ConfigKey<T> key) {
    String fallback = key.type().render(key.fallback());
    // The descriptions are those of the reference, which is in Markdown.
    String takes = key.type().description().replace("`", "");
    if (fallback.isEmpty()) {
      return takes;
    }
    return takes + "; default " + (key.secret() ? Masked.MASK : Masked.passwords(fallback));
  }

  private BrrtServer start(BrrtApplication application, Path document, ServerConfig config) {
    Resources resources = Resources.of(config);
    boolean started = false;
    try {
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(document)
              .config(config)
              .resources(resources)
              .output(out)
              .typedIn(environment.getOrDefault(TYPED_IN_VARIABLE, ""))
              .standalone(true);
      configure(application, builder, resources);
      BrrtServer running = live.isPresent() ? Live.outside(builder::start) : builder.start();
      started = true;
      return running;
    } finally {
      if (!started) {
        resources.close();
      }
    }
  }

  private void configure(
      BrrtApplication application, BrrtServer.Builder builder, Resources resources) {
    live.ifPresent(
        _ -> builder.filter(CodeLoader.context(Thread.currentThread().getContextClassLoader())));
    application.configure(builder, resources);
  }

  /** Lets other code answer; what does not fit is said, and the code before goes on. */
  private void exchange(BrrtServer running, BrrtApplication application, Path document) {
    try {
      running.requireSettings(Declarations.of(application));
      BrrtServer.Builder builder = BrrtServer.builder().document(document);
      configure(application, builder, running.resources());
      Set<Path> sources = live.map(Live::sources).orElse(Set.of());
      Live.outside(() -> builder.exchange(running, sources));
    } catch (ConfigException refused) {
      List<Finding> findings = refused.withFurther(document, List.of());
      findings.forEach(err::println);
      err.println(NOT_TAKEN);
      running.refuse(findings);
    } catch (StartupException refused) {
      err.println(refused.getMessage());
      err.println(NOT_TAKEN);
      running.refuse(
          refused.findings().isEmpty() ? List.of(Live.notStarted(refused)) : refused.findings());
    } finally {
      live.ifPresent(Live::arrived);
    }
  }

  private ServerConfig config(
      Path document, Map<String, String> flags, List<DeclaredSetting> declared) {
    Map<String, String> settings = new HashMap<>(flags);
    Map<String, String> variables = new HashMap<>(environment);
    String inVariable = variables.remove(CONFIG_VARIABLE);
    String named = settings.remove("config");
    Path usual = document.resolveSibling(USUAL_CONFIG);
    Optional<Path> file =
        Optional.ofNullable(named)
            .or(() -> Optional.ofNullable(inVariable).filter(name -> !name.isEmpty()))
            .map(Path::of)
            .or(() -> Files.exists(usual) ? Optional.of(usual) : Optional.empty());
    return ServerConfig.read(file, variables, settings, declared);
  }

  /** {@return whether every argument is an option with a value} */
  private static boolean parse(List<String> args, Map<String, String> flags) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!name.startsWith("--") || !OPTIONS.contains(name.substring(2))) {
        return false;
      }
      if (equals < 0 && ++i == args.size()) {
        return false;
      }
      String value = equals < 0 ? args.get(i) : arg.substring(equals + 1);
      if (value.isEmpty()) {
        return false;
      }
      flags.put(name.substring(2), value);
    }
    return true;
  }

  /** {@return the server that was started} */
  Optional<BrrtServer> server() {
    return Optional.ofNullable(server);
  }
}
