package io.brrtrouter.openapi.read;

import static io.brrtrouter.openapi.read.Forms.ABSOLUTE_URI;
import static io.brrtrouter.openapi.read.Forms.ANY;
import static io.brrtrouter.openapi.read.Forms.FLAG;
import static io.brrtrouter.openapi.read.Forms.TEXT;
import static io.brrtrouter.openapi.read.Forms.URI;
import static io.brrtrouter.openapi.read.Forms.list;
import static io.brrtrouter.openapi.read.Forms.map;
import static io.brrtrouter.openapi.read.Forms.object;
import static io.brrtrouter.openapi.read.Forms.words;
import static io.brrtrouter.openapi.read.Version.V3_0;
import static io.brrtrouter.openapi.read.Version.V3_1;
import static io.brrtrouter.openapi.read.Version.V3_2;

import io.brrtrouter.openapi.model.SequentialMediaType;
import io.brrtrouter.openapi.read.Form.ListOf;
import io.brrtrouter.openapi.read.Form.MapOf;
import io.brrtrouter.openapi.read.Form.NameRule;
import io.brrtrouter.openapi.read.Form.Text;
import io.brrtrouter.openapi.read.Form.TextRule;
import java.util.EnumMap;
import java.util.Map;

/**
 * The objects of OpenAPI 3.0.4, 3.1.1 and 3.2.0 as a table: fields, forms, versions. What a table
 * cannot say is in the {@code ...Rules} classes.
 */
final class Grammar {
  private static final Map<Kind, Shape> SHAPES = new EnumMap<>(Kind.class);
  private static final Form TEXTS = new ListOf(TEXT);
  private static final Form HEADERS = map(Kind.HEADER, NameRule.HEADER);
  private static final Form CONTENT = map(Kind.MEDIA_TYPE, NameRule.MEDIA_TYPE);
  private static final Form STYLE =
      words(
          "style",
          "matrix",
          "label",
          "simple",
          "form",
          "spaceDelimited",
          "pipeDelimited",
          "deepObject",
          "cookie@3.2");

  private Grammar() {}

  static {
    documents();
    paths();
    parameters();
    content();
    responses();
    security();
    webSockets();
  }

  /** {@return the fields of a kind of object other than schemas} */
  static Shape of(Kind kind) {
    Shape shape = SHAPES.get(kind);
    if (shape == null) {
      throw new IllegalArgumentException(kind + " is not in the table");
    }
    return shape;
  }

  private static Shape shape(Kind kind) {
    Shape shape = new Shape();
    SHAPES.put(kind, shape);
    return shape;
  }

  private static void documents() {
    shape(Kind.OPENAPI)
        .must("openapi", TEXT)
        .since(V3_2, "$self", URI)
        .must("info", object(Kind.INFO))
        .since(V3_1, "jsonSchemaDialect", ABSOLUTE_URI)
        .may("servers", list(Kind.SERVER))
        .mustUntil(V3_0, "paths", object(Kind.PATHS))
        .since(V3_1, "webhooks", map(Kind.PATH_ITEM))
        .may("components", object(Kind.COMPONENTS))
        .may("security", list(Kind.SECURITY_REQUIREMENT))
        .may("tags", list(Kind.TAG))
        .may("externalDocs", object(Kind.EXTERNAL_DOCS));
    shape(Kind.INFO)
        .must("title", TEXT)
        .since(V3_1, "summary", TEXT)
        .may("description", TEXT)
        .may("termsOfService", URI)
        .may("contact", object(Kind.CONTACT))
        .may("license", object(Kind.LICENSE))
        .must("version", TEXT);
    shape(Kind.CONTACT).may("name", TEXT).may("url", URI).may("email", new Text(TextRule.EMAIL));
    shape(Kind.LICENSE).must("name", TEXT).since(V3_1, "identifier", TEXT).may("url", URI);
    shape(Kind.SERVER)
        .must("url", TEXT)
        .since(V3_2, "name", TEXT)
        .may("description", TEXT)
        .may("variables", map(Kind.SERVER_VARIABLE));
    shape(Kind.SERVER_VARIABLE).may("enum", TEXTS).must("default", TEXT).may("description", TEXT);
    shape(Kind.COMPONENTS)
        .may("schemas", map(Kind.SCHEMA, NameRule.COMPONENT))
        .may("responses", map(Kind.RESPONSE, NameRule.COMPONENT))
        .may("parameters", map(Kind.PARAMETER, NameRule.COMPONENT))
        .may("examples", map(Kind.EXAMPLE, NameRule.COMPONENT))
        .may("requestBodies", map(Kind.REQUEST_BODY, NameRule.COMPONENT))
        .may("headers", map(Kind.HEADER, NameRule.COMPONENT))
        .may("securitySchemes", map(Kind.SECURITY_SCHEME, NameRule.COMPONENT))
        .may("links", map(Kind.LINK, NameRule.COMPONENT))
        .may("callbacks", map(Kind.CALLBACK, NameRule.COMPONENT))
        .since(V3_1, "pathItems", map(Kind.PATH_ITEM, NameRule.COMPONENT))
        .since(V3_2, "mediaTypes", map(Kind.MEDIA_TYPE, NameRule.COMPONENT));
    shape(Kind.TAG)
        .must("name", TEXT)
        .since(V3_2, "summary", TEXT)
        .may("description", TEXT)
        .may("externalDocs", object(Kind.EXTERNAL_DOCS))
        .since(V3_2, "parent", TEXT)
        .since(V3_2, "kind", TEXT);
    shape(Kind.EXTERNAL_DOCS).may("description", TEXT).must("url", URI);
  }

  private static void paths() {
    Form operation = object(Kind.OPERATION);
    shape(Kind.PATHS).others(object(Kind.PATH_ITEM));
    shape(Kind.PATH_ITEM)
        .may("$ref", TEXT)
        .may("summary", TEXT)
        .may("description", TEXT)
        .may("get", operation)
        .may("put", operation)
        .may("post", operation)
        .may("delete", operation)
        .may("options", operation)
        .may("head", operation)
        .may("patch", operation)
        .may("trace", operation)
        .since(V3_2, "query", operation)
        .since(V3_2, "additionalOperations", map(Kind.OPERATION, NameRule.METHOD))
        .may("servers", list(Kind.SERVER))
        .may("parameters", list(Kind.PARAMETER));
    shape(Kind.OPERATION)
        .may("tags", TEXTS)
        .may("summary", TEXT)
        .may("description", TEXT)
        .may("externalDocs", object(Kind.EXTERNAL_DOCS))
        .may("operationId", TEXT)
        .may("parameters", list(Kind.PARAMETER))
        .may("requestBody", object(Kind.REQUEST_BODY))
        .mustUntil(V3_0, "responses", object(Kind.RESPONSES))
        .may("callbacks", map(Kind.CALLBACK))
        .may("deprecated", FLAG)
        .may("security", list(Kind.SECURITY_REQUIREMENT))
        .may("servers", list(Kind.SERVER));
    shape(Kind.CALLBACK).others(object(Kind.PATH_ITEM));
  }

  private static void parameters() {
    shape(Kind.PARAMETER)
        .must("name", TEXT)
        .must(
            "in",
            words("parameter location", "path", "query", "header", "cookie", "querystring@3.2"))
        .may("description", TEXT)
        .may("required", FLAG)
        .may("deprecated", FLAG)
        .may("allowEmptyValue", FLAG)
        .may("style", STYLE)
        .may("explode", FLAG)
        .may("allowReserved", FLAG)
        .may("schema", object(Kind.SCHEMA))
        .may("example", ANY)
        .may("examples", map(Kind.EXAMPLE))
        .may("content", CONTENT);
    shape(Kind.HEADER)
        .may("description", TEXT)
        .may("required", FLAG)
        .may("deprecated", FLAG)
        .until(V3_0, "allowEmptyValue", FLAG)
        .may("style", words("style of a header", "simple"))
        .may("explode", FLAG)
        .until(V3_0, "allowReserved", FLAG)
        .may("schema", object(Kind.SCHEMA))
        .may("example", ANY)
        .may("examples", map(Kind.EXAMPLE))
        .may("content", CONTENT);
  }

  private static void content() {
    shape(Kind.REQUEST_BODY)
        .may("description", TEXT)
        .must("content", CONTENT)
        .may("required", FLAG);
    shape(Kind.MEDIA_TYPE)
        .since(V3_2, "description", TEXT)
        .may("schema", object(Kind.SCHEMA))
        .since(V3_2, "itemSchema", object(Kind.SCHEMA))
        .may(SequentialMediaType.FIELD, object(Kind.SCHEMA))
        .may("example", ANY)
        .may("examples", map(Kind.EXAMPLE))
        .may("encoding", map(Kind.ENCODING))
        .since(V3_2, "prefixEncoding", list(Kind.ENCODING))
        .since(V3_2, "itemEncoding", object(Kind.ENCODING));
    shape(Kind.ENCODING)
        .may("contentType", TEXT)
        .may("headers", HEADERS)
        .may(
            "style",
            words("style of a form field", "form", "spaceDelimited", "pipeDelimited", "deepObject"))
        .may("explode", FLAG)
        .may("allowReserved", FLAG)
        .since(V3_2, "encoding", map(Kind.ENCODING))
        .since(V3_2, "prefixEncoding", list(Kind.ENCODING))
        .since(V3_2, "itemEncoding", object(Kind.ENCODING));
    shape(Kind.EXAMPLE)
        .may("summary", TEXT)
        .may("description", TEXT)
        .since(V3_2, "dataValue", ANY)
        .since(V3_2, "serializedValue", TEXT)
        .may("value", ANY)
        .may("externalValue", URI);
    shape(Kind.DISCRIMINATOR)
        .must("propertyName", TEXT)
        .may("mapping", new MapOf(TEXT, NameRule.ANY))
        .since(V3_2, "defaultMapping", TEXT)
        .extensibleSince(V3_1);
    shape(Kind.XML)
        .since(
            V3_2,
            "nodeType",
            words("XML node type", "element", "attribute", "text", "cdata", "none"))
        .may("name", TEXT)
        .may("namespace", ABSOLUTE_URI)
        .may("prefix", TEXT)
        .may("attribute", FLAG)
        .may("wrapped", FLAG);
  }

  private static void responses() {
    shape(Kind.RESPONSES).others(object(Kind.RESPONSE));
    shape(Kind.RESPONSE)
        .since(V3_2, "summary", TEXT)
        .mustUntil(V3_1, "description", TEXT)
        .may("headers", HEADERS)
        .may("content", CONTENT)
        .may("links", map(Kind.LINK, NameRule.COMPONENT));
    shape(Kind.LINK)
        .may("operationRef", URI)
        .may("operationId", TEXT)
        .may("parameters", new MapOf(ANY, NameRule.ANY))
        .may("requestBody", ANY)
        .may("description", TEXT)
        .may("server", object(Kind.SERVER));
  }

  /** The objects of {@link io.brrtrouter.openapi.model.WebSocketExtension}. */
  private static void webSockets() {
    shape(Kind.WEB_SOCKET)
        .may("subprotocols", TEXTS)
        .may("fromClient", object(Kind.MESSAGES))
        .may("fromServer", object(Kind.MESSAGES))
        .closed();
    shape(Kind.MESSAGES).must("content", CONTENT).closed();
  }

  private static void security() {
    Form flow = object(Kind.OAUTH_FLOW);
    shape(Kind.SECURITY_REQUIREMENT).others(TEXTS).closed();
    shape(Kind.SECURITY_SCHEME)
        .must(
            "type",
            words(
                "security scheme type",
                "apiKey",
                "http",
                "mutualTLS@3.1",
                "oauth2",
                "openIdConnect"))
        .may("description", TEXT)
        .may("name", TEXT)
        .may("in", words("place of an API key", "query", "header", "cookie"))
        .may("scheme", TEXT)
        .may("bearerFormat", TEXT)
        .may("flows", object(Kind.OAUTH_FLOWS))
        .may("openIdConnectUrl", URI)
        .since(V3_2, "oauth2MetadataUrl", URI)
        .since(V3_2, "deprecated", FLAG);
    shape(Kind.OAUTH_FLOWS)
        .may("implicit", flow)
        .may("password", flow)
        .may("clientCredentials", flow)
        .may("authorizationCode", flow)
        .since(V3_2, "deviceAuthorization", flow);
    shape(Kind.OAUTH_FLOW)
        .may("authorizationUrl", URI)
        .since(V3_2, "deviceAuthorizationUrl", URI)
        .may("tokenUrl", URI)
        .may("refreshUrl", URI)
        .must("scopes", new MapOf(TEXT, NameRule.ANY));
  }
}
