package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.source.LocatedNode;

/** What the steps of loading one document share. Used by one thread, thrown away afterwards. */
final class Session {
  final Documents documents;
  final Findings findings;
  final Resolver resolver;
  final Report report;
  final Dialects dialects;

  Session(Documents documents, Findings findings, Report report) {
    this.report = report;
    this.documents = documents;
    this.findings = findings;
    this.resolver = new Resolver(documents, findings);
    this.dialects = new Dialects(findings, report);
  }

  Version version(LocatedNode node) {
    return documents.of(node.document()).version();
  }
}
