package streamed;

import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.server.dispatch.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import streamed.api.AddPosterHandler;
import streamed.api.AddPosterResponse;
import streamed.api.AddShotHandler;
import streamed.api.AddShotResponse;
import streamed.api.FilmsApi;
import streamed.api.PutFilmHandler;
import streamed.api.PutFilmRequest;
import streamed.api.PutFilmResponse;

/** Handlers as a user would write them; they tell what they read as soon as it is read. */
public final class Films implements FilmsApi {
  private final BlockingQueue<String> read;

  /** Tells what is read, piece by piece, and how it ends. */
  public Films(BlockingQueue<String> read) {
    this.read = read;
  }

  @Override
  public PutFilmHandler putFilm() {
    return this::put;
  }

  private PutFilmResponse put(PutFilmRequest request) throws IOException {
    byte[] octets = new byte[1000];
    long size = 0;
    try (InputStream body = request.body()) {
      for (int count = body.read(octets); count >= 0; count = body.read(octets)) {
        size += count;
        read.add(new String(octets, 0, count, StandardCharsets.US_ASCII));
      }
    } catch (IOException failed) {
      read.add("<" + failed.getClass().getSimpleName() + ">");
      throw failed;
    }
    read.add("<end>");
    return new PutFilmResponse.Ok("film " + request.id() + " of " + size);
  }

  @Override
  public AddPosterHandler addPoster() {
    return request -> {
      FilePart poster = request.body().poster();
      try (InputStream octets = poster.open()) {
        return new AddPosterResponse.Ok(
            request.body().caption()
                + ": "
                + poster.fileName()
                + " of "
                + octets.readAllBytes().length
                + "="
                + poster.length());
      }
    };
  }

  @Override
  public AddShotHandler addShot() {
    return request ->
        new AddShotResponse.Ok(
            request.body() == null
                ? "nothing"
                : Request.current().headers().get("Content-Type")
                    + " of "
                    + request.body().readAllBytes().length
                    + (request.body() == Request.current().content() ? "" : ", another source"));
  }
}
