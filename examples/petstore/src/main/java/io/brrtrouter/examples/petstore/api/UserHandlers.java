package io.brrtrouter.examples.petstore.api;

import static io.brrtrouter.examples.petstore.api.Replies.body;
import static io.brrtrouter.examples.petstore.api.Replies.created;
import static io.brrtrouter.examples.petstore.api.Replies.noContent;
import static io.brrtrouter.examples.petstore.api.Replies.ok;
import static io.brrtrouter.examples.petstore.api.Replies.page;

import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Post;
import io.brrtrouter.examples.petstore.shop.Sessions;
import io.brrtrouter.examples.petstore.shop.User;
import io.brrtrouter.examples.petstore.shop.Users;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SetCookie;
import io.brrtrouter.server.runtime.BrrtServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Operations on users, their posts and their sessions. */
public final class UserHandlers {
  private static final ContentType MARKDOWN = new ContentType("text", "markdown", List.of());
  private static final int LONGEST_TITLE = 120;

  private final Users users;
  private final Sessions sessions;

  /**
   * Takes care of users.
   *
   * @param users the users
   * @param sessions their sessions
   */
  public UserHandlers(Users users, Sessions sessions) {
    this.users = users;
    this.sessions = sessions;
  }

  /**
   * Adds the handlers.
   *
   * @param server the server to be
   */
  public void addTo(BrrtServer.Builder server) {
    server
        .handler("list_users", this::list)
        .handler("create_user", this::create)
        .handler("get_user", this::get)
        .handler("delete_user", this::delete)
        .handler("head_user", this::head)
        .handler("options_user", this::options)
        .handler("list_user_posts", this::posts)
        .handler("create_post", this::write)
        .handler("get_post", this::post)
        .handler("start_session", this::startSession)
        .handler("get_session", this::session);
  }

  private HttpResponse list(Request request) {
    List<User> all = users.all();
    return ok(new UserPage(all.size(), page(all, request)));
  }

  private record UserPage(int total, List<User> users) {}

  private HttpResponse create(Request request) {
    JsonNode body = body(request);
    User user =
        users.add(
            new User(
                body.path("name").asString(),
                body.path("full_name").asString(),
                body.path("email").stringValueOpt().orElse(null),
                null));
    return created("/users/" + user.name(), user);
  }

  private HttpResponse get(Request request) {
    return ok(users.get(name(request)));
  }

  private HttpResponse delete(Request request) {
    users.remove(name(request));
    return noContent();
  }

  private HttpResponse head(Request request) {
    int posts = users.posts(name(request)).size();
    return HttpResponse.of(200).withHeader("X-Post-Count", String.valueOf(posts));
  }

  private HttpResponse options(Request request) {
    return noContent().withHeader("Allow", "GET, HEAD, DELETE, OPTIONS");
  }

  private HttpResponse posts(Request request) {
    return ok(page(users.posts(name(request)), request));
  }

  private HttpResponse write(Request request) {
    boolean markdown = request.contentType().orElseThrow().startsWith("text/markdown");
    Post draft =
        markdown
            ? draft(new String(request.rawBody(), StandardCharsets.UTF_8))
            : Json.to(Post.class, body(request));
    String user = name(request);
    Post post = users.write(user, draft.title(), draft.text());
    return created("/users/" + user + "/posts/" + post.id(), post);
  }

  /** The first line is the title, with or without the mark of a heading. */
  private static Post draft(String markdown) {
    String[] titleAndText = markdown.strip().split("\\R", 2);
    String title = titleAndText[0].replaceFirst("^#+\\s*", "").strip();
    String fitting = fitting(title);
    String text = titleAndText.length == 2 ? titleAndText[1].strip() : "";
    return new Post(null, fitting.isEmpty() ? "Untitled" : fitting, text, null);
  }

  /** The document counts characters, of which Java needs two chars for some. */
  private static String fitting(String title) {
    int length = Math.min(LONGEST_TITLE, title.codePointCount(0, title.length()));
    return title.substring(0, title.offsetByCodePoints(0, length));
  }

  private HttpResponse post(Request request) {
    String id = request.pathParameters().text("post_id").orElseThrow();
    Post post = users.post(name(request), id);
    boolean markdown =
        Accept.of(request.headers())
            .choose(List.of(ContentType.JSON, MARKDOWN))
            .filter(MARKDOWN::equals)
            .isPresent();
    return markdown
        ? HttpResponse.bytes(
            200, "text/markdown; charset=utf-8", post.text().getBytes(StandardCharsets.UTF_8))
        : ok(post);
  }

  private HttpResponse startSession(Request request) {
    JsonNode form = body(request);
    SetCookie cookie =
        SetCookie.of("session", sessions.start(form.path("user").asString()))
            .withPath("/")
            .withHttpOnly(true)
            .withSameSite(SetCookie.SameSite.LAX);
    boolean remember = form.path("remember").asBoolean(false);
    SetCookie kept = remember ? cookie.withMaxAge(Duration.ofDays(30)) : cookie;
    return noContent().withHeader("Set-Cookie", kept.render());
  }

  private HttpResponse session(Request request) {
    return ok(sessions.get(request.cookieParameters().text("session").orElseThrow()));
  }

  private static String name(Request request) {
    return request.pathParameters().text("user_id").orElseThrow();
  }
}
