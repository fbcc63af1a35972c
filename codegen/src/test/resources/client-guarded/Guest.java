package guarded;

import guarded.api.GetPetRequest;
import guarded.api.GetPetResponse;
import guarded.api.HeadPetRequest;
import guarded.api.PutPetRequest;
import guarded.api.PutPetResponse;
import guarded.client.GuardedPetsClient;
import guarded.client.UnexpectedResponseException;
import guarded.model.Pet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Asks as a user would and says what came of it. */
public final class Guest {
  private Guest() {}

  /** {@return what came, in words} */
  public static String get(URI base, String how) throws InterruptedException {
    GuardedPetsClient client = client(base, how);
    List<String> spaced = how.equals("space") ? List.of("a b") : null;
    String note = how.equals("break") ? "a\r\nX-Evil: 1" : how.equals("accent") ? "\u00e9" : null;
    try {
      return switch (client.getPet(new GetPetRequest(how.equals("empty") ? "" : "a/b", spaced, note))) {
        case GetPetResponse.OkJson ok -> ok.toString();
        case GetPetResponse.OkText ok -> ok.toString();
        case GetPetResponse.ClientError(int status, var problem) -> status + " " + problem.title();
      };
    } catch (UnexpectedResponseException e) {
      return e.getMessage()
          + "\n"
          + e.operation()
          + e.status()
          + e.headers().firstValue("X-Count").orElse("")
          + e.body().length
          + e.violations().size();
    } catch (IOException | IllegalArgumentException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  /** {@return what came, in words} */
  public static String put(URI base, String name) throws InterruptedException {
    try {
      return switch (client(base, "token").putPet(new PutPetRequest("1", Pet.builder().name(name).build()))) {
        case PutPetResponse.NoContent done -> done.toString();
        case PutPetResponse.OtherwiseAny(int status, byte[] body) -> status + " " + body.length + " octets";
        case PutPetResponse.OtherwiseAnyText other -> other.toString();
      };
    } catch (IOException | IllegalArgumentException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  /** {@return what came, in words} */
  public static String head(URI base) throws IOException, InterruptedException {
    return client(base, "plainly").headPet(new HeadPetRequest("1")).toString();
  }

  private static GuardedPetsClient client(URI base, String how) {
    GuardedPetsClient.Builder builder = GuardedPetsClient.builder().baseUri(base);
    switch (how) {
      case "key" -> builder.key(() -> "k").query(() -> "never");
      case "key and user" -> builder.key(() -> "k").user("me", "s\u00e9cret");
      case "token" -> builder.token(() -> "t").cookie(() -> "never");
      case "query" -> builder.query(() -> "q&=");
      case "cookie" -> builder.cookie(() -> "c;");
      case "interceptor" -> builder.interceptor(request -> request.setHeader("Accept", "text/x"));
      case "unchecked" -> builder.validate(false);
      case "small" -> builder.maxBodySize(10);
      default -> {}
    }
    GuardedPetsClient client = builder.timeout(Duration.ofSeconds(20)).build();
    return how.equals("hasty") ? client.withTimeout(Duration.ofMillis(50)) : client;
  }

  /** {@return why a client cannot be made} */
  public static String refused(String base) {
    try {
      GuardedPetsClient.builder().baseUri(URI.create(base));
      return "fine";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
