package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;

/** Finds the rules of each kind of object that {@link Grammar} cannot express. */
final class Rules {
  private final DocumentRules document;
  private final ServerRules servers;
  private final PathRules paths;
  private final ParameterRules parameters;
  private final ContentRules content;
  private final ResponseRules responses;
  private final SecurityRules security;
  private final WebSocketRules webSockets;

  Rules(Session session) {
    this.document = new DocumentRules(session);
    this.servers = new ServerRules(session);
    this.paths = new PathRules(session);
    this.parameters = new ParameterRules(session);
    this.content = new ContentRules(session);
    this.responses = new ResponseRules(session);
    this.security = new SecurityRules(session);
    this.webSockets = new WebSocketRules(session);
  }

  /** Checks an object whose fields were checked one by one. */
  void check(LocatedNode object, Kind kind) {
    switch (kind) {
      case OPENAPI -> document.document(object);
      case LICENSE -> document.license(object);
      case SERVER -> servers.server(object);
      case SERVER_VARIABLE -> servers.variable(object);
      case PATHS -> paths.paths(object);
      case PATH_ITEM -> paths.pathItem(object);
      case OPERATION -> paths.operation(object);
      case PARAMETER -> parameters.parameter(object);
      case HEADER -> parameters.header(object);
      case REQUEST_BODY -> content.requestBody(object);
      case MEDIA_TYPE -> content.mediaType(object);
      case ENCODING -> content.encoding(object);
      case EXAMPLE -> content.example(object);
      case RESPONSES -> responses.responses(object);
      case RESPONSE -> responses.response(object);
      case LINK -> responses.link(object);
      case CALLBACK -> responses.callback(object);
      case SECURITY_SCHEME -> security.scheme(object);
      case OAUTH_FLOWS -> security.flows(object);
      case SECURITY_REQUIREMENT -> security.requirement(object);
      case WEB_SOCKET -> webSockets.webSocket(object);
      case MESSAGES -> webSockets.messages(object);
      case INFO,
          CONTACT,
          COMPONENTS,
          EXTERNAL_DOCS,
          TAG,
          SCHEMA,
          DISCRIMINATOR,
          XML,
          OAUTH_FLOW -> {}
    }
  }
}
