package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.ParameterStyle;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.dispatch.RequestViolation.In;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.router.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the parameters of one operation (OpenAPI 3.1.1 section 4.8.12): what is sent as text in
 * the path, the query, header fields and cookies becomes JSON values of the types the schemas give,
 * checked against those schemas. Everything that can be known from the document is decided by
 * {@link #compile}. Immutable.
 */
final class ParameterDecoder {
  /** Described elsewhere in a document, and so ignored as parameters (section 4.8.12.2.1). */
  private static final Set<String> IGNORED_HEADERS =
      Set.of("accept", "content-type", "authorization");

  private final TextParameters path;
  private final FieldParameters query;
  private final @Nullable TextParameters querystring;
  private final TextParameters header;
  private final FieldParameters cookie;

  /**
   * What decoding needs to know beyond the document.
   *
   * @param strictQuery whether query parameters nobody declares are violations
   * @param json bounds on JSON inside of parameters
   * @param form bounds on the number of fields
   */
  record Options(boolean strictQuery, JsonLimits json, FormLimits form) {
    /** Undeclared query parameters are ignored. */
    static final Options DEFAULT = new Options(false, JsonLimits.DEFAULT, FormLimits.DEFAULT);
  }

  private ParameterDecoder(Builder builder) {
    Options options = builder.options;
    path = builder.path.build();
    querystring = builder.querystring.plans.isEmpty() ? null : builder.querystring.build();
    header = builder.header.build();
    int limit = options.form.fields();
    query = builder.query.build(limit, options.strictQuery, builder.source);
    cookie = builder.cookie.build(limit, false, builder.source);
  }

  /**
   * {@return a decoder with the default options}
   *
   * @param parameters the effective parameters of an operation
   * @param compiler compiles their schemas
   */
  static ParameterDecoder compile(List<Parameter> parameters, SchemaCompiler compiler) {
    SourceLocation source =
        parameters.isEmpty() ? new SourceLocation("", 0, 0) : parameters.getFirst().location();
    return compile(parameters, source, compiler, Options.DEFAULT);
  }

  /**
   * {@return a decoder of the parameters of an operation}
   *
   * @param parameters the effective parameters of the operation
   * @param source where the operation is written
   * @param compiler compiles their schemas
   * @param options what else decides
   */
  static ParameterDecoder compile(
      List<Parameter> parameters, SourceLocation source, SchemaCompiler compiler, Options options) {
    Builder builder = new Builder(source, Schemas.of(compiler, options.json), options);
    parameters.forEach(builder::add);
    return new ParameterDecoder(builder);
  }

  /**
   * {@return the parameters of a request, and everything that is wrong with them}
   *
   * @param request the head of the request
   * @param match what the path template took of the path
   */
  DecodedParameters decode(HttpRequest request, Match<?> match) {
    ViolationList violations = new ViolationList();
    Parameters inPath = path.path(match, violations);
    Parameters inQuery = query(request.target(), violations);
    Parameters inHeader = header.header(request.headers(), violations);
    Parameters inCookie =
        cookie.isIdle()
            ? Parameters.EMPTY
            : cookie.all(request.headers().all("Cookie"), violations);
    return new DecodedParameters(
        inPath, inQuery, inHeader, inCookie, violations.violations(), violations.omitted());
  }

  /**
   * {@return the header parameters of a message and everything that is wrong with them; those of
   * other places are taken as absent and not looked at}
   *
   * @param headers the header fields
   */
  DecodedParameters decodeHeaders(Headers headers) {
    ViolationList violations = new ViolationList();
    Parameters inHeader = header.header(headers, violations);
    return new DecodedParameters(
        Parameters.EMPTY,
        Parameters.EMPTY,
        inHeader,
        Parameters.EMPTY,
        violations.violations(),
        violations.omitted());
  }

  private Parameters query(String target, ViolationList violations) {
    int question = target.indexOf('?');
    int start = question < 0 ? target.length() : question + 1;
    if (querystring != null) {
      return querystring.query(target.substring(start), violations);
    }
    return query.isIdle() ? Parameters.EMPTY : query.query(target, start, violations);
  }

  /** Sorts parameters by place and compiles them. */
  private static final class Builder {
    private final SourceLocation source;
    private final Schemas schemas;
    private final Options options;
    private final Texts path = new Texts();
    private final Texts querystring = new Texts();
    private final Texts header = new Texts();
    private final FieldParameters.Builder query =
        new FieldParameters.Builder(In.QUERY, new FieldTable.Builder(Percent.FORM, '&'));
    private final FieldParameters.Builder cookie =
        new FieldParameters.Builder(In.COOKIE, new FieldTable.Builder(Percent.NONE, ';'));

    Builder(SourceLocation source, Schemas schemas, Options options) {
      this.source = source;
      this.schemas = schemas;
      this.options = options;
    }

    void add(Parameter parameter) {
      switch (parameter.in()) {
        case PATH -> path.add(plan(In.PATH, parameter), text(parameter, Percent.URI, false));
        case QUERY -> query.add(plan(In.QUERY, parameter), fields(parameter, Percent.FORM));
        case QUERYSTRING ->
            querystring.add(plan(In.QUERY, parameter), text(parameter, Percent.URI, false));
        case HEADER -> {
          if (!IGNORED_HEADERS.contains(parameter.name().toLowerCase(Locale.ROOT))) {
            header.add(plan(In.HEADER, parameter), text(parameter, Percent.NONE, true));
          }
        }
        case COOKIE -> {
          boolean plain = parameter.style() == ParameterStyle.COOKIE;
          Percent percent = plain ? Percent.NONE : Percent.URI;
          cookie.add(plan(In.COOKIE, parameter), fields(parameter, percent));
        }
      }
    }

    private ParameterPlan plan(In in, Parameter parameter) {
      Optional<Schema> schema = schema(parameter);
      CompiledSchema compiled = schema.map(schemas::compile).orElse(null);
      return new ParameterPlan(
          in,
          parameter.name(),
          parameter.required(),
          schema.map(each -> schemas.shape(each).defaultValue()).orElse(null),
          compiled,
          parameter.location());
    }

    private TextDecoder text(Parameter parameter, Percent percent, boolean trim) {
      return parameter.content().isEmpty()
          ? table(parameter, percent, trim).text(parameter.style(), parameter.explode())
          : content(parameter, percent);
    }

    private List<Placement> fields(Parameter parameter, Percent percent) {
      return parameter.content().isEmpty()
          ? table(parameter, percent, false).fields(parameter.style(), parameter.explode())
          : List.of(
              Placement.ownName(
                  new OneTextField(content(parameter, percent), parameter.allowEmptyValue())));
    }

    private StyleTable table(Parameter parameter, Percent percent, boolean trim) {
      return new StyleTable(
          parameter.name(), shape(parameter), percent, trim, parameter.allowEmptyValue(), schemas);
    }

    private TextDecoder content(Parameter parameter, Percent percent) {
      Map.Entry<String, MediaType> content = parameter.content().entrySet().iterator().next();
      boolean form = content.getKey().startsWith("application/x-www-form-urlencoded");
      // A query that is a form is not percent-encoded once more.
      boolean bare = form && parameter.in() == ParameterLocation.QUERYSTRING;
      return new ContentTable(bare ? Percent.NONE : percent, schemas, options.form)
          .text(content.getKey(), content.getValue().encoding(), shape(parameter));
    }

    private Shape shape(Parameter parameter) {
      return schema(parameter)
          .map(schemas::shape)
          .orElseGet(() -> Shape.unknown(parameter.location()));
    }

    private static Optional<Schema> schema(Parameter parameter) {
      return parameter
          .schema()
          .or(() -> parameter.content().values().stream().findFirst().flatMap(MediaType::schema));
    }
  }

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
}
