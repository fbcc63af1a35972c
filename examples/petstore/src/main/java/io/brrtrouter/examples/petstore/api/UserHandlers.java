package io.brrtrouter.examples.petstore.api;

import io.brrtrouter.examples.petstore.generated.api.CreatePostRequest;
import io.brrtrouter.examples.petstore.generated.api.CreatePostResponse;
import io.brrtrouter.examples.petstore.generated.api.CreateUserRequest;
import io.brrtrouter.examples.petstore.generated.api.CreateUserResponse;
import io.brrtrouter.examples.petstore.generated.api.DeleteUserRequest;
import io.brrtrouter.examples.petstore.generated.api.DeleteUserResponse;
import io.brrtrouter.examples.petstore.generated.api.GetSessionRequest;
import io.brrtrouter.examples.petstore.generated.api.GetSessionResponse;
import io.brrtrouter.examples.petstore.generated.api.GetUserRequest;
import io.brrtrouter.examples.petstore.generated.api.GetUserResponse;
import io.brrtrouter.examples.petstore.generated.api.HeadUserRequest;
import io.brrtrouter.examples.petstore.generated.api.HeadUserResponse;
import io.brrtrouter.examples.petstore.generated.api.ListUserPostsRequest;
import io.brrtrouter.examples.petstore.generated.api.ListUserPostsResponse;
import io.brrtrouter.examples.petstore.generated.api.ListUsersRequest;
import io.brrtrouter.examples.petstore.generated.api.ListUsersResponse;
import io.brrtrouter.examples.petstore.generated.api.OptionsUserRequest;
import io.brrtrouter.examples.petstore.generated.api.OptionsUserResponse;
import io.brrtrouter.examples.petstore.generated.api.StartSessionRequest;
import io.brrtrouter.examples.petstore.generated.api.StartSessionResponse;
import io.brrtrouter.examples.petstore.generated.model.GetSessionResponseBody;
import io.brrtrouter.examples.petstore.generated.model.Post;
import io.brrtrouter.examples.petstore.generated.model.PostInput;
import io.brrtrouter.examples.petstore.generated.model.StartSessionRequestBody;
import io.brrtrouter.examples.petstore.generated.model.User;
import io.brrtrouter.examples.petstore.generated.model.UserInput;
import io.brrtrouter.examples.petstore.generated.model.UserPage;
import io.brrtrouter.examples.petstore.shop.Json;
import io.brrtrouter.examples.petstore.shop.Sessions;
import io.brrtrouter.examples.petstore.shop.Users;
import io.brrtrouter.schema.codec.Field;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Accept;
import io.brrtrouter.server.http.ContentType;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SetCookie;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/** Operations on users, their posts and their sessions. */
final class UserHandlers {
  private static final ContentType MARKDOWN = new ContentType("text", "markdown", List.of());
  private static final int LONGEST_TITLE = 120;

  private final Users users;
  private final Sessions sessions;

  UserHandlers(Users users, Sessions sessions) {
    this.users = users;
    this.sessions = sessions;
  }

  ListUsersResponse list(ListUsersRequest request) {
    Users.Page page = users.page(request.offset(), request.limit());
    return new ListUsersResponse.Ok(
        new UserPage(page.total(), page.users().stream().map(UserHandlers::view).toList()));
  }

  CreateUserResponse create(CreateUserRequest request) {
    UserInput told = request.body();
    User user =
        view(
            users.add(
                new io.brrtrouter.examples.petstore.shop.User(
                    told.name(), told.fullName(), told.email().orNull(), null)));
    return new CreateUserResponse.Created(user, "/users/" + user.name());
  }

  GetUserResponse get(GetUserRequest request) {
    User user = view(users.get(request.userId()));
    boolean asksStaff = Request.current().principal().isPresent();
    return new GetUserResponse.Ok(
        asksStaff ? user : user.toBuilder().email(Field.absent()).build());
  }

  DeleteUserResponse delete(DeleteUserRequest request) {
    users.remove(request.userId());
    return new DeleteUserResponse.NoContent();
  }

  HeadUserResponse head(HeadUserRequest request) {
    return new HeadUserResponse.Ok(users.countPosts(request.userId()));
  }

  OptionsUserResponse options(OptionsUserRequest request) {
    return new OptionsUserResponse.NoContent("GET, HEAD, DELETE, OPTIONS");
  }

  private static User view(io.brrtrouter.examples.petstore.shop.User user) {
    return new User(
        user.name(), user.fullName(), Field.ofNullable(user.email()), user.memberSince());
  }

  ListUserPostsResponse posts(ListUserPostsRequest request) {
    return new ListUserPostsResponse.Ok(
        users.posts(request.userId(), request.offset(), request.limit()).stream()
            .map(UserHandlers::view)
            .toList());
  }

  CreatePostResponse write(CreatePostRequest request) {
    PostInput draft =
        switch (request.body()) {
          case CreatePostRequest.Body.Json(PostInput post) -> post;
          case CreatePostRequest.Body.Markdown(String text) -> draft(text);
        };
    Post post = view(users.write(request.userId(), draft.title(), draft.text()));
    return new CreatePostResponse.Created(
        post, "/users/" + request.userId() + "/posts/" + post.id());
  }

  /** The first line is the title, with or without the mark of a heading. */
  private static PostInput draft(String markdown) {
    String[] titleAndText = markdown.strip().split("\\R", 2);
    String title = titleAndText[0].replaceFirst("^#+\\s*", "").strip();
    String fitting = fitting(title);
    String text = titleAndText.length == 2 ? titleAndText[1].strip() : "";
    return new PostInput(fitting.isEmpty() ? "Untitled" : fitting, text);
  }

  /** The document counts characters, of which Java needs two chars for some. */
  private static String fitting(String title) {
    int length = Math.min(LONGEST_TITLE, title.codePointCount(0, title.length()));
    return title.substring(0, title.offsetByCodePoints(0, length));
  }

  /** Untyped: which of the two media types to answer with is for the client's Accept to say. */
  HttpResponse post(Request request) {
    String user = request.pathParameters().text("user_id").orElseThrow();
    io.brrtrouter.examples.petstore.shop.Post post =
        users.post(user, request.pathParameters().text("post_id").orElseThrow());
    boolean markdown =
        Accept.of(request.headers())
            .choose(List.of(ContentType.JSON, MARKDOWN))
            .filter(MARKDOWN::equals)
            .isPresent();
    return markdown
        ? HttpResponse.bytes(
            200, "text/markdown; charset=utf-8", post.text().getBytes(StandardCharsets.UTF_8))
        : HttpResponse.json(200, Json.of(post));
  }

  private static Post view(io.brrtrouter.examples.petstore.shop.Post post) {
    return new Post(
        Objects.requireNonNull(post.id()),
        post.title(),
        post.text(),
        post.writtenAt() == null ? null : post.writtenAt().atOffset(ZoneOffset.UTC));
  }

  StartSessionResponse startSession(StartSessionRequest request) {
    StartSessionRequestBody form = request.body();
    SetCookie cookie =
        SetCookie.of("session", sessions.start(form.user()))
            .withPath("/")
            .withHttpOnly(true)
            .withSameSite(SetCookie.SameSite.LAX);
    SetCookie kept = form.remember() ? cookie.withMaxAge(Duration.ofDays(30)) : cookie;
    return new StartSessionResponse.NoContent(kept.render());
  }

  GetSessionResponse session(GetSessionRequest request) {
    Sessions.Session session = sessions.get(request.session());
    return new GetSessionResponse.Ok(
        new GetSessionResponseBody(session.user(), session.searches()));
  }
}
