package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SchemeFinding;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.tls.ClientHandshake;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in words what would become of a request: what the handshake of its connection says, and then
 * what the gate says, which is the one of a server.
 *
 * @param config the configuration
 * @param gate decides
 * @param last hears why
 * @param verified the security schemes that somebody verifies; code may give further providers
 */
record Verdict(ServerConfig config, Gate gate, LastJudgement last, Set<String> verified) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** {@return the verdict, a line each} */
  List<String> of(HttpRequest request) {
    List<String> lines = new ArrayList<>();
    Optional<TlsConfig> asking = config.tls().filter(_ -> config.asksForCertificates());
    List<X509Certificate> certificates = request.peer().certificates();
    if (asking.isPresent()) {
      Optional<String> refusal = handshake(asking.get(), request.peer());
      if (refusal.isPresent()) {
        return List.of("The connection would be refused: " + refusal.get() + ".");
      }
    } else if (!request.peer().certificates().isEmpty()) {
      lines.add("The server asks for no client certificate, so it would not see this one.");
      certificates = List.of();
    }
    boolean secure = config.tls().isPresent();
    HttpRequest head = from(request, new Peer(request.peer().address(), secure, certificates));
    last.take();
    lines.addAll(told(InProcess.decide(gate, named(head)), last.take()));
    return lines;
  }

  private static Optional<String> handshake(TlsConfig tls, Peer peer) {
    try {
      return ClientHandshake.refusal(tls, peer.certificates());
    } catch (TlsException unusable) {
      return Optional.of("the server would not start, because " + unusable.getMessage());
    }
  }

  private List<String> told(HeadDecision decision, Optional<Judgement> judgement) {
    List<String> lines = new ArrayList<>();
    boolean whole = judgement.flatMap(Judgement::operation).filter(this::takesMore).isEmpty();
    String request = whole ? "The request" : "By the configuration alone, the request";
    lines.add(
        switch (decision) {
          case HeadDecision.Refuse(HttpResponse response, var _) ->
              "%s would be refused with %d. %s"
                  .formatted(
                      request,
                      response.status(),
                      judgement.map(Judgement::reason).orElseGet(() -> detail(response)));
          case HeadDecision.Collect _, HeadDecision.Stream _ ->
              request
                  + " would be let in. "
                  + judgement.map(Judgement::reason).orElse("Anybody may call it.");
          case HeadDecision.Deferred _ -> throw new IllegalStateException("deferred once more");
        });
    judgement.map(Judgement::findings).orElse(List.<SchemeFinding>of()).stream()
        .map(finding -> "  " + finding)
        .forEach(lines::add);
    if (decision instanceof HeadDecision.Refuse(HttpResponse response, var _)) {
      response
          .headers()
          .all("WWW-Authenticate")
          .forEach(challenge -> lines.add("  WWW-Authenticate: " + challenge));
    }
    return lines;
  }

  private boolean takesMore(Operation operation) {
    return operation.security().stream()
        .anyMatch(requirement -> !verified.containsAll(requirement.schemes().keySet()));
  }

  /** {@return why, where it has nothing to do with who sends the request} */
  private static String detail(HttpResponse response) {
    return response.body() instanceof Body.Bytes(byte[] problem) && problem.length > 0
        ? JSON.readTree(problem).path("detail").stringValue("")
        : "";
  }

  /** A browser on this machine would name the port too. */
  private HttpRequest named(HttpRequest request) {
    if (request.headers().contains("Host")) {
      return request;
    }
    return new HttpRequest(
        request.method(),
        request.target(),
        request.version(),
        request.headers().with("Host", "localhost:" + config.port()),
        request.peer());
  }

  private static HttpRequest from(HttpRequest request, Peer peer) {
    return new HttpRequest(
        request.method(), request.target(), request.version(), request.headers(), peer);
  }
}
