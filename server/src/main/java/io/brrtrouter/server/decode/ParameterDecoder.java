package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.router.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the parameters of one operation (OpenAPI 3.1.1 section 4.8.12): what is sent as text in
 * the path, the query, header fields and cookies becomes JSON values of the types the schemas give,
 * checked against those schemas. Everything that can be known from the document is decided by
 * {@link #compile}. Immutable.
 */
public final class ParameterDecoder {
  private final TextParameters path;
  private final FieldParameters query;
  private final @Nullable TextParameters querystring;
  private final TextParameters header;
  private final FieldParameters cookie;
  private final int mostViolations;

  /**
   * What decoding needs to know beyond the document.
   *
   * @param strictQuery whether query parameters nobody declares are violations
   * @param limits bounds on JSON inside of parameters, on the number of fields and on violations
   */
  public record Options(boolean strictQuery, DecodeLimits limits) {
    /** Undeclared query parameters are ignored. */
    public static final Options DEFAULT = new Options(false, DecodeLimits.DEFAULT);
  }

  private ParameterDecoder(ParameterCompiler compiled, SourceLocation source, Options options) {
    path = compiled.path();
    query = compiled.query(options.strictQuery, source);
    querystring = compiled.querystring();
    header = compiled.header();
    cookie = compiled.cookie(source);
    mostViolations = options.limits.violations();
  }

  /**
   * {@return a decoder with the default options}
   *
   * @param parameters the effective parameters of an operation
   * @param compiler compiles their schemas
   */
  public static ParameterDecoder compile(List<Parameter> parameters, SchemaCompiler compiler) {
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
  public static ParameterDecoder compile(
      List<Parameter> parameters, SourceLocation source, SchemaCompiler compiler, Options options) {
    ParameterCompiler compiled =
        new ParameterCompiler(Schemas.of(compiler, options.limits), options.limits.form());
    parameters.forEach(compiled::add);
    return new ParameterDecoder(compiled, source, options);
  }

  /**
   * {@return the parameters of a request, and everything that is wrong with them}
   *
   * @param request the head of the request
   * @param match what the path template took of the path
   */
  @SuppressWarnings("exports") // The dispatcher calls this; users get what it returns.
  public DecodedParameters decode(HttpRequest request, Match<?> match) {
    ViolationList violations = new ViolationList(mostViolations);
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
  public DecodedParameters decodeHeaders(Headers headers) {
    ViolationList violations = new ViolationList(mostViolations);
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
}
