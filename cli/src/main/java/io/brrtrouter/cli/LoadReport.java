package io.brrtrouter.cli;

import io.brrtrouter.openapi.Construct;
import io.brrtrouter.openapi.Construct.Treatment;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.runtime.ServerConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What happens to the constructs of a document that is served with a configuration. */
record LoadReport(Loaded loaded, ServerConfig settings) {
  private static final String SECURITY_SCHEME = "security scheme";

  private static final Comparator<SourceLocation> ORDER =
      Comparator.comparingInt(SourceLocation::line).thenComparingInt(SourceLocation::column);

  /** {@return a line for each} */
  List<String> lines() {
    return loaded.report().stream().flatMap(this::provided).map(LoadReport::line).toList();
  }

  /** The caveat of security schemes is that they need a provider, which some have. */
  private Stream<Construct> provided(Construct construct) {
    if (!construct.name().startsWith(SECURITY_SCHEME)) {
      return Stream.of(construct);
    }
    List<SourceLocation> verified = construct.places().stream().filter(this::hasProvider).toList();
    List<SourceLocation> others = new ArrayList<>(construct.places());
    others.removeAll(verified);
    return Stream.of(
            new Construct(construct.name(), Treatment.HONOURED, "", verified),
            new Construct(construct.name(), construct.treatment(), construct.note(), others))
        .filter(each -> !each.places().isEmpty());
  }

  /** The scheme is the first thing after its name. */
  private boolean hasProvider(SourceLocation name) {
    return loaded.api().stream()
        .flatMap(api -> api.components().securitySchemes().entrySet().stream())
        .filter(each -> each.getValue().location().file().equals(name.file()))
        .filter(each -> ORDER.compare(each.getValue().location(), name) >= 0)
        .min(Comparator.comparing(each -> each.getValue().location(), ORDER))
        .filter(each -> isVerified(each.getKey(), each.getValue()))
        .isPresent();
  }

  private boolean isVerified(String name, SecurityScheme scheme) {
    return settings.verifies(name)
        || (settings.security().development() && !scheme.type().equals("mutualTLS"));
  }

  private static String line(Construct construct) {
    String treatment =
        switch (construct.treatment()) {
          case HONOURED -> "honoured";
          case CAVEAT -> "caveat";
          case REFUSED -> "refused";
        };
    int places = construct.places().size();
    String where =
        construct.places().isEmpty()
            ? ""
            : " ("
                + construct.places().getFirst()
                + (places == 1 ? "" : " and " + (places - 1) + " more")
                + ")";
    String note = construct.note().isEmpty() ? "" : ": " + construct.note();
    return "%-8s  %s%s%s".formatted(treatment, construct.name(), where, note);
  }
}
