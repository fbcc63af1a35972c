package streamed;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import streamed.api.AddShotRequest;
import streamed.api.AddShotResponse;
import streamed.api.PutFilmRequest;
import streamed.api.PutFilmResponse;
import streamed.client.FilmsClient;

/** Sends bodies with the generated client as a user would. */
public final class Director {
  private Director() {}

  /** Patient, because a test asks. */
  private static FilmsClient client(URI base) {
    return FilmsClient.builder().baseUri(base).timeout(Duration.ofMinutes(5)).build();
  }

  /** {@return what is answered to a film} */
  public static String film(URI base, InputStream body) throws Exception {
    FilmsClient client = client(base);
    return switch (client.putFilm(PutFilmRequest.builder().id(7L).body(body).build())) {
      case PutFilmResponse.Ok(String said) -> said;
    };
  }

  /** {@return what is answered to a shot} */
  public static String shot(URI base, InputStream body) throws Exception {
    FilmsClient client = client(base);
    return switch (client.addShot(AddShotRequest.builder().body(body).build())) {
      case AddShotResponse.Ok(String said) -> said;
    };
  }
}
