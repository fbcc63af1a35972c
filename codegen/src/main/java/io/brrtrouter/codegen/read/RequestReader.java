package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.ClassName;
import io.brrtrouter.codegen.model.Component;
import io.brrtrouter.codegen.model.Content;
import io.brrtrouter.codegen.model.Docs;
import io.brrtrouter.codegen.model.JavaType;
import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.codegen.model.Parameter;
import io.brrtrouter.codegen.model.Presence;
import io.brrtrouter.codegen.model.Value;
import io.brrtrouter.codegen.read.Layer.Group;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.ReservedHeaders;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads parameters and bodies of requests: those that a service receives, and those that it sends
 * by itself. What it sends has what is {@code readOnly}, and lacks what is {@code writeOnly}: the
 * service is the owning authority of the values (JSON Schema validation section 9.4), and comes as
 * a client only by way of the connection.
 */
final class RequestReader {
  /** Described elsewhere in a document, and so ignored as parameters (section 4.8.12.2.1). */
  private static final Set<String> IGNORED_HEADERS =
      Set.of("accept", "content-type", "authorization");

  private final TypeReader types;
  private final String packageName;
  private final URI document;
  private final View view;
  private final boolean sends;

  private RequestReader(
      TypeReader types, String packageName, URI document, View view, boolean sends) {
    this.types = types;
    this.packageName = packageName;
    this.document = document;
    this.view = view;
    this.sends = sends;
  }

  /** {@return a reader of requests that a service receives} */
  static RequestReader ofReceived(TypeReader types, String packageName, URI document) {
    return new RequestReader(types, packageName, document, View.REQUEST, false);
  }

  /** {@return a reader of requests that a service sends} */
  static RequestReader ofSent(TypeReader types, String packageName, URI document) {
    return new RequestReader(types, packageName, document, View.RESPONSE, true);
  }

  /**
   * {@return the record of a request}
   *
   * @param operation what the document says
   * @param base what the class begins with
   */
  Operation.Request read(io.brrtrouter.openapi.model.Operation operation, String base) {
    Names.Scope members = Names.Scope.ofMembers();
    operation.requestBody().ifPresent(body -> members.take("body"));
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterLocation in : ParameterLocation.values()) {
      for (var parameter : operation.parameters()) {
        if (parameter.in() == in && !isIgnored(parameter)) {
          parameters.add(parameter(parameter, members, base));
        }
      }
    }
    return new Operation.Request(
        new ClassName(packageName, base + "Request"),
        parameters,
        operation.requestBody().flatMap(body -> body(body, operation, base)));
  }

  private boolean isIgnored(io.brrtrouter.openapi.model.Parameter parameter) {
    String name = parameter.name().toLowerCase(Locale.ROOT);
    if (sends && parameter.in() == ParameterLocation.PATH) {
      ignored(
          parameter,
          "the path parameter %s is none, because the receiver's URL has no place for it",
          "send it in the query");
      return true;
    }
    if (parameter.in() != ParameterLocation.HEADER) {
      return false;
    }
    if (IGNORED_HEADERS.contains(name)) {
      ignored(
          parameter,
          "the header %s is no parameter (OpenAPI 3.1.1 section 4.8.12.2.1)",
          "describe it by content or security");
      return true;
    }
    if (sends && ReservedHeaders.isOfConnection(name)) {
      ignored(
          parameter,
          "the header %s is none that a message has: it belongs to the connection",
          "leave it out");
      return true;
    }
    return sends && ReservedHeaders.isOfSender(name);
  }

  private void ignored(
      io.brrtrouter.openapi.model.Parameter parameter, String message, String hint) {
    types.remarks.warn(
        "parameter-ignored",
        origin(parameter.location()),
        message.formatted(parameter.name()),
        hint);
  }

  private Parameter parameter(
      io.brrtrouter.openapi.model.Parameter parameter, Names.Scope members, String base) {
    String plain = Names.member(parameter.name());
    String name =
        members.take(members.has(plain) ? plain + Names.type(parameter.in().word()) : plain);
    Optional<Map.Entry<String, MediaType>> content =
        parameter.content().entrySet().stream().findFirst();
    Optional<Schema> schema =
        parameter.schema().or(() -> content.flatMap(entry -> entry.getValue().schema()));
    Hint hint = new Hint(base, Names.type(parameter.name()));
    Value value = value(schema, hint, view, origin(parameter.location()));
    Presence presence = new Presence.Required();
    boolean deprecated = parameter.deprecated();
    if (schema.isPresent()) {
      Group group = Group.of(Site.of(schema.get()));
      Facets facets = types.merge.of(group);
      deprecated |= facets.deprecated;
      presence = parameter.required() ? presence : Defaults.presence(types, value, group, facets);
    } else if (!parameter.required()) {
      presence = new Presence.Optional();
    }
    return new Parameter(
        new Component(
            name,
            parameter.name(),
            value,
            presence,
            new Docs("", parameter.description().orElse(""), deprecated)),
        parameter.in(),
        parameter.style(),
        parameter.explode(),
        parameter.allowReserved(),
        parameter.allowEmptyValue(),
        content.map(Map.Entry::getKey),
        schema.map(each -> Site.of(each).origin()),
        Optional.empty(),
        Optional.empty());
  }

  private Value value(Optional<Schema> schema, Hint hint, View view, Origin origin) {
    return schema
        .map(each -> types.value(Site.of(each), ContentReader.hint(each, hint), view))
        .orElseGet(() -> Value.of(new JavaType.Tree(), origin));
  }

  private Optional<Operation.Body> body(
      RequestBody body, io.brrtrouter.openapi.model.Operation operation, String base) {
    if (body.content().isEmpty()) {
      return Optional.empty();
    }
    List<Content> contents =
        contents(
            body.content(),
            sends ? ContentReader.ofSent(types) : ContentReader.ofRequests(types, operation),
            new Hint(base + "Request", "Body"));
    return Optional.of(
        new Operation.Body(
            "body",
            body.required(),
            contents,
            new Docs("", body.description().orElse(""), false),
            origin(body.location())));
  }

  private List<Content> contents(Map<String, MediaType> content, ContentReader reader, Hint hint) {
    Names.Scope wrappers = Names.Scope.inside(hint.owner(), "Body", "Builder");
    List<Content> contents = new ArrayList<>();
    content.forEach((name, mediaType) -> {
      String word = Phrases.mediaType(name);
      Hint own = contents.isEmpty() ? hint : new Hint(hint.owner() + word, hint.own());
      contents.add(
          reader.read(
              name,
              mediaType,
              origin(mediaType.location()),
              Optional.of(wrappers.take(word)),
              own));
    });
    if (!ContentReader.areAlike(contents)) {
      return contents;
    }
    return contents.stream()
        .map(each ->
            new Content(
                each.mediaType(),
                each.kind(),
                each.value(),
                Optional.empty(),
                each.parts(),
                each.origin(),
                each.schema(),
                each.binding()))
        .toList();
  }

  private Origin origin(SourceLocation location) {
    return new Origin(document, "", location);
  }
}
