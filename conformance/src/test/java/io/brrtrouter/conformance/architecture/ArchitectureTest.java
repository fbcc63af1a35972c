package io.brrtrouter.conformance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directions between rooms, as docs/architecture.md draws them. */
class ArchitectureTest {
  private static final String TRUST = Product.ROOT + "server.tls.ClientTrust";
  private static final String LOG_OF_SDK = Product.ROOT + "otel.SdkLog";

  /** What each module may use of the others. */
  private static final Map<String, Set<String>> MODULES =
      Map.ofEntries(
          Map.entry("schema", Set.of()),
          Map.entry("openapi", Set.of("schema")),
          Map.entry("codegen", Set.of("openapi", "schema")),
          // It may run on Java 17, so it names nothing of ours: it forks a JDK with codegen.
          Map.entry("maven", Set.of()),
          Map.entry("server", Set.of("openapi", "schema")),
          Map.entry("security", Set.of("server", "openapi", "schema")),
          Map.entry("redis", Set.of("server")),
          Map.entry("otel", Set.of("server")),
          Map.entry("outbound", Set.of("server", "openapi", "schema")),
          Map.entry("logging", Set.of("server")),
          Map.entry("testing", Set.of("server", "openapi", "schema")),
          // It names what it registers, and sees it through the compiler only.
          Map.entry("processor", Set.of()),
          Map.entry("cli", Set.of("server", "codegen", "openapi", "schema")));

  /** What each package of the server may use of the others, and of the modules below. */
  private static final Map<String, Set<String>> SERVER =
      Map.ofEntries(
          Map.entry("http", Set.of()),
          Map.entry("router", Set.of()),
          Map.entry("files", Set.of()),
          // Contents by their digests: names no document.
          Map.entry("watch", Set.of("openapi")),
          Map.entry("tls", Set.of("files", "outage")),
          // Who does not answer: names nobody.
          Map.entry("outage", Set.of()),
          Map.entry("transport", Set.of("http", "outage")),
          Map.entry("auth", Set.of("files", "http", "openapi")),
          // Settings without any of the server's: whoever declares some may know it.
          Map.entry("config", Set.of("openapi", "schema")),
          // What is configured of a security scheme: where the two meet.
          Map.entry("scheme", Set.of("auth", "config", "openapi", "schema")),
          // What is configured of another service: where its settings meet handlers.
          Map.entry("service", Set.of("config", "dispatch", "measure", "openapi", "schema")),
          // Figures as names and numbers.
          Map.entry("measure", Set.of()),
          // A line for each request; who writes it names no backend.
          Map.entry("log", Set.of("dispatch", "http", "measure", "openapi")),
          Map.entry("cors", Set.of("http", "outage", "openapi")),
          Map.entry("limit", Set.of("http", "outage")),
          Map.entry("decode", Set.of("http", "router", "openapi", "schema")),
          // Files that come, and are gone with their request.
          Map.entry("upload", Set.of("decode", "http", "outage")),
          Map.entry(
              "dispatch",
              Set.of(
                  "http", "router", "auth", "coding", "cors", "limit", "outage", "decode", "upload",
                  "trace", "openapi", "schema")),
          // Who records requests: names nobody.
          Map.entry("trace", Set.of("http")),
          // Octets in other octets, by libraries that may not be there.
          Map.entry("coding", Set.of("http")),
          Map.entry("metrics", Set.of("auth", "decode", "dispatch", "http", "measure", "openapi")),
          // Files as content: who chooses the part of them is in dispatch.
          Map.entry("download", Set.of("http")),
          // Files of a site: what a path leads to, and which of its codings.
          Map.entry("site", Set.of("dispatch", "download", "http")),
          // Items in their framing: parts are those of decode, kinds of media types the document's,
          // types of items and what encodes them the schema's.
          Map.entry("stream", Set.of("dispatch", "http", "decode", "openapi", "schema")),
          Map.entry("websocket", Set.of("dispatch", "http", "schema")),
          Map.entry(
              "runtime",
              Set.of(
                  "http",
                  "router",
                  "tls",
                  "transport",
                  "auth",
                  "coding",
                  "config",
                  "scheme",
                  "service",
                  "cors",
                  "decode",
                  "dispatch",
                  "limit",
                  "log",
                  "measure",
                  "metrics",
                  "site",
                  "stream",
                  "trace",
                  "watch",
                  "openapi",
                  "schema")));

  @Test
  void all_modules_were_seen() {
    Set<String> seen = new TreeSet<>();
    Product.CLASSES.forEach(type -> seen.add(Product.module(type)));

    assertThat(seen).isEqualTo(new TreeSet<>(MODULES.keySet()));
    assertThat(Product.CLASSES.size()).isGreaterThan(200);
  }

  /**
   * What each package of the security module may use of the others, and of the server's; the root
   * may use all.
   */
  private static final Map<String, Set<String>> SECURITY =
      Map.of(
          // Signatures and keys: octets in, yes or no out.
          "jose", Set.of(),
          "keys", Set.of("jose", "server.files", "server.measure"),
          // Names of workloads: text in, yes or no out.
          "spiffe", Set.of());

  @Test
  void keys_are_fetched_by_who_does_not_verify_tokens() {
    assertThat(Product.packages("security")).isEqualTo(new TreeSet<>(SECURITY.keySet()));
    assertThat(
            violations(target -> {
              String from = Product.securityPackage(target.getOriginClass());
              if (from.isEmpty()) {
                return true;
              }
              JavaClass type = target.getTargetClass();
              String to =
                  Product.module(type).equals("server")
                      ? "server." + Product.serverPackage(type)
                      : Product.securityPackage(type);
              return from.equals(to) || SECURITY.get(from).contains(to);
            }))
        .isEmpty();
  }

  /** What each package of the generator may use of the others; the root may use all. */
  private static final Map<String, Set<String>> CODEGEN =
      Map.of(
          "model", Set.of(),
          "read", Set.of("model"),
          "print", Set.of("model"),
          // What is printed into every client: nobody calls it, and it must stand alone.
          "client", Set.of());

  @Test
  void printing_and_reading_meet_in_the_model() {
    assertThat(Product.packages("codegen")).isEqualTo(new TreeSet<>(CODEGEN.keySet()));
    assertThat(
            violations(target -> {
              String from = Product.codegenPackage(target.getOriginClass());
              if (from.isEmpty() || !Product.module(target.getTargetClass()).equals("codegen")) {
                return true;
              }
              String to = Product.codegenPackage(target.getTargetClass());
              return from.equals(to) || CODEGEN.get(from).contains(to);
            }))
        .isEmpty();
  }

  @Test
  void every_package_of_the_server_has_a_row_in_the_table() {
    assertThat(Product.packages("server")).isEqualTo(new TreeSet<>(SERVER.keySet()));
  }

  @Test
  void modules_use_only_modules_below_them() {
    assertThat(
            violations(target -> {
              String from = Product.module(target.getOriginClass());
              String to = Product.module(target.getTargetClass());
              return from.equals(to) || MODULES.get(from).contains(to);
            }))
        .isEmpty();
  }

  @Test
  void packages_of_the_server_use_only_what_their_row_says() {
    assertThat(
            violations(target -> {
              if (!Product.module(target.getOriginClass()).equals("server")) {
                return true;
              }
              String from = Product.serverPackage(target.getOriginClass());
              String to =
                  Product.module(target.getTargetClass()).equals("server")
                      ? Product.serverPackage(target.getTargetClass())
                      : Product.module(target.getTargetClass());
              return from.equals(to) || SERVER.get(from).contains(to);
            }))
        .isEmpty();
  }

  private interface Rule {
    boolean allows(Dependency dependency);
  }

  /** {@return every dependency between our own classes that a rule does not allow} */
  private static List<String> violations(Rule rule) {
    List<String> violations = new ArrayList<>();
    for (JavaClass type : Product.CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (Product.owns(dependency.getTargetClass()) && !rule.allows(dependency)) {
          violations.add(dependency.getDescription());
        }
      }
    }
    return violations;
  }

  /** Each library is a guest of one room. */
  @ParameterizedTest
  @CsvSource({
    "io.netty., server.transport redis",
    "io.lettuce., redis",
    "io.github.bucket4j., redis",
    "org.snakeyaml., openapi.source",
    "com.google.re2j., schema.pattern",
    "io.prometheus., server.metrics",
    "com.nimbusds., security.jose",
    "org.apache.hc., outbound.client outbound.proxy",
    "io.github.resilience4j., outbound.proxy",
    "com.github.benmanes., security",
    "picocli., cli",
    "ch.qos.logback., logging",
    "com.github.luben., server.coding",
    "com.aayushatharva., server.coding",
    "org.apache.maven., maven",
    "tools.jackson., schema openapi codegen server security outbound testing cli",
    "io.opentelemetry., otel testing.telemetry",
    "org.slf4j., server security redis otel outbound logging testing cli"
  })
  void a_library_is_named_only_in_its_room(String library, String rooms) {
    List<String> outside = new ArrayList<>();
    boolean seen = false;
    for (JavaClass type : Product.CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (dependency.getTargetClass().getName().startsWith(library)) {
          seen = true;
          if (Stream.of(rooms.split(" ")).noneMatch(room -> isIn(type, room))) {
            outside.add(dependency.getDescription());
          }
        }
      }
    }
    assertThat(outside).isEmpty();
    assertThat(seen).as("a guest that nobody invites can go").isTrue();
  }

  /**
   * Logging goes through SLF4J, and who runs a server, the command for one, chooses what is behind
   * it. What OpenTelemetry's SDK says to the JDK's loggers is led there by one class.
   */
  @ParameterizedTest
  @ValueSource(strings = {"java.util.logging.", "sun."})
  void a_library_is_named_nowhere(String library) {
    assertThat(
            Product.CLASSES.stream()
                .filter(type -> !type.getName().equals(LOG_OF_SDK))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> dependency.getTargetClass().getName().startsWith(library))
                .map(Dependency::getDescription))
        .isEmpty();
  }

  /** What a room must not know of the JDK, whatever its classes are called. */
  @ParameterizedTest
  @CsvSource({
    "schema, java.net.http. java.net.Socket java.nio.channels. java.nio.file. java.time.Clock",
    "openapi, java.net.http. java.net.Socket java.nio.channels. java.util.concurrent. java.lang.Thread",
    "server.http, java.nio.file. java.nio.channels. java.net.http.",
    "server.config, java.net.Socket java.nio.channels. java.net.http. java.lang.Thread",
    "server.watch, java.net. tools.jackson.",
    "server.files, java.net. java.nio.channels. java.lang.Thread",
    "server.router, java.util.regex. java.net. java.nio.file. java.nio.channels.",
    "server.limit, java.util.regex. java.nio.file. java.nio.channels. java.net.Socket java.lang.Thread",
    "server.tls, io.netty. java.net. java.nio.channels.",
    "server.transport, java.util.regex. tools.jackson. java.nio.file.",
    "server.decode, java.nio.file. java.nio.channels. java.net.Socket java.net.ServerSocket java.lang.reflect. java.lang.Thread",
    "server.upload, java.net. java.lang.Thread java.util.regex.",
    "server.dispatch, java.nio.file. java.nio.channels. java.net.Socket java.net.ServerSocket java.lang.reflect.",
    "server.coding, io.netty. java.net. java.nio.file. java.nio.channels. java.lang.Thread",
    "server.download, io.netty. java.net. java.lang.Thread java.util.concurrent.",
    "server.site, io.netty. java.net.Socket java.nio.channels. java.lang.Thread java.util.concurrent. io.brrtrouter.openapi.",
    "server.websocket, io.netty. java.net. java.nio.file. java.nio.channels. io.brrtrouter.openapi.",
    "security.jose, java.net. java.nio.file. java.time. java.lang.Thread java.util.concurrent.",
    "security.keys, tools.jackson.core. com.nimbusds.",
    "outbound.address, java.net.Socket java.net.http. java.nio. java.sql. java.lang.Thread java.util.concurrent. io.brrtrouter.outbound.client.",
    "outbound.client, java.sql. javax.sql. tools.jackson.",
    "codegen, java.net.Socket java.nio.channels. java.lang.reflect. java.time.Clock java.time.Instant java.time.ZoneId java.time.ZonedDateTime io.brrtrouter.openapi.diff.DocumentDiff",
    "codegen.model, java.lang.Thread java.nio.file. java.io. java.net.http.",
    "codegen.read, java.lang.Thread java.io. java.net.http.",
    "codegen.print, java.lang.Thread java.nio.file. java.io. java.net.http.",
    "codegen.client, java.nio.file. io.brrtrouter.openapi.",
    "maven, java.net.http. java.net.Socket java.nio.channels. java.net.URLClassLoader java.lang.ClassLoader java.lang.reflect.",
    "cli, java.net.URLClassLoader java.lang.ClassLoader java.lang.reflect. io.brrtrouter.openapi.diff.DocumentDiff"
  })
  void a_room_does_not_know(String room, String names) {
    List<String> known = new ArrayList<>();
    int classes = 0;
    for (JavaClass type : Product.CLASSES) {
      if (!isIn(type, room)) {
        continue;
      }
      classes++;
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getName();
        if (!isOverridden(type, target)
            && Stream.of(names.split(" "))
                .anyMatch(
                    name -> name.endsWith(".") ? target.startsWith(name) : target.equals(name))) {
          known.add(dependency.getDescription());
        }
      }
    }
    assertThat(known).isEmpty();
    assertThat(classes).isPositive();
  }

  /** {@return whether a class only names another where it overrides what the JDK declares} */
  private static boolean isOverridden(JavaClass type, String target) {
    return type.getName().equals(TRUST) && target.equals("java.net.Socket");
  }

  /** When it is no such class any more, {@link #isOverridden} is to go. */
  @Test
  void the_trust_in_clients_names_a_socket_because_the_JDK_does_and_calls_nothing_of_it() {
    JavaClass trust = Product.CLASSES.get(TRUST);

    assertThat(trust.isAssignableTo(X509ExtendedTrustManager.class)).isTrue();
    assertThat(trust.getMethodCallsFromSelf())
        .isNotEmpty()
        .noneMatch(call -> call.getTargetOwner().getName().startsWith("java.net."));
    assertThat(trust.getConstructorCallsFromSelf())
        .noneMatch(call -> call.getTargetOwner().getName().startsWith("java.net."));
  }

  private static boolean isIn(JavaClass type, String room) {
    String place = Product.ROOT + room;
    return type.getPackageName().equals(place) || type.getPackageName().startsWith(place + ".");
  }

  /** Public because an annotation names it; JUnit's interface is its reason to exist. */
  private static final String CALLED_BY_JUNIT = "io.brrtrouter.testing.BrrtExtension";

  /** No module: Maven loads it from a class path, and nobody calls it but Maven. */
  private static final String CALLED_BY_MAVEN = "maven";

  @Test
  void signatures_name_no_third_party_type_but_the_JSON_value() {
    List<String> foreign = new ArrayList<>();
    int members = 0;
    for (JavaClass type : exported()) {
      if (type.getName().equals(CALLED_BY_JUNIT)) {
        continue;
      }
      List<JavaClass> named = new ArrayList<>(type.getRawInterfaces());
      type.getRawSuperclass().ifPresent(named::add);
      for (JavaMember member : type.getMembers()) {
        if (isVisible(member.getModifiers())) {
          members++;
          named.addAll(signature(member));
        }
      }
      named.stream()
          .filter(each -> !isOurs(each.getBaseComponentType()))
          .filter(each -> !isAdapted(type, each))
          .forEach(each -> foreign.add(type.getName() + " names " + each.getName()));
    }
    assertThat(foreign).isEmpty();
    assertThat(members).isGreaterThan(200);
  }

  /** {@return whether a module is there for a type, which its users have already} */
  private static boolean isAdapted(JavaClass type, JavaClass named) {
    return Product.module(type).equals("otel")
        && named.getName().equals("io.opentelemetry.api.OpenTelemetry");
  }

  private static List<JavaClass> exported() {
    Set<String> packages = new HashSet<>();
    for (String module : MODULES.keySet()) {
      if (module.equals(CALLED_BY_MAVEN)) {
        continue;
      }
      descriptor(module).exports().stream()
          .filter(exports -> !exports.isQualified())
          .forEach(exports -> packages.add(exports.source()));
    }
    return Product.CLASSES.stream()
        .filter(type -> packages.contains(type.getPackageName()))
        .filter(type -> isVisible(type.getModifiers()))
        .toList();
  }

  private static ModuleDescriptor descriptor(String module) {
    JavaClass any =
        Product.CLASSES.stream()
            .filter(type -> Product.module(type).equals(module) && !Product.isPackageInfo(type))
            .findFirst()
            .orElseThrow();
    return ModuleInfos.of(any.reflect());
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static List<JavaClass> signature(JavaMember member) {
    return switch (member) {
      case JavaField field -> List.copyOf(field.getAllInvolvedRawTypes());
      case JavaCodeUnit unit -> {
        List<JavaClass> types = new ArrayList<>();
        if (!(unit instanceof JavaConstructor)) {
          types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
        }
        unit.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
        types.addAll(unit.getExceptionTypes());
        yield types;
      }
      default -> throw new IllegalArgumentException(member.toString());
    };
  }

  private static boolean isOurs(JavaClass type) {
    return type.isPrimitive()
        || type.getPackageName().startsWith("java.")
        || type.getPackageName().equals("javax.net.ssl")
        || type.getPackageName().equals("javax.sql")
        || Product.owns(type)
        || type.getName().equals("tools.jackson.databind.JsonNode");
  }

  @Test
  void every_package_is_null_marked() {
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (JavaClass type : Product.CLASSES) {
      packages.add(type.getPackageName());
      if (type.getPackage().isAnnotatedWith(NullMarked.class)) {
        marked.add(type.getPackageName());
      }
    }
    packages.removeIf(name -> !name.startsWith(Product.ROOT));
    assertThat(marked).isEqualTo(packages);
  }

  @Test
  void no_class_is_named_after_nothing() {
    assertThat(
            Product.CLASSES.stream()
                .map(JavaClass::getSimpleName)
                .filter(name -> name.matches(".*(Manager|Helper|Utils?|Impl|Data)")))
        .isEmpty();
  }

  /** The goal {@code diff} writes what other programs read, without the prefix of Maven's log. */
  @Test
  void only_the_command_line_and_who_starts_servers_write_to_the_console() {
    List<String> writers = new ArrayList<>();
    for (JavaClass type : Product.CLASSES) {
      if (isIn(type, "cli")
          || isIn(type, "server.runtime")
          || type.getName().equals(Product.ROOT + "maven.DiffMojo")) {
        continue;
      }
      type.getFieldAccessesFromSelf().stream()
          .filter(access ->
              access.getTargetOwner().getName().equals("java.lang.System")
                  && !access.getTarget().getName().equals("in"))
          .forEach(access -> writers.add(access.getDescription()));
    }
    assertThat(writers).isEmpty();
  }
}
