package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts the parameters of an operation by place and decides how each is decoded. */
final class ParameterCompiler {
  /** Described elsewhere in a document, and so ignored as parameters (section 4.8.12.2.1). */
  private static final Set<String> IGNORED_HEADERS =
      Set.of("accept", "content-type", "authorization");

  private final Schemas schemas;
  private final FormLimits limits;
  private final Texts path = new Texts();
  private final Texts querystring = new Texts();
  private final Texts header = new Texts();
  private final FieldParameters.Builder query =
      new FieldParameters.Builder(In.QUERY, new FieldTable.Builder(Percent.FORM, '&'));
  private final FieldParameters.Builder cookie =
      new FieldParameters.Builder(In.COOKIE, new FieldTable.Builder(Percent.NONE, ';'));

  /** Plans and decoders in step. */
  private static final class Texts {
    private final List<ParameterPlan> plans = new ArrayList<>();
    private final List<TextDecoder> decoders = new ArrayList<>();

    void add(ParameterPlan plan, TextDecoder decoder) {
      plans.add(plan);
      decoders.add(decoder);
    }

    TextParameters build() {
      return new TextParameters(plans, decoders);
    }
  }

  ParameterCompiler(Schemas schemas, FormLimits limits) {
    this.schemas = schemas;
    this.limits = limits;
  }

  void add(Parameter parameter) {
    Optional<Schema> schema =
        parameter
            .schema()
            .or(() -> parameter.content().values().stream().findFirst().flatMap(MediaType::schema));
    Shape shape = schema.map(schemas::shape).orElseGet(() -> Shape.unknown(parameter.location()));
    switch (parameter.in()) {
      case PATH ->
          path.add(plan(In.PATH, parameter, schema, shape), text(parameter, shape, Percent.URI));
      case QUERY ->
          query.add(
              plan(In.QUERY, parameter, schema, shape), fields(parameter, shape, Percent.FORM));
      case QUERYSTRING ->
          querystring.add(
              plan(In.QUERY, parameter, schema, shape), text(parameter, shape, Percent.URI));
      case HEADER -> {
        if (!IGNORED_HEADERS.contains(parameter.name().toLowerCase(Locale.ROOT))) {
          header.add(
              plan(In.HEADER, parameter, schema, shape), text(parameter, shape, Percent.NONE));
        }
      }
      case COOKIE -> {
        boolean plain = parameter.style() == ParameterStyle.COOKIE;
        Percent percent = plain ? Percent.NONE : Percent.URI;
        cookie.add(plan(In.COOKIE, parameter, schema, shape), fields(parameter, shape, percent));
      }
    }
  }

  private ParameterPlan plan(In in, Parameter parameter, Optional<Schema> schema, Shape shape) {
    return new ParameterPlan(
        in,
        parameter.name(),
        parameter.required(),
        shape.defaultValue(),
        schema.map(schemas::compile).orElse(null),
        parameter.location());
  }

  private TextDecoder text(Parameter parameter, Shape shape, Percent percent) {
    return parameter.content().isEmpty()
        ? table(parameter, shape, percent).text(parameter.style(), parameter.explode())
        : content(parameter, shape, percent);
  }

  private List<Placement> fields(Parameter parameter, Shape shape, Percent percent) {
    if (parameter.content().isEmpty()) {
      return table(parameter, shape, percent).fields(parameter.style(), parameter.explode());
    }
    TextDecoder content = content(parameter, shape, percent);
    return List.of(Placement.ownName(new OneTextField(content, parameter.allowEmptyValue())));
  }

  private StyleTable table(Parameter parameter, Shape shape, Percent percent) {
    boolean trim = parameter.in() == ParameterLocation.HEADER;
    return new StyleTable(
        parameter.name(), shape, percent, trim, parameter.allowEmptyValue(), schemas);
  }

  private TextDecoder content(Parameter parameter, Shape shape, Percent percent) {
    Map.Entry<String, MediaType> content = parameter.content().entrySet().iterator().next();
    boolean form = ContentTable.isForm(content.getKey());
    // A query that is a form is not percent-encoded once more.
    boolean bare = form && parameter.in() == ParameterLocation.QUERYSTRING;
    return new ContentTable(bare ? Percent.NONE : percent, schemas, limits)
        .text(content.getKey(), content.getValue().encoding(), shape);
  }

  TextParameters path() {
    return path.build();
  }

  /** {@return the query as one parameter, null if it is none} */
  @Nullable TextParameters querystring() {
    return querystring.plans.isEmpty() ? null : querystring.build();
  }

  TextParameters header() {
    return header.build();
  }

  FieldParameters query(boolean strict, SourceLocation source) {
    return query.build(limits.fields(), strict, source);
  }

  FieldParameters cookie(SourceLocation source) {
    return cookie.build(limits.fields(), false, source);
  }
}
